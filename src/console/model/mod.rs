//! All that the console knows while it runs: who sits here, what is shown, what is typed. Changed by update alone, drawn by view.

pub mod activity;
pub mod card;
pub mod coach;
pub mod connection;
pub mod desk;
pub mod dispatch;
pub mod field;
pub mod filter_line;
pub mod help;
pub mod layer;
pub mod letter;
pub mod line;
pub mod list;
pub mod lock;
pub mod marks;
pub mod note;
pub mod palette_line;
pub mod party;
pub mod prompt;
pub mod reception;
pub mod recurring;
pub mod register;
pub mod requests;
pub mod rounds;
pub mod seat;
pub mod settle_box;
pub mod sign_in;
pub mod understood;
pub mod world;

use super::{
    keymap::{Commands, Context, Keymap},
    message::Size,
};
use crate::{
    config::console::TokenSource,
    domain::{
        ids::CommandKey,
        operator::{self, Preferences},
        time::Instant,
    },
    replica::{Entry, Status},
    wire::catalogue::Command,
};
use activity::Activity;
use coach::Coach;
use connection::Connection;
use desk::Desk;
use dispatch::Dispatch;
use layer::Layer;
use line::EntryLine;
use lock::Lock;
use reception::Reception;
use requests::Requests;
use rounds::Rounds;
use seat::Seat;
use std::fmt;
use uuid::Uuid;
use world::World;

/// The smallest screen that everything fits on.
pub const SMALLEST: Size = Size { columns: 80, rows: 24 };

/// The screens that are built.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// What comes in.
    #[default]
    Reception,
    /// Who does it.
    Dispatch,
    /// Who carries it, when.
    Rounds,
    /// Every request.
    Requests,
    /// What happened.
    Activity,
    /// The desk of a permanence.
    Desk,
}

/// Where identifiers come from: handed in, so that update stays a function of what it is given.
pub struct Ids(Box<dyn FnMut() -> Uuid + Send>);

impl Ids {
    /// From this source.
    pub fn from(source: impl FnMut() -> Uuid + Send + 'static) -> Self {
        Self(Box::new(source))
    }

    /// A fresh one.
    pub fn fresh<I: From<Uuid>>(&mut self) -> I {
        (self.0)().into()
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Ids")
    }
}

/// What was said of this machine's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clocks {
    /// Nothing.
    #[default]
    Unsaid,
    /// That it differs from the office's.
    Said,
}

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It went as asked.
    Done,
    /// Something to know.
    Plain,
    /// It did not go.
    Trouble,
}

/// The last result, on a line of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How grave.
    pub tone: Tone,
    /// What happened, in a sentence.
    pub words: String,
    /// The command that undo would take back.
    pub undo: Option<CommandKey>,
}

/// All that the console knows.
#[derive(Debug)]
pub struct Model {
    /// Who sits here and how.
    pub seat: Seat,
    /// The office's clock at the last message.
    pub now: Instant,
    /// The terminal's size.
    pub size: Size,
    /// Which keys do what.
    pub keymap: Keymap,
    /// What is known of the service: the office's rows with what is pending on them.
    pub world: World,
    /// The way to the office.
    pub connection: Connection,
    /// How one gets in again when the session has ended.
    pub way_in: TokenSource,
    /// The lock, while the console is locked.
    pub lock: Option<Lock>,
    /// When a key was last pressed; who speaks on the telephone counts as pressing.
    pub touched_at: Instant,
    /// When the terminal last rang.
    pub rang_at: Option<Instant>,
    /// Whether it was said that the clocks differ.
    pub clocks: Clocks,
    /// The screen that is shown.
    pub screen: Screen,
    /// What comes in.
    pub reception: Reception,
    /// Who does it.
    pub dispatch: Dispatch,
    /// Who carries it, when.
    pub rounds: Rounds,
    /// Every request.
    pub requests: Requests,
    /// What happened.
    pub activity: Activity,
    /// The desk of a permanence.
    pub desk: Desk,
    /// The entry line at the foot of the reception, if one is open.
    pub line: Option<EntryLine>,
    /// What was understood of the mail that is looked at.
    pub understood: Option<understood::Understood>,
    /// What lies over the screen, the topmost last.
    pub layers: Vec<Layer>,
    /// The last result.
    pub notice: Option<Notice>,
    /// The verb that was last done, to be done again.
    pub last: Option<prompt::Last>,
    /// What can be typed after `:`.
    pub commands: Commands,
    /// What is told beside the work while somebody practises.
    pub coach: Option<Coach>,
    /// What the line of commands finds, once it was opened.
    pub palette: Option<palette_line::Arranged>,
    /// Where identifiers come from.
    pub ids: Ids,
}

