//! The key table: every act that a key or a command can do, where, by which keys, and how it acts.

use crate::{domain::operator::Language, i18n::say};

/// Where the focus is. Each inherits what stands above it: [`Context::parent`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Context {
    /// Everywhere; no focus by itself.
    Anywhere,
    /// What all fields share; no focus by itself.
    Editing,
    /// A field of one line, such as the entry line.
    Text,
    /// A field of several lines, such as a note.
    Lines,
    /// A proposal with numbered choices, in which something else may be typed.
    Choice,
    /// A list, a card, a message: what is looked at.
    List,
}

impl Context {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 6] = [Self::Anywhere, Self::Editing, Self::Text, Self::Lines, Self::Choice, Self::List];

    /// What it inherits from.
    pub const fn parent(self) -> Option<Self> {
        match self {
            Self::Anywhere => None,
            Self::Editing | Self::List => Some(Self::Anywhere),
            Self::Text | Self::Lines | Self::Choice => Some(Self::Editing),
        }
    }

    /// Itself and all that it inherits from, nearest first.
    pub fn chain(self) -> impl Iterator<Item = Self> {
        std::iter::successors(Some(self), |context| context.parent())
    }

    /// Whether a key could mean two things if both had it.
    pub fn meets(self, other: Self) -> bool {
        self.chain().any(|context| context == other) || other.chain().any(|context| context == self)
    }

    /// Whether characters are text there.
    pub fn takes_text(self) -> bool {
        self.chain().any(|context| context == Self::Editing)
    }

    /// What it is called in the help.
    pub fn words(self, language: Language) -> String {
        let key = match self {
            Self::Anywhere => "context-anywhere",
            Self::Editing => "context-editing",
            Self::Text => "context-text",
            Self::Lines => "context-lines",
            Self::Choice => "context-choice",
            Self::List => "context-list",
        };
        say(language, key, &[])
    }
}

/// How an act begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It is done at once.
    Now,
    /// One line proposes it; Enter does it.
    Prompt,
    /// It opens a field.
    Text,
    /// It does what was proposed or typed.
    Commit,
}

impl Kind {
    /// What it is called in the help.
    pub fn words(self, language: Language) -> String {
        let key = match self {
            Self::Now => "kind-now",
            Self::Prompt => "kind-prompt",
            Self::Text => "kind-text",
            Self::Commit => "kind-commit",
        };
        say(language, key, &[])
    }
}

/// What an act may cost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Danger {
    /// It can be undone, or changes nothing.
    None,
    /// It ends something for somebody: never on a key that types a character.
    Ends,
}

/// A row of the table, as it is before anything is bound otherwise.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Its name in a configuration.
    pub name: &'static str,
    /// The key of its words.
    pub words: &'static str,
    /// Where it can be done.
    pub context: Context,
    /// Its default keys, the one shown in hints first; none if it is a command only.
    pub keys: &'static [&'static str],
    /// How it begins.
    pub kind: Kind,
    /// What it may cost.
    pub danger: Danger,
}

