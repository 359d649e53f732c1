use super::house::{House, Past, Plan, directory};
use crate::{
    client::StreamEvent,
    demo::{
        day::{self, Act},
        directory::Seat,
        past,
        play::{Stage, Staging, Tally, Told},
        scene::Scene,
        stock,
    },
    domain::{
        beneficiary::Gender, claim::ClaimSubject, entity::EntityKind, operator::Language, phone::PhoneNumber,
        provider::Tier, time::Instant,
    },
    i18n::say,
    wire::{
        bodies::{TakeClaim, WrapUp},
        catalogue::Command,
        fresh,
    },
};
use std::{
    collections::{BTreeMap, BTreeSet},
    time::Duration,
};
use tokio::sync::mpsc;

mod village;

const START: &str = "2026-11-24T08:00:00Z";

fn start() -> Instant {
    START.parse().unwrap()
}

fn plan() -> Plan {
    Plan { scene: Scene::House, seed: 7, start: start(), language: Language::Fr, keep: None, past: Past::Busy }
}

/// Whether nobody can have this number: the ranges that are kept for fiction.
fn is_fiction(number: &PhoneNumber) -> bool {
    ["+3319900", "+3326191", "+3335301", "+3346571", "+3353649", "+3363998"]
        .iter()
        .any(|range| number.as_str().starts_with(range))
}

#[test]
fn the_house_has_the_size_that_is_promised() {
    let directory = directory(Scene::House, 7, start()).unwrap();
    let counts = BTreeMap::from(directory.counts());
    assert_eq!(counts[&EntityKind::Site], 4);
    assert_eq!(counts[&EntityKind::Service], 54);
    assert_eq!(counts[&EntityKind::Provider], 41);
    assert_eq!(counts[&EntityKind::Beneficiary], 423);
    let tiers: BTreeSet<String> =
        directory.partners.iter().map(|partner| format!("{:?}", partner.fields.tier)).collect();
    assert_eq!(tiers.len(), 4, "{tiers:?}");
    assert!(directory.partners.iter().any(|partner| partner.fields.tier == Tier::Other));
    let women = directory.people.iter().filter(|person| person.fields.gender == Some(Gender::Woman)).count();
    assert!((290..=340).contains(&women), "{women} women of 423");
    assert_eq!(directory.desks_today().count(), 2);
    let services = past::year(&directory, 7, Language::Fr).unwrap();
    let created = services.iter().filter(|dated| matches!(&dated.deed, past::Deed::Command(command) if matches!(**command, Command::CreateRequest { .. })));
    assert_eq!(created.count(), past::SERVICES);
}

#[test]
fn every_service_has_an_english_name_and_an_english_day_says_nothing_in_french() {
    let directory = directory(Scene::House, 7, start()).unwrap();
    for service in &directory.services {
        assert!(service.fields.name_en.is_some(), "{}", service.fields.name.as_str());
    }
    let written = |language| {
        let past = past::year(&directory, 7, language).unwrap();
        let deeds = past.into_iter().chain(stock::stock(&directory, 7, language).unwrap());
        format!("{:?} {:?}", deeds.collect::<Vec<_>>(), day::day(7, &directory, language).unwrap())
    };
    let (french, english) = (written(Language::Fr), written(Language::En));
    for words in ["préciser", "Complet", "Sac de linge", "étagère", "Réponse automatique", "Renseigné", "Horaires"]
    {
        assert!(french.contains(words), "{words}");
        assert!(!english.contains(words), "{words}");
    }
}

