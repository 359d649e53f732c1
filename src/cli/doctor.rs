//! `loge doctor`: looks whether the console can work here, and says what to do where it cannot.

use super::{
    Voice,
    console::{ConsoleArgs, now},
    error::CliError,
};
use crate::{
    client::{Client, Greeting, Options, Url},
    config::{
        Config, ConfigError, Surroundings,
        console::{Ascii, Colours, EscapeWait, TokenSource},
    },
    console::{
        session::{Sessions, Whose, open_to_others},
        terminal::Capabilities,
        theme::Theme,
    },
    domain::{
        operator::Language,
        time::{Instant, Zone},
    },
    i18n,
    replica::{self, Entry, Waiting},
};
use std::{
    fs,
    io::{self, IsTerminal as _},
    path::Path,
};

/// The smallest terminal on which every screen shows whole: columns and rows.
const SMALLEST: (u16, u16) = (80, 24);
/// How far the machine's clock may be from the office's, in seconds: ages and clocks on the screen are counted with both.
const SKEW_S: i64 = 5;

/// How something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Health {
    Ok,
    /// The console works, not as well as it could.
    Warn,
    /// The console cannot work so.
    Fail,
}

/// What was looked at, how it is, and what was found or is to be done.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    health: Health,
    what: &'static str,
    said: &'static str,
    variables: Vec<(&'static str, String)>,
}

