//! What can be done now, and what most likely comes next: for hints and help.

mod tables;

use self::tables::{CARD, on_row};
use super::{items, items_of, rules};
use crate::{
    console::{
        keymap::{Action, Context, Hint},
        model::{
            Model, Screen, activity,
            connection::Connection,
            desk as desk_model,
            dispatch::Tab,
            layer::Layer,
            letter::LetterFocus,
            line::{Brought, EntryLine, LineFocus},
            prompt::Prompt,
            reception::Item,
            register::{About, Register},
            rounds,
        },
        update::{desk, letter::calling, recurring, register, rounds as update_rounds},
    },
    domain::{
        ids::{HeldId, RequestId},
        permanence::PermanenceState,
    },
    i18n::say,
};

/// What can come next, and how it is called at the focus at hand where that says more than the key table does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// What.
    pub action: Action,
    /// The attribute of the action's words that says it.
    named: Option<&'static str>,
}

impl Step {
    const fn named(action: Action, named: &'static str) -> Self {
        Self { action, named: Some(named) }
    }

    /// As a hint: the key that does it there and what it does; none if no key does.
    pub fn hint(self, model: &Model) -> Option<Hint> {
        let language = model.seat.language;
        let hint = model.keymap.hint(model.context(), self.action, true, language)?;
        let words = match self.named {
            Some(named) => say(language, &format!("{}.{named}", self.action.row().words), &[]),
            None => hint.words,
        };
        let key = if self.action == Action::Choose { numbers(choices(model)) } else { hint.key };
        Some(Hint { key, words, ..hint })
    }
}

impl From<Action> for Step {
    fn from(action: Action) -> Self {
        Self { action, named: None }
    }
}

/// How many choices are numbered.
fn choices(model: &Model) -> usize {
    match model.layers.last() {
        Some(Layer::Prompt(prompt)) => prompt.choices.len(),
        _ => model.line.as_ref().and_then(EntryLine::question).map_or(0, |question| question.answers.len()),
    }
}

/// The digits of so many choices.
fn numbers(choices: usize) -> String {
    match choices.min(9) {
        0 | 1 => "1".to_owned(),
        last => format!("1…{last}"),
    }
}

