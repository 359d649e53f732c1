//! A note being written: Enter breaks the line; Esc, then the proposal's Enter saves.

use super::{Effects, lines, verbs};
use crate::{
    console::{
        effect::Effect,
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            note::Note,
            prompt::{Act, Prompt},
            reception::Item,
        },
    },
    domain::{ids::RequestId, texts::LongText},
    i18n::say,
    replica::{Draft, DraftSubject, Given},
    wire::{bodies::AddNote, catalogue::Command},
};

/// What keys do in a note.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    let columns = model.size.columns;
    let Some(Layer::Note(note)) = model.layers.last_mut() else { return };
    if lines::act(&mut note.text, action, columns) {
        keep(model, effects);
    }
}

/// What the draft of a note on a request is kept under.
fn subject(request: RequestId) -> DraftSubject {
    DraftSubject::Form { name: format!("note.{request}") }
}

/// Opens a note on a request, with what was typed of it before.
pub fn open(model: &mut Model, request: RequestId) {
    let text = lines::of(model.world.drafts.get(&subject(request)).map_or("", |draft| &draft.text));
    model.layers.push(Layer::Note(Note { request, text }));
}

/// Keeps what is typed, on disk too.
pub fn keep(model: &mut Model, effects: &mut Effects) {
    let Some(Layer::Note(note)) = model.layers.last() else { return };
    let mut draft = Draft::new(subject(note.request), model.now);
    draft.text = note.text.lines().join("\n");
    if model.world.drafts.get(&draft.subject).map_or("", |kept| &kept.text) != draft.text {
        effects.push(Effect::KeepDraft(Box::new(draft.clone())));
        model.world.drafts.insert(draft.subject.clone(), draft);
    }
}

/// The note was left: it is proposed to be saved, and stays as a draft until it is.
pub fn left(model: &mut Model, effects: &mut Effects, note: &Note) {
    let written = note.text.lines().join("\n");
    if written.trim().is_empty() {
        throw_away(model, effects, subject(note.request));
        return;
    }
    let language = model.seat.language;
    let item = Item::Request(note.request);
    let what = [("what", verbs::name(model, item))];
    if let Ok(text) = written.parse() {
        let body = AddNote { id: model.ids.fresh(), text };
        let command = Command::NoteRequest { id: note.request, body };
        let prompt = Prompt::new(Action::Note, vec![item], say(language, "prompt-note", &what))
            .with(say(language, "choice-note-save", &[]), Act::Give(vec![command]))
            .with(say(language, "choice-note-go-on", &[]), Act::Note(note.request))
            .with(say(language, "choice-note-throw-away", &[]), Act::ThrowAway(subject(note.request)));
        model.layers.push(Layer::Prompt(prompt));
    } else {
        open(model, note.request);
        let count = [("count", LongText::MAX.to_string())];
        model.say(Tone::Trouble, say(language, "value-too-long", &count));
    }
}

/// Throws away what was typed.
pub fn throw_away(model: &mut Model, effects: &mut Effects, subject: DraftSubject) {
    if model.world.drafts.remove(&subject).is_some() {
        effects.push(Effect::DropDraft(subject));
    }
}

/// A command is on disk: the draft of a note that it carries may go.
pub fn safe(model: &mut Model, effects: &mut Effects, given: &Given) {
    if let Command::NoteRequest { id, .. } = &*given.command {
        throw_away(model, effects, subject(*id));
    }
}
