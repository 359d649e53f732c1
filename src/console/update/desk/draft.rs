//! What is under way at a desk and not yet done: labels read of a taking in, explanations of a closing, what stands in the field. Kept as a
//! draft of the session, so that it is there again after a crash, or at another desk opened meanwhile.

use super::super::{Effects, note};
use crate::{
    console::{
        effect::Effect,
        model::{
            Model, Screen, Tone,
            desk::{Closing, Desk, Taking},
            field::Field,
        },
    },
    domain::ids::PermanenceId,
    i18n::say,
    replica::{Draft, DraftSubject},
};

const TAKING: &str = "taking";
const EXPLAINED: &str = "explained";

fn subject(permanence: PermanenceId) -> DraftSubject {
    DraftSubject::Form { name: format!("desk.{permanence}") }
}

/// What is under way as a draft; an empty one if nothing is.
fn of(model: &Model, permanence: PermanenceId) -> Draft {
    let desk = &model.desk;
    let mut draft = Draft::new(subject(permanence), model.now);
    desk.scan.text().clone_into(&mut draft.text);
    let taking = desk.taking.as_ref().filter(|taking| !taking.labels.is_empty());
    let explained = desk.closing.as_ref().map(|closing| &closing.explained).filter(|explained| !explained.is_empty());
    let parts = [
        (TAKING, taking.and_then(|taking| serde_json::to_value(taking).ok())),
        (EXPLAINED, explained.and_then(|explained| serde_json::to_value(explained).ok())),
    ];
    draft.fields.extend(parts.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))));
    draft
}

/// Keeps what is under way at the desk that is shown, on disk too.
pub fn keep(model: &mut Model, effects: &mut Effects) {
    let (Screen::Desk, Some(permanence)) = (model.screen, model.desk.permanence) else { return };
    let draft = of(model, permanence);
    if draft.is_empty() {
        note::throw_away(model, effects, draft.subject);
        return;
    }
    let is_kept = |kept: &Draft| kept.text == draft.text && kept.fields == draft.fields;
    if !model.world.drafts.get(&draft.subject).is_some_and(is_kept) {
        effects.push(Effect::KeepDraft(Box::new(draft.clone())));
        model.world.drafts.insert(draft.subject.clone(), draft);
    }
}

/// Takes up what was under way, where nothing is.
pub fn take_up(model: &mut Model) {
    let Desk { permanence: Some(permanence), taking: None, closing: None, .. } = &model.desk else { return };
    let Some(draft) = model.world.drafts.get(&subject(*permanence)).filter(|_| model.desk.scan.text().is_empty())
    else {
        return;
    };
    let part = |name: &str| draft.fields.get(name).cloned();
    let taking: Option<Taking> = part(TAKING).and_then(|value| serde_json::from_value(value).ok());
    let explained = part(EXPLAINED).and_then(|value| serde_json::from_value(value).ok());
    let closing = explained.map(|explained| Closing { explained, left: Vec::new() });
    let language = model.seat.language;
    let words = match (&taking, &closing) {
        (Some(taking), _) => Some(say(language, "desk-taken-up-labels", &[("count", taking.labels.len().to_string())])),
        (None, Some(closing)) => {
            Some(say(language, "desk-taken-up-closing", &[("count", closing.explained.len().to_string())]))
        }
        (None, None) => None,
    };
    model.desk.scan = Field::holding(draft.text.clone());
    (model.desk.taking, model.desk.closing) = (taking, closing);
    if let Some(words) = words {
        model.say(Tone::Plain, words);
    }
}
