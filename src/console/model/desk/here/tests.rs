//! Whatever happens, what is followed is what would be made anew; and things are found by what they are handed back with.

use super::*;
use crate::{
    console::{
        fixtures::{
            ago, comes,
            desk::{BAGS, SESSION, open, posted, shelf, thing},
            id,
            known::*,
            now, person, request,
        },
        message::Message,
        model::Model,
        update::update,
    },
    domain::{
        entity::Version,
        exception::{About, ContradictionKind, ExceptionFields},
        request::Requester,
    },
    replica::{Given, Path},
    wire::{catalogue::Command, desk_bodies::HandBack, fresh},
};
use proptest::prelude::*;
use serde_json::json;
use uuid::Uuid;

/// The jobs that things are of, two of them of nobody known here.
const JOBS: [u128; 5] = [READY, UNDERWAY, LACKING, 8_001, 8_002];
const PEOPLE: [u128; 4] = [DURAND, ROY, BLANC, PETIT];
const SITES: [u128; 2] = [MERIGNAC, BRUGES];
const STATES: [RequestState; 7] = [
    RequestState::New,
    RequestState::Triaged,
    RequestState::Waiting,
    RequestState::Assigned,
    RequestState::Ready,
    RequestState::Done,
    RequestState::Closed,
];

/// Something that happens at the desk or elsewhere.
#[derive(Clone, Debug)]
enum Event {
    /// A thing is where it is: which, of which job, whose, with whom.
    Thing(u8, Option<usize>, usize, u8),
    /// A thing went back for good.
    Back(u8, usize),
    /// A job: its state, whose it is, at which site, with a time or without.
    Job(usize, usize, usize, usize, bool),
    /// A locker is booked, or no longer.
    Booked(u8, bool),
    /// Somebody owes more, or less, for this job.
    Posted(u16, usize, i64, Option<usize>),
    /// Record and world differ.
    Differs(u8, usize),
    /// Somebody is called otherwise.
    Renamed(usize, u8),
    /// The operator hands a thing back, and may take it again.
    Handed(u8, bool),
}

fn event() -> impl Strategy<Value = Event> {
    let job = || 0..JOBS.len();
    prop_oneof![
        6 => (0_u8..8, prop::option::of(job()), 0..PEOPLE.len(), 0_u8..6).prop_map(|(a, b, c, d)| Event::Thing(a, b, c, d)),
        2 => (0_u8..8, 0..PEOPLE.len()).prop_map(|(thing, person)| Event::Back(thing, person)),
        4 => (job(), 0..STATES.len(), 0..PEOPLE.len(), 0..SITES.len(), any::<bool>())
            .prop_map(|(a, b, c, d, e)| Event::Job(a, b, c, d, e)),
        1 => (0_u8..4, any::<bool>()).prop_map(|(locker, live)| Event::Booked(locker, live)),
        2 => (0_u16..900, 0..PEOPLE.len(), -5_000_i64..5_000, prop::option::of(job()))
            .prop_map(|(a, b, c, d)| Event::Posted(a, b, c, d)),
        1 => (0_u8..4, 0..SITES.len()).prop_map(|(which, site)| Event::Differs(which, site)),
        1 => (0..PEOPLE.len(), 0_u8..4).prop_map(|(person, name)| Event::Renamed(person, name)),
        3 => (0_u8..8, any::<bool>()).prop_map(|(thing, again)| Event::Handed(thing, again)),
    ]
}

fn number_of(thing: u8) -> u128 {
    BAGS[0] + u128::from(thing)
}

/// The version that comes after what is known.
fn newer(known: Option<Version>) -> Version {
    known.map_or(Version::FIRST, Version::next)
}