#[test]
fn nobody_can_be_reached_by_what_the_house_knows() {
    let directory = directory(Scene::House, 7, start()).unwrap();
    let domains = |email: &crate::domain::email::EmailAddress| email.as_str().ends_with(".example");
    for person in &directory.people {
        assert!(person.fields.phones.iter().all(is_fiction), "{:?}", person.fields.phones);
        assert!(person.fields.emails.iter().all(domains), "{:?}", person.fields.emails);
    }
    for partner in &directory.partners {
        assert!(partner.fields.phones.iter().all(is_fiction) && partner.fields.emails.iter().all(domains));
    }
    for (_, client) in &directory.clients {
        assert!(client.switchboards.iter().all(is_fiction));
        assert!(client.contact_persons.iter().flat_map(|person| &person.phone).all(is_fiction));
    }
    for happening in day::day(7, &directory, Language::Fr).unwrap() {
        match happening.act {
            Act::Call(caller) => assert!(caller.from.iter().all(is_fiction)),
            Act::Mail(mail) => assert!(mail.message.from.iter().all(domains)),
            _ => {}
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_house_and_the_same_day() {
    let (one, two) = (directory(Scene::House, 7, start()).unwrap(), directory(Scene::House, 7, start()).unwrap());
    assert_eq!(one.commands, two.commands);
    let day = |seed, directory| day::day(seed, directory, Language::Fr).unwrap();
    assert_eq!(day(7, &one), day(7, &two));
    assert_eq!(past::year(&one, 7, Language::Fr).unwrap(), past::year(&two, 7, Language::Fr).unwrap());
    assert_eq!(stock::stock(&one, 7, Language::Fr).unwrap(), stock::stock(&two, 7, Language::Fr).unwrap());
    assert_ne!(day(7, &one), day(8, &one));
}

#[test]
fn everything_before_the_day_is_before_the_day() {
    let directory = directory(Scene::House, 7, start()).unwrap();
    for dated in past::year(&directory, 7, Language::Fr)
        .unwrap()
        .into_iter()
        .chain(stock::stock(&directory, 7, Language::Fr).unwrap())
    {
        assert!(dated.at < directory.start, "{dated:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_past_is_one_that_an_office_would_have_taken() {
    let house = House::open(&plan()).await.unwrap();
    let (client, operator) = house.client(&house.office.url(), Seat::Reception, Language::Fr).await.unwrap();
    assert!(operator.fields.name.as_str().starts_with("Léa"));
    let snapshot = client.snapshot().await.unwrap();
    let count = |kind| snapshot.rows.get(&kind).map_or(0, Vec::len);
    assert!(count(EntityKind::Request) >= 45, "{}", count(EntityKind::Request));
    assert!(count(EntityKind::Offer) >= 10 && count(EntityKind::Item) >= 10 && count(EntityKind::Held) == 2);
    assert_eq!(count(EntityKind::RecurringOrder), 4);
    let requests = snapshot.rows[&EntityKind::Request].iter().map(|row| row.get());
    assert!(requests.filter(|row| row.contains("\"order_id\"")).count() >= 3);
    assert!(count(EntityKind::Exception) >= 2 && count(EntityKind::Contact) >= 7);
    house.close(start()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_opens_at_any_hour_of_any_working_day() {
    // A Monday morning, a Friday evening, the day after a holiday, and before dawn.
    let starts = ["2026-11-23T08:00:00Z", "2026-11-27T17:40:00Z", "2026-11-12T08:00:00Z", "2026-06-10T04:00:00Z"];
    for (seed, start) in (1..).zip(starts) {
        let house = House::open(&Plan { seed, start: start.parse().unwrap(), ..plan() }).await.unwrap();
        let from = house.from;
        house.close(from).await;
    }
}

/// Plays the day so many times as fast until what is done meanwhile is done.
async fn play(
    house: &House,
    speed: f64,
    player: Option<Seat>,
    meanwhile: impl AsyncFn(&Stage, mpsc::UnboundedReceiver<Told>),
) -> Tally {
    let staging = Staging {
        scene: house.scene,
        player,
        speed,
        ahead: house.ahead,
        seed: house.seed.into(),
        language: Language::Fr,
        outside: house.outside(),
    };
    let (story, lines) = mpsc::unbounded_channel();
    let stage = super::set(house, staging, story).await.unwrap();
    let day = house.scene.day(&house.directory, house.seed.into(), Language::Fr).unwrap();
    let from = house.from;
    let done = tokio::time::timeout(Duration::from_mins(2), meanwhile(&stage, lines));
    tokio::select! {
        () = stage.play(day, from) => {}
        done = done => done.unwrap_or_else(|_| panic!("two minutes were not enough: {:?}", stage.tally())),
    }
    stage.tally()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_fast_day_uses_all_three_channels_and_is_never_refused() {
    let house = House::open(&plan()).await.unwrap();
    let tally = play(&house, 90.0, None, async |stage, mut lines| {
        let mut awaited = BTreeSet::from([
            "demo-rings",
            "demo-answered",
            "demo-hung-up",
            "demo-mail",
            "demo-mail-done",
            "demo-walk-in",
            "demo-handed-back",
            "demo-noted",
            "demo-offered",
            "demo-accepted",
            "demo-accepted-page",
            "demo-accepted-mail",
            "demo-problem",
            "demo-released",
            "demo-passed-on",
            "demo-ready",
            "demo-round-published",
            "demo-leg-taken",
            "demo-leg-left",
        ]);
        while !awaited.is_empty() || stage.tally().carried_out <= 50 {
            awaited.remove(lines.recv().await.unwrap().key);
        }
    })
    .await;
    house.close(start()).await;
    assert_eq!(tally.refused, BTreeMap::new());
    assert!(tally.carried_out > 50, "{tally:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_speaks_when_the_player_takes_the_call_and_hangs_up_when_it_is_done() {
    let house = House::open(&plan()).await.unwrap();
    let (client, _) = house.client(&house.office.url(), Seat::Reception, Language::Fr).await.unwrap();
    // Slow enough for a caller's patience to outlast a busy machine.
    let tally = play(&house, 6.0, Some(Seat::Reception), async |stage, _lines| {
        let mut heard = stage.hear();
        let mut stream = client.changes(client.snapshot().await.unwrap().seq);
        // The first caller of the day is left to the player.
        let contact = loop {
            if let Some(StreamEvent::Change(change)) = stream.next().await
                && change.entity == EntityKind::Contact
                && change.state.as_ref().is_some_and(|state| state.get().contains("ringing"))
            {
                break change.id;
            }
        };
        let subject = ClaimSubject::Contact { id: contact.into() };
        client.send(fresh(), &Command::TakeClaim { id: fresh(), body: TakeClaim { subject } }).await.unwrap();
        let spoken = heard.recv().await.unwrap();
        assert!(spoken.contact == Some(contact.into()) && spoken.says.contains("Durand"), "{spoken:?}");
        let body = WrapUp { outcome: "Noté".parse().unwrap() };
        client.send(fresh(), &Command::WrapUpContact { id: contact.into(), body }).await.unwrap();
        loop {
            if let Some(StreamEvent::Change(change)) = stream.next().await
                && change.id == contact
                && change.state.as_ref().is_some_and(|state| state.get().contains("\"line\":\"ended\""))
            {
                break;
            }
        }
    })
    .await;
    house.close(start()).await;
    assert_eq!(tally.count("demo-answered"), 1);
    assert_eq!(tally.refused, BTreeMap::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_house_goes_on_where_it_was_left_and_a_strange_file_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("kept.sqlite");
    let plan = Plan { keep: Some(file.clone()), ..plan() };
    let first = House::open(&plan).await.unwrap();
    assert!(!first.resumed);
    // An hour of the day was played, fast: it is not played again.
    let played = start().plus(jiff::SignedDuration::from_hours(1));
    first.close(played).await;
    let again = House::open(&Plan { seed: 8, ..plan.clone() }).await.unwrap();
    assert!(again.resumed && again.seed == 7);
    assert_eq!((again.directory.start, again.from), (start(), played));
    again.close(start()).await;
    // Beside the file lies nothing of its mails.
    let beside = std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let beside: Vec<_> = beside.filter(|name| !name.to_string_lossy().starts_with("kept.sqlite")).collect();
    assert!(beside.is_empty(), "{beside:?}");
    let strange = folder.path().join("strange");
    std::fs::write(&strange, "Cher journal").unwrap();
    let refused = House::open(&Plan { keep: Some(strange.clone()), ..plan }).await.unwrap_err();
    assert!(refused.said(Language::En).unwrap().contains("no file of a demonstration"));
    assert_eq!(std::fs::read_to_string(&strange).unwrap(), "Cher journal");
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_stays_of_a_house_that_is_not_kept() {
    let house = House::open(&plan()).await.unwrap();
    let folder = house.folder().unwrap();
    assert!(folder.join("demo.sqlite").is_file());
    house.close(start()).await;
    assert!(!folder.exists());
}

#[test]
fn the_day_begins_on_a_working_day() {
    let begins = |now: &str, from: Option<&str>| {
        let from = from.map(|hour| super::hour(hour).unwrap());
        super::start(now.parse().unwrap(), from).to_string()
    };
    // A Tuesday at work, a Sunday, a Friday evening, 11 November.
    assert!(begins("2026-11-24T09:10:00Z", None).starts_with("2026-11-24T09:10:00"));
    assert!(begins("2026-11-22T09:10:00Z", None).starts_with("2026-11-23T08:00:00"));
    assert!(begins("2026-11-20T18:10:00Z", None).starts_with("2026-11-23T08:00:00"));
    assert!(begins("2026-11-24T20:00:00Z", Some("11:30")).starts_with("2026-11-24T10:30:00"));
    assert!(begins("2026-11-11T08:00:00Z", None).starts_with("2026-11-12T08:00:00"));
    assert!(super::hour("05:00").is_err() && super::hour("midi").is_err());
    assert!(super::speed("0").is_err() && super::speed("2,5") == Ok(2.5));
}

#[test]
fn every_line_of_the_story_is_said_in_both_languages() {
    let sources = [
        include_str!("../../demo/play.rs"),
        include_str!("../../demo/play/desk.rs"),
        include_str!("../../demo/play/rounds.rs"),
        include_str!("../../demo/play/trade.rs"),
    ];
    let keys: BTreeSet<&str> = sources
        .iter()
        .flat_map(|source| source.split('"').skip(1).step_by(2))
        .filter(|text| text.starts_with("demo-"))
        .collect();
    assert!(keys.len() > 12, "{keys:?}");
    for key in keys {
        for language in [Language::Fr, Language::En] {
            let count = format!("{key}-count");
            assert_ne!(say(language, key, &[]), key);
            assert_ne!(say(language, &count, &[]), count);
        }
    }
}
