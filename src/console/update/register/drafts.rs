//! What is typed in the register and not saved yet: each line of an entry, and a new entry, is a draft of its own.

use super::Effects;
use crate::{
    console::{
        effect::Effect,
        model::{
            Model,
            layer::Layer,
            register::{About, Typed},
        },
        register::{EntryId, Line, Part, Row},
        update::note,
    },
    replica::{Draft, DraftSubject},
};

/// The part of a draft's name that all of the register's share.
const REGISTER: &str = "register.";

/// What a draft of the register is about.
fn subject(part: Part, about: &About) -> DraftSubject {
    let name = match about {
        About::Line(row, line) => format!("{}{}", of_entry(row.id()), of_line(*line)),
        About::New => match part {
            Part::Providers => format!("{REGISTER}provider.new"),
            Part::Services => format!("{REGISTER}service.new"),
        },
    };
    DraftSubject::Form { name }
}

/// What the names of an entry's drafts begin with.
fn of_entry(id: EntryId) -> String {
    match id {
        EntryId::Provider(id) => format!("{REGISTER}provider.{id}."),
        EntryId::Service(id) => format!("{REGISTER}service.{id}."),
    }
}

fn of_line(line: Line) -> String {
    let which = match line {
        Line::Does(service) => service.to_string(),
        Line::Member(provider) => provider.to_string(),
        Line::Days(place) => place.to_string(),
        _ if line.is_more() => "more".to_owned(),
        _ => return line.key().to_owned(),
    };
    format!("{}.{which}", line.key())
}

/// What was typed of a line and not saved, if anything was.
pub fn text_of(model: &Model, part: Part, about: &About) -> Option<String> {
    let draft = model.world.drafts.get(&subject(part, about))?;
    Some(draft.text.clone())
}

/// Whether something that was typed of an entry is not saved; of a new one where none is named.
pub fn is_of(model: &Model, part: Part, row: Option<&Row>) -> bool {
    let begin = match row {
        Some(row) => of_entry(row.id()),
        None => return model.world.drafts.contains_key(&subject(part, &About::New)),
    };
    let named = |subject: &DraftSubject| matches!(subject, DraftSubject::Form { name } if name.starts_with(&begin));
    model.world.drafts.keys().any(named)
}

/// Keeps what is typed, on disk too; what stands there anyway is none.
pub fn keep(model: &mut Model, effects: &mut Effects) {
    let Some(Layer::Register(register)) = model.layers.last() else { return };
    let Some(Typed { field, about, stood, .. }) = &register.typed else { return };
    let subject = subject(register.part, about);
    if field.text() == stood {
        note::throw_away(model, effects, subject);
        return;
    }
    let mut draft = Draft::new(subject, model.now);
    field.text().clone_into(&mut draft.text);
    if model.world.drafts.get(&draft.subject).is_none_or(|kept| kept.text != draft.text) {
        effects.push(Effect::KeepDraft(Box::new(draft.clone())));
        model.world.drafts.insert(draft.subject.clone(), draft);
    }
}

/// Throws away what was typed; whether there was anything.
pub fn throw_away(model: &mut Model, effects: &mut Effects, part: Part, about: &About) -> bool {
    let subject = subject(part, about);
    let was = model.world.drafts.contains_key(&subject);
    note::throw_away(model, effects, subject);
    was
}