fn happens(model: &mut Model, event: &Event) {
    match *event {
        Event::Thing(which, job, owner, holder) => {
            let holder = match holder {
                0 | 1 => shelf("étagère 4"),
                2 => Holder::Locker { locker_id: id(83) },
                3 => Holder::Provider { provider_id: id(LAVOIR) },
                4 => Holder::Locker { locker_id: id(8_999) },
                _ => Holder::Concierge { site_id: id(BRUGES), place: None },
            };
            let job = job.map(|job| JOBS[job]);
            let mut row = thing(number_of(which), 402_000 + u32::from(which), "sac", job, PEOPLE[owner], &holder);
            row.version = newer(model.world.thing(row.id).map(|known| known.version));
            comes(model, &row);
        }
        Event::Back(which, person) => {
            let Some(row) = model.world.thing(id(number_of(which))).cloned() else { return };
            let report = crate::domain::item::Report { occurred_at: ago(1), at: ago(1), by: None };
            let (mut back, _) = (*row).clone().hand_back(&row.fields.holder, Some(id(PEOPLE[person])), report);
            back.version = newer(Some(row.version));
            comes(model, &back);
        }
        Event::Job(which, state, person, site, timed) => {
            let mut row = request(JOBS[which], PEOPLE[person], PRESSING, SITES[site], "2026-11-27T12:00:00", 30);
            row.state = STATES[state];
            row.fields.requester = Some(Requester::Person { id: id(PEOPLE[person]) });
            row.fields.when = row.fields.when.filter(|_| timed);
            row.version = newer(model.world.request(row.id).map(|known| known.row.version));
            comes(model, &row);
        }
        Event::Booked(which, live) => {
            let fields = json!({
                "locker_id": Uuid::from_u128(81 + u128::from(which)), "site_id": Uuid::from_u128(MERIGNAC), "purpose": "pickup",
                "beneficiary_id": Uuid::from_u128(BLANC), "until": ago(-90),
            });
            let row =
                Booking::create(id(8_500 + u128::from(which)), serde_json::from_value(fields).unwrap(), ago(30), None);
            let mut row = row.unwrap().filled(ago(20)).0;
            if !live {
                row = row.emptied(ago(10)).0;
            }
            row.version = newer(model.world.booking(row.id).map(|known| known.version));
            comes(model, &row);
        }
        Event::Posted(number, person, cents, job) => {
            let kind = if cents > 0 { PostingKind::Charge } else { PostingKind::Payment };
            if cents == 0 {
                return;
            }
            let mut row = posted(9_000 + u128::from(number), kind, PEOPLE[person], cents);
            row.fields.request_id = job.map(|job| id(JOBS[job]));
            comes(model, &row);
        }
        Event::Differs(which, site) => {
            let fields = ExceptionFields {
                about: About { kind: EntityKind::Item, id: Uuid::from_u128(BAGS[0]) },
                site_id: Some(id(SITES[site])),
                kind: ContradictionKind::TakenInTwice,
                what: None,
                occurred_at: ago(20),
            };
            comes(model, &Exception::create(id(8_700 + u128::from(which)), fields, ago(19), None).unwrap());
        }
        Event::Renamed(which, name) => {
            let name = ["Aba", "Été", "Zola", "Moreau"][usize::from(name)];
            let mut row = person(PEOPLE[which], "Mme", "Claire", name, MERIGNAC, "05 36 49 55 20");
            row.version = newer(model.world.person(id(PEOPLE[which])).map(|known| known.version));
            comes(model, &row);
        }
        Event::Handed(which, again) => {
            let thing = id(number_of(which));
            let Some(from) = model.world.thing(thing).map(|row| row.fields.holder.clone()) else { return };
            let command = Command::HandBackItem { id: thing, body: HandBack { occurred_at: now(), from, to: None } };
            let given = Given { key: fresh(), at: now(), command: Box::new(command) };
            let key = given.key;
            model.world.board.give(given, Path::Direct);
            update(model, now(), Message::Woke);
            if again {
                model.world.board.lift(key);
                update(model, now(), Message::Woke);
            }
        }
    }
}

proptest! {
    #[test]
    fn what_is_followed_is_what_would_be_made_anew(events in prop::collection::vec(event(), 1..40)) {
        let mut model = open();
        let session = model.world.permanence(id(SESSION)).unwrap().clone();
        for event in &events {
            happens(&mut model, event);
            let anew = Here::of(&model.world, &session);
            prop_assert_eq!(&model.desk.here, &anew, "{:?}", event);
        }
    }
}

#[test]
fn things_are_found_by_what_they_are_handed_back_with() {
    let (request, other): (RequestId, RequestId) = (fresh(), fresh());
    let ids: Vec<ItemId> = (0..4).map(|_| fresh()).collect();
    let of = |at: usize, group| (group, ids[at]);
    let things: Things = [
        of(3, Group::Request(request)),
        of(0, Group::Thing(ids[0])),
        of(1, Group::Request(other)),
        of(2, Group::Request(request)),
    ]
    .into_iter()
    .collect();
    assert_eq!(things.of(Group::Request(request)), &ids[2..4]);
    assert_eq!(things.of(Group::Request(other)), &ids[1..2]);
    assert_eq!(things.of(Group::Thing(ids[0])), &ids[..1]);
    assert!(things.of(Group::Thing(ids[1])).is_empty() && things.of(Group::Request(fresh())).is_empty());
    assert_eq!(things.all().len(), 4);
    assert_eq!(things.group_of(ids[3]), Some(Group::Request(request)));
    assert_eq!(things.group_of(ids[0]), Some(Group::Thing(ids[0])));
    assert_eq!(things.group_of(fresh()), None);
    assert!(Things::default().of(Group::Request(request)).is_empty());
}
