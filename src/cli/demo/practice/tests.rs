//! A whole practice acted out through the client at an embedded office, and what is told of it on the smallest screen.

use super::*;
use crate::{
    cli::demo::house::Past,
    client::Client,
    console::{fixtures, message::Size, model::Screen, update::update},
    demo::{practice::Errand, scene::Scene},
    domain::{
        booking::{BookingFields, Purpose},
        entity::EntityKind,
        ids::{BookingId, ItemId, LockerId},
        item::{Holder, Item, ItemFields, ItemState},
        locker::Locker,
        operator::Language,
        permanence::{Explanation, Leftover},
        posting::{self, Account, Posting, PostingFields, PostingKind},
        request::{Channel, RequestFields, Requester},
        time::Instant,
    },
    wire::{
        bodies::{Bulk, BulkRow, Fact, Undo},
        catalogue::Command,
        desk_bodies::{ClosePermanence, HandBack, PassOn},
        fresh,
    },
};
use jiff::SignedDuration;
use rstest::rstest;
use serde::de::DeserializeOwned;
use std::collections::BTreeSet;

fn plan(seed: u32, language: Language) -> Plan {
    let start = "2026-11-24T08:00:00Z".parse().unwrap();
    Plan { scene: Scene::House, seed, start, language, keep: None, past: Past::Practice }
}

/// The concierge at the desk, by the office's own interface.
struct Concierge<'a> {
    house: &'a House,
    client: Client,
    story: &'a Story,
}

