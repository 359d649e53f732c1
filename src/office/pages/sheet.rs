//! A courier's sheet: where they go, in which order, when, and what they take and leave there. A person is named only where it is their door.

mod calendar;
mod html;
mod text;
mod times;

pub use calendar::entries as calendar;
pub use html::{heading, page as html, said};
pub use text::{entry as entry_text, short as short_text, whole as text};
pub use times::{Hour, Sure};

use crate::{
    domain::{
        access::Actor,
        courier::Courier,
        entity::{Entity as _, EntityKind},
        item::Item,
        leg::{Leg, LegState, Place},
        locker::Locker,
        operator::Language,
        policy::PolicyFields,
        provider::Provider,
        reply::Reply,
        request::Request,
        round::{Round, Stop, StopAct, VehicleKind},
        service::Service,
        site::Site,
        time::{Instant, Window, Zone},
    },
    i18n::{job, say},
    office::storage::{StorageError, Tx, document},
    wire::travel::{AskTravel, TravelTimes},
};
use std::collections::BTreeSet;
use times::Rows;

/// A place, as a courier finds it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// What it is called.
    pub name: String,
    /// Street and town; none where the name says it, or nobody knows.
    pub address: Option<String>,
    /// What must be known there.
    pub notice: Option<String>,
}

/// How a stop stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// To be driven to.
    Ahead,
    /// The things of its leg must be taken first.
    Waits,
    /// Done.
    Passed,
    /// It failed.
    Failed,
    /// Nobody need go there any more.
    Off,
}

/// A stop, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its place in the round, from 1.
    pub number: usize,
    /// Which stop it is.
    pub stop: Stop,
    /// When it is made or was, if that is known.
    pub hour: Option<Hour>,
    /// Within which hours it can be made; none if any will do.
    pub hours: Vec<Window>,
    /// Where.
    pub spot: Spot,
    /// What kind of place that is.
    pub place: Place,
    /// The number of the request and what was asked for.
    pub job: String,
    /// How many pieces.
    pub pieces: u16,
    /// What is printed on their labels.
    pub labels: Vec<String>,
    /// At whose door.
    pub person: Option<String>,
    /// How it stands.
    pub stands: Stands,
}

/// The sheet of a round.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The round.
    pub round: Round,
    /// Its courier's name.
    pub courier: String,
    /// The zone of its shift.
    pub zone: Zone,
    /// Where it sets out.
    pub start: Spot,
    /// Where it ends.
    pub end: Spot,
    /// Its stops.
    pub entries: Vec<Entry>,
    /// Stops that its courier was told and that are none of its any more.
    pub gone: Vec<Stop>,
}

impl Sheet {
    /// The next stop to drive to.
    pub fn next(&self) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.stands == Stands::Ahead)
    }
}

/// A sheet that lacks its times: how long the ways are is to be asked first, outside of any transaction if a service is asked.
#[derive(Debug)]
pub struct Untimed {
    sheet: Sheet,
    rows: Rows,
    now: Instant,
}

impl Untimed {
    /// The ways that its times follow from; none if none are left.
    pub fn asks(&self) -> Option<AskTravel> {
        self.rows.asks(self.now)
    }

    /// The sheet with its times: those of the console, if it was told the same ways. Without any, they are estimated.
    pub fn timed(self, told: Option<&TravelTimes>) -> Sheet {
        let Self { mut sheet, rows, now } = self;
        let times = rows.times(told, now);
        for entry in &mut sheet.entries {
            entry.hour = match entry.stands {
                Stands::Ahead | Stands::Waits => times.planned(entry.stop),
                Stands::Passed | Stands::Failed => times.done(entry.stop),
                Stands::Off => None,
            };
            entry.hours = times.hours(entry.stop);
        }
        sheet
    }
}

/// For whom a sheet is made.
#[derive(Clone, Copy, Debug)]
pub struct Reader<'a> {
    /// The language.
    pub language: Language,
    /// Who reads it.
    pub actor: &'a Actor,
    /// When.
    pub now: Instant,
}

/// Reads the sheet of a round; of stops on sites that its reader does not see, nothing.
pub async fn read(
    tx: &mut Tx,
    round: &Round,
    policy: &PolicyFields,
    reader: Reader<'_>,
) -> Result<Untimed, StorageError> {
    let Reader { language, actor, now } = reader;
    let rows = Rows::of(tx, round, policy).await?;
    let courier = document::load::<Courier>(tx, round.fields.courier_id).await?;
    let mut entries = Vec::with_capacity(round.stops.len());
    for (stop, number) in round.stops.iter().zip(1..) {
        entries.extend(entry(tx, number, *stop, language, actor).await?);
    }
    let sheet = Sheet {
        courier: courier.map_or_else(|| say(language, "round-sheet-nobody", &[]), |it| it.fields.name.to_string()),
        zone: policy.zone.clone(),
        start: spot(tx, &round.fields.start, language).await?,
        end: spot(tx, &round.fields.end, language).await?,
        entries,
        gone: gone(tx, round).await?,
        round: round.clone(),
    };
    Ok(Untimed { sheet, rows, now })
}

