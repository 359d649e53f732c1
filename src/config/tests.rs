//! Settings: who wins, what is refused, and what is said then.

use super::{console::*, mailbox::Acknowledge, office::*, *};
use crate::{
    client::PlainHttp,
    domain::operator::{Bell, Layout},
};
use rstest::rstest;
use tempfile::TempDir;

const EXAMPLE: &str = include_str!("../../config.example.toml");

/// A machine with folders of its own.
struct Machine {
    home: TempDir,
    around: Surroundings,
    given: Given,
}

impl Machine {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let around = Surroundings {
            variables: BTreeMap::new(),
            config_folder: Some(home.path().join("config")),
            data_folder: Some(home.path().join("data")),
        };
        Self { home, around, given: Given::default() }
    }

    fn with_file(self, text: &str) -> Self {
        fs::create_dir_all(self.home.path().join("config")).unwrap();
        fs::write(self.file(), text).unwrap();
        self
    }

    fn with_variable(mut self, name: &str, value: &str) -> Self {
        self.around.variables.insert(name.into(), value.into());
        self
    }

    fn file(&self) -> PathBuf {
        self.home.path().join("config/config.toml")
    }

    fn load(&self) -> Result<Config, ConfigError> {
        Config::load(&self.given, &self.around)
    }

    fn refusal(&self, language: Language) -> String {
        self.load().unwrap_err().said(language).replace(&self.file().display().to_string(), "config.toml")
    }
}

/// The names that a table takes, as serde tells them.
fn names(table: &str) -> Vec<String> {
    let text = format!("[{table}]\nno-such-name = 1");
    let error = toml::from_str::<Tables>(&text).unwrap_err();
    // A table within the table is looked at by itself.
    unknown(error.message()).unwrap().1.into_iter().filter(|name| !matches!(name.as_str(), "smtp" | "travel")).collect()
}

#[test]
fn without_any_setting_the_office_listens_to_this_machine_and_keeps_its_data_in_the_data_folder() {
    let machine = Machine::new();
    let config = machine.load().unwrap();
    assert_eq!(config.office.listen.to_string(), "127.0.0.1:7846");
    assert_eq!(config.office.database, Database::Sqlite(machine.home.path().join("data/loge.sqlite")));
    assert_eq!(config.office.transport, Transport::Plain);
    assert_eq!(config.office.log, "info".parse().unwrap());
    assert_eq!(config.console.offices, [OfficeUrl::DEFAULT.parse().unwrap()]);
    assert_eq!(config.file, None);
}

#[test]
fn the_example_states_the_defaults() {
    let machine = Machine::new();
    let defaults = machine.load().unwrap();
    let machine = machine.with_file(EXAMPLE);
    let example = machine.load().unwrap();
    assert_eq!(example.file, Some(machine.file()));
    assert_eq!(Config { file: None, ..example }, defaults);
}

#[test]
fn the_example_shows_every_setting_in_its_table() {
    for table in ["office", "office.smtp", "office.travel", "console"] {
        let part = EXAMPLE.split(&format!("[{table}]\n")).nth(1).unwrap();
        let part = part.split("\n[").next().unwrap();
        let part = part.split("\n# [").next().unwrap();
        let shown: Vec<_> = part
            .lines()
            .filter_map(|line| line.trim_start_matches("# ").split_once(" = "))
            .map(|(name, _)| name)
            .collect();
        // What is a table of its own is shown as one.
        let own = |name: &String| EXAMPLE.contains(&format!("# [[{table}.{name}]]\n"));
        let names: Vec<_> = names(table).into_iter().filter(|name| !own(name)).collect();
        assert!(names.len() == shown.len(), "{table}: {shown:?}");
        for name in names {
            assert!(shown.contains(&name.as_str()), "{table}.{name} is not in the example");
        }
    }
}

#[test]
fn what_the_example_leaves_out_by_a_comment_is_accepted_once_uncommented() {
    let machine =
        Machine::new().with_file(&EXAMPLE.replace("# certificate = ", "certificate = ").replace("# key = ", "key = "));
    let folder = machine.home.path().join("config");
    assert_eq!(
        machine.load().unwrap().office.transport,
        Transport::Tls { certificate: folder.join("loge.crt"), key: folder.join("loge.key") }
    );
}

