//! The loop, nothing else: waits for whatever comes first, hands it to update, does what that asks for, draws once for a burst.

use super::{
    effects::{Effects, Left, Planning},
    keymap::{Arrows, Commands, DigitRow, Keymap, Place as KeyPlace, Rebind},
    linear::painter::Letters,
    message::{Message, Size},
    model::{Ids, Model, connection::Connection, seat},
    normaliser::{Input, Normaliser},
    printer::Printer,
    run_linear::Lines,
    session::Door,
    start::{Beside, End, Start, Stopped},
    terminal::{
        Capabilities, Compact, Depth, Ear, Heard, Mode, Session, Signal, Signals, blank_broken, restore_on_panic, size,
    },
    theme::Theme,
    update::{self, update},
    view::view,
};
use crate::{
    config::console::{Ascii, Colours, Digits, KeepSnapshot, Seconds, ThemeName},
    domain::{
        operator::{Language, Layout},
        time::Instant,
    },
    i18n::say,
    replica::{
        KeepCopy, Place, ReplicaParts, Store, StoreError,
        link::{Link, LinkEvent, LinkOptions},
    },
    wire::fresh,
};
use jiff::SignedDuration;
use ratatui::{Terminal, layout::Size as Columns};
use std::{
    io::{self, Stdout, stdout},
    ops::ControlFlow,
    time::{Duration, Instant as Moment},
};
use tokio::sync::mpsc;

/// At most 30 frames a second for what comes from elsewhere; a key is drawn at once.
const FRAME: Duration = Duration::from_millis(33);

/// What the link told that is handed to update before a frame is drawn.
const BURST: usize = 512;

/// How often a copy of the open work is kept for the next start.
const COPY_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// A copy is kept for so long.
const COPY_LIVES: SignedDuration = SignedDuration::from_hours(12);

/// Opens the screen and returns when it is closed.
///
/// # Errors
/// Why it cannot be opened or went away, as a sentence.
pub fn open(start: Start) -> Result<End, Stopped> {
    // The terminal is waited for on this thread: a key that another handed over would be drawn later by a good part of the time it takes.
    let waiting = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let language = start.manner().language;
    waiting.map_err(|error| lost(language, &error))?.block_on(opened(start))
}

/// The same within a runtime: on a thread that has nothing else to do, for drawing waits for the terminal.
///
/// # Errors
/// As [`open`].
pub async fn opened(start: Start) -> Result<End, Stopped> {
    let console = Console::settle(start)?;
    restore_on_panic();
    Box::pin(console.run()).await
}

/// The head of an answer tells the time to the second, and was on its way: what differs no more than this says nothing.
const ROUNDED: SignedDuration = SignedDuration::from_secs(5);

/// The terminal cannot be used.
fn lost(language: Language, error: &io::Error) -> Stopped {
    Stopped(say(language, "console-terminal-lost", &[("why", error.to_string())]))
}

/// Now, by this machine's clock.
fn machine_now() -> Instant {
    jiff::Timestamp::now().try_into().unwrap_or(Instant::MIN)
}

/// Everything that the loop holds.
struct Console {
    model: Model,
    theme: Theme,
    layout: Layout,
    capabilities: Capabilities,
    normaliser: Normaliser,
    effects: Effects,
    told: mpsc::Receiver<LinkEvent>,
    answers: mpsc::UnboundedReceiver<Message>,
    orders: Option<mpsc::UnboundedSender<&'static str>>,
    heard: mpsc::UnboundedReceiver<Message>,
    keep: KeepSnapshot,
    /// How far the office's clock is ahead of this machine's.
    skew: SignedDuration,
    /// How far it was expected to be.
    ahead: SignedDuration,
    copied: (Instant, u64),
    /// Why nothing can be kept here, so that nothing goes on.
    unopened: Option<StoreError>,
}

/// How the loop ends, or when it is woken.
type Flow = ControlFlow<End, Instant>;

