//! Getting in again when the session has ended: a password is asked for, a token is read anew; what was done meanwhile then goes out.

#[cfg(test)]
mod tests;

use super::Effects;
use crate::{
    client::ClientError,
    config::console::TokenSource,
    console::{
        effect::Effect,
        keymap::{Action, Context},
        model::{
            Model, Tone,
            connection::Connection,
            layer::Layer,
            sign_in::{Asked, SignIn},
        },
        session::{LetIn, NotLetIn, Proof, SessionError},
    },
    i18n::{say, worded},
    wire::problem::ProblemKind,
};

/// Asks for the password, or reads the token anew.
pub fn open(model: &mut Model, effects: &mut Effects) {
    let language = model.seat.language;
    if model.connection != Connection::SignedOut {
        model.say(Tone::Plain, say(language, "notice-signed-in", &[]));
        return;
    }
    if matches!(model.layers.last(), Some(Layer::SignIn(_))) {
        return;
    }
    if model.way_in == TokenSource::Login {
        model.layers.push(Layer::SignIn(SignIn::default()));
    } else {
        model.say(Tone::Plain, say(language, "notice-token-read", &place(model)));
        effects.push(Effect::LogIn(Proof::Token));
    }
}

/// What keys do in the field.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let Some(Layer::SignIn(sign_in)) = model.layers.last_mut() else { return };
    if action == Action::TextSave && sign_in.asked == Asked::NotYet && !sign_in.field.text().is_empty() {
        sign_in.asked = Asked::Waiting;
        sign_in.why = None;
        let password = sign_in.take();
        effects.push(Effect::LogIn(Proof::Password(password)));
    }
}

/// The office has answered.
pub fn answered(model: &mut Model, effects: &mut Effects, answer: Result<LetIn, NotLetIn>) {
    match answer {
        Ok(let_in) => entered(model, effects, let_in),
        Err(why) => {
            let sentence = refused(model, &why);
            let field = model.layers.iter_mut().find_map(|layer| match layer {
                Layer::SignIn(sign_in) => Some(sign_in),
                _ => None,
            });
            match field {
                Some(sign_in) => {
                    sign_in.asked = Asked::NotYet;
                    sign_in.why = Some(sentence);
                }
                None => model.say(Tone::Trouble, sentence),
            }
        }
    }
}

/// Somebody is in again: what waited goes on.
pub(super) fn entered(model: &mut Model, effects: &mut Effects, let_in: LetIn) {
    let language = model.seat.language;
    model.layers.retain(|layer| !matches!(layer, Layer::SignIn(_)));
    model.seat.operator = let_in.operator;
    if model.connection == Connection::SignedOut {
        model.connection = Connection::Starting { as_of: None };
    }
    match let_in.unkept {
        None => {
            let count = [("count", model.world.board.to_send().to_string())];
            model.say(Tone::Done, say(language, "notice-signed-in-again", &count));
        }
        Some(error) => not_kept(model, &error),
    }
    effects.push(Effect::GoOn);
}

/// The file of the session is not as it should be.
pub(super) fn not_kept(model: &mut Model, why: &SessionError) {
    let (key, variables) = why.words();
    model.say(Tone::Trouble, say(model.seat.language, key, &variables));
}

/// Where a token comes from, as sentences name it.
fn place(model: &Model) -> [(&'static str, String); 2] {
    let place = match &model.way_in {
        TokenSource::File(file) => file.display().to_string(),
        TokenSource::Command(command) => command.program.clone(),
        TokenSource::Login => String::new(),
    };
    let way = match model.lock {
        Some(_) => model.keymap.way(Context::Text, Action::TextSave, model.seat.language),
        None => format!(":{}", Action::SignIn.command(model.seat.language)),
    };
    [("place", place), ("way", way)]
}

/// Why nobody is let in, in a sentence.
pub(super) fn refused(model: &Model, why: &NotLetIn) -> String {
    let language = model.seat.language;
    match why {
        NotLetIn::Token(error) => {
            let (key, variables) = error.words();
            say(language, key, &variables)
        }
        NotLetIn::Another(login) => say(language, "sign-in-another", &[("login", login.as_str().to_owned())]),
        NotLetIn::Office(ClientError::Problem(problem)) => {
            let is_token = model.way_in != TokenSource::Login;
            if is_token && problem.known() == Some(ProblemKind::NotLoggedIn) {
                let key = match model.way_in {
                    TokenSource::Command(_) => "sign-in-token-of-command",
                    _ => "sign-in-token-in-file",
                };
                return say(language, key, &place(model));
            }
            worded((**problem).clone(), language).detail
        }
        NotLetIn::NotKnownHere => say(language, "lock-not-known", &[]),
        NotLetIn::Office(ClientError::Unreachable(_)) => say(language, "sign-in-unreachable", &[]),
        NotLetIn::Office(ClientError::Protocol(_)) => say(language, "sign-in-no-sense", &[]),
    }
}
