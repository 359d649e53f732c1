//! The console's settings: which offices, who logs in and by what, how the screen looks, sounds and listens; by machine and by profile.

use super::{ConfigError, NotAccepted, OfficeUrl, Sources, command_line::CommandLine, nearest};
use crate::{
    client::PlainHttp,
    domain::operator::{Bell, Language, Layout, Login, Preferences, Screen},
};
use jiff::SignedDuration;
use serde::{
    Deserialize,
    de::{DeserializeOwned, value::StrDeserializer},
};
use std::{collections::BTreeMap, fmt, path::PathBuf, str::FromStr};

/// The console's settings as given on the command line; texts, so that a wrong one is told in the reader's language.
#[derive(Clone, Debug, Default, PartialEq, Eq, clap::Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub struct ConsoleGiven {
    /// The address of an office; several for fail-over [env: `LOGE_OFFICES`, separated by commas]
    #[arg(long = "office", value_name = "URL")]
    pub offices: Vec<String>,
    /// A profile of the configuration file [env: `LOGE_PROFILE`]
    #[arg(long, value_name = "NAME")]
    pub profile: Option<String>,
    /// The account to log in with [env: `LOGE_LOGIN`]
    #[arg(long, value_name = "LOGIN")]
    pub login: Option<String>,
    /// A file that holds a token and that nobody else reads [env: `LOGE_TOKEN_FILE`]
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<String>,
    /// A command that prints a token [env: `LOGE_TOKEN_COMMAND`]
    #[arg(long, value_name = "COMMAND")]
    pub token_command: Option<String>,
    /// PEM certificates to trust besides those of the system [env: `LOGE_CA_FILE`]
    #[arg(long, value_name = "FILE")]
    pub ca_file: Option<String>,
    /// Let plain http leave this machine [env: `LOGE_PLAIN_HTTP`]
    #[arg(long)]
    pub plain_http: bool,
    /// The interface's language; said by `--lang` of the whole program [env: `LOGE_LANGUAGE`]
    #[arg(skip)]
    pub language: Option<Language>,
    /// The theme's name [env: `LOGE_THEME`]
    #[arg(long, value_name = "NAME")]
    pub theme: Option<String>,
    /// Line after line, for a screen reader [env: `LOGE_LAYOUT=linear`, `ACCESSIBLE=1`]
    #[arg(long)]
    pub plain: bool,
    /// How a ring is heard: off, once or repeat [env: `LOGE_BELL`]
    #[arg(long, value_name = "HOW")]
    pub bell: Option<String>,
    /// Whether seconds run on the screen: on or off [env: `LOGE_SECONDS`]
    #[arg(long, value_name = "ON|OFF")]
    pub seconds: Option<String>,
    /// Draw with ASCII characters alone [env: `LOGE_ASCII`]
    #[arg(long)]
    pub ascii: bool,
    /// Colours: auto, none, 16, 256 or true [env: `LOGE_COLOURS`]
    #[arg(long, value_name = "COLOURS", alias = "colors")]
    pub colours: Option<String>,
    /// No colours, as --colours none [env: `NO_COLOR`]
    #[arg(long, alias = "no-colour")]
    pub no_color: bool,
    /// How long a lone escape waits for the rest of a key, in milliseconds [env: `LOGE_ESCAPE_WAIT_MS`]
    #[arg(long, value_name = "MS")]
    pub escape_wait_ms: Option<String>,
    /// The row above the letters without Shift: azerty or none [env: `LOGE_DIGITS`]
    #[arg(long, value_name = "ROW")]
    pub digits: Option<String>,
    /// Whether open requests stay on this machine for the next start: true or false [env: `LOGE_KEEP_SNAPSHOT`]
    #[arg(long, value_name = "TRUE|FALSE")]
    pub keep_snapshot: Option<String>,
    /// After how many minutes without a key the console locks; 0 for never [env: `LOGE_LOCK_AFTER_MIN`]
    #[arg(long, value_name = "MINUTES")]
    pub lock_after_min: Option<String>,
}

