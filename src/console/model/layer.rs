//! What can lie over a screen: one at a time has the focus, the topmost; Esc takes it off.

use super::{
    card::Card,
    field::Field,
    filter_line::FilterLine,
    help::Help,
    letter::{Letter, LetterFocus},
    note::Note,
    palette_line::PaletteLine,
    party::PartySearch,
    prompt::Prompt,
    recurring::RecurringList,
    register::Register,
    settle_box::SettleBox,
    sign_in::SignIn,
};
use crate::{console::keymap::Context, domain::ids::ItemId};

/// What lies over a screen.
#[derive(Debug)]
pub enum Layer {
    /// What a letter proposes.
    Prompt(Prompt),
    /// All about one request.
    Card(Card),
    /// A text of several lines.
    Note(Note),
    /// A reply being written.
    Letter(Letter),
    /// Who it is.
    Party(PartySearch),
    /// The line of commands.
    Palette(PaletteLine),
    /// The line of the filter.
    Filter(FilterLine),
    /// What can be done.
    Help(Help),
    /// What is wanted again and again.
    Recurring(RecurringList),
    /// Providers or services, and one of them.
    Register(Register),
    /// Where a thing is, and where it was.
    Trail(ItemId),
    /// What came back and waits for its author.
    Settle(SettleBox),
    /// The password, when the session has ended.
    SignIn(SignIn),
}

impl Layer {
    /// What keys mean there.
    pub fn context(&self) -> Context {
        match self {
            Self::Prompt(prompt) => prompt.context(),
            Self::Register(register) => register.context(),
            Self::Note(_) => Context::Lines,
            Self::Letter(letter) => match letter.focus {
                LetterFocus::To | LetterFocus::Subject | LetterFocus::Text => Context::Lines,
                LetterFocus::Answered | LetterFocus::Foot => Context::List,
            },
            Self::Card(_) | Self::Recurring(_) | Self::Help(_) | Self::Trail(_) | Self::Settle(_) => Context::List,
            Self::Party(_) | Self::Palette(_) | Self::Filter(_) | Self::SignIn(_) => Context::Text,
        }
    }

    /// The line being typed there, if there is one.
    pub fn field_mut(&mut self) -> Option<&mut Field> {
        match self {
            Self::Prompt(prompt) => prompt.typed.as_mut().map(|(_, field)| field),
            Self::Party(search) => Some(&mut search.field),
            Self::Palette(line) => Some(&mut line.field),
            Self::Filter(line) => Some(&mut line.field),
            Self::SignIn(sign_in) => Some(&mut sign_in.field),
            Self::Register(register) => register.field_mut(),
            Self::Card(_)
            | Self::Note(_)
            | Self::Letter(_)
            | Self::Recurring(_)
            | Self::Help(_)
            | Self::Trail(_)
            | Self::Settle(_) => None,
        }
    }
}