#[test]
fn every_setting_says_what_it_takes_in_both_languages() {
    let settings = ["office", "office.smtp", "office.travel", "console"]
        .into_iter()
        .flat_map(|table| [vec![table.rsplit('.').next().unwrap().to_owned()], names(table)].concat())
        .chain(["log_format", "profiles", "keys"].map(str::to_owned));
    for setting in settings {
        for language in [Language::Fr, Language::En] {
            let key = format!("cli-expects-{setting}");
            assert_ne!(say(language, &key, &[]), key);
        }
    }
}

#[test]
fn the_command_line_wins_over_the_environment_that_over_the_file_and_that_over_the_default() {
    let mut machine = Machine::new().with_file("[office]\nlisten = \"127.0.0.1:1\"");
    assert_eq!(machine.load().unwrap().office.listen.port(), 1);
    machine = machine.with_variable("LOGE_LISTEN", "127.0.0.1:2");
    assert_eq!(machine.load().unwrap().office.listen.port(), 2);
    machine.given.office.listen = Some("127.0.0.1:3".into());
    assert_eq!(machine.load().unwrap().office.listen.port(), 3);
}

#[test]
fn offices_follow_the_same_order() {
    let mut machine = Machine::new().with_file("[console]\noffices = [\"https://a.example\"]");
    let hosts = |machine: &Machine| {
        machine
            .load()
            .unwrap()
            .console
            .offices
            .iter()
            .map(|office| office.url().host_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(hosts(&machine), ["a.example"]);
    machine = machine.with_variable("LOGE_OFFICES", "https://b.example, https://c.example");
    assert_eq!(hosts(&machine), ["b.example", "c.example"]);
    machine.given.console.offices = vec!["https://d.example".into()];
    assert_eq!(hosts(&machine), ["d.example"]);
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let machine = Machine::new();
    let unset = machine.load().unwrap();
    let names = ["LOGE_LISTEN", "LOGE_OFFICES", "LOGE_DATA", "LOGE_CONFIG", "LOGE_ALLOW_PLAIN_HTTP"];
    let machine = names.into_iter().fold(machine, |machine, name| machine.with_variable(name, ""));
    assert_eq!(machine.load().unwrap(), unset);
}

#[test]
fn the_data_folder_is_given_or_taken_from_the_environment() {
    let mut machine = Machine::new().with_variable("LOGE_DATA", "from-environment");
    assert_eq!(machine.load().unwrap().data, PathBuf::from("from-environment"));
    machine.given.places.data = Some("given".into());
    let config = machine.load().unwrap();
    assert_eq!(config.data, PathBuf::from("given"));
    assert_eq!(config.office.database, Database::Sqlite("given/loge.sqlite".into()));
}

#[test]
fn a_path_of_the_command_line_is_left_as_it_was_given() {
    let mut machine = Machine::new();
    machine.given.office.database = Some("here.sqlite".into());
    assert_eq!(machine.load().unwrap().office.database, Database::Sqlite("here.sqlite".into()));
}

#[test]
fn a_file_that_was_named_must_be_there() {
    let mut machine = Machine::new();
    machine.given.places.config = Some(machine.home.path().join("absent.toml"));
    assert!(matches!(machine.load(), Err(ConfigError::Unreadable { .. })));
    machine.given.places.config = None;
    let machine = machine.with_variable("LOGE_CONFIG", "/no/such/folder/loge.toml");
    assert!(matches!(machine.load(), Err(ConfigError::Unreadable { .. })));
}

#[test]
fn without_a_home_folder_a_data_folder_must_be_given() {
    let mut machine = Machine::new();
    machine.around = Surroundings::default();
    assert!(matches!(machine.load(), Err(ConfigError::NoHome)));
    machine.given.places.data = Some("data".into());
    assert_eq!(machine.load().unwrap().file, None);
}

#[rstest]
#[case(
    "[office]\n\nlisen = \"127.0.0.1:1\"",
    "config.toml, line 3: there is no setting “lisen”. Did you mean “listen”?"
)]
#[case(
    "[office]\nlog = \"info\"\n[ofice]\n",
    "config.toml, line 3: there is no setting “ofice”. Did you mean “office”?"
)]
#[case("[office]\ndatabsae = \"x\"", "config.toml, line 2: there is no setting “databsae”. Did you mean “database”?")]
#[case(
    "[console]\nfullscreen = true",
    "config.toml, line 2: there is no setting “fullscreen”. Remove it; config.example.toml shows every setting."
)]
#[case("console = { office = [] }", "config.toml, line 1: there is no setting “office”. Did you mean “offices”?")]
#[case(
    "[office]\nlog = \"info\"\nlisten = 7846",
    "config.toml, line 3: “listen” does not have the right form. Write an address and a port, such as 127.0.0.1:7846."
)]
#[case(
    "[office]\nlisten = \"localhost\"",
    "config.toml, line 2: “listen” does not have the right form. Write an address and a port, such as 127.0.0.1:7846."
)]
#[case(
    "[office]\nallow_plain_http = \"yes\"",
    "config.toml, line 2: “allow_plain_http” does not have the right form. Write true or false."
)]
#[case(
    "[office]\ndatabase = \"mysql://loge:secret@db.example\"",
    "config.toml, line 2: “database” does not have the right form. Write the path of a SQLite file, or an address postgres://."
)]
#[case(
    "[office]\nlog = \"loge=loud\"",
    "config.toml, line 2: “log” does not have the right form. Write a log filter, such as info or loge=debug,info."
)]
#[case(
    "[console]\noffices = [\n  \"https://loge.example\",\n  \"loge.example\",\n]",
    "config.toml, line 2: “offices” does not have the right form. Write addresses of servers, such as https://loge.example."
)]
#[case("[profiles.garde]\nbel = \"off\"", "config.toml, line 2: there is no setting “bel”. Did you mean “bell”?")]
#[case(
    "[console]\nbell = \"loud\"",
    "config.toml, line 2: “bell” does not have the right form. Write off, once or repeat."
)]
#[case(
    "[console]\n\nescape_wait_ms = 5",
    "config.toml, line 3: “escape_wait_ms” does not have the right form. Write a whole number from 10 to 1000."
)]
#[case(
    "[console]\ntheme = \"../secret\"",
    "config.toml, line 2: “theme” does not have the right form. Write the name of a theme, in a-z, 0-9 and hyphens, such as sombre."
)]
#[case(
    "[console]\ntoken_command = []",
    "config.toml, line 2: “token_command” does not have the right form. Write a command with its arguments, such as [\"pass\", \"show\", \"loge\"] in the file."
)]
#[case("office = 3", "config.toml, line 1: “office” does not have the right form. Write a table [office].")]
fn a_wrong_file_is_told_by_line_and_remedy(#[case] text: &str, #[case] sentence: &str) {
    assert_eq!(Machine::new().with_file(text).refusal(Language::En), sentence);
}

