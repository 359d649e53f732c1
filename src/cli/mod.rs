//! The command line: reads what was asked for, does it, and ends in one sentence and an exit status.

mod error;
mod load;
#[cfg(feature = "office")]
mod office;

use crate::{
    domain::operator::Language,
    i18n::{self, say},
};
use clap::{Parser, Subcommand, ValueEnum};
use error::CliError;
use std::{io::Write as _, process::ExitCode};

/// The dispatch console of a conciergerie solidaire, and its back office.
#[derive(Debug, Parser)]
#[command(name = "loge", version, arg_required_else_help = true)]
struct Cli {
    /// The language of what is said [default: the terminal's]
    #[arg(long, global = true, value_name = "LANGUAGE")]
    lang: Option<Lang>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Lang {
    /// French.
    Fr,
    /// English.
    En,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The back office: serve it, or look after its database.
    #[cfg(feature = "office")]
    Office(office::OfficeArgs),
    /// Puts a load on an office of this machine, and prints what it took.
    Load(load::LoadArgs),
    /// The back office, which is not in this build.
    #[cfg(not(feature = "office"))]
    Office {
        /// Whatever was asked of it.
        #[arg(trailing_var_arg = true, allow_hyphen_values = true, hide = true)]
        rest: Vec<String>,
    },
}

/// Runs the program as its arguments say: 0 if all went well, 1 if it failed, which one sentence on standard error explains, 2 if the
/// arguments mean nothing.
pub fn run() -> ExitCode {
    let cli = Cli::parse();
    let language = match cli.lang {
        Some(Lang::Fr) => Language::Fr,
        Some(Lang::En) => Language::En,
        None => i18n::from_environment(|name| std::env::var(name).ok()),
    };
    let done = match cli.command {
        #[cfg(feature = "office")]
        Command::Office(args) => in_runtime(office::run(args, Voice(language))),
        Command::Load(args) => in_runtime(load::run(args, Voice(language))),
        #[cfg(not(feature = "office"))]
        Command::Office { .. } => Err(CliError::sentence("cli-no-office", Vec::new())),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if let Some(sentence) = error.said(language) {
                aside(&sentence);
            }
            ExitCode::FAILURE
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
        let mut out = std::io::stdout().lock();
        let _ = writeln!(out, "{}", self.sentence(key, variables)).and_then(|()| out.flush());
    }

    /// What is said beside the result.
    #[cfg(feature = "office")]
    fn remark(self, key: &str, variables: &[(&str, String)]) {
        aside(&self.sentence(key, variables));
    }
}

/// A line on standard error; that nobody reads it is no failure either.
fn aside(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory as _;
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn the_options_do_not_contradict_each_other() {
        Cli::command().debug_assert();
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
