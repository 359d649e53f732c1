//! The command line in the user's language: what `--help` prints, and what is said of arguments that mean nothing.
//!
//! The words stand in the locales: a message `help-COMMAND` for each command, with an attribute for each of its arguments. What several
//! commands share is said once, at the command above them.

use super::Cli;
use crate::{
    domain::operator::Language,
    i18n::{found as said, say},
};
use clap::{
    Arg, Command, CommandFactory as _, Error, FromArgMatches as _, ValueEnum as _,
    error::{ContextKind, ContextValue, ErrorKind},
};
use std::{
    borrow::Cow,
    ffi::{OsStr, OsString},
    process::ExitCode,
};

/// How the program was called, and in which language it answers.
pub(super) struct Called {
    pub cli: Cli,
    pub language: Language,
}

/// Reads the arguments of the process; else the exit status with which all is over, once help or a sentence was printed.
pub(super) fn called(arguments: &[OsString], terminal: Language) -> Result<Called, ExitCode> {
    let language = asked(arguments).unwrap_or(terminal);
    let mut command = command(language);
    let cli = command.try_get_matches_from_mut(arguments).and_then(|matches| Cli::from_arg_matches(&matches));
    cli.map(|cli| Called { cli, language }).map_err(|error| match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Nobody reads it: no failure.
            let _ = error.print();
            u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from)
        }
        _ => refused(&sentence(&error, &command, arguments, language)),
    })
}

/// The exit status of arguments that mean nothing, once the sentence was said.
pub(super) fn refused(sentence: &str) -> ExitCode {
    super::aside(sentence);
    ExitCode::from(2)
}

/// The language that the arguments ask for: it has to be known before they are read.
fn asked(arguments: &[OsString]) -> Option<Language> {
    let mut words = arguments.iter().map(|word| word.to_string_lossy()).take_while(|word| word != "--");
    let mut value = None;
    while let Some(word) = words.next() {
        value = match word.strip_prefix("--lang") {
            Some("") => words.next().map(Cow::into_owned),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned).or(value),
            None => value,
        };
    }
    super::Lang::from_str(&value?, true).ok().map(Language::from)
}

/// The command line with every text in a language.
pub(super) fn command(language: Language) -> Command {
    let mut command = Cli::command();
    // What clap adds of its own can be worded only once it is there.
    command.build();
    worded(command, &[], language)
}

fn worded(mut command: Command, above: &[String], language: Language) -> Command {
    let mut path = above.to_vec();
    path.push(command.get_name().to_owned());
    if let Some(about) = said(language, &key(&path), &[]) {
        command = command.about(about).long_about(None);
    }
    // Clap writes the colon itself, without the space that French has before it.
    let heading = |name: &str| {
        let heading = say(language, &format!("help-heading-{name}"), &[]);
        heading.strip_suffix(':').map(str::to_owned).unwrap_or(heading)
    };
    let (positional, option) = (heading("arguments"), heading("options"));
    let usage = command.get_styles().get_usage();
    let usage = format!("{usage}{}{usage:#}", say(language, "help-heading-usage", &[]));
    let mut place = 0;
    command
        .help_template(format!("{{about-with-newline}}\n{usage} {{usage}}\n\n{{all-args}}"))
        .subcommand_help_heading(heading("commands"))
        .subcommand_value_name(value_name("COMMAND", language))
        .mut_args(|arg| {
            let heading = if arg.is_positional() { positional.clone() } else { option.clone() };
            place += 1;
            let order = match attribute(&path, arg.get_id().as_str(), language) {
                _ if matches!(arg.get_id().as_str(), "help" | "version") => usize::MAX,
                // A command's own options come before those that it shares.
                Some((depth, _)) => (path.len() - depth) * 1000 + place,
                None => place,
            };
            worded_argument(arg, &path, language).help_heading(heading).display_order(order)
        })
        .mut_subcommands(|below| worded(below, &path, language))
}

fn worded_argument(mut arg: Arg, path: &[String], language: Language) -> Arg {
    let mut help: Vec<String> =
        attribute(path, arg.get_id().as_str(), language).into_iter().map(|(_, help)| help).collect();
    if arg.get_action().takes_values() {
        let names = arg.get_value_names().unwrap_or_default();
        let names: Vec<String> = names.iter().map(|name| value_name(name, language)).collect();
        let list = |texts: Vec<String>| texts.join(", ");
        let possible = list(arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect());
        let default = list(arg.get_default_values().iter().map(|value| value.to_string_lossy().into_owned()).collect());
        for (key, values) in [("help-values", possible), ("help-default", default)] {
            help.extend((!values.is_empty()).then(|| say(language, key, &[("values", values)])));
        }
        arg = arg.value_names(names).hide_possible_values(true).hide_default_value(true);
    }
    arg.help(help.join(" ")).long_help(None)
}

/// The message of a command: that of `loge help demo` is that of `loge demo`.
fn key(path: &[String]) -> String {
    match path {
        [root] => format!("help-{root}"),
        [_, .., last] if last == "help" => "help-help".to_owned(),
        [_, below @ ..] => {
            let names: Vec<&str> = below.iter().map(String::as_str).filter(|name| *name != "help").collect();
            format!("help-{}", names.join("-"))
        }
        [] => String::new(),
    }
}