#[test]
fn a_wrong_file_is_told_in_french_too() {
    let machine = Machine::new().with_file("[office]\nlisen = \"127.0.0.1:1\"");
    assert_eq!(
        machine.refusal(Language::Fr),
        "config.toml, ligne 2\u{a0}: le réglage «\u{a0}lisen\u{a0}» n'existe pas. Vouliez-vous dire «\u{a0}listen\u{a0}»\u{a0}?"
    );
}

#[rstest]
#[case("[office]\nlisten = ")]
#[case("[office]\nlog = \"info\"\nlog = \"warn\"")]
#[case("[office\n")]
fn what_is_not_toml_is_told_with_its_line(#[case] text: &str) {
    let error = Machine::new().with_file(text).load().unwrap_err();
    assert!(matches!(error, ConfigError::Syntax { line: 1..=3, .. }), "{error:?}");
}

#[test]
fn a_wrong_value_of_the_environment_names_the_variable_and_not_the_value() {
    let said = Machine::new().with_variable("LOGE_DATABASE", "mysql://loge:secret@db.example").refusal(Language::En);
    assert_eq!(
        said,
        "LOGE_DATABASE does not have the right form. Give the path of a SQLite file, or an address postgres://."
    );
}

#[test]
fn a_wrong_value_of_the_command_line_names_the_option() {
    let mut machine = Machine::new();
    machine.given.office.listen = Some("7846".into());
    assert!(machine.refusal(Language::En).starts_with("--listen does not"));
}