/// Whether an action would do anything just now.
pub fn enabled(model: &Model, action: Action) -> bool {
    if !rules::permitted(model, action) {
        return false;
    }
    // What lies under the help is what it tells of.
    let layer = model.layers.iter().rev().find(|layer| !matches!(layer, Layer::Help(_)));
    match action {
        Action::Accept
        | Action::Open
        | Action::Edit
        | Action::Reply
        | Action::Cancel
        | Action::Up
        | Action::Back
        | Action::NextPane
        | Action::PrevPane
            if matches!(layer, Some(Layer::Letter(_))) =>
        {
            true
        }
        Action::Open | Action::Suspend | Action::Cancel | Action::Edit | Action::Up | Action::Down
            if matches!(layer, Some(Layer::Recurring(_))) =>
        {
            recurring::chosen(model).is_some()
        }
        Action::Edit | Action::Open | Action::Cancel | Action::NewRequest | Action::Filter | Action::Back
            if matches!(layer, Some(Layer::Register(_))) =>
        {
            true
        }
        Action::NextField | Action::PrevField => matches!(layer, Some(Layer::Letter(_))),
        Action::ClaimRinging => model.world.ringing().next().is_some(),
        Action::NextOwnCall => {
            let here = model.line.as_ref().filter(|line| line.has_focus()).and_then(|line| line.contact);
            model.world.own_calls().iter().any(|call| Some(call.row.id) != here)
        }
        Action::KeepView => !model.requests.filter.trim().is_empty(),
        Action::ForgetView => !model.preferences().views.is_empty(),
        Action::Undo => model.world.board.undoing(model.now).is_some(),
        Action::Settle => model.world.board.to_settle() > 0,
        Action::SignIn => model.connection == Connection::SignedOut,
        Action::Repeat => layer.is_none() && model.last.as_ref().is_some_and(|last| can(model, last.verb)),
        Action::Mark | Action::MarkRange | Action::MarkAll => {
            let is_marked = match model.screen {
                Screen::Reception | Screen::Rounds | Screen::Activity | Screen::Desk => false,
                Screen::Dispatch => {
                    model.dispatch.tab == Tab::ToAssign && model.dispatch.to_assign.selected().is_some()
                }
                Screen::Requests => model.requests.list.selected().is_some(),
            };
            layer.is_none() && is_marked
        }
        Action::NextPane | Action::PrevPane => layer.is_none() && model.screen != Screen::Requests,
        Action::Right if model.screen == Screen::Dispatch => layer.is_none() && has_others(model),
        Action::Filter | Action::NewRequest | Action::Scan => layer.is_none(),
        Action::DayBefore | Action::DayAfter if model.screen == Screen::Rounds => layer.is_none(),
        Action::Replan | Action::NewRound => model.screen == Screen::Rounds,
        Action::Accept if layer.is_none() && update_rounds::is_free(model) => true,
        Action::DayBefore => layer.is_none() && model.screen == Screen::Activity,
        Action::DayAfter => layer.is_none() && model.screen == Screen::Activity && model.activity.day.is_some(),
        Action::Left if model.screen == Screen::Activity => {
            layer.is_none() && model.activity.span != activity::Span::Day
        }
        Action::Right if model.screen == Screen::Activity => {
            layer.is_none() && model.activity.span != activity::Span::Year
        }
        Action::Pay => layer.is_none() && model.screen == Screen::Desk,
        Action::Accept if model.screen == Screen::Desk && layer.is_none() => {
            desk::session(model).is_some_and(|session| {
                let today = model.now.civil(&session.zone).date();
                session.state == PermanenceState::Open
                    || (matches!(session.state, PermanenceState::Planned | PermanenceState::Missed)
                        && session.fields.window.date() == today)
            })
        }
        Action::Back => layer.is_some() || model.screen != Screen::Reception || model.reception.came_from.is_some(),
        Action::Open => match layer {
            Some(_) => true,
            None if model.screen == Screen::Activity => opens(model),
            None if model.screen == Screen::Rounds => model.rounds.board.selected().is_some(),
            None if model.screen == Screen::Desk => model.desk.selected().is_some(),
            None => !items(model).is_empty(),
        },
        _ if rules::commands(action).is_empty() => true,
        _ => can(model, action),
    }
}

/// Whether the line of the journal that is selected is about a request.
fn opens(model: &Model) -> bool {
    let line = model.activity.selected().filter(|_| model.activity.pane == activity::Pane::Journal);
    line.is_some_and(|line| line.request_id.is_some())
}

/// Whether another provider than the recommended one can be chosen for the row that is looked at.
fn has_others(model: &Model) -> bool {
    let ranking = model.dispatch.looked_at(&model.world).and_then(|id| model.dispatch.ranking(id));
    model.dispatch.tab != Tab::Held && ranking.is_some_and(|ranking| ranking.ranked.len() > 1)
}

/// Whether a verb can act on any row at hand. Of many rows marked, those looked at suffice to know.
fn can(model: &Model, action: Action) -> bool {
    let mut drawn = items_of(model, action).into_iter().take(50).filter_map(|item| rules::drawn(&model.world, item));
    drawn.any(|row| rules::command(model, action, &row).is_ok())
}

