//! The screen of what happened: which time and site, when the office is asked, and the journal read on.

use super::{Effects, card};
use crate::{
    client::ClientError,
    console::{
        effect::Effect,
        keymap::Action,
        model::{
            Model, Screen,
            activity::{Figures, Pane, Period, Span},
            list::Step,
        },
        view::{activity_length, journal_height, shows_journal},
    },
    domain::{entity::EntityKind, ids::SiteId, time::Instant},
    wire::{activity::Journal, change::Seq},
};
use jiff::SignedDuration;

/// Figures of a day are asked for no more often than this.
const DAY_EVERY: SignedDuration = SignedDuration::from_secs(5);

/// Those of a month or a year, which take longer to count and move less.
const LONG_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// The journal is asked for no more often than this.
const JOURNAL_EVERY: SignedDuration = SignedDuration::from_secs(3);

/// When an answer did not come it is asked again.
const AGAIN_AFTER: SignedDuration = SignedDuration::from_secs(30);

/// Rows below the selected line from which on the journal is read further.
const READ_AHEAD: usize = 20;

/// The screen is opened.
pub fn open(model: &mut Model) {
    model.screen = Screen::Activity;
    let now = model.now;
    let activity = &mut model.activity;
    activity.asking.due.get_or_insert(now);
    activity.asking_newest.due.get_or_insert(now);
}

fn period(model: &Model) -> Period {
    model.activity.period(model.seat.civil(model.now).date())
}

/// Brings the journal's rows up to date, and has the office asked when it is time.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    if model.screen != Screen::Activity {
        return;
    }
    let height = journal_height(model);
    model.activity.settle(height);
    let (length, shown) = activity_length(model);
    model.activity.scrolled = model.activity.scrolled.min(length.saturating_sub(shown));
    let period = period(model);
    let now = model.now;
    // Another time or site than the last figures are of is asked for at once; so is the new day at midnight.
    let is_other = model.activity.told.as_ref().is_some_and(|(of, _)| *of != period);
    if is_other && !model.activity.asking.is_asked && model.activity.asking.due.is_none() && !model.activity.refused {
        model.activity.asking.hurry(now);
    }
    if !may_ask(model) {
        return;
    }
    if figures_due(model).is_some_and(|due| due <= now) {
        model.activity.asking.ask(now);
        effects.push(Effect::ReadActivity(period));
    }
    if newest_due(model).is_some_and(|due| due <= now) {
        model.activity.asking_newest.ask(now);
        effects.push(Effect::ReadJournal(None));
    }
    if older_due(model).is_some_and(|due| due <= now) {
        model.activity.asking_older.ask(now);
        effects.push(Effect::ReadJournal(model.activity.older));
    }
}

fn may_ask(model: &Model) -> bool {
    model.screen == Screen::Activity && model.connection.is_online() && model.seat.actor().is_staff()
}

fn figures_due(model: &Model) -> Option<Instant> {
    let every = if model.activity.span == Span::Day { DAY_EVERY } else { LONG_EVERY };
    model.activity.asking.at(every)
}

fn newest_due(model: &Model) -> Option<Instant> {
    model.activity.asking_newest.at(JOURNAL_EVERY).filter(|_| shows_journal(model))
}

/// Older lines are read once the selection comes near the last one.
fn older_due(model: &Model) -> Option<Instant> {
    let activity = &model.activity;
    let left = activity.journal.order().len().saturating_sub(activity.journal.index() + 1);
    let wanted = activity.pane == Pane::Journal && activity.older.is_some() && left < READ_AHEAD;
    if !wanted || activity.asking_older.is_asked {
        return None;
    }
    Some(activity.asking_older.due.unwrap_or(model.now))
}

/// When the office is to be asked; none as long as nobody looks or nothing changed.
pub fn due(model: &Model) -> Option<Instant> {
    let due = [figures_due(model), newest_due(model), older_due(model)];
    due.into_iter().flatten().min().filter(|_| may_ask(model))
}

/// A row is another: what is counted of it and told of it is asked for once it is looked at.
pub fn outdated(model: &mut Model, entity: EntityKind) {
    use EntityKind as K;
    let now = model.now;
    if entity != K::Claim {
        model.activity.asking_newest.due.get_or_insert(now);
    }
    if matches!(entity, K::Contact | K::Request | K::Offer | K::Assignment | K::Permanence) {
        model.activity.asking.due.get_or_insert(now);
    }
}

