//! Fifty changes a second, or twenty calls at once, and somebody types: nothing moves by itself, and no key is lost.

use crate::{
    common::{Engine, House, Person, complete, directory},
    desk::{Desk, fr, happens},
    pty::{Pty, Size, key},
};
use loge::{
    domain::{access::Role, ids::RequestId},
    wire::fresh,
};
use serde_json::json;
use std::{
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::task::JoinHandle;

/// Between two changes of one of the two that change things.
const BETWEEN: Duration = Duration::from_millis(40);

/// Changes come in until this is dropped.
struct Storm {
    made: Arc<AtomicU64>,
    tasks: Vec<JoinHandle<()>>,
}

impl Drop for Storm {
    fn drop(&mut self) {
        self.tasks.iter().for_each(JoinHandle::abort);
    }
}

/// Two each make twenty-five changes a second: requests with all kinds of delays, and mail.
fn storm(person: &Person, directory: &crate::common::Directory) -> Storm {
    let made = Arc::new(AtomicU64::new(0));
    let request = complete(directory);
    let (one, other) = (person.clone(), person.clone());
    let (count, also) = (Arc::clone(&made), Arc::clone(&made));
    let requests = tokio::spawn(async move {
        let mut tick = tokio::time::interval(BETWEEN);
        for number in 0_u64.. {
            tick.tick().await;
            let mut body = request.clone();
            // What is urgent comes above what is not.
            body["urgency"] = json!(if number % 3 == 0 { "urgent" } else { "normal" });
            body["when"]["at"] = json!(format!("2026-{:02}-{:02}T12:00:00", 12 - number % 2, 1 + number * 7 % 28));
            one.gives("request.create", fresh::<RequestId>(), body).await;
            count.fetch_add(1, Ordering::SeqCst);
        }
    });
    let mails = tokio::spawn(async move {
        let mut tick = tokio::time::interval(BETWEEN);
        for number in 0_u64.. {
            tick.tick().await;
            let what = json!({ "mailbox": "accueil", "message_id": format!("<{number}@metropole.example>"),
                "from": "claire.durand@metropole.example", "subject": format!("M{number:04}"), "text": "Bonjour", "nature": "personal" });
            let body = json!({ "occurred_at": jiff::Timestamp::now(), "what": what });
            other.gives("contact.message", uuid::Uuid::now_v7(), body).await;
            also.fetch_add(1, Ordering::SeqCst);
        }
    });
    Storm { made, tasks: vec![requests, mails] }
}

/// What is in the row under the cursor: a request's number or a mail's subject.
fn chosen(console: &Pty) -> Option<String> {
    let row = console.cursor_row();
    let after = |mark: &str| {
        let at = row.find(mark)? + mark.len();
        let digits: String = row[at..].chars().take_while(char::is_ascii_digit).collect();
        (digits.len() == 4).then(|| format!("{mark}{digits}"))
    };
    after("26-").or_else(|| after(" M"))
}

/// Waits until all keys so far have been dealt with: they come in their order, and this one is seen.
fn caught_up(console: &mut Pty, dice: &mut Dice) {
    let word = format!("zz{}", dice.roll(1_000_000));
    console.press(&format!(":{word}"));
    console.sees(&format!(":{word}"));
    console.press(key::ESCAPE);
    console.loses(&format!(":{word}"));
    // The cursor is set last.
    let deadline = std::time::Instant::now() + Duration::from_secs(20);
    while !console.cursor_row().contains('▌') {
        assert!(std::time::Instant::now() < deadline, "the cursor is on no row:\n{}", console.text());
        console.take_in(Duration::from_millis(5));
    }
}

/// Numbers that look like chance and are the same each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// Moves, marks, screens, fields with letters in them: what changes nothing of anybody's work.
const SAFE: [&str; 18] = [
    "j",
    "k",
    "\x1b[B",
    "\x1b[A",
    "\x1b[6~",
    "\x1b[5~",
    "g",
    "G",
    "x",
    "v",
    "\t",
    "\x1b[Z",
    "1",
    "4",
    "/pre\x1b",
    "npain deux\x1b",
    ":lav\x1b",
    "?\x1b",
];

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn under_a_storm_the_selection_stays_and_every_letter_arrives() {
    let house = House::open(Engine::Sqlite).await;
    let directory = directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    let mut console = desk.connected(Size::USUAL);
    let storm = storm(&house.manager, &directory);
    console.press("4");
    console.sees("26-0010");
    let (mut dice, mut pressed, mut compared) = (Dice(7), 0, 0);
    while pressed < 1_000 {
        for _ in 0..25 {
            let keys = SAFE[dice.roll(SAFE.len())];
            pressed += keys.chars().filter(|c| !c.is_control()).count().max(1);
            console.press(keys);
            console.take_in(Duration::from_millis(1));
        }
        // Now nobody touches a key, and dozens of changes come in.
        for _ in 0..3 {
            console.press(key::ESCAPE);
            console.take_in(Duration::from_millis(1));
        }
        console.press(if dice.roll(2) == 0 { "4j" } else { "1j" });
        caught_up(&mut console, &mut dice);
        let before = chosen(&console);
        let made = storm.made.load(Ordering::SeqCst);
        while storm.made.load(Ordering::SeqCst) < made + 25 {
            console.take_in(Duration::from_millis(20));
        }
        caught_up(&mut console, &mut dice);
        if before.is_some() {
            assert_eq!(chosen(&console), before, "the selection moved by itself:\n{}", console.text());
            compared += 1;
        }
    }
    assert!(compared >= 10, "{compared}");
    // No key is lost.
    console.press("1");
    caught_up(&mut console, &mut dice);
    console.press("n");
    console.sees("> ");
    let who = fr("party-title");
    console.take_in(Duration::from_millis(200));
    if console.text().contains(&who) {
        console.press(key::ESCAPE);
        console.loses(&who);
    }
    for round in 0..5 {
        let text = format!("abc def ghi jkl mno pqr stu vwx yz{round}");
        console.press("\x15");
        for c in text.chars() {
            console.press(c.encode_utf8(&mut [0; 4]));
            console.take_in(Duration::ZERO);
        }
        console.sees(&format!("> {text}"));
    }
    drop(storm);
    house.office.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_calls_ring_at_once_and_every_letter_typed_arrives() {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    for size in [Size::USUAL, Size::SMALL] {
        let mut console = desk.connected(size);
        console.press("n\x15");
        console.sees("> ");
        console.loses("chemises");
        let rings = futures_util::future::join_all((0..20).map(|place| {
            let (call, from) = (format!("{}-{place}", size.0), format!("05 36 49 {:02} {place:02}", size.1));
            let house = &house;
            async move { happens(house, &call, "ring", &from).await }
        }));
        let text = "trois chemises et une veste au pressing pour vendredi midi";
        let typing = tokio::task::spawn_blocking(move || {
            for c in text.chars() {
                console.press_split(c.encode_utf8(&mut [0; 4]));
                console.take_in(Duration::ZERO);
            }
            console
        });
        let (_, console) = tokio::join!(rings, typing);
        let mut console = console.unwrap();
        // All of them ring, and none took the line, or a letter, or let one come twice.
        let line = format!("> {text}");
        let stands = |screen: &str| screen.lines().any(|row| row.trim_end() == line);
        console.until("the whole phrase stands in the line while it rings", |screen| {
            stands(screen) && screen.contains("05 36 49")
        });
        for place in 0..20 {
            let (call, from) = (format!("{}-{place}", size.0), format!("05 36 49 {:02} {place:02}", size.1));
            happens(&house, &call, "hangup", &from).await;
        }
        console.until("it stands there when they are over", stands);
    }
    house.office.stop().await;
}
