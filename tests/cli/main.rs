//! The program itself, run as people run it: every command of `loge office`, in a home of its own.
#![cfg(feature = "office")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "all of this file is tests; what they share may stop where it stands too"
)]

mod directory;
mod house;
mod serving;
mod telephone;

use house::House;
use loge::office::storage::Store;
use std::fs;

#[test]
fn arguments_that_mean_nothing_end_in_status_two() {
    let house = House::new();
    assert_eq!(house.loge(&["office", "--no-such-option"]).status, 2);
    assert_eq!(house.loge(&["nonsense"]).status, 2);
    assert_eq!(house.loge(&["--version"]).status, 0);
}

#[test]
fn a_wrong_setting_is_told_with_its_line_and_the_name_that_was_meant() {
    let house = House::new();
    house.write("config/loge/config.toml", "[office]\nlisten = \"127.0.0.1:0\"\ndatabse = \"x.sqlite\"\n");
    let done = house.loge(&["office"]);
    assert_eq!(done.status, 1);
    assert!(done.err.contains("line 3") && done.err.contains("Did you mean “database”?"), "{}", done.err);
    assert_eq!(done.err.lines().count(), 1);
    assert!(!house.path("data").exists());
}

#[test]
fn sentences_are_in_the_language_of_the_terminal_unless_another_is_asked_for() {
    let house = House::new();
    let french = House::run(house.command().args(["office", "backup", "copy.sqlite"]).env("LC_ALL", "fr_FR.UTF-8"));
    assert!(french.err.contains("Il n'y a pas encore de base"), "{}", french.err);
    let english = House::run(
        house.command().args(["--lang", "en", "office", "backup", "copy.sqlite"]).env("LC_ALL", "fr_FR.UTF-8"),
    );
    assert!(english.err.contains("There is no database"), "{}", english.err);
}

