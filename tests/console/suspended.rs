//! Ctrl-Z's signal and `:terminal`: the terminal is the shell's meanwhile, and comes back with everything that was on it.

use crate::{
    common::{Engine, House, directory},
    desk::{Desk, fr, rings},
    pty::{Pty, Size, key},
};
use loge::domain::access::Role;
use rstest::rstest;
use rustix::process::Signal;

/// How the console is stopped.
#[derive(Clone, Copy, Debug)]
enum Way {
    Signal,
    Command,
}

fn stop(console: &mut Pty, way: Way) {
    match way {
        Way::Signal => console.signal(Signal::TSTP),
        Way::Command => {
            console.press(key::ESCAPE);
            console.press(":terminal");
            console.sees(":terminal");
            console.press(key::ENTER);
        }
    }
    console.stops();
}

#[rstest]
#[case::by_the_signal(Way::Signal)]
#[case::by_the_command(Way::Command)]
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stopped_console_gives_the_terminal_back_and_takes_it_again_with_its_draft(#[case] way: Way) {
    let house = House::open(Engine::Sqlite).await;
    directory(&house.manager).await;
    let lea = house.person("lea", &[Role::Operator]).await;
    let desk = Desk::of(&house, &lea, house.office.url()).await;
    let mut console = desk.connected(Size::USUAL);
    rings(&house, "1").await;
    console.sees("05 36 49 12 34");
    console.press(key::CLAIM);
    console.sees("> ");
    console.press("pressing 3 chemi");
    console.sees("pressing 3 chemi");
    for _ in 0..2 {
        stop(&mut console, way);
        console.until_screen("the screen is the shell's", |screen| {
            !screen.alternate_screen() && !screen.bracketed_paste() && !screen.hide_cursor()
        });
        assert!(console.is_cooked(), "the shell gets a raw terminal");
        // What a shell would do meanwhile.
        console.scribbles("\x1b[2J\x1b[Hlea$ fg");
        console.signal(Signal::CONT);
        console.sees(&fr("connection-online"));
        console.loses("lea$ fg");
        assert!(console.screen().alternate_screen() && console.screen().bracketed_paste() && !console.is_cooked());
        console.sees("pressing 3 chemi");
    }
    if matches!(way, Way::Command) {
        // It was left for the list: one's own call leads back.
        console.press(key::OWN_CALL);
        console.sees("> pressing 3 chemi");
    }
    console.press("ses\r");
    console.loses("pressing 3 chemises");
    crate::common::until("it is saved", async || house.number("SELECT count(*) FROM request").await == 1).await;
    house.office.stop().await;
}