/// The console's settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Console {
    /// The profile they were taken from, if one was asked for.
    pub profile: Option<String>,
    /// The offices, in order of preference; at least one.
    pub offices: Vec<OfficeUrl>,
    /// Whether plain http may leave this machine.
    pub plain_http: PlainHttp,
    /// PEM certificates to trust besides those of the system.
    pub ca_file: Option<PathBuf>,
    /// The account to log in with; asked for if none.
    pub login: Option<Login>,
    /// Where the proof of who asks comes from.
    pub token: TokenSource,
    /// The interface's language; the account's or the terminal's if none.
    pub language: Setting<Option<Language>>,
    /// The theme's name; whether there is one, the themes know.
    pub theme: Setting<ThemeName>,
    /// Panes or lines.
    pub layout: Setting<Layout>,
    /// How a ring is heard.
    pub bell: Setting<Bell>,
    /// Whether seconds run on the screen.
    pub seconds: Seconds,
    /// Which characters are drawn with.
    pub ascii: Ascii,
    /// How many colours.
    pub colours: Colours,
    /// How long a lone escape waits for the rest of a key.
    pub escape_wait: EscapeWait,
    /// What the row above the letters gives without Shift.
    pub digits: Digits,
    /// Whether the last snapshot is kept on this machine.
    pub keep_snapshot: KeepSnapshot,
    /// What prints its standard input.
    pub print_command: CommandLine,
    /// As what a sheet is handed to it.
    pub print_as: PrintAs,
    /// When it locks by itself.
    pub lock_after: LockAfter,
    /// Keys of one's own, as written; the key table checks them.
    pub keys: Vec<KeyLine>,
}

/// What holds for an account at this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manner {
    /// The interface's language.
    pub language: Language,
    /// The theme's name; whether there is one, the themes know.
    pub theme: ThemeName,
    /// Panes or lines.
    pub layout: Layout,
    /// How a ring is heard.
    pub bell: Bell,
    /// The screen that opens first.
    pub first_screen: Screen,
}

impl Console {
    /// What holds for an account with these preferences, where the terminal speaks `terminal`.
    pub fn manner(&self, likes: &Preferences, terminal: Language) -> Manner {
        let theme = likes.theme.as_ref().and_then(|theme| ThemeName::try_from(theme.as_str().to_owned()).ok());
        Manner {
            language: self.language.clone().for_account(likes.language.map(Some)).unwrap_or(terminal),
            theme: self.theme.clone().for_account(theme),
            layout: self.layout.clone().for_account(likes.layout),
            bell: self.bell.clone().for_account(likes.bell),
            first_screen: likes.first_screen,
        }
    }
}

/// A setting that an account may hold too, and how firmly this machine sets it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// What this machine says.
    pub value: T,
    /// Who says it.
    pub by: Source,
}

impl<T> Setting<T> {
    fn settled(given: Option<T>, file: Option<T>) -> Self
    where
        T: Default,
    {
        match given {
            Some(value) => Self { value, by: Source::Given },
            None => Self { value: file.unwrap_or_default(), by: Source::Machine },
        }
    }

    /// What holds for an account that likes `liked`: command line and environment before the account, the account before file and default.
    pub fn for_account(self, liked: Option<T>) -> T {
        match (self.by, liked) {
            (Source::Given, _) | (_, None) => self.value,
            (Source::Machine, Some(liked)) => liked,
        }
    }
}

/// Who set a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Command line or environment: this run.
    Given,
    /// File or default: this machine.
    Machine,
}

/// A theme's name: that of its file, without the ending; a-z, 0-9 and hyphens.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct ThemeName(String);

impl ThemeName {
    /// The name as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Default for ThemeName {
    fn default() -> Self {
        Self("sombre".into())
    }
}

impl fmt::Display for ThemeName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for ThemeName {
    type Error = NotAccepted;

    fn try_from(text: String) -> Result<Self, NotAccepted> {
        // It becomes a part of a path: nothing that leads out of the themes' folder.
        let plain = text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        if plain && (1..=64).contains(&text.len()) { Ok(Self(text)) } else { Err(NotAccepted) }
    }
}