#[test]
fn the_format_of_the_log_comes_from_the_environment() {
    use crate::telemetry::LogFormat;
    assert_eq!(Machine::new().load().unwrap().office.log_format, LogFormat::Compact);
    assert_eq!(
        Machine::new().with_variable("LOGE_LOG_FORMAT", "json").load().unwrap().office.log_format,
        LogFormat::Json
    );
    assert!(
        Machine::new()
            .with_variable("LOGE_LOG_FORMAT", "xml")
            .refusal(Language::En)
            .starts_with("LOGE_LOG_FORMAT does not")
    );
}

#[rstest]
#[case("127.0.0.1:7846", true)]
#[case("[::1]:7846", true)]
#[case("[::ffff:127.0.0.1]:7846", true)]
#[case("0.0.0.0:7846", false)]
#[case("[::]:7846", false)]
#[case("192.0.2.1:7846", false)]
fn plain_http_stays_on_this_machine_unless_it_is_allowed(#[case] listen: &str, #[case] loopback: bool) {
    let mut machine = Machine::new().with_variable("LOGE_LISTEN", listen);
    assert_eq!(machine.load().is_ok(), loopback);
    machine.given.office.allow_plain_http = true;
    assert_eq!(machine.load().unwrap().office.transport, Transport::Plain);
}

#[test]
fn a_certificate_opens_the_office_to_the_network_only_with_its_key() {
    let mut machine =
        Machine::new().with_variable("LOGE_LISTEN", "0.0.0.0:7846").with_variable("LOGE_CERTIFICATE", "loge.crt");
    assert!(matches!(machine.load(), Err(ConfigError::HalfTls)));
    machine.given.office.key = Some("loge.key".into());
    assert_eq!(
        machine.load().unwrap().office.transport,
        Transport::Tls { certificate: "loge.crt".into(), key: "loge.key".into() }
    );
}

#[test]
fn a_database_is_shown_without_its_password() {
    let database: Database = "postgres://loge:secret@db.example:5433/loge?password=secret".parse().unwrap();
    assert_eq!(database.to_string(), "postgres://db.example:5433/loge");
    assert!(!format!("{database:?}").contains("secret"));
    let Database::Postgres(url) = database else { panic!("not PostgreSQL") };
    assert!(url.secret().contains("loge:secret@"));
}

#[test]
fn a_profile_sets_some_things_and_leaves_the_others() {
    let mut machine = Machine::new().with_file(
        "[console]\ntheme = \"clair\"\nbell = \"off\"\ntoken_file = \"token\"\n[profiles.garde]\nbell = \"repeat\"\ntoken_command = [\"pass\"]",
    );
    assert_eq!(machine.load().unwrap().console.bell.value, Bell::Off);
    machine.given.console.profile = Some("garde".into());
    let console = machine.load().unwrap().console;
    assert_eq!((console.bell.value, console.theme.value.as_str()), (Bell::Repeat, "clair"));
    assert_eq!(console.profile.as_deref(), Some("garde"));
    assert_eq!(console.token, TokenSource::Command("pass".parse().unwrap()));
    let machine = machine.with_variable("LOGE_BELL", "once");
    assert_eq!(machine.load().unwrap().console.bell.value, Bell::Once);
}

#[test]
fn a_profile_that_is_not_there_is_told_with_the_one_that_was_meant() {
    let machine = Machine::new().with_file("[profiles.garde]\n").with_variable("LOGE_PROFILE", "grade");
    assert_eq!(machine.refusal(Language::En), "config.toml: there is no profile “grade”. Did you mean “garde”?");
    let machine = Machine::new().with_variable("LOGE_PROFILE", "garde");
    assert!(machine.refusal(Language::En).starts_with("There is no profile “garde”, for there is no configuration"));
}

