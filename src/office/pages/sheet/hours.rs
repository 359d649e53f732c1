//! When a courier is met at a stop on the day of the round: the desk's sessions, the provider's hours, within the window of the leg.

use crate::{
    domain::{
        leg::{Leg, Place},
        permanence::Permanence,
        policy::PolicyFields,
        provider::Provider,
        time::Window,
    },
    office::storage::{StorageError, Tx, document},
};
use jiff::civil::{Date, Time, time};

/// The hours of a stop, in order; none where nothing is known of them.
pub async fn of(
    tx: &mut Tx,
    leg: &Leg,
    place: &Place,
    date: Date,
    policy: &PolicyFields,
) -> Result<Vec<Window>, StorageError> {
    let agreed = leg.fields.window.filter(|window| window.date() == date);
    let hours = match place {
        Place::Site { site_id } => {
            let id = site_id.to_string();
            let sql = "site_id = $1 AND state IN ('planned', 'open')";
            let desks = document::select::<Permanence>(tx, sql, &[(&id).into()]).await?;
            let mut hours: Vec<Window> = desks.iter().map(|desk| desk.fields.window).collect();
            hours.retain(|window| window.date() == date);
            hours.sort_by_key(Window::from);
            hours
        }
        Place::Provider { provider_id } => match document::load::<Provider>(tx, *provider_id).await? {
            Some(provider) => {
                let calendar = provider.fields.calendar(policy);
                let spans = calendar.span_on(date).iter();
                spans.filter_map(|span| Window::new(date, clock(span.from()), clock(span.to())).ok()).collect()
            }
            None => Vec::new(),
        },
        Place::Locker { .. } | Place::Address { .. } => return Ok(agreed.into_iter().collect()),
    };
    Ok(match agreed {
        Some(agreed) => hours.iter().filter_map(|hours| within(hours, &agreed)).collect(),
        None => hours,
    })
}

/// A time of day; midnight at the day's end is its last minute.
fn clock(minutes: u16) -> Time {
    let part = |number: u16| i8::try_from(number).unwrap_or_default();
    Time::new(part(minutes / 60), part(minutes % 60), 0, 0).unwrap_or(time(23, 59, 0, 0))
}

/// What two windows of one day have in common.
fn within(one: &Window, other: &Window) -> Option<Window> {
    Window::new(one.date(), one.from().max(other.from()), one.to().min(other.to())).ok()
}
