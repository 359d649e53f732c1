//! Keeping what is typed: on disk within half a second, with the claims' renewals, until what it became is on disk itself.

use super::take_up;
use crate::{
    console::{
        effect::Effect,
        model::{
            Model,
            line::{AT_REST, EntryLine, KEEP_EVERY, Saving, part},
            world::World,
        },
        update::Effects,
    },
    domain::{
        claim::{Claim, ClaimState, ClaimSubject},
        entity::EntityKind,
        ids::{CommandKey, ContactId},
        time::Instant,
    },
    replica::{Draft, DraftSubject},
    wire::{bodies::Renewal, change::Done},
};

/// Keeps what was typed, on disk too, whatever was kept a moment ago.
pub fn keep(model: &mut Model, effects: &mut Effects) {
    let Some(line) = &mut model.line else { return };
    if line.kept {
        return;
    }
    line.kept = true;
    line.kept_at = Some(model.now);
    let draft = line.draft(model.now);
    put(&mut model.world, effects, draft);
}

/// Puts a draft in the place of the former; one that holds nothing is dropped.
fn put(world: &mut World, effects: &mut Effects, draft: Draft) {
    world.drafts_turn += 1;
    if draft.is_empty() {
        if world.drafts.remove(&draft.subject).is_some() {
            effects.push(Effect::DropDraft(draft.subject));
        }
    } else {
        world.drafts.insert(draft.subject.clone(), draft.clone());
        effects.push(Effect::KeepDraft(Box::new(draft)));
    }
}

/// When what is typed is due on disk; none if it is there.
pub fn keep_due(model: &Model) -> Option<Instant> {
    let line = model.line.as_ref().filter(|line| !line.kept)?;
    Some(line.kept_at.map_or(model.now, |at| at.plus(KEEP_EVERY)))
}

/// When it can be said that what was typed is on disk; none if that is said already, or is not so.
pub fn told_due(model: &Model) -> Option<Instant> {
    let at = model.world.on_disk(model.line.as_ref()?)?;
    Some(at.plus(AT_REST)).filter(|due| *due > model.now)
}

/// Puts on disk what is due, and hands on what is held.
pub fn settle(model: &mut Model, effects: &mut Effects) {
    if keep_due(model).is_some_and(|due| due <= model.now) {
        keep(model, effects);
    }
    let turn = Some((model.world.board.generation(), model.world.drafts_turn));
    if model.world.held_with == turn {
        return;
    }
    model.world.held_with = turn;
    let held = renewals(model);
    if held != model.world.held {
        model.world.held.clone_from(&held);
        effects.push(Effect::Hold(held));
    }
}

/// What is held and was typed so far: whoever takes over gets it.
fn renewals(model: &Model) -> Vec<Renewal> {
    let world = &model.world;
    let Some(me) = world.board.me() else { return Vec::new() };
    let mine = world.board.all::<Claim>().filter(|shown| {
        shown.row.operator_id == me && shown.row.state != ClaimState::Released && shown.confirmed.is_some()
    });
    mine.map(|shown| {
        let subject = subject_of(shown.row.subject);
        // What is typed this moment goes along with the next draft: each key need not be handed on.
        let draft = world.drafts.get(&subject).cloned();
        let draft = draft.unwrap_or_else(|| Draft::new(subject, shown.row.since));
        // That nothing is left is told too: else what was saved long ago would come back at a take-over.
        let nothing = || serde_json::to_string(&draft).ok().and_then(|json| json.parse().ok());
        Renewal { id: shown.row.id, draft: draft.for_renewal().or_else(nothing) }
    })
    .collect()
}

const fn subject_of(subject: ClaimSubject) -> DraftSubject {
    match subject {
        ClaimSubject::Contact { id } => DraftSubject::Contact { id },
        ClaimSubject::Request { id } => DraftSubject::Request { id },
    }
}

/// A command is on disk: the draft it was made of may go.
pub fn safe(model: &mut Model, effects: &mut Effects, key: CommandKey) {
    if let Some(line) = &mut model.line
        && line.saving.iter().any(|saving| saving.key == key)
    {
        line.saving.retain(|saving| saving.key != key);
        line.kept = false;
        keep(model, effects);
        return;
    }
    let waits = |draft: &&Draft| saving(draft).iter().any(|saving| saving.key == key);
    let Some(mut draft) = model.world.drafts.values().find(waits).cloned() else { return };
    let rest: Vec<Saving> = saving(&draft).into_iter().filter(|saving| saving.key != key).collect();
    if rest.is_empty() {
        draft.fields.remove("saving");
    } else if let Ok(rest) = serde_json::to_value(rest) {
        draft.fields.insert("saving".into(), rest);
    }
    // What only says how a request came in is no draft of one.
    let only_aside = ["channel", "requester", "site"];
    if draft.text.is_empty() && draft.fields.keys().all(|name| only_aside.contains(&name.as_str())) {
        draft.fields.clear();
    }
    put(&mut model.world, effects, draft);
}

fn saving(draft: &Draft) -> Vec<Saving> {
    part(draft, "saving").unwrap_or_default()
}

/// A claim was taken over: what its former holder had typed comes with it, behind what stands in the line already.
pub fn took_over(model: &mut Model, effects: &mut Effects, done: &Done) {
    let Some(text) = done.aside.as_ref().and_then(|aside| aside.get("draft")).and_then(|text| text.as_str()) else {
        return;
    };
    let claims = done.changes.iter().filter(|change| change.entity == EntityKind::Claim);
    let taken: Option<ContactId> =
        claims.into_iter().find_map(|change| match model.world.board.get::<Claim>(change.id.into())?.row.subject {
            ClaimSubject::Contact { id } => Some(id),
            ClaimSubject::Request { .. } => None,
        });
    let Some(contact) = taken else { return };
    let subject = DraftSubject::Contact { id: contact };
    let mut theirs = Draft::from_renewal(text, subject.clone(), model.now);
    // What they saved is theirs, and on their way.
    theirs.fields.remove("saving");
    if theirs.is_empty() {
        return;
    }
    if let Some(line) = model.line.as_mut().filter(|line| line.contact == Some(contact) && !line.is_blank()) {
        let own = line.input.text().to_owned();
        let cursor = line.input.cursor();
        line.input = crate::console::model::field::Field::at(format!("{own} {}", theirs.text), cursor);
        line.changed();
        keep(model, effects);
        return;
    }
    if let Some(own) = model.world.drafts.get(&subject).filter(|own| !own.text.is_empty()) {
        theirs = Draft { text: format!("{} {}", own.text, theirs.text), ..own.clone() };
    }
    put(&mut model.world, effects, theirs);
    match &mut model.line {
        Some(line) if line.contact == Some(contact) => {
            take_up(&model.world, line);
            line.changed();
        }
        line if !line.as_ref().is_some_and(EntryLine::has_focus) => super::follow(model, effects),
        _ => {}
    }
}