impl Console {
    /// What the settings and the terminal's environment say. The folder is opened meanwhile, and whatever it holds comes as messages.
    fn settle(start: Start) -> Result<Self, Stopped> {
        let manner = start.manner();
        let language = manner.language;
        let Start { client, office, operator, config, file, stores, sessions, runtime, beside, .. } = start;
        let capabilities = capabilities(&config);
        // Where nobody chose, the terminal does.
        let theme_name = (manner.theme != ThemeName::default()).then(|| manner.theme.to_string());
        let themes = etcetera::base_strategy::Xdg::new().ok();
        let themes = themes.map(|xdg| etcetera::base_strategy::BaseStrategy::config_dir(&xdg).join("loge/themes"));
        let theme = Theme::named(theme_name.as_deref(), themes.as_deref(), capabilities)
            .map_err(|fault| Stopped(fault.said(language)))?;
        let digits = match config.digits {
            Digits::Azerty => DigitRow::Azerty,
            Digits::None => DigitRow::None,
        };
        let keymap = keymap(&config, file.as_deref(), digits).map_err(|faults| {
            Stopped(faults.iter().map(|fault| fault.said(language)).collect::<Vec<_>>().join("\n"))
        })?;
        let keymap = keymap.with_arrows(if capabilities.unicode { Arrows::Signs } else { Arrows::Words });
        let now = machine_now();
        let columns = size();
        let mut model = Model::new(
            seat::Seat {
                operator,
                language,
                zone: crate::domain::time::Zone::default(),
                bell: manner.bell,
                seconds: match config.seconds {
                    Seconds::On => seat::Seconds::Running,
                    Seconds::Off => seat::Seconds::Stilled,
                },
                digits,
                lock_after: config.lock_after.time(),
            },
            keymap,
            Size { columns: columns.width, rows: columns.height },
            Ids::from(fresh),
            now,
        );
        model.screen = manner.first_screen.into();
        model.way_in = config.token.clone();
        let recall_at = (config.keep_snapshot == KeepSnapshot::Yes).then_some(now);
        let login = model.seat.operator.fields.login.as_str().to_owned();
        // What waits for network and files is not to wait on the thread that draws.
        let _beside = runtime.enter();
        let open = move || Store::open(Place { base: &stores, office: office.as_str(), operator: &login }, now);
        let (link, told) = Link::start(client.clone(), open, LinkOptions { recall_at, ..LinkOptions::default() });
        let (answer, answers) = mpsc::unbounded_channel();
        let (orders, heard, ahead) = match beside {
            Some(Beside { commands, orders, heard, ahead, desk }) => {
                model.commands = Commands::with(commands);
                if let Some(desk) = desk {
                    update::desk::open(&mut model, desk);
                }
                (Some(orders), heard, ahead)
            }
            None => (None, mpsc::unbounded_channel().1, SignedDuration::ZERO),
        };
        // A clock that is to go back does so once the office has said what time it is.
        model.touched_at = now.max(now.plus(ahead));
        let login = model.seat.operator.fields.login.clone();
        let door = Door { sessions, source: config.token };
        let effects = Effects {
            link,
            client,
            door,
            login,
            answers: answer,
            runtime: runtime.clone(),
            printer: Printer { command: config.print_command, print_as: config.print_as },
            planning: Planning::default(),
        };
        let wait = Duration::from_millis(config.escape_wait.milliseconds().into());
        Ok(Self {
            model,
            theme,
            layout: manner.layout,
            capabilities,
            normaliser: Normaliser::new(wait),
            effects,
            told,
            answers,
            orders,
            heard,
            keep: config.keep_snapshot,
            skew: ahead,
            ahead,
            copied: (now, 0),
            unopened: None,
        })
    }

    async fn run(mut self) -> Result<End, Stopped> {
        let language = self.model.seat.language;
        let ran = self.turn().await;
        if !matches!(ran, Ok(End::HandedOver)) {
            self.copy(KeepNow::AtEnd);
        }
        self.effects.link.stop().await;
        match self.unopened {
            Some(error) => Err(Stopped(error.sentence(language))),
            None => ran.map_err(|error| lost(language, &error)),
        }
    }

