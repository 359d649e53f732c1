//! What happened in a time, counted by the database: arrivals by hour, clocks, desks, providers, outcomes.

use super::{
    sites::Counted,
    storage::{Arg, StorageError, Tx, document},
};
use crate::{
    domain::{
        call::abandoned,
        clock::ClockKind,
        ids::{ProviderId, SiteId},
        permanence::{Permanence, PermanenceState},
        policy::PolicyFields,
        provider::Provider,
        request::{Channel, RequestState},
        time::Instant,
    },
    wire::activity::{Activity, Arrivals, ClockCount, OutcomeCount, PermanenceCount, ProviderCount},
};
use jiff::{SignedDuration, ToSpan as _, civil::Date};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// What is asked for.
#[derive(Debug)]
pub struct Asked<'a> {
    /// The first day.
    pub from: Date,
    /// The last one.
    pub to: Date,
    /// Of this site alone.
    pub site: Option<SiteId>,
    /// The sites that count.
    pub counted: &'a Counted,
    /// The house's figures, its zone among them.
    pub policy: &'a PolicyFields,
    /// The database's clock.
    pub now: Instant,
}

/// The bounds of a time as they stand in documents: its first instant, and the first one after it.
struct Bounds<'a> {
    from: &'a str,
    to: &'a str,
    now: &'a str,
    sites: &'a [Option<&'a str>],
}

impl<'a> Bounds<'a> {
    fn args(&self) -> [Arg<'a>; 3] {
        [self.from.into(), self.to.into(), Arg::Texts(self.sites)]
    }
}

fn count(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// A word of the database; none for one of a newer program.
fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(text.into()).ok()
}

/// Counts it.
pub async fn count_all(tx: &mut Tx, asked: &Asked<'_>) -> Result<Activity, StorageError> {
    let zone = &asked.policy.zone;
    let after = asked.to.checked_add(1.day()).unwrap_or(Date::MAX);
    let [first, end] = [asked.from, after].map(|day| zone.first_instant(day.at(0, 0, 0, 0)));
    let [from, to, now] = [first, end, asked.now].map(|at| at.to_string());
    let sites = asked.counted.sites();
    let bounds = Bounds { from: &from, to: &to, now: &now, sites: &sites };
    let (mut contacts, mut requests) = (BTreeMap::new(), BTreeMap::new());
    // Clocks are as far ahead throughout a part, so that the hour is a sum.
    for (start, end, ahead) in zone.steady(first, end) {
        let (from, to) = (start.to_string(), end.to_string());
        let part = Bounds { from: &from, to: &to, ..bounds };
        let by_origin = Arriving { table: "contact", at: "occurred_at", channel: "arrival" };
        arrivals(tx, asked.counted, &by_origin, &part, ahead, origin_channel, &mut contacts).await?;
        let by_channel = Arriving { table: "request", at: "created_at", channel: "channel" };
        arrivals(tx, asked.counted, &by_channel, &part, ahead, word, &mut requests).await?;
    }
    let (clocks, abandoned) = clocks(tx, asked.counted, &bounds).await?;
    Ok(Activity {
        from: asked.from,
        to: asked.to,
        site: asked.site,
        at: asked.now,
        contacts: listed(contacts),
        requests: listed(requests),
        clocks,
        abandoned,
        permanences: permanences(tx, asked).await?,
        providers: providers(tx, asked, &bounds).await?,
        outcomes: outcomes(tx, asked.counted, &bounds).await?,
    })
}

/// What comes in, and how the table tells when and through which channel.
struct Arriving {
    table: &'static str,
    at: &'static str,
    channel: &'static str,
}

type ByHour = BTreeMap<(u8, usize), (Channel, u32)>;

fn origin_channel(kind: &str) -> Option<Channel> {
    match kind {
        "call" => Some(Channel::Phone),
        "message" => Some(Channel::Email),
        "walk_in" => Some(Channel::Permanence),
        "locker_drop" => Some(Channel::Locker),
        _ => None,
    }
}