/// The stops that the courier of a round was told and that are none of it any more.
async fn gone(tx: &mut Tx, round: &Round) -> Result<Vec<Stop>, StorageError> {
    let told = told(tx, round).await?.into_iter().filter_map(|mail| mail.round);
    let own = told.filter(|told| told.courier_id == round.fields.courier_id).flat_map(|told| told.stops);
    let gone: BTreeSet<Stop> = own.filter(|stop| !round.stops.contains(stop)).collect();
    Ok(gone.into_iter().collect())
}

/// The mails that told a round, as they were written.
pub async fn told(tx: &mut Tx, round: &Round) -> Result<Vec<Reply>, StorageError> {
    let id = round.id.to_string();
    let sql = "doc -> 'round' ->> 'round_id' = $1 AND state <> 'withdrawn'";
    let mut mails = document::select::<Reply>(tx, sql, &[(&id).into()]).await?;
    mails.sort_by_key(|mail| (mail.created_at, mail.id));
    Ok(mails)
}

/// A stop in words, without its times; none if its leg is gone or out of sight.
pub async fn entry(
    tx: &mut Tx,
    number: usize,
    stop: Stop,
    language: Language,
    actor: &Actor,
) -> Result<Option<Entry>, StorageError> {
    let leg = document::load::<Leg>(tx, stop.leg_id).await?;
    let Some(leg) = leg.filter(|leg| actor.sees(EntityKind::Leg, &leg.scope())) else { return Ok(None) };
    let request = document::load::<Request>(tx, leg.fields.request_id).await?;
    let place = match stop.act {
        StopAct::Take => &leg.fields.from,
        StopAct::Leave => &leg.fields.to,
    };
    let person = match (place, &request) {
        (Place::Address { .. }, Some(request)) => super::person::of(tx, request).await?,
        _ => None,
    };
    Ok(Some(Entry {
        number,
        stop,
        hour: None,
        hours: Vec::new(),
        spot: spot(tx, place, language).await?,
        place: place.clone(),
        job: job_words(tx, request.as_ref(), language).await?,
        pieces: leg.load(),
        labels: labels(tx, &leg).await?,
        person,
        stands: stands(&leg, stop.act),
    }))
}

fn stands(leg: &Leg, act: StopAct) -> Stands {
    match (leg.state, act) {
        (LegState::Planned | LegState::Confirmed, StopAct::Take) | (LegState::Underway, StopAct::Leave) => {
            Stands::Ahead
        }
        (LegState::Planned | LegState::Confirmed, StopAct::Leave) => Stands::Waits,
        (LegState::Done, _) | (LegState::Underway, StopAct::Take) => Stands::Passed,
        (LegState::Failed | LegState::Cancelled, StopAct::Take) if leg.started_at.is_some() => Stands::Passed,
        (LegState::Failed, StopAct::Leave) if leg.started_at.is_none() => Stands::Off,
        (LegState::Failed, _) => Stands::Failed,
        (LegState::Cancelled, _) => Stands::Off,
    }
}

/// A place as a courier finds it.
async fn spot(tx: &mut Tx, place: &Place, language: Language) -> Result<Spot, StorageError> {
    let gone = || Spot { name: say(language, "round-sheet-gone", &[]), ..Spot::default() };
    let of_site = |site: Site, name: String| Spot {
        name,
        address: site.fields.address.map(|street| format!("{street}, {}", site.fields.commune)),
        notice: site.fields.notice.map(|notice| notice.to_string()),
    };
    Ok(match place {
        Place::Site { site_id } => document::load::<Site>(tx, *site_id).await?.map_or_else(gone, |site| {
            let name = say(language, "round-sheet-desk", &[("site", site.fields.name.to_string())]);
            of_site(site, name)
        }),
        Place::Locker { locker_id } => {
            let Some(locker) = document::load::<Locker>(tx, *locker_id).await? else { return Ok(gone()) };
            let Some(site) = document::load::<Site>(tx, locker.fields.site_id).await? else { return Ok(gone()) };
            let told = [("site", site.fields.name.to_string()), ("locker", locker.fields.name.to_string())];
            let name = say(language, "round-sheet-locker", &told);
            of_site(site, name)
        }
        Place::Provider { provider_id } => {
            document::load::<Provider>(tx, *provider_id).await?.map_or_else(gone, |provider| {
                let fields = provider.fields;
                let address: Vec<String> =
                    [fields.address, fields.commune].into_iter().flatten().map(String::from).collect();
                Spot {
                    name: fields.name.to_string(),
                    address: (!address.is_empty()).then(|| address.join(", ")),
                    notice: fields.note.map(|note| note.to_string()),
                }
            })
        }
        Place::Address { address, .. } => Spot { name: address.to_string(), ..Spot::default() },
    })
}