#[test]
fn an_account_wins_over_the_machine_and_command_line_and_environment_over_the_account() {
    let mut machine = Machine::new().with_file("[console]\nbell = \"off\"");
    let bell = |machine: &Machine, liked| machine.load().unwrap().console.bell.for_account(liked);
    assert_eq!(bell(&machine, None), Bell::Off);
    assert_eq!(bell(&machine, Some(Bell::Repeat)), Bell::Repeat);
    machine.given.console.bell = Some("once".into());
    assert_eq!(bell(&machine, Some(Bell::Repeat)), Bell::Once);
    machine.given.console.bell = None;
    let machine = machine.with_variable("LOGE_BELL", "off");
    assert_eq!(bell(&machine, Some(Bell::Repeat)), Bell::Off);
}

#[rstest]
#[case("ACCESSIBLE", "1", Layout::Linear)]
#[case("ACCESSIBLE", "0", Layout::Panes)]
#[case("ACCESSIBLE", "", Layout::Panes)]
#[case("LOGE_LAYOUT", "linear", Layout::Linear)]
fn the_linear_mode_may_be_asked_of_all_programs_at_once(
    #[case] variable: &str,
    #[case] value: &str,
    #[case] layout: Layout,
) {
    assert_eq!(Machine::new().with_variable(variable, value).load().unwrap().console.layout.value, layout);
}

#[test]
fn no_color_counts_as_said_by_the_environment() {
    let mut machine = Machine::new().with_file("[console]\ncolours = \"256\"");
    let colours = |machine: &Machine| machine.load().unwrap().console.colours;
    assert_eq!(colours(&machine), Colours::Palette);
    machine = machine.with_variable("NO_COLOR", "1");
    assert_eq!(colours(&machine), Colours::None);
    machine = machine.with_variable("LOGE_COLOURS", "true");
    assert_eq!(colours(&machine), Colours::True);
    machine.given.console.no_color = true;
    assert_eq!(colours(&machine), Colours::None);
    machine.given.console.colours = Some("16".into());
    assert_eq!(colours(&machine), Colours::Sixteen);
}

#[test]
fn over_ssh_a_lone_escape_waits_longer_unless_it_is_set() {
    let machine = Machine::new();
    assert_eq!(machine.load().unwrap().console.escape_wait.milliseconds(), 50);
    let machine = machine.with_variable("SSH_CONNECTION", "192.0.2.1 1 192.0.2.2 22");
    assert_eq!(machine.load().unwrap().console.escape_wait.milliseconds(), 100);
    let machine = machine.with_variable("LOGE_ESCAPE_WAIT_MS", "20");
    assert_eq!(machine.load().unwrap().console.escape_wait.milliseconds(), 20);
}

#[test]
fn a_token_comes_from_one_place() {
    let machine = Machine::new().with_file("[console]\ntoken_file = \"token\"");
    let beside = TokenSource::File(machine.home.path().join("config/token"));
    assert_eq!(machine.load().unwrap().console.token, beside);
    let machine = machine.with_variable("LOGE_TOKEN_COMMAND", "pass show loge");
    let TokenSource::Command(command) = machine.load().unwrap().console.token else { panic!("not the command") };
    assert_eq!((command.program.as_str(), command.arguments.len()), ("pass", 2));
    let mut machine = machine.with_variable("LOGE_TOKEN_FILE", "/run/token");
    assert!(matches!(machine.load(), Err(ConfigError::TwoTokens)));
    machine.given.console.token_file = Some("here".into());
    assert_eq!(machine.load().unwrap().console.token, TokenSource::File("here".into()));
}

