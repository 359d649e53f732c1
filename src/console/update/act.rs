//! Acts: what the key table or the line of commands asks for, and who answers for it at the focus at hand.

use super::{
    Effects, activity, card, desk, dispatch, help, letter, line, lock, note, palette, paper, party, prompt, quit,
    reception, recurring, register, requests, rounds, settle_box, sign_in, undo, verbs,
};
use crate::console::{
    effect::Effect,
    keymap::Action,
    model::{Model, Screen, layer::Layer, list::Step, reception::Lane},
    register::Part,
};

/// Does what was asked for.
pub fn act(model: &mut Model, effects: &mut Effects, action: Action) {
    match action {
        Action::ClaimRinging => reception::claim_ringing(model, effects),
        Action::NextOwnCall => reception::next_own_call(model, effects),
        Action::Redraw => effects.push(Effect::Redraw),
        Action::Leave => leave(model, effects),
        Action::Lock => lock::lock(model, effects),
        Action::Handover => quit::hand_over(model, effects),
        Action::Quit => quit::quit(model, effects),
        Action::Recurring => recurring::open(model),
        Action::Settle => settle_box::open(model),
        Action::Print => paper::open(model, effects),
        Action::SignIn => sign_in::open(model, effects),
        Action::ToShell => effects.push(Effect::ToShell),
        Action::Help if !matches!(model.layers.last(), Some(Layer::Help(_))) => help::open(model),
        _ => match model.layers.last() {
            Some(Layer::Prompt(_)) => prompt::act(model, effects, action),
            Some(Layer::Card(_)) => card::act(model, effects, action),
            Some(Layer::Note(_)) => note::act(model, effects, action),
            Some(Layer::Letter(_)) => letter::act(model, effects, action),
            Some(Layer::Party(_)) => party::act(model, effects, action),
            Some(Layer::Palette(_)) => palette::act(model, effects, action),
            Some(Layer::Filter(_)) => requests::filter_act(model, effects, action),
            Some(Layer::Help(_)) => help::act(model, action),
            Some(Layer::Recurring(_)) => recurring::act(model, effects, action),
            Some(Layer::Register(_)) => register::act(model, effects, action),
            Some(Layer::Trail(_)) if action == Action::Back => _ = model.layers.pop(),
            Some(Layer::Trail(_)) => {}
            Some(Layer::Settle(_)) => settle_box::act(model, effects, action),
            Some(Layer::SignIn(_)) => sign_in::act(model, effects, action),
            None if desk::takes_text(model) => desk::in_field(model, effects, action),
            None if model.context().takes_text() => line::act(model, effects, action),
            None => on_list(model, effects, action),
        },
    }
}

/// Leaves the topmost layer, else the field, else goes back to where a ring was answered from. Never the program.
fn leave(model: &mut Model, effects: &mut Effects) {
    if let Some(layer) = model.layers.pop() {
        match layer {
            Layer::Note(note) => note::left(model, effects, &note),
            Layer::Letter(letter) => letter::left(model, effects, letter),
            Layer::Filter(line) => requests::filter_left(model, effects, line),
            Layer::Recurring(list) => recurring::left(model, list),
            Layer::Register(register) => register::left(model, register),
            _ => {}
        }
    } else if desk::takes_text(model) {
        desk::left(model);
    } else if model.context().takes_text() {
        line::left(model, effects);
        if model.screen == Screen::Desk {
            line::close(model, effects);
            model.desk.at_rest();
        }
    } else if !dispatch::left_providers(model) && !rounds::left(model) {
        reception::go_back(model);
    }
}

/// What keys do in a list, also under the line of commands.
pub fn on_list(model: &mut Model, effects: &mut Effects, action: Action) {
    if model.screen == Screen::Rounds && rounds::act(model, effects, action) {
        return;
    }
    if model.screen == Screen::Desk && model.layers.is_empty() && desk::act(model, effects, action) {
        return;
    }
    match action {
        Action::Up => step(model, effects, Step::Up),
        Action::Down => step(model, effects, Step::Down),
        Action::PageUp => step(model, effects, Step::PageUp),
        Action::PageDown => step(model, effects, Step::PageDown),
        Action::Top => step(model, effects, Step::Top),
        Action::Bottom => step(model, effects, Step::Bottom),
        Action::Screen1 => model.screen = Screen::Reception,
        Action::Screen2 => dispatch::open(model),
        Action::Screen3 => rounds::open(model),
        Action::Screen4 => model.screen = Screen::Requests,
        Action::Screen5 => activity::open(model),
        Action::DayBefore | Action::DayAfter if model.screen == Screen::Activity => {
            activity::act(model, effects, action);
        }
        Action::NextPane | Action::PrevPane | Action::Left | Action::Right => sideways(model, effects, action),
        Action::Back if dispatch::left_providers(model) || rounds::left(model) => {}
        Action::Back => reception::go_back(model),
        Action::Mark | Action::MarkRange | Action::MarkAll if model.screen == Screen::Dispatch => {
            dispatch::mark(model, action);
        }
        Action::Command => palette::open(model),
        Action::KeepView | Action::ForgetView | Action::Where => palette::open_for_name(model, action),
        Action::Scan => palette::open_for_name(model, Action::Where),
        Action::Undo => undo::undo(model, effects),
        Action::Providers => register::open(model, Part::Providers),
        Action::Services => register::open(model, Part::Services),
        Action::Filter | Action::Mark | Action::MarkRange | Action::MarkAll if model.screen == Screen::Requests => {
            requests::act(model, effects, action);
        }
        Action::Filter if model.screen == Screen::Dispatch => requests::open_filter(model),
        // One site is looked at, or all of them again.
        Action::Filter if model.screen == Screen::Activity => match model.activity.site {
            Some(_) => activity::of_site(model, None),
            None => palette::open(model),
        },
        Action::Filter => {
            model.screen = Screen::Requests;
            requests::act(model, effects, action);
        }
        Action::Open if model.screen == Screen::Activity => activity::act(model, effects, action),
        Action::Open => reception::open(model, effects),
        Action::NewRequest if model.screen == Screen::Desk => desk::new_request(model, effects),
        Action::NewRequest => line::open_new(model, effects),
        _ => verbs::propose(model, effects, action),
    }
}

fn step(model: &mut Model, effects: &mut Effects, step: Step) {
    match model.screen {
        Screen::Reception => reception::step(model, effects, step),
        Screen::Dispatch => dispatch::step(model, step),
        Screen::Rounds => rounds::step(model, step),
        Screen::Requests => model.requests.step(step),
        Screen::Activity => activity::step(model, step),
        Screen::Desk => desk::step(model, step),
    }
}

fn sideways(model: &mut Model, effects: &mut Effects, action: Action) {
    if model.screen == Screen::Activity {
        activity::act(model, effects, action);
    }
    if model.screen == Screen::Dispatch {
        dispatch::sideways(model, action);
    }
    if model.screen == Screen::Reception {
        let lane = model.reception.lane;
        match action {
            Action::NextPane => reception::to_lane(model, lane.next()),
            Action::PrevPane => reception::to_lane(model, lane.before()),
            // Left and right fold and unfold a message, and end at the outer lanes.
            Action::Right if lane == Lane::Mail && !model.reception.unfolded => model.reception.unfolded = true,
            Action::Left if lane == Lane::Mail && model.reception.unfolded => model.reception.unfolded = false,
            Action::Right if lane != Lane::Permanences => reception::to_lane(model, lane.next()),
            Action::Left if lane != Lane::Phone => reception::to_lane(model, lane.before()),
            _ => {}
        }
    }
}