/// The likely next steps at the focus at hand, the likeliest first; only what would do something.
pub fn next_steps(model: &Model) -> Vec<Step> {
    let mut steps = match model.layers.last() {
        Some(Layer::Prompt(prompt)) => in_prompt(prompt),
        Some(Layer::Note(_)) => vec![Step::named(Action::Leave, "note"), Action::LineBreak.into()],
        Some(Layer::Letter(letter)) => match letter.focus {
            LetterFocus::Text => {
                let fields = [Action::NextField, Action::PrevField].map(Step::from);
                [Step::named(Action::Leave, "reply"), Action::LineBreak.into()].into_iter().chain(fields).collect()
            }
            LetterFocus::To | LetterFocus::Subject => {
                vec![Action::NextField.into(), Action::PrevField.into(), Step::named(Action::Leave, "reply")]
            }
            LetterFocus::Answered => vec![
                Step::named(Action::Down, "reply"),
                Step::named(Action::Open, "reply"),
                Step::named(Action::NextPane, "reply"),
                Step::named(Action::Leave, "reply"),
            ],
            LetterFocus::Foot => vec![
                Step::named(Action::Accept, "reply"),
                Step::named(Action::Open, "reply"),
                Step::named(Action::Leave, "draft"),
                Step::named(Action::Cancel, "reply"),
            ],
        },
        Some(Layer::Party(search)) => {
            let persons = search.found.len();
            let anew = search.new_person().is_some();
            let enter = if search.is_new() { "person" } else { "choice" };
            let enter = (persons > 0 || anew).then_some(Step::named(Action::TextSave, enter));
            let others = (persons + usize::from(anew) > 1).then_some(Step::named(Action::TextFields, "choice"));
            enter.into_iter().chain(others).chain([Action::Leave.into()]).collect()
        }
        Some(Layer::Palette(line)) => {
            let found = (!line.found.is_empty())
                .then_some([Step::named(Action::TextSave, "choice"), Action::TextComplete.into()]);
            let others = (line.found.len() > 1).then_some(Step::named(Action::TextFields, "choice"));
            found.into_iter().flatten().chain(others).chain([Action::Leave.into()]).collect()
        }
        Some(Layer::Filter(_)) => vec![
            Step::named(Action::TextSave, "filter"),
            Action::TextComplete.into(),
            Step::named(Action::Leave, "filter"),
        ],
        Some(Layer::SignIn(_)) => vec![Step::named(Action::TextSave, "choice"), Action::Leave.into()],
        Some(Layer::Help(_)) => vec![Action::Down.into(), Action::PageDown.into(), Action::Back.into()],
        Some(Layer::Recurring(list)) => {
            let open =
                if list.is_open { Step::named(Action::Open, "list") } else { Step::named(Action::Open, "order") };
            let rests = recurring::chosen(model).is_some_and(|order| recurring::rests(model, &order));
            let pause = Step::named(Action::Suspend, if rests { "resume" } else { "pause" });
            let end = Step::named(Action::Cancel, "order");
            vec![pause, Action::Edit.into(), end, open, Action::Undo.into(), Action::Back.into()]
        }
        Some(Layer::Register(register)) => in_register(model, register),
        Some(Layer::Trail(_)) => vec![Action::Back.into()],
        Some(Layer::Settle(_)) => {
            let open = Step::named(Action::Open, "settle");
            let others = (model.world.board.to_settle() > 1).then_some(Action::Down.into());
            [open].into_iter().chain(others).chain([Action::Back.into()]).collect()
        }
        Some(Layer::Card(card)) => on_card(model, card.request),
        None => match (&model.line, model.context()) {
            (Some(line), Context::Text | Context::Choice) if line.has_focus() => in_line(line),
            (_, Context::Text) if model.screen == Screen::Desk => in_scan(model),
            (Some(line), Context::Text | Context::Choice) => in_line(line),
            _ => on_row(model).iter().map(|action| of_row(model, *action)).collect(),
        },
    };
    let everywhere = [Action::ClaimRinging, Action::NextOwnCall, Action::Help];
    let more: Vec<Action> =
        everywhere.into_iter().filter(|action| !steps.iter().any(|step| step.action == *action)).collect();
    steps.extend(more.into_iter().map(Step::from));
    steps.retain(|step| enabled(model, step.action));
    steps
}