#[test]
fn init_makes_the_first_account_and_never_does_it_twice() {
    let house = House::new();
    house.write("secret", "une phrase assez longue\n");
    let secret = house.path("secret");
    let done = house.loge(&[
        "office",
        "init",
        "--login",
        "alienor",
        "--name",
        "Aliénor",
        "--password-file",
        secret.to_str().unwrap(),
    ]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(!done.out.contains("une phrase"), "a password that was given is not shown");
    let again = house.loge(&["office", "init"]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("exists already"), "{}", again.err);
}

#[cfg(unix)]
#[test]
fn nobody_else_reads_the_database() {
    use std::os::unix::fs::PermissionsExt as _;
    let house = House::initialised();
    let mode = |name: &str| fs::metadata(house.path(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("data/loge"), mode("data/loge/loge.sqlite")), (0o700, 0o600));
}

#[test]
fn accounts_are_opened_and_their_faults_are_told() {
    let house = House::initialised();
    let add = |rest: &[&str]| house.loge(&[&["office", "operator", "add"], rest].concat());
    let done = add(&["--login", "odile", "--name", "Odile", "--role", "operator", "--role", "concierge"]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.out.contains("Password of “odile”") && done.out.contains("operator, concierge"), "{}", done.out);
    for (rest, said) in [
        (&["--login", "odile", "--name", "Odile", "--role", "operator"][..], "is taken"),
        (&["--login", "O D", "--name", "Odile", "--role", "operator"], "not accepted"),
        (&["--login", "paul", "--name", "Paul"], "At least one role"),
        (&["--login", "paul", "--name", "Paul", "--role", "queen"], "There is no role"),
        (&["--login", "paul", "--name", "Paul", "--role", "operator", "--site", "nowhere"], "sites"),
    ] {
        let refused = add(rest);
        assert_eq!(refused.status, 1, "{rest:?}");
        assert!(refused.err.contains(said), "{rest:?}: {}", refused.err);
    }
    let password = house.loge(&["office", "operator", "password", "--login", "odile"]);
    assert!(password.out.contains("Password of “odile”"), "{}", password.out);
    assert_eq!(house.loge(&["office", "operator", "password", "--login", "nobody"]).status, 1);
}

#[tokio::test]
async fn a_backup_is_a_whole_database() {
    let house = House::initialised();
    house.import_example();
    let file = house.path("copy.sqlite");
    let done = house.loge(&["office", "backup", file.to_str().unwrap()]);
    assert_eq!(done.status, 0, "{}", done.err);
    let store = Store::open_file(&file).await.unwrap();
    let count =
        store.read().await.unwrap().row("SELECT count(*) FROM service", &[]).await.unwrap().unwrap().int(0).unwrap();
    store.close().await;
    assert_eq!(count, 54);
    let again = house.loge(&["office", "backup", file.to_str().unwrap()]);
    assert_eq!(again.status, 1);
    assert!(again.err.contains("exists already"), "{}", again.err);
}

#[test]
fn a_person_is_erased_once() {
    let house = House::initialised();
    house.import_example();
    let erase = |who: &str| house.loge(&["office", "erase", who, "--reason", "Demande de la personne"]);
    assert_eq!(erase("claire-aubanel").status, 0);
    assert!(erase("claire-aubanel").err.contains("erased already"));
    assert!(erase("personne").err.contains("No beneficiary"));
    house.loge(&["office", "export", house.path("out").to_str().unwrap()]);
    let left = fs::read_to_string(house.path("out/beneficiaries.csv")).unwrap();
    assert!(!left.contains("Aubanel") && left.contains("Montclar"));
}

#[test]
fn the_doctor_finds_nothing_to_do_in_a_house_that_is_well() {
    let house = House::initialised();
    let done = house.loge(&["office", "--listen", "127.0.0.1:0", "doctor"]);
    assert_eq!(done.status, 0, "{}{}", done.out, done.err);
    assert!(done.out.contains("All is well."), "{}", done.out);
}

#[tokio::test]
async fn the_doctor_says_what_to_do() {
    let house = House::new();
    let missing = house.loge(&["office", "--listen", "127.0.0.1:0", "doctor"]);
    assert_eq!(missing.status, 1);
    assert!(missing.out.contains("There is no database"), "{}", missing.out);
    assert!(!house.path("data").exists(), "looking makes nothing");

    let house = House::initialised();
    house.sql("UPDATE counter SET value = value + 5 WHERE name = 'feed'").await;
    let broken = house.loge(&["office", "--listen", "127.0.0.1:0", "doctor"]);
    assert_eq!(broken.status, 1);
    assert!(broken.out.contains("the feed counts"), "{}", broken.out);

    house.sql("DELETE FROM credential").await;
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    drop(taken.set_nonblocking(true));
    let address = taken.local_addr().unwrap().to_string();
    // It accepts and never answers: dropped at once, so that the doctor need not wait.
    let port = std::thread::spawn(move || {
        taken.set_nonblocking(false).unwrap();
        drop(taken.accept());
    });
    let more = house.loge(&["office", "--listen", &address, "doctor"]);
    port.join().unwrap();
    assert!(more.out.contains("no manager has an account") && more.out.contains("is in use"), "{}", more.out);
    assert!(more.err.contains("3 points"), "{}", more.err);
}

#[cfg(feature = "console")]
#[test]
fn the_doctor_of_the_console_looks_at_terminal_office_and_clock() {
    let house = House::initialised();
    let office = house.serve();
    let url = format!("http://{}", office.address);
    let found = house.loge(&["doctor", "--office", &url]);
    // A test has no terminal; everything else is well.
    assert_eq!(found.status, 1, "{}{}", found.out, found.err);
    for line in ["fail  terminal", "ok    configuration", "ok    office", "ok    machine's clock", "ok    session"] {
        let line = line.replace("machine's clock", "the machine's clock");
        assert!(found.out.contains(&line), "{line}: {}", found.out);
    }
    assert_eq!(found.out.matches("fail").count(), 1, "{}", found.out);
    let away = house.loge(&["doctor", "--office", "http://127.0.0.1:1"]);
    assert!(away.out.contains("fail  office: http://127.0.0.1:1/ does not answer"), "{}", away.out);
    let one_of_two = house.loge(&["doctor", "--office", "http://127.0.0.1:1", "--office", &url]);
    assert!(one_of_two.out.contains("warn  office"), "{}", one_of_two.out);
    let french = house.loge(&["--lang", "fr", "doctor", "--office", &url]);
    assert!(french.out.contains("échec    terminal\u{a0}: "), "{}", french.out);
}

#[cfg(feature = "console")]
#[test]
fn a_wrong_setting_of_the_console_is_told_with_its_line() {
    let house = House::new();
    house.write("config/loge/config.toml", "[console]\ntheme = \"clair\"\n[profiles.garde]\nbel = \"off\"\n");
    let found = house.loge(&["doctor"]);
    assert_eq!(found.status, 1);
    assert!(found.out.contains("line 4: there is no setting “bel”. Did you mean “bell”?"), "{}", found.out);
    let refused = house.loge(&["logout"]);
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("line 4"), "{}", refused.err);
}

#[cfg(feature = "console")]
#[test]
fn options_of_the_console_before_another_command_are_not_dropped_in_silence() {
    let house = House::new();
    let done = house.loge(&["--theme", "clair", "office", "init"]);
    assert_eq!(done.status, 2);
    assert!(done.err.contains("options of the console stand after the command"), "{}", done.err);
    assert!(house.loge(&["logout"]).err.contains("No session for http://127.0.0.1:7846/ is kept"));
}