    /// Draws, waits and takes in, until it is left.
    async fn turn(&mut self) -> io::Result<End> {
        let mut signals = Signals::listen()?;
        let mut screen = Screen::enter(self.layout, self.model.size, self.capabilities)?;
        let mut ear = Ear::open()?;
        let mut wake = self.take(&mut screen, Message::Woke)?;
        screen.draw(&mut self.model, &self.theme)?;
        // What comes from elsewhere waits for its frame, and is drawn together; a key never waits for it.
        let mut frame_at: Option<Moment> = None;
        loop {
            let wake_at = match wake {
                ControlFlow::Continue(wake_at) => wake_at,
                ControlFlow::Break(End::Left) => return Ok(End::Left),
                ControlFlow::Break(End::HandedOver) => {
                    screen.wipe()?;
                    return Ok(End::HandedOver);
                }
            };
            let wake_in = self.until(screen.due().map_or(wake_at, |due| due.min(wake_at)));
            let escape = self.normaliser.deadline().map(tokio::time::Instant::from_std);
            let can_wait;
            wake = tokio::select! {
                biased;
                what = ear.next() => {
                    can_wait = false;
                    match what {
                        Heard::Bytes(bytes) => {
                            let inputs = self.normaliser.feed(&bytes, Moment::now());
                            self.typed(&mut screen, inputs, wake_at)?
                        }
                        Heard::HungUp => self.end(&mut screen)?,
                    }
                }
                signal = signals.next() => {
                    can_wait = false;
                    self.signalled(&mut screen, signal, wake_at)?
                }
                () = tokio::time::sleep_until(escape.unwrap_or_else(far)), if escape.is_some() => {
                    can_wait = false;
                    let inputs = self.normaliser.expire(Moment::now());
                    self.typed(&mut screen, inputs, wake_at)?
                }
                Some(message) = self.answers.recv() => {
                    can_wait = true;
                    self.take(&mut screen, message)?
                }
                Some(message) = self.heard.recv() => {
                    can_wait = true;
                    self.take(&mut screen, message)?
                }
                Some(event) = self.told.recv() => {
                    can_wait = true;
                    self.link_told(&mut screen, event)?
                }
                () = tokio::time::sleep_until(frame_at.map_or_else(far, Into::into)), if frame_at.is_some() => {
                    can_wait = false;
                    ControlFlow::Continue(wake_at)
                }
                () = tokio::time::sleep(wake_in) => {
                    can_wait = false;
                    self.take(&mut screen, Message::Woke)?
                }
            };
            frame_at = Some(screen.drawn + FRAME).filter(|at| can_wait && *at > Moment::now());
            if wake.is_continue() && frame_at.is_none() {
                screen.draw(&mut self.model, &self.theme)?;
                update::ahead(&mut self.model);
            }
            self.keep_up();
        }
    }

    fn now(&self) -> Instant {
        machine_now().plus(self.skew)
    }

    /// How long until then, on this machine.
    fn until(&self, at: Instant) -> Duration {
        Duration::try_from(at.since(self.now())).unwrap_or(Duration::ZERO).max(Duration::from_millis(1))
    }

    /// Hands a message to update and does what it asks for.
    fn take(&mut self, screen: &mut Screen, message: Message) -> io::Result<Flow> {
        let now = self.now();
        let mut wake = now.plus(SignedDuration::from_mins(1));
        for effect in update(&mut self.model, now, message) {
            match self.effects.run(effect) {
                Left::Nothing => {}
                Left::Order(order) => {
                    if let Some(orders) = &self.orders {
                        // Nobody listens once the simulated service has ended.
                        let _ = orders.send(order);
                    }
                }
                Left::Ring => screen.ring(),
                Left::Redraw => screen.redraw(self.model.size)?,
                Left::WakeAt(at) => wake = at,
                Left::ToShell => {
                    screen.session.suspend()?;
                    screen.redraw(self.model.size)?;
                }
                Left::Quit => return Ok(ControlFlow::Break(End::Left)),
                Left::HandOver => return Ok(ControlFlow::Break(End::HandedOver)),
            }
        }
        Ok(ControlFlow::Continue(wake))
    }