/// In the register: in a line, in its search, in an entry, in its list.
fn in_register(model: &Model, register: &Register) -> Vec<Step> {
    let may = register::may(model, register.part);
    let leave = Step::named(Action::Leave, "register");
    if register.typed.is_some() {
        let complete = (!register::completions(model, register).is_empty()).then(|| Action::TextComplete.into());
        let steps = [Some(Step::named(Action::TextSave, "register")), complete, Some(leave)];
        return steps.into_iter().flatten().collect();
    }
    if register.searching {
        return vec![Step::named(Action::TextSave, "filter"), Step::named(Action::Leave, "all")];
    }
    let anew = may.then_some(Step::named(Action::NewRequest, "register"));
    if let Some(opened) = register.opened {
        let row = register::looked_at(model, register);
        let line = row.as_ref().and_then(|row| row.lines().get(opened.line).copied());
        let about = row.zip(line).map(|(row, line)| About::Line(row, line));
        let draft = about.is_some_and(|about| register::drafts::text_of(model, register.part, &about).is_some());
        let out = may && line.is_some_and(crate::console::register::Line::is_one_of_several);
        let edit = may.then_some(Step::from(Action::Edit));
        let out = if draft {
            Some(Step::named(Action::Cancel, "reply"))
        } else {
            out.then_some(Step::named(Action::Cancel, "register"))
        };
        let steps = [edit, Some(Action::Down.into()), out, Some(Action::Undo.into()), Some(Action::Back.into())];
        return steps.into_iter().flatten().collect();
    }
    let steps = [
        Some(Action::Open.into()),
        Some(Action::Down.into()),
        Some(Action::Filter.into()),
        anew,
        Some(Action::Undo.into()),
        Some(Action::Back.into()),
    ];
    steps.into_iter().flatten().collect()
}

/// In a proposal: its best choice, the others by number, words of one's own.
fn in_prompt(prompt: &Prompt) -> Vec<Step> {
    let typed = prompt.typed.as_ref().is_some_and(|(_, field)| !field.is_blank());
    let enter = if prompt.context() == Context::Text { Action::TextSave } else { Action::ChoiceOk };
    let enter = (typed || !prompt.choices.is_empty()).then_some(match enter {
        Action::TextSave => Step::named(enter, "prompt"),
        _ => enter.into(),
    });
    let others = (prompt.context() == Context::Choice && prompt.choices.len() > 1).then_some(Action::Choose.into());
    enter.into_iter().chain(others).chain([Action::Leave.into()]).collect()
}

/// In the desk's field of labels.
fn in_scan(model: &Model) -> Vec<Step> {
    let desk = &model.desk;
    let typed = !desk.scan.is_blank();
    let enter = match (&desk.taking, desk.found.is_empty(), typed) {
        (_, _, true) => Some("label"),
        (Some(taking), ..) if !taking.labels.is_empty() => Some("count"),
        (None, false, false) => Some("hand-back"),
        _ => None,
    };
    let enter = enter.map(|named| Step::named(Action::TextSave, named));
    let tab = Step::named(Action::TextComplete, if typed { "name" } else { "tab" });
    let ways = (!desk.found.is_empty()).then_some(Step::named(Action::TextFields, "ways"));
    let leave = if typed || desk.taking.is_some() || !desk.found.is_empty() { "nothing" } else { "line" };
    enter.into_iter().chain(ways).chain([tab, Step::named(Action::Leave, leave)]).collect()
}

/// In the entry line, on one of its fields, or before its question.
fn in_line(line: &EntryLine) -> Vec<Step> {
    let to_list = Step::named(Action::Leave, "line");
    match line.focus {
        LineFocus::Asked => vec![Action::Choose.into(), Step::named(Action::ChoiceOk, "asked"), to_list],
        LineFocus::Fields(_) => {
            let other = line.replacing.is_none().then_some(Step::named(Action::EditRight, "field"));
            let save = Step::from(Action::TextSave);
            let more = [Step::named(Action::TextFields, "field"), Step::named(Action::TextFieldsUp, "field"), to_list];
            [save].into_iter().chain(other).chain(more).collect()
        }
        LineFocus::Line | LineFocus::Away => {
            let usual = (!line.usual.is_empty()).then_some(Step::named(Action::TextFields, "usual"));
            if line.is_blank() {
                return usual.into_iter().chain([to_list]).collect();
            }
            let complete = match line.brought {
                Some(_) => Step::named(Action::TextComplete, "usual"),
                None => Action::TextComplete.into(),
            };
            let fields = match line.brought {
                Some(Brought::ByArrow(_)) if line.input.text().is_empty() => usual,
                _ if line.alike.is_some() && line.compared != line.alike => {
                    Some(Step::named(Action::TextFields, "compare"))
                }
                _ => Some(Action::TextFields.into()),
            };
            [Action::TextSave.into(), complete].into_iter().chain(fields).chain([to_list]).collect()
        }
    }
}