macro_rules! key_table {
    ($($(#[$doc:meta])* $action:ident = $name:literal $context:ident [$($key:literal)*] $kind:ident $danger:ident;)*) => {
        /// What a key or a command can do. What is not built has no row.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Action {
            $($(#[$doc])* $action,)*
        }

        impl Action {
            /// All of them, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$action,)*];

            /// Its row of the table.
            pub const fn row(self) -> Row {
                match self {
                    $(Self::$action => Row {
                        name: $name,
                        words: concat!("action-", $name),
                        context: Context::$context,
                        keys: &[$($key,)*],
                        kind: Kind::$kind,
                        danger: Danger::$danger,
                    },)*
                }
            }
        }
    };
}

key_table! {
    /// Claims the ring that has waited longest and goes to its entry line.
    ClaimRinging = "claim_ringing" Anywhere ["Ctrl-G" "F2"] Now None;
    /// Goes round one's own calls.
    NextOwnCall = "next_own_call" Anywhere ["Ctrl-O" "F3"] Now None;
    /// Draws the whole screen anew.
    Redraw = "redraw" Anywhere ["Ctrl-L"] Now None;
    /// Leaves the field, the proposal or the layer. Never the program.
    Leave = "leave" Anywhere ["Esc" "Ctrl-C"] Now None;
    /// Shows the help. In a field its letters are text.
    Help = "help" Anywhere ["?" "," "F1"] Now None;

    /// One character to the left; in a read field the value before.
    EditLeft = "edit_left" Editing ["Left"] Now None;
    /// One character to the right; in a read field the next value.
    EditRight = "edit_right" Editing ["Right"] Now None;
    /// One word to the left.
    EditWordLeft = "edit_word_left" Editing ["Ctrl-Left"] Now None;
    /// One word to the right.
    EditWordRight = "edit_word_right" Editing ["Ctrl-Right"] Now None;
    /// To the beginning of the line.
    EditHome = "edit_home" Editing ["Home"] Now None;
    /// To the end of the line.
    EditEnd = "edit_end" Editing ["End"] Now None;
    /// Erases the character to the left.
    EditErase = "edit_erase" Editing ["Backspace"] Now None;
    /// Erases the character to the right.
    EditDelete = "edit_delete" Editing ["Del"] Now None;
    /// Empties the line.
    TextClear = "text_clear" Editing ["Ctrl-U"] Now None;
    /// Erases to the end of the line.
    TextKill = "text_kill" Editing ["Ctrl-K"] Now None;

    /// Saves what was typed.
    TextSave = "text_save" Text ["Enter"] Commit None;
    /// Completes what is being typed; never leaves the field.
    TextComplete = "text_complete" Text ["Tab"] Now None;
    /// Enters what was understood, field by field; in an empty line brings the usual orders.
    TextFields = "text_fields" Text ["Down"] Now None;
    /// Goes back up, from the fields to the line.
    TextFieldsUp = "text_fields_up" Text ["Up"] Now None;

    /// Breaks the line.
    LineBreak = "line_break" Lines ["Enter"] Now None;
    /// To the line above.
    LineUp = "line_up" Lines ["Up"] Now None;
    /// To the line below.
    LineDown = "line_down" Lines ["Down"] Now None;
    /// To the next field of a reply.
    NextField = "next_field" Lines ["Tab"] Now None;
    /// To the field before.
    PrevField = "prev_field" Lines ["Shift-Tab"] Now None;

    /// Takes the choice of that number.
    Choose = "choose" Choice ["1" "2" "3" "4" "5" "6" "7" "8" "9"] Commit None;
    /// Does what is proposed.
    ChoiceOk = "choice_ok" Choice ["Enter"] Commit None;

    /// To the row above.
    Up = "up" List ["Up" "k"] Now None;
    /// To the row below.
    Down = "down" List ["Down" "j"] Now None;
    /// To the left.
    Left = "left" List ["Left" "h"] Now None;
    /// To the right.
    Right = "right" List ["Right" "l"] Now None;
    /// To the first row.
    Top = "top" List ["g" "Home"] Now None;
    /// To the last row.
    Bottom = "bottom" List ["G" "End"] Now None;
    /// A page up.
    PageUp = "page_up" List ["PgUp"] Now None;
    /// A page down.
    PageDown = "page_down" List ["PgDn"] Now None;
    /// To the next pane.
    NextPane = "next_pane" List ["Tab"] Now None;
    /// To the pane before.
    PrevPane = "prev_pane" List ["Shift-Tab"] Now None;
    /// To the screen of what comes in.
    Screen1 = "screen_1" List ["1"] Now None;
    /// To the screen of who does it.
    Screen2 = "screen_2" List ["2"] Now None;
    /// To the screen of who carries it, when.
    Screen3 = "screen_3" List ["3"] Now None;
    /// To the screen of all requests.
    Screen4 = "screen_4" List ["4"] Now None;
    /// To the screen of what happened.
    Screen5 = "screen_5" List ["5"] Now None;
    /// Opens the row; takes a draft up again.
    Open = "open" List ["Enter"] Now None;
    /// Back to where one was.
    Back = "back" List ["q"] Now None;
    /// Filters the list.
    Filter = "filter" List ["/" "f"] Text None;
    /// Opens the line of commands.
    Command = "command" List [":"] Text None;
    /// Marks the row and goes down.
    Mark = "mark" List ["x" "Space"] Now None;
    /// Marks from the last mark to here.
    MarkRange = "mark_range" List ["v"] Now None;
    /// Marks all that is shown.
    MarkAll = "mark_all" List ["*"] Now None;
    /// Does the last act again, on this row.
    Repeat = "repeat" List ["." ";"] Commit None;
    /// Takes money: the tab of the row's person, of a desk its cash box.
    Pay = "pay" List ["$"] Prompt None;
    /// Reads a label: at a desk into its field, elsewhere on the line of commands.
    Scan = "scan" List ["y"] Text None;
    /// Undoes the last act.
    Undo = "undo" List ["u"] Now None;
    /// To the day before; where a longer time is looked at, to the one before that.
    DayBefore = "day_before" List ["<"] Now None;
    /// To the day after, or the time after.
    DayAfter = "day_after" List [">"] Now None;
    /// Opens a new request.
    NewRequest = "new_request" List ["n"] Text None;
    /// Writes a note.
    Note = "note" List ["t"] Text None;
    /// Takes the row, or takes it over.
    Claim = "claim" List ["p"] Now None;
    /// Changes the row.
    Edit = "edit" List ["e"] Prompt None;
    /// Says yes: saves what was understood, opens or closes a permanence; notes a provider's answer.
    Accept = "accept" List ["o"] Prompt None;
    /// Notes how it ended and closes it.
    Outcome = "outcome" List ["i"] Prompt None;
    /// Proposes when a request is fetched or brought, and who does it.
    Slot = "slot" List ["c"] Prompt None;
    /// Leaves a leg in its round whatever planning finds, or lets it go again.
    Pin = "pin" List ["b"] Now None;
    /// Puts a request to a provider; of an offer, asks the next in rank beside it.
    Assign = "assign" List ["a"] Prompt None;
    /// Answers: writes a reply, or shows the number to call back.
    Reply = "reply" List ["r"] Text None;
    /// Waits for an answer.
    Suspend = "suspend" List ["s"] Prompt None;
    /// The same request as another.
    Merge = "merge" List ["m"] Prompt None;
    /// Cuts one into several.
    Divide = "divide" List ["d"] Prompt None;
    /// Attaches the number or address to the person.
    SamePerson = "same_person" List ["="] Now None;
    /// Cancels, with a reason.
    Cancel = "cancel" List ["Del"] Prompt Ends;

    /// Refuses the request, with a reason.
    Refuse = "refuse" List [] Prompt Ends;
    /// Takes the request back from its provider, with a reason.
    Release = "release" List [] Prompt Ends;
    /// Plans the day anew.
    Replan = "replan" List [] Now None;
    /// Makes a round for a courier.
    NewRound = "new_round" List [] Prompt None;
    /// Shows the providers of the register.
    Providers = "providers" List [] Now None;
    /// Shows the services of the register.
    Services = "services" List [] Now None;
    /// Keeps the filter under a name.
    KeepView = "keep_view" List [] Commit None;
    /// Drops a filter that was kept under a name.
    ForgetView = "forget_view" List [] Commit None;
    /// Says where a thing is, by its label.
    Where = "where" List [] Text None;
    /// Prints what lies at hand.
    Print = "print" Anywhere [] Prompt None;
    /// Shows what is wanted again and again.
    Recurring = "recurring" List [] Now None;
    /// Shows what came back and waits for its author.
    Settle = "settle" Anywhere [] Prompt None;
    /// Gets in again when the session has ended.
    SignIn = "sign_in" Anywhere [] Prompt None;
    /// Hides everything until the password is typed.
    Lock = "lock" Anywhere [] Now None;
    /// Leaves the desk to somebody else, saying what stays here.
    Handover = "handover" Anywhere [] Prompt Ends;
    /// Leaves the program, saying what is still to be sent.
    Quit = "quit" Anywhere [] Prompt Ends;
    /// Goes back to the shell until `fg`.
    ToShell = "to_shell" Anywhere [] Now None;
}

impl Action {
    /// The action of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|action| action.row().name == name)
    }

    /// Whether a name follows its command: `:vue du jour`.
    pub const fn takes_name(self) -> bool {
        matches!(self, Self::KeepView | Self::ForgetView | Self::Where)
    }

    /// What it does, as hints and help say it.
    pub fn words(self, language: Language) -> String {
        say(language, self.row().words, &[])
    }

    /// What it does, as the help says it: more than a hint has room for, where there is more.
    pub fn help(self, language: Language) -> String {
        let key = format!("{}.help", self.row().words);
        let words = say(language, &key, &[]);
        if words == key { self.words(language) } else { words }
    }

    /// What is typed after `:` for it: its own word if it has one, else what it does.
    pub fn command(self, language: Language) -> String {
        let key = format!("{}.command", self.row().words);
        let word = say(language, &key, &[]);
        if word == key { self.words(language) } else { word }
    }
}
