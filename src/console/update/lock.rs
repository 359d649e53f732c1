//! Locking and unlocking: by hand, or by itself after a time without a key. Everything goes on below: what comes in, rings, drafts, claims.

#[cfg(test)]
mod tests;

use super::{Effects, keys, line, quit, sign_in};
use crate::{
    config::console::TokenSource,
    console::{
        effect::Effect,
        keymap::{Action, Key, Reading},
        model::{Model, connection::Connection, lock::Lock, prompt::Act, sign_in::Asked},
        session::{Behind, Latch, NotLetIn, Proof, Unlocked},
    },
    domain::time::Instant,
    i18n::say,
    replica::Lane,
};

/// Locks the console.
pub fn lock(model: &mut Model, effects: &mut Effects) {
    line::keep(model, effects);
    model.lock = Some(Lock::default());
    latch(model, effects, Latch::Locked);
    effects.push(Effect::Redraw);
}

/// When it locks if no key is pressed before.
pub fn due(model: &Model) -> Option<Instant> {
    model.seat.lock_after.filter(|_| model.lock.is_none()).map(|after| model.touched_at.plus(after))
}

/// Locks if it is time. Who speaks on the telephone is there, whatever their hands do.
pub fn if_due(model: &mut Model, effects: &mut Effects) {
    if model.world.open_contacts(Lane::Phone).any(|shown| model.world.is_spoken_on(shown.row)) {
        model.touched_at = model.now;
    }
    if due(model).is_some_and(|due| due <= model.now) {
        lock(model, effects);
    }
}

/// A console that another one took over from has no say in how that one is started.
fn latch(model: &Model, effects: &mut Effects, latch: Latch) {
    if model.way_in == TokenSource::Login && model.connection != Connection::TakenOver {
        effects.push(Effect::Latch(latch));
    }
}

/// A key while it is locked: text is the password, and nothing else is done but what leads out.
pub fn pressed(model: &mut Model, effects: &mut Effects, key: Key) {
    match model.keymap.read(model.context(), key) {
        Reading::Act(action) => act(model, effects, action),
        Reading::Choose(number) => choose(model, effects, usize::from(number).saturating_sub(1)),
        Reading::Text(character) => typed(model, character),
        Reading::CapsLock | Reading::Nothing => {}
    }
}

/// Pasted text is typed text, and never submits.
pub fn pasted(model: &mut Model, text: &str) {
    text.chars().filter(|character| !character.is_control()).for_each(|character| typed(model, character));
}

fn typed(model: &mut Model, character: char) {
    let has_field = model.way_in == TokenSource::Login;
    if let Some(lock) = model.lock.as_mut().filter(|lock| has_field && lock.ways.is_none()) {
        lock.sign_in.field.type_in(character);
    }
}

fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let language = model.seat.language;
    let Some(lock) = &mut model.lock else { return };
    match action {
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Leave if lock.ways.is_some() => lock.ways = None,
        Action::Leave => {
            lock.sign_in.take();
            let ways = quit::ways(model);
            model.lock = Some(Lock { ways: Some(ways), ..model.lock.take().unwrap_or_default() });
        }
        Action::ChoiceOk => choose(model, effects, 0),
        _ if lock.ways.is_some() => {}
        Action::TextSave => open(model, effects),
        Action::ClaimRinging | Action::NextOwnCall => lock.sign_in.why = Some(say(language, "lock-first", &[])),
        _ => {
            if let Some(editing) = keys::editing(action) {
                lock.sign_in.field.edit(editing);
            }
        }
    }
}

/// Tries what was typed, or the token.
fn open(model: &mut Model, effects: &mut Effects) {
    let behind = if model.connection == Connection::SignedOut { Behind::Ended } else { Behind::Live };
    let by_password = model.way_in == TokenSource::Login;
    let Some(Lock { sign_in, .. }) = &mut model.lock else { return };
    if sign_in.asked == Asked::Waiting || (by_password && sign_in.field.text().is_empty()) {
        return;
    }
    (sign_in.asked, sign_in.why) = (Asked::Waiting, None);
    let password = sign_in.take();
    let proof = if by_password { Proof::Password(password) } else { Proof::Token };
    effects.push(Effect::Unlock { proof, behind });
}

fn choose(model: &mut Model, effects: &mut Effects, place: usize) {
    let Some(lock) = &mut model.lock else { return };
    let Some(choice) = lock.ways.as_ref().and_then(|ways| ways.choices.get(place)) else { return };
    match choice.act {
        Act::Quit => effects.push(Effect::Quit),
        Act::HandOver => effects.push(Effect::HandOver),
        _ => lock.ways = None,
    }
}

/// What came of an attempt to open it.
pub fn answered(model: &mut Model, effects: &mut Effects, answer: Result<Unlocked, NotLetIn>) {
    if model.lock.is_none() {
        return;
    }
    match answer {
        Ok(unlocked) => {
            model.lock = None;
            latch(model, effects, Latch::Open);
            if let Unlocked::ByOffice(let_in) = unlocked {
                sign_in::entered(model, effects, *let_in);
            }
        }
        Err(why) => {
            let sentence = sign_in::refused(model, &why);
            if let Some(lock) = &mut model.lock {
                lock.sign_in.asked = Asked::NotYet;
                lock.sign_in.why = Some(sentence);
            }
        }
    }
}