/// On a card; a reply that did not go is what is likeliest to be dealt with.
fn on_card(model: &Model, request: RequestId) -> Vec<Step> {
    let calls = calling(model, Item::Request(request)).is_some();
    let decide = calls.then_some(Step::named(Action::Reply, "calls"));
    let others = CARD.iter().copied().filter(|action| !calls || *action != Action::Reply);
    decide.into_iter().chain(others.map(Step::from)).collect()
}

/// On a mail, OK saves what was understood.
fn of_row(model: &Model, action: Action) -> Step {
    if model.screen == Screen::Activity {
        return match action {
            Action::Left | Action::Right | Action::Up | Action::Down => Step::named(action, "activity"),
            Action::DayBefore | Action::DayAfter => match model.activity.span {
                activity::Span::Day => action.into(),
                activity::Span::Month => Step::named(action, "month"),
                activity::Span::Year => Step::named(action, "year"),
            },
            Action::Filter if model.activity.site.is_some() => Step::named(action, "all-sites"),
            Action::Filter => Step::named(action, "site"),
            _ => action.into(),
        };
    }
    if model.screen == Screen::Rounds {
        return match action {
            Action::Up | Action::Down | Action::Left | Action::Right | Action::Open | Action::Leave
                if model.rounds.moving.is_some() =>
            {
                Step::named(action, "moving")
            }
            Action::Edit | Action::Assign | Action::Outcome => Step::named(action, "round"),
            Action::Accept => Step::named(action, accepted(model)),
            _ => action.into(),
        };
    }
    if model.screen == Screen::Desk {
        return match (action, model.desk.tab) {
            (Action::Open, desk_model::Tab::ToHandBack) => Step::named(action, "hand-back"),
            (Action::Open, desk_model::Tab::Expected) => Step::named(action, "take-in"),
            (Action::Open, _) => Step::named(action, "desk"),
            (Action::Accept, _) => {
                let is_open = desk::session(model).is_some_and(|session| session.state == PermanenceState::Open);
                Step::named(action, if is_open { "close-desk" } else { "open-desk" })
            }
            _ => action.into(),
        };
    }
    match (action, items(model).first()) {
        (Action::Open, Some(Item::Permanence(_))) => Step::named(action, "desk-of"),
        (Action::Outcome, Some(Item::Exception(_))) => Step::named(action, "not-held"),
        (Action::Accept, Some(Item::Contact(_))) => Step::named(action, "understood"),
        (Action::Accept | Action::Assign | Action::Cancel | Action::Edit | Action::Reply, Some(Item::Offer(_))) => {
            Step::named(action, "offer")
        }
        (Action::Accept | Action::Cancel, Some(Item::Held(id))) => Step::named(action, reviewed(model, *id)),
        (Action::Right | Action::Left | Action::Down | Action::Up, _) if model.screen == Screen::Dispatch => {
            Step::named(action, "provider")
        }
        _ => action.into(),
    }
}

/// What OK says on the screen of rounds.
fn accepted(model: &Model) -> &'static str {
    use crate::{console::model::rounds::Row, domain::round::RoundState};
    if (model.rounds.pane, model.rounds.tab) == (rounds::Pane::Below, rounds::Tab::Unplanned) {
        return "plan";
    }
    let state = model.rounds.round().and_then(|id| model.world.round(id)).map(|round| round.state);
    match (model.rounds.board.selected(), state) {
        (Some(Row::Courier(..)), _) => "new-round",
        (_, Some(RoundState::Published)) => "start",
        (_, Some(RoundState::Started)) => "finish",
        _ => "publish",
    }
}

/// Whether it is another's work that is looked at, or one's own that is taken up.
fn reviewed(model: &Model, id: HeldId) -> &'static str {
    let is_own = model.world.held_one(id).is_some_and(|held| held.operator_id == model.seat.me());
    if is_own { "own" } else { "held" }
}