/// What is said of an argument, by its own command or else by the nearest one above, and how deep that one stands.
fn attribute(path: &[String], name: &str, language: Language) -> Option<(usize, String)> {
    (1..=path.len()).rev().find_map(|depth| {
        let help = said(language, &format!("{}.{name}", key(path.get(..depth)?)), &[])?;
        Some((depth, help))
    })
}

fn value_name(name: &str, language: Language) -> String {
    said(language, &format!("help-value-{name}"), &[]).unwrap_or_else(|| name.to_owned())
}

/// Hides what says how to reach an office.
#[cfg(all(feature = "console", feature = "office"))]
pub(super) fn without_office(arg: Arg) -> Arg {
    let reaches =
        ["offices", "login", "token_file", "token_command", "ca_file", "plain_http"].contains(&arg.get_id().as_str());
    if reaches { arg.hide(true) } else { arg }
}

/// What is wrong with the arguments, and what to write instead.
fn sentence(error: &Error, command: &Command, arguments: &[OsString], language: Language) -> String {
    let (path, command) = meant(command, arguments);
    let about = |kind| error.get(kind).map(ToString::to_string).filter(|text| !text.is_empty());
    let or_none = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
    // Only a slip of the fingers is worth a guess: who writes « serve » does not mean « erase ».
    let nearest = |kind, given: ContextKind| {
        let names = match error.get(kind) {
            Some(ContextValue::Strings(names)) => names.clone(),
            other => other.map(ToString::to_string).into_iter().collect(),
        };
        or_none(crate::config::nearest(&about(given).unwrap_or_default(), &names))
    };
    let argument = about(ContextKind::InvalidArg);
    let value = about(ContextKind::InvalidValue);
    let said = |key: &str, mut variables: Vec<(&str, String)>| {
        variables.push(("help", format!("{} --help", path.join(" "))));
        say(language, key, &variables)
    };
    let given = |given: Option<String>| ("given", or_none(given));
    match error.kind() {
        ErrorKind::UnknownArgument if argument.as_ref().is_some_and(|argument| !argument.starts_with('-')) => {
            said("cli-usage-too-much", vec![given(argument)])
        }
        ErrorKind::UnknownArgument => said(
            "cli-usage-option",
            vec![given(argument), ("nearest", nearest(ContextKind::SuggestedArg, ContextKind::InvalidArg))],
        ),
        ErrorKind::InvalidSubcommand => {
            let nearest = nearest(ContextKind::SuggestedSubcommand, ContextKind::InvalidSubcommand);
            said("cli-usage-command", vec![given(about(ContextKind::InvalidSubcommand)), ("nearest", nearest)])
        }
        ErrorKind::MissingRequiredArgument => said("cli-usage-missing", vec![("missing", or_none(argument))]),
        ErrorKind::InvalidValue if value.is_none() => said("cli-usage-no-value", vec![given(argument)]),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let found = argument.as_ref().and_then(|text| command.get_arguments().find(|arg| arg.to_string() == *text));
            let expected = about(ContextKind::ValidValue).or_else(|| {
                found.and_then(|arg| Some(attribute(&path, &format!("{}-expects", arg.get_id()), language)?.1))
            });
            let name = found.map(option_name).or(argument);
            let variables = vec![
                given(value),
                ("option", or_none(name)),
                ("expected", or_none(expected)),
                ("nearest", nearest(ContextKind::SuggestedValue, ContextKind::InvalidValue)),
            ];
            said("cli-usage-value", variables)
        }
        ErrorKind::TooManyValues => said("cli-usage-flag", vec![given(argument)]),
        ErrorKind::ArgumentConflict => {
            let prior = or_none(about(ContextKind::PriorArg));
            let key = if argument.as_ref() == Some(&prior) { "cli-usage-twice" } else { "cli-usage-together" };
            said(key, vec![given(argument), ("other", prior)])
        }
        _ => said("cli-usage-wrong", Vec::new()),
    }
}

/// An argument's name, without what it takes.
fn option_name(arg: &Arg) -> String {
    arg.get_long().map_or_else(|| arg.to_string(), |long| format!("--{long}"))
}

/// The command that the arguments lead to, with its path.
fn meant<'a>(root: &'a Command, arguments: &[OsString]) -> (Vec<String>, &'a Command) {
    let (mut path, mut command) = (vec![root.get_name().to_owned()], root);
    for word in arguments.iter().skip(1).map(OsString::as_os_str).take_while(|word| *word != OsStr::new("--")) {
        if let Some(below) = word.to_str().and_then(|name| command.find_subcommand(name)) {
            path.push(below.get_name().to_owned());
            command = below;
        }
    }
    (path, command)
}

#[cfg(test)]
mod tests {
    use super::*;
    use rstest::rstest;
    use std::{any::TypeId, path::PathBuf};

    const BOTH: [Language; 2] = [Language::Fr, Language::En];