/// The line is back: what was asked before it broke is not answered any more.
pub fn connected(model: &mut Model) {
    let now = model.now;
    let activity = &mut model.activity;
    activity.refused = false;
    activity.asking.hurry(now);
    activity.asking_newest.hurry(now);
    activity.asking_older.is_asked = false;
}

/// The office told its figures; those of before stay where it did not.
pub fn told(model: &mut Model, of: Period, told: Result<Box<Figures>, ClientError>) {
    let wanted = period(model);
    let again = model.now.plus(AGAIN_AFTER);
    let activity = &mut model.activity;
    activity.asking.is_asked = false;
    if of != wanted {
        // One has gone on to another time meanwhile.
        activity.asking.hurry(model.now);
        return;
    }
    if let Ok(figures) = told {
        (activity.told, activity.refused) = (Some((of, figures)), false);
    } else {
        activity.refused = true;
        activity.asking.due.get_or_insert(again);
    }
}

/// The office told a page of the journal.
pub fn journal_told(model: &mut Model, before: Option<Seq>, told: Result<Journal, ClientError>) {
    let again = model.now.plus(AGAIN_AFTER);
    let activity = &mut model.activity;
    let asking = if before.is_some() { &mut activity.asking_older } else { &mut activity.asking_newest };
    asking.is_asked = false;
    match told {
        Ok(page) => activity.read(before, page),
        Err(_) => _ = asking.due.get_or_insert(again),
    }
}

/// What keys do on the screen.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    match action {
        Action::NextPane => to(model, model.activity.pane.next()),
        Action::PrevPane => to(model, model.activity.pane.before()),
        Action::Left => spans(model, shorter(model.activity.span)),
        Action::Right => spans(model, longer(model.activity.span)),
        Action::DayBefore => moved(model, -1),
        Action::DayAfter => moved(model, 1),
        Action::Open => {
            let request = model.activity.selected().filter(|_| model.activity.pane == Pane::Journal);
            if let Some(request) = request.and_then(|line| line.request_id) {
                card::open(model, effects, request);
            }
        }
        _ => {}
    }
}

fn to(model: &mut Model, pane: Pane) {
    (model.activity.pane, model.activity.scrolled) = (pane, 0);
}

const fn shorter(span: Span) -> Span {
    match span {
        Span::Day | Span::Month => Span::Day,
        Span::Year => Span::Month,
    }
}

const fn longer(span: Span) -> Span {
    match span {
        Span::Day => Span::Month,
        Span::Month | Span::Year => Span::Year,
    }
}

fn spans(model: &mut Model, span: Span) {
    if model.activity.span != span {
        model.activity.span = span;
        other_time(model);
    }
}

fn moved(model: &mut Model, by: i32) {
    let today = model.seat.civil(model.now).date();
    let next = period(model).moved(by);
    // Nothing has happened yet of a time that begins after today.
    if next.days().0 <= today {
        let holds_today = next.days().0 <= today && today <= next.days().1;
        model.activity.day = (!holds_today).then_some(next.day);
        other_time(model);
    }
}

/// Counts one site alone, or all of them.
pub fn of_site(model: &mut Model, site: Option<SiteId>) {
    model.activity.site = site;
    other_time(model);
}

fn other_time(model: &mut Model) {
    let now = model.now;
    model.activity.refused = false;
    model.activity.scrolled = 0;
    if !model.activity.asking.is_asked {
        model.activity.asking.hurry(now);
    }
}

/// Moves in the journal, or scrolls.
pub fn step(model: &mut Model, step: Step) {
    if model.activity.pane == Pane::Journal {
        model.activity.journal.step(step);
        return;
    }
    let (length, shown) = activity_length(model);
    let scrolled = &mut model.activity.scrolled;
    *scrolled = match step {
        Step::Up => scrolled.saturating_sub(1),
        Step::Down => *scrolled + 1,
        Step::PageUp => scrolled.saturating_sub(shown),
        Step::PageDown => *scrolled + shown,
        Step::Top => 0,
        Step::Bottom => length,
    }
    .min(length.saturating_sub(shown));
}

#[cfg(test)]
mod tests;