/// Where a token comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TokenSource {
    /// From a login, whose session is kept on this machine.
    Login,
    /// A file that its owner alone may read.
    File(PathBuf),
    /// What a command prints.
    Command(CommandLine),
}

/// As what a sheet is handed to the command that prints it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PrintAs {
    /// Lines of text.
    #[default]
    Text,
    /// A page.
    Html,
}

/// Whether seconds run on the screen: calls, holds, reconnections.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Seconds {
    /// They run.
    #[default]
    On,
    /// Minutes alone are shown.
    Off,
}

/// Which characters are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ascii {
    /// ASCII where the locale is not UTF-8.
    #[default]
    Auto,
    /// ASCII alone.
    On,
    /// All characters, whatever the locale says.
    Off,
}

/// How many colours are drawn with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Colours {
    /// As many as the terminal says it has.
    #[default]
    Auto,
    /// None: weight and words alone.
    None,
    /// The sixteen that the terminal itself defines.
    #[serde(rename = "16")]
    Sixteen,
    /// The palette of 256.
    #[serde(rename = "256")]
    Palette,
    /// Red, green and blue of 8 bits each.
    True,
}

/// What the row above the letters gives without Shift.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Digits {
    /// `& é " ' ( - è _ ç`: they count as 1 to 9 where no text is typed.
    #[default]
    Azerty,
    /// Digits are digits alone.
    None,
}

/// Whether the last snapshot is kept on this machine, readable by its owner alone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeepSnapshot {
    /// Yes: the next start shows data before the network answers.
    #[default]
    Yes,
    /// No: nothing of the house stays here but what is not sent yet.
    No,
}

/// How long a lone escape waits for the rest of a key: 10 to 1,000 milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct EscapeWait(u16);

impl EscapeWait {
    /// At a terminal of this machine.
    pub const LOCAL: Self = Self(50);
    /// Over SSH, where a key may arrive in pieces.
    pub const SSH: Self = Self(100);

    /// The wait in milliseconds.
    pub const fn milliseconds(self) -> u16 {
        self.0
    }
}

impl TryFrom<u16> for EscapeWait {
    type Error = NotAccepted;

    fn try_from(ms: u16) -> Result<Self, NotAccepted> {
        if (10..=1000).contains(&ms) { Ok(Self(ms)) } else { Err(NotAccepted) }
    }
}

impl FromStr for EscapeWait {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        text.parse::<u16>().map_err(|_| NotAccepted)?.try_into()
    }
}

/// After how many minutes without a key the console locks by itself: up to a day, 0 for never.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct LockAfter(u16);

impl LockAfter {
    /// How long; none for never.
    pub fn time(self) -> Option<SignedDuration> {
        (self.0 > 0).then(|| SignedDuration::from_mins(self.0.into()))
    }
}

impl Default for LockAfter {
    fn default() -> Self {
        Self(15)
    }
}

impl TryFrom<u16> for LockAfter {
    type Error = NotAccepted;

    fn try_from(minutes: u16) -> Result<Self, NotAccepted> {
        if minutes <= 1440 { Ok(Self(minutes)) } else { Err(NotAccepted) }
    }
}

impl FromStr for LockAfter {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        text.parse::<u16>().map_err(|_| NotAccepted)?.try_into()
    }
}

/// One line of `[keys]`, not yet held against the key table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyLine {
    /// The action's name as written.
    pub action: String,
    /// Its keys as written; none takes the action's keys away.
    pub keys: Vec<String>,
    /// Where it stands in the file, from 1.
    pub line: usize,
}

/// `[console]` and `[profiles.NAME]` as they are written.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Table {
    offices: Option<Vec<OfficeUrl>>,
    plain_http: Option<bool>,
    ca_file: Option<PathBuf>,
    login: Option<Login>,
    token_file: Option<PathBuf>,
    token_command: Option<CommandLine>,
    language: Option<Language>,
    theme: Option<ThemeName>,
    layout: Option<Layout>,
    bell: Option<Bell>,
    seconds: Option<Seconds>,
    ascii: Option<Ascii>,
    colours: Option<Colours>,
    escape_wait_ms: Option<EscapeWait>,
    digits: Option<Digits>,
    keep_snapshot: Option<bool>,
    print_command: Option<CommandLine>,
    print_as: Option<PrintAs>,
    lock_after_min: Option<LockAfter>,
}