async fn arrivals(
    tx: &mut Tx,
    counted: &Counted,
    arriving: &Arriving,
    bounds: &Bounds<'_>,
    ahead_minutes: i16,
    channel_of: impl Fn(&str) -> Option<Channel>,
    into: &mut ByHour,
) -> Result<(), StorageError> {
    let Arriving { table, at, channel } = arriving;
    // An instant's text is `2026-03-29T07:30:00.000000Z`; what clocks are ahead is made a part of a day.
    let ahead = i64::from(ahead_minutes).rem_euclid(24 * 60);
    let minutes = format!("CAST(substr({at}, 12, 2) AS BIGINT) * 60 + CAST(substr({at}, 15, 2) AS BIGINT) + {ahead}");
    let sites = counted.condition(tx.engine(), "site_id", 3);
    let sql = format!(
        "SELECT ({minutes}) / 60 % 24, {channel}, count(*) FROM {table} \
         WHERE {at} >= $1 AND {at} < $2 AND {channel} IS NOT NULL AND {sites} GROUP BY 1, 2"
    );
    for row in tx.rows(sql, &bounds.args()).await? {
        let Some(channel) = channel_of(&row.text(1)?) else { continue };
        let hour = u8::try_from(row.int(0)?).unwrap_or_default();
        let place = Channel::ALL.iter().position(|known| *known == channel).unwrap_or_default();
        let (_, sum) = into.entry((hour, place)).or_insert((channel, 0));
        *sum = sum.saturating_add(count(row.int(2)?));
    }
    Ok(())
}

fn listed(by_hour: ByHour) -> Vec<Arrivals> {
    by_hour.into_iter().map(|((hour, _), (channel, count))| Arrivals { hour, channel, count }).collect()
}

/// How a clock stands, as far as its kind and state tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    Met,
    Missed,
    Goes,
}

/// The clocks of a row from the words for their kinds and states, in whatever order the two lists are mixed.
fn standings(text: &str) -> Vec<(ClockKind, Standing)> {
    let words: Vec<Option<String>> = serde_json::from_str(text).unwrap_or_default();
    let words = || words.iter().flatten();
    let kinds = words().filter_map(|text| word::<ClockKind>(text));
    let states = words().filter_map(|text| match text.as_str() {
        "met" => Some(Standing::Met),
        "missed" => Some(Standing::Missed),
        "running" | "paused" => Some(Standing::Goes),
        _ => None,
    });
    kinds.zip(states).collect()
}

/// The counts of each kind.
struct Tally([ClockCount; 5]);

impl Tally {
    fn of(&mut self, kind: ClockKind, standing: Standing) -> Option<&mut u32> {
        let count = self.0.iter_mut().find(|count| count.kind == kind)?;
        Some(match standing {
            Standing::Met => &mut count.kept,
            Standing::Missed => &mut count.missed,
            Standing::Goes => &mut count.running,
        })
    }

    fn add(&mut self, kind: ClockKind, standing: Standing, number: u32) {
        if let Some(count) = self.of(kind, standing) {
            *count = count.saturating_add(number);
        }
    }

    fn take(&mut self, kind: ClockKind, standing: Standing, number: u32) {
        if let Some(count) = self.of(kind, standing) {
            *count = count.saturating_sub(number);
        }
    }
}

async fn clocks(tx: &mut Tx, counted: &Counted, bounds: &Bounds<'_>) -> Result<(Vec<ClockCount>, u32), StorageError> {
    let mut tally = Tally(ClockKind::ALL.map(ClockCount::none));
    let sites = counted.condition(tx.engine(), "site_id", 3);
    for (table, at) in [("contact", "occurred_at"), ("request", "created_at")] {
        let sql = format!(
            "SELECT clock_states, count(*) FROM {table} WHERE {at} >= $1 AND {at} < $2 AND {sites} GROUP BY clock_states"
        );
        for row in tx.rows(sql, &bounds.args()).await? {
            let number = count(row.int(1)?);
            for (kind, standing) in standings(&row.text_or_null(0)?.unwrap_or_default()) {
                tally.add(kind, standing, number);
            }
        }
    }
    let [from, to, of] = bounds.args();
    let late = format!(
        "SELECT kind, count(*) FROM clock WHERE came_at >= $1 AND came_at < $2 AND {sites} \
         AND clock_states LIKE '%\"running\"%' AND state = 'running' AND due_at < $4 GROUP BY kind"
    );
    for row in tx.rows(late, &[from, to, of, bounds.now.into()]).await? {
        let number = count(row.int(1)?);
        if let Some(kind) = word::<ClockKind>(&row.text(0)?) {
            tally.take(kind, Standing::Goes, number);
            if let Some(count) = tally.0.iter_mut().find(|count| count.kind == kind) {
                count.overdue = number;
            }
        }
    }
    let abandoned = unanswered(tx, counted, bounds, &mut tally).await?;
    Ok((tally.0.to_vec(), abandoned))
}