/// « 26-1031 · Chemise lavée et repassée »
async fn job_words(tx: &mut Tx, request: Option<&Request>, language: Language) -> Result<String, StorageError> {
    let Some(request) = request else { return Ok(String::new()) };
    let service = match request.fields.service_id {
        Some(id) => document::load::<Service>(tx, id).await?,
        None => None,
    };
    let number = request.number.to_string();
    Ok(match service {
        Some(Service { fields, .. }) => {
            let english = fields.name_en.filter(|_| language == Language::En);
            format!("{number} · {}", english.unwrap_or(fields.name))
        }
        None => number,
    })
}

async fn labels(tx: &mut Tx, leg: &Leg) -> Result<Vec<String>, StorageError> {
    let mut items = Vec::new();
    if leg.fields.item_ids.is_empty() {
        let id = leg.fields.request_id.to_string();
        items = document::select::<Item>(tx, "request_id = $1 AND state = 'in_custody'", &[(&id).into()]).await?;
    } else {
        for id in &leg.fields.item_ids {
            items.extend(document::load::<Item>(tx, *id).await?);
        }
    }
    Ok(items.into_iter().map(|item| item.fields.label.to_string()).collect())
}

/// « à vélo-cargo »
fn vehicle(kind: VehicleKind, language: Language) -> String {
    let key = match kind {
        VehicleKind::Foot => "round-vehicle-foot",
        VehicleKind::Bike => "round-vehicle-bike",
        VehicleKind::CargoBike => "round-vehicle-cargo-bike",
        VehicleKind::Van => "round-vehicle-van",
    };
    say(language, key, &[])
}

/// What is done at a stop.
pub fn act(act: StopAct, language: Language) -> String {
    match act {
        StopAct::Take => say(language, "round-sheet-take", &[]),
        StopAct::Leave => say(language, "round-sheet-leave", &[]),
    }
}

/// What is done where: « PRENDRE Mérignac, permanence ».
pub fn act_at(entry: &Entry, language: Language) -> String {
    format!("{} {}", act(entry.stop.act, language), entry.spot.name)
}

/// Who goes where from when to when: the sheet's first line.
pub fn title(sheet: &Sheet, language: Language) -> String {
    let told = [("courier", sheet.courier.clone()), ("shift", job::window(language, &sheet.round.fields.shift))];
    say(language, "round-sheet-title", &told)
}

/// How, and from where to where.
pub fn way(sheet: &Sheet, language: Language) -> String {
    let driven = sheet.round.fields.vehicle;
    let told = [
        ("vehicle", vehicle(driven.kind, language)),
        ("count", driven.capacity_items.to_string()),
        ("start", sheet.start.name.clone()),
        ("end", sheet.end.name.clone()),
    ];
    say(language, "round-sheet-way", &told)
}

/// When a stop is made: the time, « vers 10:40 » where a way before it is not known, or else the hours in which it can be made.
pub fn time(entry: &Entry, language: Language) -> Option<String> {
    match entry.hour {
        Some(Hour { clock, sure: Sure::Roughly, .. }) => {
            Some(say(language, "round-sheet-about", &[("time", job::time(clock))]))
        }
        Some(Hour { clock, sure: Sure::Done | Sure::Planned, .. }) => Some(job::time(clock)),
        None => hours(entry),
    }
}

/// « Horaires : 08:00-12:00, 14:00-18:00 », where a time alone does not say it.
pub fn limits(entry: &Entry, language: Language) -> Option<String> {
    let is_ahead = matches!(entry.stands, Stands::Ahead | Stands::Waits) && entry.hour.is_some();
    let hours = hours(entry).filter(|_| is_ahead)?;
    Some(say(language, "round-sheet-hours", &[("hours", hours)]))
}

fn hours(entry: &Entry) -> Option<String> {
    let hours = entry.hours.iter().map(|part| format!("{}-{}", job::time(part.from()), job::time(part.to())));
    let hours: Vec<String> = hours.collect();
    (!hours.is_empty()).then(|| hours.join(", "))
}

/// What is carried: « 26-1031 · Chemise · 3 pièces · étiquettes 4012345, 4012346 ».
pub fn what(entry: &Entry, language: Language) -> String {
    let pieces = say(language, "round-sheet-pieces", &[("count", entry.pieces.to_string())]);
    let mut parts = vec![entry.job.clone(), pieces];
    if !entry.labels.is_empty() {
        parts.push(say(language, "round-sheet-labels", &[("labels", entry.labels.join(", "))]));
    }
    parts.retain(|part| !part.is_empty());
    parts.join(" · ")
}

/// How a stop stands that is not ahead.
pub fn standing(stands: Stands, language: Language) -> Option<String> {
    let key = match stands {
        Stands::Ahead | Stands::Waits => return None,
        Stands::Passed => "round-sheet-passed",
        Stands::Failed => "round-sheet-failed",
        Stands::Off => "round-sheet-off",
    };
    Some(say(language, key, &[]))
}