impl Table {
    /// This table, and `below` for what it leaves open. Where a token comes from is one setting under two names.
    fn over(self, below: Self) -> Self {
        let (token_file, token_command) = if self.token_file.is_some() || self.token_command.is_some() {
            (self.token_file, self.token_command)
        } else {
            (below.token_file, below.token_command)
        };
        Self {
            offices: self.offices.or(below.offices),
            plain_http: self.plain_http.or(below.plain_http),
            ca_file: self.ca_file.or(below.ca_file),
            login: self.login.or(below.login),
            token_file,
            token_command,
            language: self.language.or(below.language),
            theme: self.theme.or(below.theme),
            layout: self.layout.or(below.layout),
            bell: self.bell.or(below.bell),
            seconds: self.seconds.or(below.seconds),
            ascii: self.ascii.or(below.ascii),
            colours: self.colours.or(below.colours),
            escape_wait_ms: self.escape_wait_ms.or(below.escape_wait_ms),
            digits: self.digits.or(below.digits),
            keep_snapshot: self.keep_snapshot.or(below.keep_snapshot),
            print_command: self.print_command.or(below.print_command),
            print_as: self.print_as.or(below.print_as),
            lock_after_min: self.lock_after_min.or(below.lock_after_min),
        }
    }

    /// The settings, once profile, command line and environment were heard.
    ///
    /// A relative path of the file is taken from the file's own folder; one of command line or environment from the working folder.
    pub(super) fn settle(
        self,
        mut profiles: BTreeMap<String, Self>,
        keys: Vec<KeyLine>,
        given: &ConsoleGiven,
        sources: &Sources<'_>,
    ) -> Result<Console, ConfigError> {
        let profile = given.profile.as_deref().or_else(|| sources.around.variable("LOGE_PROFILE")).map(str::to_owned);
        let file = match &profile {
            None => self,
            Some(name) => profiles
                .remove(name)
                .ok_or_else(|| ConfigError::UnknownProfile {
                    file: sources.file.map(Into::into),
                    nearest: nearest(name, &profiles.keys().cloned().collect::<Vec<_>>()),
                    name: name.clone(),
                })?
                .over(self),
        };
        let flag = |set: bool, text: &'static str| set.then_some(text);
        let beside = |path| sources.beside(path);
        let colours = match given.colours.as_deref().or(flag(given.no_color, "none")) {
            None if sources.around.variable("LOGE_COLOURS").is_none() => {
                // <https://no-color.org>: present and not empty, whatever its value.
                sources.around.variable("NO_COLOR").map(|_| Colours::None)
            }
            option => sources.worded("colours", option)?,
        };
        let layout = match sources.worded("layout", flag(given.plain, "linear"))? {
            None if sources.around.variable("ACCESSIBLE").is_some_and(|value| value != "0") => Some(Layout::Linear),
            layout => layout,
        };
        let language = match given.language {
            None => sources.worded("language", None)?,
            language => language,
        };
        let theme = sources.worded("theme", given.theme.as_deref())?;
        let bell = sources.worded("bell", given.bell.as_deref())?;
        let plain_http = sources.given("plain_http", flag(given.plain_http, "true"))?.or(file.plain_http);
        let keep_snapshot = sources.given("keep_snapshot", given.keep_snapshot.as_deref())?.or(file.keep_snapshot);
        let lock_after = sources.given("lock_after_min", given.lock_after_min.as_deref())?.or(file.lock_after_min);
        let escape_wait = sources.given("escape_wait_ms", given.escape_wait_ms.as_deref())?.or(file.escape_wait_ms);
        let usual_wait = if sources.around.is_over_ssh() { EscapeWait::SSH } else { EscapeWait::LOCAL };
        Ok(Console {
            profile,
            offices: offices(file.offices, given, sources)?,
            plain_http: if plain_http.unwrap_or(false) { PlainHttp::Anywhere } else { PlainHttp::Loopback },
            ca_file: sources.given("ca_file", given.ca_file.as_deref())?.or(file.ca_file.map(beside)),
            login: sources.worded("login", given.login.as_deref())?.or(file.login),
            token: token(file.token_file.map(beside), file.token_command, given, sources)?,
            language: Setting::settled(language.map(Some), file.language.map(Some)),
            theme: Setting::settled(theme, file.theme),
            layout: Setting::settled(layout, file.layout),
            bell: Setting::settled(bell, file.bell),
            seconds: sources.worded("seconds", given.seconds.as_deref())?.or(file.seconds).unwrap_or_default(),
            ascii: sources.worded("ascii", flag(given.ascii, "on"))?.or(file.ascii).unwrap_or_default(),
            colours: colours.or(file.colours).unwrap_or_default(),
            escape_wait: escape_wait.unwrap_or(usual_wait),
            digits: sources.worded("digits", given.digits.as_deref())?.or(file.digits).unwrap_or_default(),
            print_command: sources.given("print_command", None)?.or(file.print_command).unwrap_or_else(CommandLine::lp),
            print_as: sources.worded("print_as", None)?.or(file.print_as).unwrap_or_default(),
            keep_snapshot: if keep_snapshot.unwrap_or(true) { KeepSnapshot::Yes } else { KeepSnapshot::No },
            lock_after: lock_after.unwrap_or_default(),
            keys,
        })
    }
}