/// A call's first clock stops when the line does: one that nobody answered was missed for all that, and one that was given up at once
/// never waited. Answers how many were.
async fn unanswered(
    tx: &mut Tx,
    counted: &Counted,
    bounds: &Bounds<'_>,
    tally: &mut Tally,
) -> Result<u32, StorageError> {
    let sites = counted.condition(tx.engine(), "site_id", 3);
    let sql = format!(
        "SELECT doc -> 'origin' -> 'ring' ->> 'at', doc -> 'origin' -> 'hangup' ->> 'at', clock_states FROM contact \
         WHERE occurred_at >= $1 AND occurred_at < $2 AND doc -> 'origin' ->> 'line' = 'missed' \
         AND arrival IS NOT NULL AND {sites}"
    );
    let mut given_up = 0;
    for row in tx.rows(sql, &bounds.args()).await? {
        let at = |text: Option<String>| text.and_then(|text| text.parse::<Instant>().ok());
        let (rang, hung_up) = (at(row.text_or_null(0)?), at(row.text_or_null(1)?));
        let at_once = rang.zip(hung_up).is_some_and(|(rang, hung_up)| abandoned(rang, hung_up));
        given_up += u32::from(at_once);
        let standings = standings(&row.text_or_null(2)?.unwrap_or_default());
        let first = standings.into_iter().find(|(kind, _)| *kind == ClockKind::FirstAnswer);
        if let Some((kind, standing)) = first {
            tally.take(kind, standing, 1);
            tally.add(kind, Standing::Missed, u32::from(!at_once));
        }
    }
    Ok(given_up)
}

async fn permanences(tx: &mut Tx, asked: &Asked<'_>) -> Result<PermanenceCount, StorageError> {
    let sites = asked.counted.condition(tx.engine(), "site_id", 3);
    let condition = format!("doc -> 'window' ->> 'date' >= $1 AND doc -> 'window' ->> 'date' <= $2 AND {sites}");
    let (from, to, of) = (asked.from.to_string(), asked.to.to_string(), asked.counted.sites());
    let args = [(&from).into(), (&to).into(), Arg::Texts(&of)];
    let mut count = PermanenceCount::default();
    let mut held = SignedDuration::ZERO;
    let mut agreed = SignedDuration::ZERO;
    for permanence in document::select::<Permanence>(tx, &condition, &args).await? {
        let of_state = match permanence.state {
            PermanenceState::Planned => &mut count.planned,
            PermanenceState::Open => &mut count.open,
            PermanenceState::Closed => &mut count.held,
            PermanenceState::Missed => &mut count.missed,
            PermanenceState::Cancelled => &mut count.cancelled,
        };
        *of_state += 1;
        if permanence.state != PermanenceState::Cancelled {
            let window = permanence.fields.window;
            agreed += window.end(&permanence.zone).since(window.start(&permanence.zone));
        }
        if let Some(opened) = permanence.opened_at {
            held += permanence.closed_at.unwrap_or(asked.now).since(opened).max(SignedDuration::ZERO);
        }
    }
    let minutes = |time: SignedDuration| u32::try_from(time.as_mins()).unwrap_or(u32::MAX);
    (count.agreed_minutes, count.held_minutes) = (minutes(agreed), minutes(held));
    Ok(count)
}