    /// Every command with its path, those that clap adds included.
    fn commands(command: &Command, above: &[String], found: &mut Vec<(Vec<String>, Command)>) {
        let mut path = above.to_vec();
        path.push(command.get_name().to_owned());
        for below in command.get_subcommands() {
            commands(below, &path, found);
        }
        found.push((path, command.clone()));
    }

    fn all(language: Language) -> Vec<(Vec<String>, Command)> {
        let mut found = Vec::new();
        commands(&command(language), &[], &mut found);
        found
    }

    #[test]
    fn every_command_and_argument_says_what_it_is_for_in_both_languages() {
        for language in BOTH {
            let commands = all(language);
            assert!(commands.len() > 5, "the commands were not found");
            for (path, command) in commands {
                assert!(said(language, &key(&path), &[]).is_some(), "{path:?} in {language:?}");
                for arg in command.get_arguments().filter(|arg| !arg.is_hide_set()) {
                    let id = arg.get_id().as_str();
                    assert!(attribute(&path, id, language).is_some(), "{path:?} {id} in {language:?}");
                }
            }
        }
    }

    #[test]
    fn what_an_argument_takes_has_a_name_in_french_and_an_explanation_where_not_every_text_will_do() {
        let plain = [TypeId::of::<String>(), TypeId::of::<PathBuf>()];
        let (mut plain_command, mut found) = (Cli::command(), Vec::new());
        plain_command.build();
        commands(&plain_command, &[], &mut found);
        for (path, command) in found {
            for arg in command.get_arguments().filter(|arg| arg.get_action().takes_values() && !arg.is_hide_set()) {
                for name in arg.get_value_names().unwrap_or_default() {
                    let worded = said(Language::Fr, &format!("help-value-{name}"), &[]).is_some();
                    assert!(worded || name.contains(['|', ':']), "{path:?} {name}");
                }
                let any = plain.iter().any(|plain| arg.get_value_parser().type_id() == *plain);
                let expects = attribute(&path, &format!("{}-expects", arg.get_id()), Language::Fr);
                assert!(any || !arg.get_possible_values().is_empty() || expects.is_some(), "{path:?} {arg}");
            }
        }
    }

    #[test]
    fn nothing_of_a_french_help_is_left_in_english() {
        for (path, mut command) in all(Language::Fr) {
            let help = command.render_long_help().to_string();
            for english in
                ["Usage:", "Options:", "Commands:", "Arguments:", "Print ", "[default", "[possible", "[alias"]
            {
                assert!(!help.contains(english), "{path:?} says {english}: {help}");
            }
            assert!(help.contains("Utilisation\u{a0}:"), "{help}");
        }
    }

    fn told(arguments: &str, language: Language) -> String {
        let arguments: Vec<OsString> = arguments.split(' ').map(OsString::from).collect();
        let mut command = command(language);
        let error = command.try_get_matches_from_mut(&arguments).unwrap_err();
        sentence(&error, &command, &arguments, language)
    }

    #[rstest]
    #[case(
        "loge raed x",
        "La commande raed n'existe pas. Vouliez-vous écrire read\u{a0}? loge --help montre les commandes."
    )]
    #[case(
        "loge read x --drectory y",
        "L'option --drectory n'existe pas ici. Vouliez-vous écrire --directory\u{a0}? loge read --help montre les options."
    )]
    #[case("loge read", "Il manque <PHRASE>. Complétez la commande\u{a0}; loge read --help montre ce qu'elle attend.")]
    #[case(
        "loge read x y",
        "«\u{a0}y\u{a0}» est de trop. Retirez-le, ou mettez entre guillemets ce qui va ensemble\u{a0}; loge read --help montre ce qui est attendu."
    )]
    #[case(
        "loge read x --site",
        "Il manque la valeur de --site <NOM>. Écrivez-la juste après\u{a0}; loge read --help montre ce qui est attendu."
    )]
    #[case("loge --lang de read x", "«\u{a0}de\u{a0}» ne convient pas à --lang. Donnez\u{a0}: fr, en.")]
    #[case(
        "loge load --login a --password-file b --clients 0",
        "«\u{a0}0\u{a0}» ne convient pas à --clients. Donnez\u{a0}: un nombre entier de 1 à 1000."
    )]
    #[case("loge read x --json=1", "--json ne prend pas de valeur. Écrivez l'option seule.")]
    #[case("loge read x --site a --site b", "L'option --site <NOM> est donnée deux fois. Gardez-en une.")]
    fn arguments_that_mean_nothing_are_told_with_what_to_write(#[case] arguments: &str, #[case] expected: &str) {
        assert_eq!(told(arguments, Language::Fr), expected);
        assert_ne!(told(arguments, Language::En), expected);
    }

    #[test]
    fn the_language_is_known_before_the_arguments_are() {
        let asked = |line: &str| asked(&line.split(' ').map(OsString::from).collect::<Vec<_>>());
        assert_eq!(asked("loge --lang en demo"), Some(Language::En));
        assert_eq!(asked("loge demo --lang=fr --seed x"), Some(Language::Fr));
        assert_eq!(asked("loge demo --lang de"), None);
        assert_eq!(asked("loge read -- --lang en"), None);
    }
}