fn offices(
    file: Option<Vec<OfficeUrl>>,
    given: &ConsoleGiven,
    sources: &Sources<'_>,
) -> Result<Vec<OfficeUrl>, ConfigError> {
    let listed = sources.around.variable("LOGE_OFFICES");
    let (source_name, texts): (_, Vec<&str>) = match (given.offices.as_slice(), listed) {
        ([], Some(listed)) => ("LOGE_OFFICES", listed.split(',').collect()),
        (given, _) => ("--office", given.iter().map(String::as_str).collect()),
    };
    let texts = match file.filter(|offices| !offices.is_empty()) {
        Some(offices) if texts.is_empty() => return Ok(offices),
        None if texts.is_empty() => vec![OfficeUrl::DEFAULT],
        _ => texts,
    };
    let wrong = |_| ConfigError::GivenWrong { source_name: source_name.into(), setting: "offices" };
    texts.into_iter().map(OfficeUrl::from_str).collect::<Result<_, _>>().map_err(wrong)
}

/// The one source of a token: that of the command line, else of the environment, else of the file.
fn token(
    file: Option<PathBuf>,
    command: Option<CommandLine>,
    given: &ConsoleGiven,
    sources: &Sources<'_>,
) -> Result<TokenSource, ConfigError> {
    let on_line = given.token_file.is_some() || given.token_command.is_some();
    let variable = |name| sources.around.variable(name).is_some();
    let pair = if on_line {
        let command = given.token_command.as_deref().map(|text| sources.given("token_command", Some(text)));
        (given.token_file.as_deref().map(PathBuf::from), command.transpose()?.flatten())
    } else if variable("LOGE_TOKEN_FILE") || variable("LOGE_TOKEN_COMMAND") {
        (sources.given("token_file", None)?, sources.given("token_command", None)?)
    } else {
        (file, command)
    };
    match pair {
        (None, None) => Ok(TokenSource::Login),
        (Some(file), None) => Ok(TokenSource::File(file)),
        (None, Some(command)) => Ok(TokenSource::Command(command)),
        (Some(_), Some(_)) => Err(ConfigError::TwoTokens),
    }
}

/// A value that command line and environment write as the file does between its quotes.
pub(super) struct Word<T>(pub(super) T);

impl<T: DeserializeOwned> FromStr for Word<T> {
    type Err = NotAccepted;

    fn from_str(text: &str) -> Result<Self, NotAccepted> {
        let text = StrDeserializer::<serde::de::value::Error>::new(text.trim());
        T::deserialize(text).map(Self).map_err(|_| NotAccepted)
    }
}