async fn providers(tx: &mut Tx, asked: &Asked<'_>, bounds: &Bounds<'_>) -> Result<Vec<ProviderCount>, StorageError> {
    let mut counts: BTreeMap<ProviderId, ProviderCount> = BTreeMap::new();
    let unreadable = |text: String| StorageError::Unreadable { what: "provider".into(), why: text };
    let mut of = |text: String, add: &mut dyn FnMut(&mut ProviderCount)| -> Result<(), StorageError> {
        let id = text.parse().map_err(|_| unreadable(text))?;
        add(counts.entry(id).or_insert_with(|| ProviderCount::none(id)));
        Ok(())
    };
    let engine = tx.engine();
    let sites = asked.counted.condition(engine, "request.site_id", 3);
    let given = format!(
        "SELECT assignment.provider_id, count(*), count(*) FILTER (WHERE assignment.state = 'fulfilled'), \
         count(*) FILTER (WHERE assignment.state IN ('released', 'failed')) \
         FROM assignment JOIN request ON request.id = assignment.request_id \
         WHERE assignment.created_at >= $1 AND assignment.created_at < $2 AND assignment.provider_id IS NOT NULL AND {sites} \
         GROUP BY assignment.provider_id"
    );
    for row in tx.rows(given, &bounds.args()).await? {
        let (given, done, lost) = (count(row.int(1)?), count(row.int(2)?), count(row.int(3)?));
        of(row.text(0)?, &mut |provider| (provider.given, provider.done, provider.lost) = (given, done, lost))?;
    }
    let jobs = format!(
        "SELECT assignment.provider_id, count(*) FROM request JOIN assignment ON assignment.request_id = request.id \
         WHERE request.day >= $1 AND request.day <= $2 AND assignment.provider_id IS NOT NULL \
         AND assignment.state IN ('active', 'fulfilled') AND {sites} GROUP BY assignment.provider_id"
    );
    let (from, to) = (asked.from.to_string(), asked.to.to_string());
    for row in tx.rows(jobs, &[(&from).into(), (&to).into(), Arg::Texts(bounds.sites)]).await? {
        let jobs = count(row.int(1)?);
        of(row.text(0)?, &mut |provider| provider.jobs = jobs)?;
    }
    let sites = asked.counted.condition(engine, "doc ->> 'site_id'", 3);
    let offers = format!(
        "SELECT provider_id, count(*), count(*) FILTER (WHERE state = 'declined'), count(*) FILTER (WHERE state = 'expired') \
         FROM offer WHERE doc ->> 'created_at' >= $1 AND doc ->> 'created_at' < $2 AND {sites} GROUP BY provider_id"
    );
    for row in tx.rows(offers, &bounds.args()).await? {
        let (offers, declined, expired) = (count(row.int(1)?), count(row.int(2)?), count(row.int(3)?));
        of(row.text(0)?, &mut |provider| {
            (provider.offers, provider.declined, provider.expired) = (offers, declined, expired);
        })?;
    }
    for provider in document::select::<Provider>(tx, "1 = 1", &[]).await? {
        if let Some(count) = counts.get_mut(&provider.id) {
            count.capacity = provider.fields.capacity(asked.from, asked.to, asked.policy);
        }
    }
    Ok(counts.into_values().collect())
}

async fn outcomes(tx: &mut Tx, counted: &Counted, bounds: &Bounds<'_>) -> Result<Vec<OutcomeCount>, StorageError> {
    let sites = counted.condition(tx.engine(), "site_id", 3);
    let sql = format!(
        "SELECT state, count(*) FROM request WHERE ended_at >= $1 AND ended_at < $2 AND {sites} GROUP BY state"
    );
    let mut counts = BTreeMap::new();
    for row in tx.rows(sql, &bounds.args()).await? {
        if let Some(state) = word::<RequestState>(&row.text(0)?) {
            counts.insert(state, count(row.int(1)?));
        }
    }
    Ok(counts.into_iter().map(|(state, count)| OutcomeCount { state, count }).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_are_read_from_either_way_of_listing_their_kinds_and_states() {
        let expected = vec![(ClockKind::FirstAnswer, Standing::Met), (ClockKind::Callback, Standing::Goes)];
        assert_eq!(standings(r#"["first_answer","met","callback","paused",null,null]"#), expected);
        assert_eq!(standings(r#"["first_answer", "callback", "met", "running"]"#), expected);
        assert_eq!(standings(""), vec![]);
    }
}