    fn typed(&mut self, screen: &mut Screen, inputs: Vec<Input>, wake_at: Instant) -> io::Result<Flow> {
        let mut wake = ControlFlow::Continue(wake_at);
        for input in inputs {
            let message = match input {
                Input::Key(key) => Message::Pressed(key),
                Input::Paste(text) => Message::Pasted(text),
            };
            wake = self.take(screen, message)?;
            if wake.is_break() {
                break;
            }
        }
        Ok(wake)
    }

    fn signalled(&mut self, screen: &mut Screen, signal: Signal, wake_at: Instant) -> io::Result<Flow> {
        match signal {
            Signal::Resized => {
                let columns = size();
                screen.resize(columns)?;
                self.take(screen, Message::Resized(Size { columns: columns.width, rows: columns.height }))
            }
            Signal::End => self.end(screen),
            Signal::Suspend => {
                screen.session.suspend()?;
                screen.redraw(self.model.size)?;
                Ok(ControlFlow::Continue(wake_at))
            }
            Signal::Resumed => {
                screen.session.resume()?;
                screen.redraw(self.model.size)?;
                self.take(screen, Message::Resumed)
            }
        }
    }

    /// The terminal is gone, or the system asks to end: what is typed is kept first.
    fn end(&mut self, screen: &mut Screen) -> io::Result<Flow> {
        let _ = self.take(screen, Message::Terminated)?;
        Ok(ControlFlow::Break(End::Left))
    }

    /// The office has said what time it is.
    fn set_clock(&mut self, screen: &mut Screen, at: Instant) -> io::Result<()> {
        self.skew = at.since(machine_now());
        let _ = self.take(screen, Message::ClockSet { ahead: self.skew - self.ahead })?;
        Ok(())
    }

    fn link_told(&mut self, screen: &mut Screen, event: LinkEvent) -> io::Result<Flow> {
        let mut event = Some(event);
        let mut wake = ControlFlow::Continue(self.now());
        for _ in 0..BURST {
            let Some(told) = event else { break };
            match &told {
                LinkEvent::Loaded(replica) => {
                    // Nothing of it is on disk, and a console that is killed in its first minute is to open on it.
                    self.copied.0 = Instant::MIN;
                    if let Some(at) = replica.at() {
                        self.set_clock(screen, at)?;
                    }
                }
                // A console that goes on from its copy takes no snapshot.
                LinkEvent::Connected { at: Some(at) } if (at.since(machine_now()) - self.skew).abs() > ROUNDED => {
                    self.set_clock(screen, *at)?;
                }
                LinkEvent::Unopened(error) => {
                    self.unopened = Some(error.clone());
                    return Ok(ControlFlow::Break(End::Left));
                }
                _ => {}
            }
            wake = self.take(screen, Message::Link(told))?;
            if wake.is_break() {
                break;
            }
            event = self.told.try_recv().ok();
        }
        Ok(wake)
    }

    /// What follows the model at its own pace: the copy for the next start.
    fn keep_up(&mut self) {
        self.copy(KeepNow::IfDue);
    }

    fn copy(&mut self, when: KeepNow) {
        let replica = self.model.world.board.replica();
        let now = self.now();
        let (at, generation) = self.copied;
        let differs = replica.generation() != generation;
        // Whoever logs out wants nothing left here.
        let differs = differs && self.model.connection != Connection::SignedOut;
        let is_due = differs && (when == KeepNow::AtEnd || now.since(at) >= COPY_EVERY);
        // Taking the parts costs as much as a frame: only where they are kept.
        if is_due
            && self.keep == KeepSnapshot::Yes
            && let Some(parts) = ReplicaParts::of(replica)
        {
            self.copied = (now, replica.generation());
            self.effects.link.keep_copy(parts, now, KeepCopy::Until(now.plus(COPY_LIVES)));
        }
    }
}

/// Whether a copy is kept now in any case.
#[derive(Clone, Copy, PartialEq, Eq)]
enum KeepNow {
    IfDue,
    AtEnd,
}

/// The terminal while it is ours.
struct Screen {
    session: Session,
    face: Face,
    drawn: Moment,
}

/// How it is written on.
enum Face {
    /// As a whole.
    Panes(Terminal<Compact<Stdout>>),
    /// Line after line.
    Lines(Lines),
}

