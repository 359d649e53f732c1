//! What happened, on a real terminal: counted by the office, told line by line as it goes on.

use crate::{
    common::{Engine, House, complete, directory},
    desk::{Desk, fr},
    pty::{Size, key},
};
use loge::{
    domain::{access::Role, ids::RequestId},
    wire::fresh,
};
use serde_json::json;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn figures_and_journal_follow_the_work_of_others_and_print_nothing_while_nothing_happens() {
    let house = House::open(Engine::Sqlite).await;
    let all = directory(&house.manager).await;
    house.manager.gives("request.create", fresh::<RequestId>(), complete(&all)).await;
    let ines = house.person("ines", &[Role::Dispatcher]).await;
    let desk = Desk::of(&house, &ines, house.office.url()).await;
    let mut hers = desk.connected(Size::SMALL);
    hers.press("5");
    let requests = |count: u32| format!("{}  {count}", fr("activity-requests"));
    hers.sees(&requests(1));
    hers.press(key::TAB);
    hers.sees(&fr("activity-clock-first-answer"));
    // From the journal a request's card is one key away.
    hers.press("\x1b[Z\x1b[Z");
    hers.sees("26-0001");
    hers.press(key::DOWN);
    hers.settle(Duration::from_millis(100));
    hers.press(key::ENTER);
    hers.sees(&fr("sheet-history"));
    hers.press("q");
    hers.loses(&fr("sheet-history"));
    let second: RequestId = fresh();
    house.manager.gives("request.create", second, complete(&all)).await;
    // What comes in above goes out of sight, so that the selected line stays where it is; it is announced.
    hers.sees("1 au-dessus");
    hers.press("g");
    hers.sees("26-0002");
    hers.press(key::TAB);
    hers.sees(&requests(2));
    hers.settle(Duration::from_millis(300));
    let printed = hers.prints_in(Duration::from_secs(2));
    assert!(printed < 200, "{printed} bytes: the clock of the head at most");
    // Of yesterday nothing is known.
    hers.press("<");
    hers.sees("Aucune demande");
    hers.press(">");
    hers.sees(&requests(2));
    house.manager.gives("request.cancel", second, json!({ "seen": "new", "reason": "plus besoin" })).await;
    hers.press(key::TAB);
    hers.sees(&fr("state-request-cancelled"));
    house.office.stop().await;
}