impl Concierge<'_> {
    fn now(&self) -> Instant {
        self.house.now().unwrap()
    }

    async fn gives(&self, command: Command) -> crate::domain::ids::CommandKey {
        let key = fresh();
        self.client.send(key, &command).await.unwrap();
        key
    }

    async fn rows<T: DeserializeOwned>(&self, kind: EntityKind) -> Vec<T> {
        let snapshot = self.client.snapshot().await.unwrap();
        snapshot.rows[&kind].iter().map(|row| serde_json::from_str(row.get()).unwrap()).collect()
    }

    fn here(&self) -> Holder {
        Holder::Concierge { site_id: self.story.site, place: None }
    }

    async fn hands_back(&self, errand: &Errand) -> crate::domain::ids::CommandKey {
        let mut last = fresh();
        for (id, _) in &errand.things {
            let body = HandBack { occurred_at: self.now(), from: self.here(), to: Some(errand.person) };
            last = self.gives(Command::HandBackItem { id: *id, body }).await;
        }
        last
    }

    async fn is_paid(&self, errand: &Errand) {
        let account = Account::Person { beneficiary_id: errand.person };
        let postings: Vec<Posting> = self.rows(EntityKind::Posting).await;
        let owed = posting::balance(postings.iter().flat_map(|posting| &posting.fields.lines), account).unwrap();
        let body = PostingFields {
            kind: PostingKind::Payment,
            lines: posting::payment(account, Account::Cash, owed),
            occurred_at: self.now(),
            request_id: None,
            site_id: Some(self.story.site),
            taken_by: Some(self.client.me().await.unwrap().id),
            permanence_id: Some(self.story.permanence),
            reverses: None,
            text: None,
        };
        self.gives(Command::PostPosting { id: fresh(), body }).await;
    }

    async fn takes_in(&self, errand: &Errand, label: &str) {
        let body = ItemFields {
            label: label.parse().unwrap(),
            description: None,
            request_id: Some(errand.request),
            beneficiary_id: Some(errand.person),
            site_id: self.story.site,
            holder: self.here(),
            since: self.now(),
        };
        self.gives(Command::CreateItem { id: fresh(), body }).await;
    }

    async fn notes(&self, errand: &Errand) {
        let body = RequestFields {
            channel: Channel::Permanence,
            contact_id: None,
            requester: Some(Requester::Person { id: errand.person }),
            service_id: Some(self.story.service),
            site_id: Some(self.story.site),
            payer: None,
            when: None,
            quantity: self.story.quantity.try_into().unwrap(),
            detail: None,
            text: None,
            handover: None,
            urgency: crate::domain::clock::Urgency::default(),
            price: None,
        };
        self.gives(Command::CreateRequest { id: fresh(), body }).await;
    }

    async fn stores(&self, errand: &Errand) -> LockerId {
        let lockers: Vec<Locker> = self.rows(EntityKind::Locker).await;
        let locker = lockers.iter().find(|locker| locker.fields.site_id == self.story.site).unwrap().id;
        let booking: BookingId = fresh();
        let body = BookingFields {
            locker_id: locker,
            site_id: self.story.site,
            purpose: Purpose::Pickup,
            request_id: Some(errand.request),
            beneficiary_id: Some(errand.person),
            until: self.now().plus(SignedDuration::from_hours(72)),
        };
        self.gives(Command::ReserveBooking { id: booking, body }).await;
        self.gives(Command::FillBooking { id: booking, body: Fact { occurred_at: self.now() } }).await;
        for (id, _) in &errand.things {
            let to = Holder::Locker { locker_id: locker };
            let body = PassOn { occurred_at: self.now(), from: self.here(), to };
            self.gives(Command::PassOnItem { id: *id, body }).await;
        }
        locker
    }

    async fn closes(&self, left: &[ItemId]) {
        let because = |id: &ItemId| Explanation {
            leftover: Leftover::Item { id: *id },
            why: "Prochaine permanence".parse().unwrap(),
        };
        let postings: Vec<Posting> = self.rows(EntityKind::Posting).await;
        let here = postings.iter().filter(|posting| posting.fields.permanence_id == Some(self.story.permanence));
        let cash = posting::balance(here.flat_map(|posting| &posting.fields.lines), Account::Cash);
        let body = ClosePermanence {
            occurred_at: self.now(),
            explanations: left.iter().map(because).collect(),
            cash_counted: cash,
        };
        self.gives(Command::ClosePermanence { id: self.story.permanence, body }).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_that_is_acted_out_is_noticed_and_reported() {
    let house = House::open(&plan(7, Language::Fr)).await.unwrap();
    let url = house.office.url();
    let story = Story::of(&house.directory, house.seed, Language::Fr).unwrap();
    let (onlooker, _) = house.client(&url, Seat::Manager, Language::Fr).await.unwrap();
    let mut watch = Watch::begin(onlooker, story.clone(), house.now().unwrap()).await.unwrap();
    let (client, _) = house.client(&url, Seat::Concierge, Language::Fr).await.unwrap();
    let karim = Concierge { house: &house, client, story: &story };

    let things: Vec<Item> = karim.rows(EntityKind::Item).await;
    assert_eq!(things.len(), 5, "a quiet house");
    karim.gives(Command::OpenPermanence { id: story.permanence, body: Fact { occurred_at: karim.now() } }).await;
    // Not in the order that is proposed.
    karim.stores(&story.hurried).await;
    karim.takes_in(&story.bringing, &story.fresh).await;
    karim.notes(&story.asking).await;
    // Both bags at once, taken back with what they put on the tab, and handed back again.
    let both = story.owing.things.iter().map(|(id, _)| {
        let body = HandBack { occurred_at: karim.now(), from: karim.here(), to: Some(story.owing.person) };
        BulkRow { key: fresh(), command: Box::new(Command::HandBackItem { id: *id, body }) }
    });
    let both = karim.gives(Command::Bulk { body: Bulk { rows: both.collect() } }).await;
    watch.catch_up().await;
    assert!(watch.report(Language::Fr)[3].contains("à faire"), "it is not paid");
    karim.gives(Command::Undo { body: Undo { command: both } }).await;
    karim.hands_back(&story.owing).await;
    karim.is_paid(&story.owing).await;
    // To the wrong person, undone, then to the right one.
    let body = HandBack { occurred_at: karim.now(), from: karim.here(), to: Some(story.owing.person) };
    let id = story.labelled.things[0].0;
    let wrong = karim.gives(Command::HandBackItem { id, body }).await;
    watch.catch_up().await;
    assert_eq!(watch.progress.cue(Language::Fr).scene.key, "practice-wrong-hands");
    karim.gives(Command::Undo { body: Undo { command: wrong } }).await;
    karim.hands_back(&story.labelled).await;
    let by_mistake = karim.hands_back(&story.mistaken).await;
    watch.catch_up().await;
    assert_eq!(watch.progress.cue(Language::Fr).scene.key, "practice-mistaken");
    karim.gives(Command::Undo { body: Undo { command: by_mistake } }).await;
    let left: Vec<Item> = karim.rows(EntityKind::Item).await;
    let left = left.into_iter().filter(|item| item.state == ItemState::InCustody);
    let left: Vec<ItemId> = left.filter(|item| item.fields.label.as_str() != story.fresh).map(|item| item.id).collect();
    assert_eq!(left.len(), 2, "what is in the locker, and what nobody took");
    karim.closes(&left).await;
    watch.catch_up().await;

    let report = watch.report(Language::Fr).join("\n").replace('\u{a0}', " ");
    assert!(report.starts_with("Exercice au comptoir : 8 étapes faites sur 8"), "{report}");
    assert!(report.contains("1 geste à reprendre, 1 repris ; 2 gestes défaits en plus"), "{report}");
    assert!(report.ends_with("docs/comptoir.md."), "{report}");
    let over = karim.now();
    house.close(over).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_practice_opens_at_any_hour_for_any_seed_with_people_told_apart() {
    let starts = ["2026-11-23T08:00:00Z", "2026-11-27T15:25:00Z", "2026-11-12T22:40:00Z", "2026-06-10T04:00:00Z"];
    for (seed, start) in (1..).zip(starts) {
        let plan = Plan { start: start.parse().unwrap(), ..plan(seed, Language::En) };
        let house = House::open(&plan).await.unwrap();
        let story = Story::of(&house.directory, seed, Language::En).unwrap();
        assert_eq!(Story::of(&house.directory, seed, Language::En).unwrap(), story);
        let people = [&story.labelled, &story.owing, &story.bringing, &story.asking, &story.hurried, &story.mistaken];
        assert_eq!(people.iter().map(|errand| errand.person).collect::<BTreeSet<_>>().len(), people.len());
        let from = house.from;
        house.close(from).await;
    }
}

/// What is told at every step, and of all that can go wrong.
fn sentences() -> Vec<(&'static str, &'static str)> {
    vec![
        ("open", "open-do"),
        ("label", "label-do"),
        ("tab", "tab-do"),
        ("tab-rest", "tab-do"),
        ("pay", "pay-do"),
        ("deposit", "deposit-do"),
        ("order", "order-do"),
        ("locker", "locker-do"),
        ("code", "code-do"),
        ("fetched", "label-do"),
        ("mistaken", "mistaken-do"),
        ("close", "close-do"),
        ("over", "over-do"),
        ("wrong-hands", "mistaken-do"),
        ("not-taken", "mistaken-do"),
        ("wrong-locker", "wrong-locker-do"),
        ("payment", "undo-do"),
        ("other-order", "undo-do"),
        ("miscounted", "miscounted-do"),
    ]
}

#[rstest]
#[case(Language::Fr, "mercredi")]
#[case(Language::En, "Wednesday")]
fn all_that_is_told_fits_on_the_smallest_screen(#[case] language: Language, #[case] day: &str) {
    let mut model = fixtures::desk::open();
    model.seat.language = language;
    model.commands = crate::console::keymap::Commands::with(vec![SKIP]);
    let at = model.now;
    update(&mut model, at, Message::Resized(Size { columns: 80, rows: 24 }));
    assert_eq!(model.screen, Screen::Desk);
    let values = [
        ("who", "Mme Montagnier"),
        ("name", "Montagnier"),
        ("label", "4012345"),
        ("count", "3"),
        ("sum", "119,30 €"),
        ("day", day),
        ("locker", "A10"),
        ("place", "Mérignac"),
    ];
    let values: Vec<_> = values.map(|(name, value)| (name, value.to_owned())).into();
    let said = |key: &str| practice::Sentence { key: format!("practice-{key}"), variables: values.clone() };
    for (scene, advice) in sentences() {
        let in_field = ["label", "tab", "tab-rest", "deposit", "locker", "code", "fetched"].contains(&scene);
        let begins = if in_field { practice::Begins::Field } else { practice::Begins::Anywhere };
        let mut cue = Cue { step: Some(8), scene: said(scene), advice: said(advice), begins };
        if scene == "order" {
            cue.advice.variables.retain(|(name, _)| *name != "name");
            cue.advice.variables.push(("name", "Marguerite Montagnier".to_owned()));
        }
        // In the field of labels, then in the list.
        for keys in [&[][..], &["Esc"], &["y"]] {
            fixtures::press(&mut model, keys);
            let at = model.now;
            update(&mut model, at, Message::Coached(Box::new(coach(&cue))));
            let words = crate::console::view::coach_words(&model, model.coach.as_ref().unwrap());
            let lines = |text: &String| crate::text::wrap(text, 80).len();
            let taken: usize = words[1..].iter().map(lines).sum();
            assert!(taken <= 3, "{taken} lines: {words:?}");
            assert!(!words.concat().contains("practice-"), "{words:?}");
            let drawn = fixtures::screen(&mut model, 80, 24);
            assert!(!drawn.lines().nth(6).unwrap().ends_with('…'), "{drawn}");
        }
    }
}