impl Screen {
    /// Takes the terminal, used in this way.
    fn enter(layout: Layout, size: Size, capabilities: Capabilities) -> io::Result<Self> {
        let drawn = Moment::now();
        if layout == Layout::Linear {
            let letters = if capabilities.unicode { Letters::All } else { Letters::Ascii };
            let session = Session::enter(Mode::Linear)?;
            return Ok(Self { session, face: Face::Lines(Lines::new(size.columns, letters)), drawn });
        }
        let session = Session::enter(Mode::Full)?;
        let out =
            Compact::new(stdout(), columns(size)).synchronized(capabilities.synchronized).ascii(!capabilities.unicode);
        let mut terminal = Terminal::new(out)?;
        terminal.clear()?;
        Ok(Self { session, face: Face::Panes(terminal), drawn })
    }

    fn draw(&mut self, model: &mut Model, theme: &Theme) -> io::Result<()> {
        match &mut self.face {
            Face::Panes(terminal) => {
                terminal.draw(|frame| {
                    if let Some(cursor) = view(model, theme, frame.buffer_mut()) {
                        frame.set_cursor_position(cursor);
                    }
                    blank_broken(frame.buffer_mut());
                })?;
            }
            Face::Lines(lines) => lines.draw(model)?,
        }
        self.drawn = Moment::now();
        Ok(())
    }

    /// When it is to be drawn again if nothing happens before.
    fn due(&self) -> Option<Instant> {
        match &self.face {
            Face::Panes(_) => None,
            Face::Lines(lines) => lines.due(),
        }
    }

    fn ring(&mut self) {
        match &mut self.face {
            Face::Panes(terminal) => terminal.backend_mut().ring(),
            Face::Lines(lines) => lines.ring(),
        }
    }

    fn resize(&mut self, columns: Columns) -> io::Result<()> {
        match &mut self.face {
            Face::Panes(terminal) => {
                terminal.backend_mut().resize(columns);
                terminal.clear()
            }
            Face::Lines(lines) => {
                lines.resize(columns.width);
                Ok(())
            }
        }
    }

    /// Leaves nothing of what was told: a whole screen goes away by itself, lines do not.
    fn wipe(&self) -> io::Result<()> {
        match &self.face {
            Face::Panes(_) => Ok(()),
            Face::Lines(_) => Lines::wipe(),
        }
    }

    /// Somebody else wrote on the terminal, or the operator wants to see it anew.
    fn redraw(&mut self, size: Size) -> io::Result<()> {
        if let Face::Lines(lines) = &mut self.face {
            lines.again(size.columns);
            return Ok(());
        }
        self.resize(columns(size))
    }
}

const fn columns(size: Size) -> Columns {
    Columns::new(size.columns, size.rows)
}

fn far() -> tokio::time::Instant {
    tokio::time::Instant::now() + Duration::from_hours(1)
}

/// What the terminal can, as its environment and the settings say.
fn capabilities(config: &crate::config::console::Console) -> Capabilities {
    let told = Capabilities::of(|name| std::env::var(name).ok());
    let depth = match config.colours {
        Colours::Auto => told.depth,
        Colours::None => Depth::Mono,
        Colours::Sixteen => Depth::Sixteen,
        Colours::Palette => Depth::TwoFiftySix,
        Colours::True => Depth::True,
    };
    let unicode = match config.ascii {
        Ascii::Auto => told.unicode,
        Ascii::On => false,
        Ascii::Off => true,
    };
    Capabilities { depth, unicode, ..told }
}

/// The key table with the machine's bindings.
fn keymap(
    config: &crate::config::console::Console,
    file: Option<&std::path::Path>,
    digits: DigitRow,
) -> Result<Keymap, Vec<super::keymap::KeyFault>> {
    let rebinds: Vec<Rebind> = (config.keys.iter())
        .map(|line| Rebind {
            action: line.action.clone(),
            keys: line.keys.clone(),
            place: file.map(|file| KeyPlace { file: file.to_owned(), line: line.line }),
        })
        .collect();
    Keymap::rebound(digits, &rebinds)
}
