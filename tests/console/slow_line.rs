//! What the presses are counted for, over a line that takes 300 ms there and back: however the keys come, everything comes true once.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, fr, happens, rings},
    pty::{Pty, Size, key},
};
use loge::{
    domain::{access::Role, ids::RequestId},
    wire::fresh,
};
use rstest::rstest;
use serde_json::json;
use std::{
    net::{Ipv4Addr, SocketAddr},
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{TcpListener, TcpStream, tcp},
    sync::mpsc,
    time::{Instant, sleep_until},
};

/// How long everything is on its way, in either direction.
const ONE_WAY: Duration = Duration::from_millis(150);

/// A relay on which everything takes its time.
async fn slow(office: SocketAddr) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((near, _)) = listener.accept().await {
            let Ok(far) = TcpStream::connect(office).await else { return };
            let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
            tokio::spawn(carry(near_in, far_out));
            tokio::spawn(carry(far_in, near_out));
        }
    });
    format!("http://{address}")
}

/// Carries bytes: each piece is delivered [`ONE_WAY`] after it came in.
async fn carry(mut from: tcp::OwnedReadHalf, mut to: tcp::OwnedWriteHalf) {
    let (send, mut pieces) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((due, bytes)) = pieces.recv().await {
            sleep_until(due).await;
            if to.write_all(&bytes).await.is_err() {
                return;
            }
        }
        let _ = to.shutdown().await;
    });
    let mut bytes = vec![0; 65_536];
    while let Ok(count @ 1..) = from.read(&mut bytes).await {
        if send.send((Instant::now() + ONE_WAY, bytes[..count].to_vec())).is_err() {
            return;
        }
    }
}

/// How keys come.
#[derive(Clone, Copy, Debug)]
enum Keys {
    /// Each byte for itself.
    Split,
    /// All that is typed without looking at once.
    Glued,
}

struct Scene {
    house: House,
    console: Pty,
    keys: Keys,
}

impl Scene {
    fn types(&mut self, keys: &str) {
        match self.keys {
            Keys::Split => self.console.press_split(keys),
            Keys::Glued => self.console.press(keys),
        }
    }

    /// Waits until everything has been sent and answered.
    fn all_sent(&mut self) {
        self.console.loses("à envoyer");
    }

    /// Waits until the office's database says so, and says what is on the screen where it does not.
    async fn until(&mut self, what: &str, sql: &str, count: i64) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.house.number(sql).await != count {
            assert!(Instant::now() < deadline, "waited in vain until {what}:\n{}", self.console.text());
            self.console.take_in(Duration::from_millis(10));
        }
    }
}

const REQUESTS: &str = "SELECT count(*) FROM request";
const ENDED: &str = "SELECT count(*) FROM contact WHERE state = 'wrapped_up'";
const HELD: &str = "SELECT count(*) FROM claim WHERE state = 'live'";

#[rstest]
#[case::split(Keys::Split)]
#[case::glued(Keys::Glued)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_counted_workflow_comes_true_once_over_a_slow_line(#[case] keys: Keys) {
    let house = House::open(Engine::Sqlite).await;
    let directory = directory(&house.manager).await;
    // Mrs Durand asks for bread again and again.
    for day in [10, 17] {
        let order = json!({ "channel": "phone", "requester": { "kind": "person", "id": directory.durand },
            "service_id": directory.bread, "site_id": directory.merignac, "payer": { "kind": "person" }, "quantity": 2,
            "when": { "kind": "due", "at": format!("2026-11-{day}T12:00:00") } });
        let id: RequestId = fresh();
        house.manager.gives("request.create", id, order).await;
        // What is to be completed stands among the calls.
        house.manager.gives("request.triage", id, json!({ "seen": "new" })).await;
    }
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, slow(house.office.address).await).await;
    // A key that comes in pieces is one key, however long this machine takes to hand them over.
    let mut console = desk.console(Size::USUAL, &["--escape-wait-ms", "1000"]);
    console.sees(&fr("connection-online"));
    let mut scene = Scene { house, console, keys };

    // A missed call is called back.
    happens(&scene.house, "missed", "ring", "06 39 98 55 66").await;
    scene.console.sees("06 39 98 55 66");
    happens(&scene.house, "missed", "hangup", "06 39 98 55 66").await;
    scene.console.sees(&fr("call-missed"));
    scene.types("i4");
    scene.until("it was called back", "SELECT count(*) FROM contact WHERE state = 'called_back'", 1).await;
    scene.all_sent();

    // The usual order of a known caller: two presses after the claim.
    rings(&scene.house, "usual").await;
    scene.console.sees("05 36 49 12 34");
    // What was called back keeps its row until one moves on.
    scene.types(key::DOWN);
    scene.console.sees("Pain tradition");
    scene.types(&format!("{}&\r", key::CLAIM));
    scene.until("it is saved", REQUESTS, 3).await;
    scene.until("the call is hers", HELD, 1).await;
    scene.console.sees("26-0003");
    let bread = format!("SELECT count(*) FROM request WHERE CAST(doc AS TEXT) LIKE '%{}%'", directory.bread);
    assert_eq!(scene.house.number(&bread).await, 3);

    // A service said in full, for the same caller.
    scene.types("pressing 3 chemises vendredi midi\r");
    scene.until("it is saved too", REQUESTS, 4).await;
    scene.console.sees("26-0004");
    scene.all_sent();
    let said = "SELECT count(*) FROM request WHERE CAST(doc AS TEXT) LIKE '%\"quantity\":3%'";
    assert_eq!(scene.house.number(said).await, 1);

    // The last act is undone, from the field by Esc and u.
    scene.types(&format!("{}u", key::ESCAPE));
    scene.console.sees(&fr("notice-undone"));
    scene.all_sent();
    let open = "SELECT count(*) FROM request WHERE state IN ('new', 'triaged')";
    scene.until("it is undone", open, 3).await;

    // The information is given, and the call is over.
    scene.types("i\r");
    scene.until("it is closed", ENDED, 1).await;

    // A caller behind a switchboard is found by the beginning of the name.
    happens(&scene.house, "switchboard", "ring", "05 36 49 00 00").await;
    scene.console.sees("05 36 49 00 00");
    scene.types(key::CLAIM);
    scene.console.sees(&fr("party-title").chars().take(3).collect::<String>());
    scene.types("dur\r");
    let hers = format!(
        "SELECT count(*) FROM contact WHERE CAST(doc AS TEXT) LIKE '%\"call_id\":\"switchboard\"%' AND CAST(doc AS TEXT) LIKE '%{}%'",
        directory.durand
    );
    scene.until("it is Mrs Durand", &hers, 1).await;
    scene.all_sent();
    scene.types(&format!("{}i\r", key::ESCAPE));
    scene.until("it is closed", ENDED, 2).await;

    // A new person: the name and two presses.
    happens(&scene.house, "new", "ring", "06 39 98 55 55").await;
    scene.console.sees("06 39 98 55 55");
    scene.types(key::CLAIM);
    scene.types("jean test\r\r");
    scene.until("there is one more", "SELECT count(*) FROM beneficiary", 2).await;
    scene.all_sent();

    // A request is found by its number.
    scene.types(&format!("{}:1\r", key::ESCAPE));
    let told = fr("sheet-history");
    scene.console.until("its card is open", |screen| screen.contains("26-0001") && screen.contains(&told));

    scene.all_sent();
    assert_eq!(scene.house.number(REQUESTS).await, 4, "nothing is doubled");
    assert_eq!(scene.house.number("SELECT count(*) FROM contact").await, 4);
    scene.house.office.stop().await;
}
