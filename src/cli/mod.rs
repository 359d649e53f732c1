//! The command line: reads what was asked for, does it, and ends in one sentence and an exit status.

#[cfg(feature = "console")]
mod console;
#[cfg(feature = "office")]
mod demo;
mod directory;
#[cfg(feature = "console")]
mod doctor;
mod error;
#[cfg(feature = "console")]
mod keys;
mod load;
#[cfg(feature = "office")]
mod office;
mod read;
mod speech;

use crate::{
    config::ConfigError,
    domain::operator::Language,
    i18n::{self, say},
};
use clap::{Parser, Subcommand, ValueEnum};
use error::CliError;
use speech::Called;
use std::{ffi::OsString, io::Write as _, process::ExitCode};

/// What the program is called with; what each argument is for is said in the locales.
#[derive(Debug, Parser)]
#[command(name = "loge", version, arg_required_else_help = !has_console())]
struct Cli {
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    #[cfg(feature = "console")]
    #[command(flatten)]
    console: console::ConsoleArgs,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Whether the program without a subcommand opens a screen.
const fn has_console() -> bool {
    #[cfg(feature = "console")]
    return crate::console::start::OPEN.is_some();
    #[cfg(not(feature = "console"))]
    false
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    Fr,
    En,
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Self::Fr,
            Lang::En => Self::En,
        }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    #[cfg(feature = "console")]
    Doctor(console::ConsoleArgs),
    #[cfg(feature = "console")]
    Logout(console::ConsoleArgs),
    #[cfg(feature = "office")]
    Office(office::OfficeArgs),
    #[cfg(feature = "console")]
    Keys,
    #[cfg(feature = "office")]
    Demo(demo::DemoArgs),
    Load(load::LoadArgs),
    Read(read::ReadArgs),
    #[cfg(not(feature = "office"))]
    Office {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        rest: Vec<String>,
    },
}

/// Runs the program as its arguments say: 0 if all went well, 1 if it failed, which one sentence on standard error explains, 2 if the
/// arguments mean nothing.
pub fn run() -> ExitCode {
    let terminal = i18n::from_environment(|name| std::env::var(name).ok());
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let Called { cli, language } = match speech::called(&arguments, terminal) {
        Ok(called) => called,
        Err(over) => return over,
    };
    #[cfg(feature = "console")]
    let asked = cli.lang.map(Language::from);
    let voice = Voice(language);
    #[cfg(feature = "console")]
    if cli.command.is_some() && cli.console.settings != crate::config::console::ConsoleGiven::default() {
        // Silently dropping what was asked for would be worse.
        return speech::refused(&voice.sentence("cli-options-after", &[]));
    }
    let done = match cli.command {
        #[cfg(feature = "office")]
        Some(Command::Office(args)) => in_runtime(office::run(args, voice)),
        Some(Command::Load(args)) => in_runtime(load::run(args, voice)),
        #[cfg(feature = "console")]
        Some(Command::Doctor(args)) => in_runtime(doctor::run(args, asked, voice)),
        #[cfg(feature = "console")]
        Some(Command::Logout(args)) => in_runtime(console::log_out(args, asked, voice)),
        #[cfg(feature = "console")]
        Some(Command::Keys) => {
            keys::run(language);
            Ok(())
        }
        Some(Command::Read(args)) => read::run(&args, voice),
        #[cfg(feature = "office")]
        Some(Command::Demo(args)) => in_runtime(demo::run(args, voice)),
        #[cfg(not(feature = "office"))]
        Some(Command::Office { .. }) => Err(CliError::sentence("cli-no-office", Vec::new())),
        #[cfg(feature = "console")]
        None if let Some(open) = crate::console::start::OPEN => console::run(open, cli.console, asked, voice),
        None => {
            // Nobody reads it: no failure.
            let _ = speech::command(language).print_help();
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(sentence) = error.said(language) {
                aside(&sentence);
            }
            match error {
                // What the command line itself says wrong, as any other argument that means nothing.
                CliError::Config(ConfigError::GivenWrong { source_name, .. }) if source_name.starts_with("--") => {
                    ExitCode::from(2)
                }
                #[cfg(feature = "office")]
                CliError::Ended { status, .. } => ExitCode::from(status),
                _ => ExitCode::FAILURE,
            }
        }
    }
}

fn in_runtime(work: impl Future<Output = Result<(), CliError>>) -> Result<(), CliError> {
    let runtime = tokio::runtime::Runtime::new().map_err(|error| CliError::fault(&error))?;
    let done = runtime.block_on(work);
    // What still runs, such as a password that is being hashed, holds up nobody.
    runtime.shutdown_background();
    done
}

/// How the program speaks: in one language, results on standard output, everything else on standard error.
#[derive(Clone, Copy, Debug)]
struct Voice(Language);

impl Voice {
    /// The sentence of a key.
    fn sentence(self, key: &str, variables: &[(&str, String)]) -> String {
        say(self.0, key, variables)
    }

    /// A result, at once: who waits for it may read a pipe. That nobody reads it is no failure.
    fn tell(self, key: &str, variables: &[(&str, String)]) {
        line(&self.sentence(key, variables));
    }

    /// What is said beside the result.
    fn remark(self, key: &str, variables: &[(&str, String)]) {
        aside(&self.sentence(key, variables));
    }
}

/// A line on standard output, at once; that nobody reads it is no failure.
fn line(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

/// A line on standard error; that nobody reads it is no failure either.
fn aside(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn the_options_do_not_contradict_each_other() {
        speech::command(Language::En).debug_assert();
    }

    fn keys_in(folder: &Path, keys: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                keys_in(&path, keys);
            } else {
                let source = fs::read_to_string(path).unwrap();
                let quoted = source.split('"').skip(1).step_by(2);
                let plain = |text: &&str| {
                    text.starts_with("cli-")
                        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
                };
                keys.extend(quoted.filter(plain).filter(|key| *key != "cli-").map(str::to_owned));
            }
        }
    }

    #[test]
    fn every_sentence_of_the_command_line_is_written_in_both_languages() {
        let mut keys = BTreeSet::new();
        keys_in(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/cli"), &mut keys);
        assert!(keys.len() > 30, "the source was not read");
        for key in keys {
            for language in [Language::Fr, Language::En] {
                assert_ne!(say(language, &key, &[]), key, "not said in {language:?}");
            }
        }
    }
}