#[test]
fn keys_of_ones_own_come_with_their_lines() {
    let machine =
        Machine::new().with_file("[keys]\nundo = [\"u\"]\n\nclaim_ringing = [\n  \"ctrl-g\",\n  \"f2\",\n]\nhelp = []");
    let line = |action: &str, keys: &[&str], line| KeyLine {
        action: action.into(),
        keys: keys.iter().map(|&key| key.into()).collect(),
        line,
    };
    let mut keys = machine.load().unwrap().console.keys;
    keys.sort_by_key(|key| key.line);
    assert_eq!(keys, [line("undo", &["u"], 2), line("claim_ringing", &["ctrl-g", "f2"], 4), line("help", &[], 8)]);
    let refused = Machine::new().with_file("[keys]\nundo = \"u\"").refusal(Language::En);
    assert!(refused.starts_with("config.toml, line 2: “keys” does not have the right form."), "{refused}");
}

#[test]
fn plain_http_and_own_certificates_are_for_the_client() {
    let machine =
        Machine::new().with_file("[console]\nca_file = \"house.pem\"\nplain_http = true\nkeep_snapshot = false");
    let console = machine.load().unwrap().console;
    assert_eq!(console.plain_http, PlainHttp::Anywhere);
    assert_eq!(console.ca_file, Some(machine.home.path().join("config/house.pem")));
    assert_eq!(console.keep_snapshot, KeepSnapshot::No);
}

#[test]
fn telephone_systems_are_named_each_with_its_address_and_one_secret() {
    use telephony::{Address, ConnectionFormat, SecretSource};
    let table = |more: &str| format!("[[office.telephony]]\nname = \"pabx\"\n{more}\n");
    let asterisk = "format = \"asterisk\"\naddress = \"127.0.0.1:5038\"\nuser = \"loge\"\nsecret_file = \"ami\"";
    let machine = Machine::new().with_file(&table(asterisk));
    let connections = machine.load().unwrap().office.telephony;
    let beside = SecretSource::File(machine.home.path().join("config/ami"));
    assert_eq!((connections[0].format, &connections[0].secret), (ConnectionFormat::Asterisk, &beside));
    assert_eq!(connections[0].address, Address::Host("127.0.0.1:5038".into()));
    let refused = |text: &str| Machine::new().with_file(text).load().unwrap_err();
    let ovh = "format = \"ovh\"\naddress = \"https://events.example\"";
    assert!(matches!(refused(&table(ovh)), ConfigError::TelephonySecret(_)), "no secret");
    let two = format!("{ovh}\nsecret_file = \"a\"\nsecret_command = [\"b\"]");
    assert!(matches!(refused(&table(&two)), ConfigError::TelephonySecret(_)), "two secrets");
    let wrong = asterisk.replace("127.0.0.1:5038", "https://pabx.example");
    assert!(matches!(refused(&table(&wrong)), ConfigError::TelephonyAddress(_)), "an address of another format");
    let nobody = asterisk.replace("user = \"loge\"\n", "");
    assert!(matches!(refused(&table(&nobody)), ConfigError::TelephonyAddress(_)), "nobody to log in as");
    let twice = format!("{}{}", table(asterisk), table(asterisk));
    assert!(matches!(refused(&twice), ConfigError::TelephonyTwice(_)));
    let shown = format!("{ovh}?token=secret\"").replace("example\"?", "example?");
    assert!(matches!(refused(&table(&shown)), ConfigError::WrongValue { .. }), "a token in the address");
}

#[test]
fn ways_are_estimated_unless_one_table_service_is_named() {
    use travel::{TableService, Travel};
    let settled = |text: &str| Machine::new().with_file(&format!("[office.travel]\n{text}\n")).load();
    assert_eq!(Machine::new().load().unwrap().office.travel, Travel::default());
    let osrm = settled("osrm = \"http://router.example:5000\"\ndetour_percent = 125").unwrap().office.travel;
    assert!(matches!(osrm.service, Some(TableService::Osrm(_))) && osrm.detour.get() == 125, "{osrm:?}");
    let both = "osrm = \"http://a.example\"\nvalhalla = \"http://b.example\"";
    assert!(matches!(settled(both), Err(ConfigError::TwoTableServices)));
    for wrong in ["osrm = \"router.example\"", "detour_percent = 90", "detour_percent = 401"] {
        assert!(matches!(settled(wrong), Err(ConfigError::WrongValue { .. })), "{wrong}");
    }
}

const MAIL: &str = "[office.smtp]\nfrom = \"Bonjour@Conciergerie.Example\"\n";