fn finding(health: Health, what: &'static str, said: &'static str, variables: Vec<(&'static str, String)>) -> Finding {
    Finding { health, what, said, variables }
}

impl Finding {
    fn line(&self, voice: Voice) -> String {
        let key = match self.health {
            Health::Ok => "cli-doctor-line-ok",
            Health::Warn => "cli-doctor-line-warn",
            Health::Fail => "cli-doctor-line-fail",
        };
        let what = ("what", voice.sentence(self.what, &[]));
        voice.sentence(key, &[what, ("said", voice.sentence(self.said, &self.variables))])
    }
}

/// What the terminal is, as the system sees it.
#[derive(Clone, Copy, Debug)]
struct Terminal {
    input: bool,
    output: bool,
    size: Option<(u16, u16)>,
}

impl Terminal {
    fn here() -> Self {
        Self {
            input: io::stdin().is_terminal(),
            output: io::stdout().is_terminal(),
            size: crossterm::terminal::size().ok(),
        }
    }
}

/// Looks at everything; fails if something keeps the console from working.
pub(super) async fn run(args: ConsoleArgs, asked: Option<Language>, voice: Voice) -> Result<(), CliError> {
    let around = Surroundings::of_process();
    let loaded = args.load(asked);
    let mut findings = vec![configuration(&loaded, voice)];
    let config = loaded.ok();
    findings.extend(at_terminal(Terminal::here(), &around, config.as_ref()));
    if let Some(config) = &config {
        findings.push(theme(config, &around, voice));
        findings.extend(offices(config, voice).await);
        findings.push(session(config));
        findings.push(folder(&config.data));
        findings.extend(waiting(config, voice));
    }
    for finding in &findings {
        voice.tell("cli-doctor-line", &[("line", finding.line(voice))]);
    }
    let count = |health| findings.iter().filter(|finding| finding.health == health).count();
    match (count(Health::Fail), count(Health::Warn)) {
        (0, 0) => voice.tell("cli-doctor-all-well", &[]),
        (0, warnings) => voice.tell("cli-doctor-works", &[("count", warnings.to_string())]),
        (failures, _) => {
            super::aside(&voice.sentence("cli-doctor-not-well", &[("count", failures.to_string())]));
            return Err(CliError::Said);
        }
    }
    Ok(())
}

fn configuration(loaded: &Result<Config, ConfigError>, voice: Voice) -> Finding {
    let what = "cli-doctor-config";
    match loaded {
        Err(error) => finding(Health::Fail, what, "cli-doctor-why", vec![("why", error.said(voice.0))]),
        Ok(Config { file: None, .. }) => finding(Health::Ok, what, "cli-doctor-config-none", Vec::new()),
        Ok(Config { file: Some(file), .. }) => {
            finding(Health::Ok, what, "cli-doctor-file", vec![("file", file.display().to_string())])
        }
    }
}

/// Everything that needs neither network nor disk.
fn at_terminal(terminal: Terminal, around: &Surroundings, config: Option<&Config>) -> Vec<Finding> {
    let mut findings = vec![terminal_kind(terminal, around)];
    if terminal.output {
        findings.extend(terminal.size.map(size));
    }
    findings.push(characters(around, config));
    findings.push(colours(around, config));
    findings.push(language(around, config));
    findings.extend(config.map(|config| escape_wait(around, config.console.escape_wait)));
    findings
}

fn terminal_kind(terminal: Terminal, around: &Surroundings) -> Finding {
    let what = "cli-doctor-terminal";
    let name = around.variable("TERM");
    if !terminal.input || !terminal.output {
        return finding(Health::Fail, what, "cli-doctor-no-terminal", Vec::new());
    }
    match name {
        None => finding(Health::Warn, what, "cli-doctor-no-term", Vec::new()),
        Some("dumb") => finding(Health::Warn, what, "cli-doctor-dumb", Vec::new()),
        Some(name) => finding(Health::Ok, what, "cli-doctor-why", vec![("why", name.to_owned())]),
    }
}

fn size((columns, rows): (u16, u16)) -> Finding {
    let large = columns >= SMALLEST.0 && rows >= SMALLEST.1;
    let (health, said) =
        if large { (Health::Ok, "cli-doctor-size-is") } else { (Health::Warn, "cli-doctor-size-small") };
    let variables = vec![("columns", columns.to_string()), ("rows", rows.to_string())];
    finding(health, "cli-doctor-size", said, variables)
}

/// The locale that decides about characters (POSIX.1-2017, 8.2).
fn locale(around: &Surroundings) -> &str {
    ["LC_ALL", "LC_CTYPE", "LANG"].iter().find_map(|name| around.variable(name)).unwrap_or("C")
}

fn is_utf8(locale: &str) -> bool {
    let charset = locale.split('.').nth(1).unwrap_or_default().split('@').next().unwrap_or_default();
    charset.eq_ignore_ascii_case("utf-8") || charset.eq_ignore_ascii_case("utf8")
}

fn characters(around: &Surroundings, config: Option<&Config>) -> Finding {
    let locale = locale(around);
    let (health, said) = match config.map(|config| config.console.ascii).unwrap_or_default() {
        Ascii::On => (Health::Ok, "cli-doctor-ascii-set"),
        Ascii::Off => (Health::Ok, "cli-doctor-utf8-set"),
        Ascii::Auto if is_utf8(locale) => (Health::Ok, "cli-doctor-utf8"),
        Ascii::Auto => (Health::Warn, "cli-doctor-ascii"),
    };
    finding(health, "cli-doctor-characters", said, vec![("locale", locale.to_owned())])
}

fn colours(around: &Surroundings, config: Option<&Config>) -> Finding {
    let what = "cli-doctor-colours";
    let many = |said| finding(Health::Ok, what, said, Vec::new());
    let term = around.variable("TERM").unwrap_or("dumb");
    let true_colour = around.variable("COLORTERM").is_some_and(|said| matches!(said, "truecolor" | "24bit"));
    match config.map(|config| config.console.colours).unwrap_or_default() {
        Colours::None => many("cli-doctor-colours-none"),
        Colours::Palette => many("cli-doctor-colours-256"),
        Colours::True => many("cli-doctor-colours-true"),
        Colours::Auto if matches!(term, "dumb" | "vt100" | "vt220") => many("cli-doctor-colours-none"),
        Colours::Auto if true_colour || term.ends_with("-direct") => many("cli-doctor-colours-true"),
        Colours::Auto if term.contains("256color") => many("cli-doctor-colours-256"),
        Colours::Sixteen | Colours::Auto => many("cli-doctor-colours-16"),
    }
}

/// Whether the theme that this machine asks for is there and can be read.
fn theme(config: &Config, around: &Surroundings, voice: Voice) -> Finding {
    let name = &config.console.theme.value;
    let folder = around.config_folder.as_ref().map(|folder| folder.join("themes"));
    let terminal = Capabilities::of(|name| around.variable(name).map(str::to_owned));
    let (health, why) = match Theme::named(Some(name.as_str()), folder.as_deref(), terminal) {
        Ok(_) => (Health::Ok, name.to_string()),
        Err(fault) => (Health::Fail, fault.said(voice.0)),
    };
    finding(health, "cli-doctor-theme", "cli-doctor-why", vec![("why", why)])
}

fn language(around: &Surroundings, config: Option<&Config>) -> Finding {
    let terminal = i18n::from_environment(|name| around.variable(name).map(str::to_owned));
    let said = match config.and_then(|config| config.console.language.value).unwrap_or(terminal) {
        Language::Fr => "cli-doctor-language-fr",
        Language::En => "cli-doctor-language-en",
    };
    finding(Health::Ok, "cli-doctor-language", said, Vec::new())
}

fn escape_wait(around: &Surroundings, wait: EscapeWait) -> Finding {
    let over_ssh = around.is_over_ssh();
    let short = over_ssh && wait.milliseconds() < EscapeWait::SSH.milliseconds();
    let (health, said) = match (over_ssh, short) {
        (false, _) => (Health::Ok, "cli-doctor-escape-local"),
        (true, false) => (Health::Ok, "cli-doctor-escape-ssh"),
        (true, true) => (Health::Warn, "cli-doctor-escape-short"),
    };
    finding(health, "cli-doctor-escape", said, vec![("ms", wait.milliseconds().to_string())])
}

/// Each office on its own, and the clock as the first that answers tells it.
async fn offices(config: &Config, voice: Voice) -> Vec<Finding> {
    let mut findings = Vec::new();
    let (mut one_answers, mut clock) = (false, None);
    for office in &config.console.offices {
        match greeting(config, office.url(), voice.0).await {
            Ok(greeting) => {
                one_answers = true;
                clock = clock.or(greeting.at.map(|at| now().since(at).as_secs()));
                findings.push(version(office.url(), &greeting));
            }
            Err(error) => {
                let (said, variables) = match error {
                    // Who reads this has no need to be sent to the doctor.
                    CliError::Sentence { key: "cli-console-unreachable", variables } => {
                        ("cli-doctor-office-silent", variables)
                    }
                    error => ("cli-doctor-why", vec![("why", error.said(voice.0).unwrap_or_default())]),
                };
                findings.push(finding(Health::Fail, "cli-doctor-office", said, variables));
            }
        }
    }
    // Another takes the place of one that is away.
    if one_answers {
        findings.iter_mut().filter(|finding| finding.health == Health::Fail).for_each(|finding| {
            finding.health = Health::Warn;
        });
    }
    findings.extend(clock.map(skew));
    findings
}

async fn greeting(config: &Config, office: &Url, language: Language) -> Result<Greeting, CliError> {
    let options = Options {
        language,
        ca_file: config.console.ca_file.clone(),
        plain_http: config.console.plain_http,
        ..Options::default()
    };
    let client = Client::new(vec![office.clone()], options).map_err(|error| super::error::setup(&error))?;
    client.greet().await.map_err(|error| super::console::unanswered(&error, office, language))
}

fn version(office: &Url, greeting: &Greeting) -> Finding {
    let own = env!("CARGO_PKG_VERSION");
    let (health, said) = if greeting.version == own {
        (Health::Ok, "cli-doctor-office-is")
    } else {
        (Health::Warn, "cli-doctor-office-version")
    };
    let variables =
        vec![("office", office.to_string()), ("version", greeting.version.clone()), ("own", own.to_owned())];
    finding(health, "cli-doctor-office", said, variables)
}

fn skew(seconds: i64) -> Finding {
    let (health, said) = if seconds.abs() <= SKEW_S {
        (Health::Ok, "cli-doctor-clock-right")
    } else if seconds > 0 {
        (Health::Warn, "cli-doctor-clock-fast")
    } else {
        (Health::Warn, "cli-doctor-clock-slow")
    };
    finding(health, "cli-doctor-clock", said, vec![("seconds", seconds.abs().to_string())])
}

/// Whether the next start asks for a password.
fn session(config: &Config) -> Finding {
    let what = "cli-doctor-session";
    let named = |file: &Path| vec![("file", file.display().to_string())];
    match &config.console.token {
        TokenSource::File(file) if fs::metadata(file).is_err() => {
            finding(Health::Fail, what, "cli-doctor-token-missing", named(file))
        }
        TokenSource::File(file) if open_to_others(file) => finding(Health::Fail, what, "cli-token-open", named(file)),
        TokenSource::File(file) => finding(Health::Ok, what, "cli-doctor-file", named(file)),
        TokenSource::Command(command) => {
            finding(Health::Ok, what, "cli-doctor-why", vec![("why", command.program.clone())])
        }
        TokenSource::Login => {
            let Some(office) = config.console.offices.first() else {
                return finding(Health::Fail, what, "cli-console-no-office", Vec::new());
            };
            let sessions = Sessions::of(&config.data, office.url());
            let found = match &config.console.login {
                Some(login) => sessions.find(Whose::Login(login)),
                None => sessions.only(),
            };
            match found {
                Ok(Some(kept)) if kept.is_live(now()) => {
                    let login = kept.operator.fields.login.as_str().to_owned();
                    finding(Health::Ok, what, "cli-doctor-session-kept", vec![("login", login)])
                }
                Ok(_) => finding(Health::Ok, what, "cli-doctor-session-none", Vec::new()),
                Err(error) => finding(Health::Warn, what, "cli-doctor-session-bad", vec![("why", error.to_string())]),
            }
        }
    }
}

/// The folder for data is made at the first login; until then the one above it must let us.
fn folder(data: &Path) -> Finding {
    let what = "cli-doctor-folder";
    let named = || vec![("folder", data.display().to_string())];
    let Some(there) = data.ancestors().find(|folder| folder.exists()) else {
        return finding(Health::Fail, what, "cli-doctor-folder-closed", named());
    };
    // A file without a name tells whether one may write, and leaves nothing.
    if tempfile_in(there).is_err() {
        return finding(Health::Fail, what, "cli-doctor-folder-closed", named());
    }
    if there == data && open_to_others(data) {
        return finding(Health::Warn, what, "cli-doctor-folder-open", named());
    }
    finding(Health::Ok, what, "cli-doctor-folder-is", named())
}

/// What was given and typed here and is not at the office yet.
fn waiting(config: &Config, voice: Voice) -> Vec<Finding> {
    let Some(office) = config.console.offices.first() else { return Vec::new() };
    match replica::waiting(&config.data.join("console"), office.url().as_str()) {
        Ok(kept) => vec![outbox(&kept), drafts(&kept)],
        Err(error) => {
            let why = ("why", error.sentence(voice.0));
            vec![finding(Health::Warn, "cli-doctor-outbox", "cli-doctor-why", vec![why])]
        }
    }
}

/// Day and hour as the house's clocks show them.
fn moment(at: Instant) -> String {
    at.civil(&Zone::default()).strftime("%d/%m %H:%M").to_string()
}

fn outbox(kept: &[Waiting]) -> Finding {
    let what = "cli-doctor-outbox";
    let entries: Vec<&Entry> = kept.iter().flat_map(|kept| kept.outbox.entries()).collect();
    let damaged: usize = kept.iter().map(|kept| kept.unreadable.damaged_commands).sum();
    let Some(oldest) = entries.iter().map(|entry| entry.given.at).min() else {
        return match damaged {
            0 => finding(Health::Ok, what, "cli-doctor-outbox-empty", Vec::new()),
            _ => finding(Health::Warn, what, "cli-doctor-outbox-damaged", vec![("count", damaged.to_string())]),
        };
    };
    let back = entries.iter().filter(|entry| entry.status.needs_author()).count();
    let variables = vec![
        ("count", entries.len().to_string()),
        ("since", moment(oldest)),
        ("back", back.to_string()),
        ("damaged", damaged.to_string()),
    ];
    finding(Health::Warn, what, "cli-doctor-outbox-waits", variables)
}

/// Drafts are no fault: they wait for whoever typed them.
fn drafts(kept: &[Waiting]) -> Finding {
    let what = "cli-doctor-drafts";
    let damaged: usize = kept.iter().map(|kept| kept.unreadable.damaged_drafts).sum();
    let newest = kept.iter().flat_map(|kept| &kept.drafts).map(|draft| draft.at).max();
    let count: usize = kept.iter().map(|kept| kept.drafts.len()).sum();
    match newest {
        _ if damaged > 0 => {
            finding(Health::Warn, what, "cli-doctor-drafts-damaged", vec![("count", damaged.to_string())])
        }
        None => finding(Health::Ok, what, "cli-doctor-drafts-none", Vec::new()),
        Some(newest) => {
            let variables = vec![("count", count.to_string()), ("last", moment(newest))];
            finding(Health::Ok, what, "cli-doctor-drafts-kept", variables)
        }
    }
}

fn tempfile_in(folder: &Path) -> io::Result<()> {
    let probe = folder.join(format!(".loge-doctor-{}", std::process::id()));
    fs::OpenOptions::new().write(true).create_new(true).open(&probe)?;
    fs::remove_file(&probe)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        replica::{Draft, DraftSubject, Given, Place, Record, Store},
        wire::{bodies::Undo, catalogue::Command, fresh},
    };
    use rstest::rstest;
    use std::collections::BTreeMap;

    fn around(variables: &[(&str, &str)]) -> Surroundings {
        let variables: BTreeMap<String, String> =
            variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
        Surroundings { variables, config_folder: None, data_folder: Some("/nowhere".into()) }
    }

    fn looked(terminal: Terminal, variables: &[(&str, &str)]) -> Vec<(&'static str, Health, &'static str)> {
        let around = around(variables);
        let config = Config::load(&crate::config::Given::default(), &around).unwrap();
        at_terminal(terminal, &around, Some(&config)).iter().map(|f| (f.what, f.health, f.said)).collect()
    }

    const GOOD: Terminal = Terminal { input: true, output: true, size: Some((120, 40)) };

    #[test]
    fn a_usual_terminal_is_well() {
        let found = looked(GOOD, &[("TERM", "xterm-256color"), ("LANG", "fr_FR.UTF-8"), ("COLORTERM", "truecolor")]);
        assert!(found.iter().all(|(_, health, _)| *health == Health::Ok), "{found:?}");
        assert!(found.contains(&("cli-doctor-colours", Health::Ok, "cli-doctor-colours-true")));
        assert!(found.contains(&("cli-doctor-language", Health::Ok, "cli-doctor-language-fr")));
    }

    #[rstest]
    #[case(Terminal { size: Some((79, 24)), ..GOOD }, &[("TERM", "xterm")], "cli-doctor-size", Health::Warn)]
    #[case(Terminal { input: false, ..GOOD }, &[("TERM", "xterm")], "cli-doctor-terminal", Health::Fail)]
    #[case(GOOD, &[("TERM", "dumb")], "cli-doctor-terminal", Health::Warn)]
    #[case(GOOD, &[], "cli-doctor-terminal", Health::Warn)]
    #[case(GOOD, &[("LC_ALL", "C"), ("LANG", "fr_FR.UTF-8")], "cli-doctor-characters", Health::Warn)]
    #[case(GOOD, &[("LC_ALL", "C"), ("LOGE_ASCII", "on")], "cli-doctor-characters", Health::Ok)]
    #[case(GOOD, &[("SSH_TTY", "/dev/pts/1")], "cli-doctor-escape", Health::Ok)]
    #[case(GOOD, &[("SSH_TTY", "/dev/pts/1"), ("LOGE_ESCAPE_WAIT_MS", "50")], "cli-doctor-escape", Health::Warn)]
    fn what_is_not_as_it_could_be_is_said(
        #[case] terminal: Terminal,
        #[case] variables: &[(&str, &str)],
        #[case] what: &str,
        #[case] health: Health,
    ) {
        let found = looked(terminal, variables);
        assert_eq!(found.iter().find(|(name, ..)| *name == what).unwrap().1, health, "{found:?}");
    }

    #[rstest]
    #[case("xterm", None, "cli-doctor-colours-16")]
    #[case("screen-256color", None, "cli-doctor-colours-256")]
    #[case("xterm-256color", Some(("NO_COLOR", "1")), "cli-doctor-colours-none")]
    #[case("vt100", None, "cli-doctor-colours-none")]
    fn colours_are_as_many_as_the_terminal_says(
        #[case] term: &str,
        #[case] variable: Option<(&str, &str)>,
        #[case] said: &str,
    ) {
        let variables: Vec<_> = [("TERM", term)].into_iter().chain(variable).collect();
        assert!(looked(GOOD, &variables).iter().any(|(.., found)| *found == said));
    }

    #[rstest]
    #[case(0, Health::Ok)]
    #[case(-5, Health::Ok)]
    #[case(6, Health::Warn)]
    #[case(-3600, Health::Warn)]
    fn a_clock_that_goes_wrong_is_told(#[case] seconds: i64, #[case] health: Health) {
        assert_eq!(skew(seconds).health, health);
    }

    #[test]
    fn a_folder_that_is_not_there_yet_is_no_fault_and_looking_makes_nothing() {
        let home = tempfile::tempdir().unwrap();
        let data = home.path().join("a/b");
        assert_eq!(folder(&data).health, Health::Ok);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
        assert_eq!(folder(Path::new("/proc/loge")).health, Health::Fail);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_that_others_can_read_is_told() {
        use std::os::unix::fs::PermissionsExt as _;
        let home = tempfile::tempdir().unwrap();
        fs::set_permissions(home.path(), fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(folder(home.path()).health, Health::Warn);
    }

    #[test]
    fn what_waits_here_is_told_and_left_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let office = "https://loge.example/";
        let said = || {
            let kept = replica::waiting(folder.path(), office).unwrap();
            (outbox(&kept), drafts(&kept))
        };
        assert_eq!((said().0.said, said().1.said), ("cli-doctor-outbox-empty", "cli-doctor-drafts-none"));
        let at: Instant = "2026-11-24T08:00:00Z".parse().unwrap();
        let place = Place { base: folder.path(), office, operator: "lea" };
        let mut store = Store::open(place, at).unwrap().store;
        let body = Undo { command: fresh() };
        let given = Given { key: fresh(), at, command: Box::new(Command::Undo { body }) };
        store.record(&Record::Given { given, instead_of: None }).unwrap();
        let subject = DraftSubject::Form { name: "person.new".into() };
        let draft = Draft { subject, at, text: "Mme D".into(), cursor: 5, fields: BTreeMap::new() };
        store.save_draft(&draft).unwrap();
        let (outbox, drafts) = said();
        assert_eq!((outbox.health, drafts.health), (Health::Warn, Health::Ok));
        let told = outbox.line(Voice(Language::Fr));
        assert!(told.contains("un geste attend depuis le 24/11 09:00"), "{told}");
        assert!(drafts.line(Voice(Language::En)).contains("one is kept, of 24/11 09:00"));
        store.check().unwrap();
    }
}