impl From<operator::Screen> for Screen {
    fn from(screen: operator::Screen) -> Self {
        match screen {
            operator::Screen::Dispatch => Self::Dispatch,
            operator::Screen::Requests => Self::Requests,
            operator::Screen::Activity => Self::Activity,
            operator::Screen::Rounds => Self::Rounds,
            operator::Screen::Reception => Self::Reception,
        }
    }
}

impl Model {
    /// Before anything has happened.
    pub fn new(seat: Seat, keymap: Keymap, size: Size, ids: Ids, now: Instant) -> Self {
        let board = crate::replica::Board::new(Some(seat.me()));
        Self {
            seat,
            now,
            size,
            keymap,
            world: World { board, ..World::default() },
            connection: Connection::Recalling,
            way_in: TokenSource::Login,
            lock: None,
            touched_at: now,
            rang_at: None,
            clocks: Clocks::default(),
            screen: Screen::default(),
            reception: Reception::default(),
            dispatch: Dispatch::default(),
            rounds: Rounds::default(),
            requests: Requests::default(),
            activity: Activity::default(),
            desk: Desk::default(),
            line: None,
            understood: None,
            layers: Vec::new(),
            notice: None,
            commands: Commands::default(),
            coach: None,
            palette: None,
            last: None,
            ids,
        }
    }

    /// What keys mean at the focus at hand.
    pub fn context(&self) -> Context {
        if let Some(lock) = &self.lock {
            return lock.context();
        }
        match self.layers.last() {
            Some(layer) => layer.context(),
            None => self.context_below(),
        }
    }

    /// The same, of the screen alone: what lies over it is left out.
    pub fn context_below(&self) -> Context {
        match (&self.line, self.screen) {
            (Some(line), Screen::Reception | Screen::Desk) if line.has_focus() => line.context(),
            (_, Screen::Desk) if self.desk.focus == desk::Focus::Scan => Context::Text,
            _ => Context::List,
        }
    }

    /// What the account likes, with what it gave last and is still on its way.
    pub fn preferences(&self) -> Preferences {
        let on_its_way = |entry: &&Entry| matches!(entry.status, Status::Queued | Status::InFlight);
        let operator = self.world.operator(self.seat.me()).map_or(&self.seat.operator, AsRef::as_ref);
        let mut likes = operator.fields.preferences.clone();
        for entry in self.world.board.entries().filter(on_its_way) {
            match &*entry.given.command {
                Command::PreferOperator { body } => likes.clone_from(body),
                Command::SetView { body } => likes.set_view(&body.name, body.filter.as_deref()),
                _ => {}
            }
        }
        likes
    }

    /// The filter of the lists at hand, as it is typed.
    pub fn filter(&self) -> &str {
        match self.screen {
            Screen::Dispatch => &self.dispatch.sieve.text,
            Screen::Reception | Screen::Rounds | Screen::Requests | Screen::Activity | Screen::Desk => {
                &self.requests.filter
            }
        }
    }

    /// The filter of the lists at hand, to be typed.
    pub fn filter_mut(&mut self) -> &mut String {
        match self.screen {
            Screen::Dispatch => &mut self.dispatch.sieve.text,
            Screen::Reception | Screen::Rounds | Screen::Requests | Screen::Activity | Screen::Desk => {
                &mut self.requests.filter
            }
        }
    }

    /// Whether the terminal is too small for anything but a sentence.
    pub fn is_cramped(&self) -> bool {
        self.size.columns < SMALLEST.columns || self.size.rows < SMALLEST.rows
    }

    /// Says what happened.
    pub fn say(&mut self, tone: Tone, words: impl Into<String>) {
        self.notice = Some(Notice { tone, words: words.into(), undo: None });
    }
}