#[test]
fn mail_leaves_by_a_server_or_into_a_folder_and_not_at_all_without_the_table() {
    assert_eq!(Machine::new().load().unwrap().office.mail, None);
    let mail = |rest: &str| Machine::new().with_file(&format!("{MAIL}{rest}")).load().unwrap().office.mail.unwrap();
    let by_server = mail("host = \"smtp.conciergerie.example\"\nuser = \"bonjour\"\npassword_file = \"secret\"");
    assert_eq!(by_server.domain, "conciergerie.example");
    let mail::Outlet::Server(server) = by_server.outlet else { panic!() };
    assert_eq!((server.port, server.protection), (465, mail::Protection::Implicit));
    assert!(matches!(server.login, Some((_, mail::PasswordSource::File(file))) if file.ends_with("config/secret")));
    let mail::Outlet::Folder(folder) = mail("folder = \"outgoing\"").outlet else { panic!() };
    assert!(folder.ends_with("data/outgoing"));
}

#[rstest]
#[case("host = \"smtp.conciergerie.example\"\ntls = \"none\"", "cross the network in the clear")]
#[case("host = \"smtp.conciergerie.example\"\nfolder = \"out\"", "Keep one of them")]
#[case("host = \"smtp.conciergerie.example\"\nuser = \"bonjour\"", "lacks “password_file”")]
#[case("", "lacks “host”")]
#[case("host = \"localhost\"\ntls = \"tls\"", "line 4: “tls” does not have the right form")]
fn mail_that_cannot_leave_says_why(#[case] rest: &str, #[case] said: &str) {
    let machine = Machine::new().with_file(&format!("{MAIL}{rest}"));
    let refusal = machine.refusal(Language::En);
    assert!(refusal.contains(said), "{refusal}");
}

#[test]
fn a_mailbox_acknowledges_what_comes_only_where_mail_can_leave() {
    let smtp = "[office.smtp]\nfolder = \"outgoing\"\nfrom = \"bonjour@conciergerie.example\"\n";
    let mailbox = |value: &str| format!("[[office.mailbox]]\nname = \"accueil\"\nacknowledge = {value}\n");
    let read = |text: &str| Machine::new().with_file(text).load().unwrap().office.mailboxes[0].acknowledge.clone();
    assert_eq!(read("[[office.mailbox]]\nname = \"accueil\"\n"), Acknowledge::No);
    assert_eq!(read(&mailbox("false")), Acknowledge::No);
    assert_eq!(read(&(mailbox("true") + smtp)), Acknowledge::BuiltIn);
    let module = Acknowledge::Module("Bien reçu".parse().unwrap());
    assert_eq!(read(&(mailbox("\"Bien reçu\"") + smtp)), module);
    let refusal = |text: &str| Machine::new().with_file(text).refusal(Language::Fr);
    assert!(refusal(&mailbox("true")).contains("[office.smtp]"));
    assert!(refusal(&(mailbox("3") + smtp)).contains("le nom d'un modèle"), "{}", refusal(&(mailbox("3") + smtp)));
}

#[test]
fn the_console_locks_after_a_quarter_of_an_hour_unless_another_time_or_none_is_set() {
    let minutes = |machine: &Machine| machine.load().unwrap().console.lock_after.time().map(|time| time.as_mins());
    assert_eq!(minutes(&Machine::new()), Some(15));
    assert_eq!(minutes(&Machine::new().with_file("[console]\nlock_after_min = 0")), None);
    assert_eq!(minutes(&Machine::new().with_variable("LOGE_LOCK_AFTER_MIN", "5")), Some(5));
    let mut machine = Machine::new().with_file("[console]\nlock_after_min = 5\n[profiles.garde]\nlock_after_min = 60");
    assert_eq!(minutes(&machine), Some(5));
    machine.given.console.profile = Some("garde".into());
    assert_eq!(minutes(&machine), Some(60));
    let said = Machine::new().with_file("[console]\nlock_after_min = 1441").refusal(Language::En);
    assert!(said.contains("from 0 (never) to 1440"), "{said}");
}
