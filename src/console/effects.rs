//! Effects done: the only file of the console that starts I/O. Everything returns at once; what comes of it comes back as messages.

use super::{
    effect::Effect,
    message::Message,
    model::{
        activity::{Figures, Period},
        rounds::Question,
    },
    printer::Printer,
    session::Door,
};
use crate::{
    client::{Client, ClientError},
    domain::{entity::EntityKind, operator::Login, request::Request, time::Instant},
    planning::{
        day::{Day, search},
        solver::Rounds,
    },
    replica::{Record, link::Link},
    wire::{
        query::Page,
        travel::{AskTravel, TravelTimes},
    },
};
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};
use tokio::{runtime::Handle, sync::mpsc::UnboundedSender};

/// What the loop itself has to do, since only it holds the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Nothing more.
    Nothing,
    /// Order what goes on beside the office.
    Order(&'static str),
    /// Ring with the next frame.
    Ring,
    /// Draw everything anew.
    Redraw,
    /// Wake update then.
    WakeAt(Instant),
    /// Give the terminal to the shell for a while.
    ToShell,
    /// Leave.
    Quit,
    /// Leave to somebody else.
    HandOver,
}

/// Does what update asks for.
#[derive(Debug)]
pub struct Effects {
    /// The tasks between console and office.
    pub link: Link,
    /// For what is read besides.
    pub client: Client,
    /// The way in.
    pub door: Door,
    /// Who works here.
    pub login: Login,
    /// Where answers go.
    pub answers: UnboundedSender<Message>,
    /// Where they are waited for.
    pub runtime: Handle,
    /// The machine's printer.
    pub printer: Printer,
    /// The day that is being planned.
    pub planning: Planning,
}

/// By how much planning gives way to what else the machine does.
#[cfg(target_os = "linux")]
const PLANNING_NICE: i32 = 10;

/// The thread that plans, if one does: there is one at a time, and it ends soon after it is told to.
#[derive(Debug, Default)]
pub struct Planning(Mutex<Option<Arc<AtomicBool>>>);

impl Planning {
    fn begin(&self, day: Arc<Day>, answers: UnboundedSender<Message>) {
        self.stop();
        let stopped = Arc::new(AtomicBool::new(false));
        if let Ok(mut running) = self.0.lock() {
            *running = Some(Arc::clone(&stopped));
        }
        let plan = move || {
            // Keys come first, also where there are few cores; here this is of the one thread (nice(2)), elsewhere of the whole program.
            #[cfg(target_os = "linux")]
            let _ = rustix::process::nice(PLANNING_NICE);
            let is_stopped = || stopped.load(Ordering::Relaxed);
            search(&day, &Rounds::default(), &is_stopped, &mut |found| {
                if !is_stopped() {
                    // Nobody listens once the console has ended.
                    let _ = answers.send(Message::Planned(Box::new(found)));
                }
            });
        };
        // Without a thread there is no plan; the rounds can be made by hand.
        let _ = std::thread::Builder::new().name("planning".to_owned()).spawn(plan);
    }

    fn stop(&self) {
        if let Ok(mut running) = self.0.lock()
            && let Some(stopped) = running.take()
        {
            stopped.store(true, Ordering::Relaxed);
        }
    }
}

impl Drop for Planning {
    fn drop(&mut self) {
        self.stop();
    }
}

impl Effects {
    /// Does it, or says what is left for the loop.
    pub fn run(&self, effect: Effect) -> Left {
        match effect {
            Effect::Keep(record) => self.keep(*record),
            Effect::Ask(given) => self.link.send_directly(*given),
            Effect::KeepDraft(draft) => self.link.save_draft(*draft),
            Effect::DropDraft(subject) => self.link.drop_draft(subject),
            Effect::Hold(claims) => self.link.hold(claims),
            Effect::Search(words) => self.ask(|client| async move {
                let found = client.search(&words).await.and_then(|page| requests(&page));
                Message::Searched { words, found }
            }),
            Effect::ReadHistory(request) => self.ask(move |client| async move {
                let history = client.history(EntityKind::Request, request.into()).await;
                Message::HistoryTold { request, history }
            }),
            Effect::ReadTab(person) => self.ask(move |client| async move {
                let balance = client.tab_of(person).await;
                Message::TabTold { person, balance }
            }),
            Effect::ReadPast(person) => self.ask(move |client| async move {
                let past = client.requests_of(person).await.and_then(|page| requests(&page));
                Message::PastTold { person, past }
            }),
            Effect::ReadFigures { from, to } => self.ask(move |client| async move {
                let figures = async { Ok((client.provider_loads().await?, client.ess(from, to).await?)) };
                Message::FiguresTold(figures.await)
            }),
            Effect::ReadActivity(period) => self.ask(move |client| async move {
                Message::ActivityTold { period, told: figures(&client, period).await.map(Box::new) }
            }),
            Effect::ReadJournal(before) => self.ask(move |client| async move {
                let told = client.journal(before).await;
                Message::JournalTold { before, told }
            }),
            Effect::AskWays(question) => self.ask(move |client| async move {
                let told = travel_times(&client, &question).await;
                Message::WaysTold { question, told }
            }),
            Effect::Print(paper) => {
                let printer = self.printer.clone();
                self.ask(move |client| async move { Message::Printed(printer.print(&client, paper).await) });
            }
            Effect::Plan(day) => self.planning.begin(day, self.answers.clone()),
            Effect::StopPlanning => self.planning.stop(),
            Effect::Extra(order) => return Left::Order(order),
            Effect::LogIn(proof) => {
                let (door, login) = (self.door.clone(), self.login.clone());
                self.ask(|client| async move { Message::SignedIn(door.again(&client, &login, proof).await) });
            }
            Effect::Unlock { proof, behind } => {
                let (door, login) = (self.door.clone(), self.login.clone());
                self.ask(|client| async move { Message::Unlocked(door.unlock(&client, &login, proof, behind).await) });
            }
            Effect::Latch(latch) => {
                let (sessions, login, answers) = (self.door.sessions.clone(), self.login.clone(), self.answers.clone());
                self.runtime.spawn_blocking(move || {
                    if let Err(why) = sessions.latch(&login, latch) {
                        // Nobody listens once the console has ended.
                        let _ = answers.send(Message::NotLatched(why));
                    }
                });
            }
            Effect::GoOn => self.link.signed_in(),
            Effect::Ring => return Left::Ring,
            Effect::Redraw => return Left::Redraw,
            Effect::WakeAt(at) => return Left::WakeAt(at),
            Effect::ToShell => return Left::ToShell,
            Effect::Quit => return Left::Quit,
            Effect::HandOver => return Left::HandOver,
        }
        Left::Nothing
    }

    fn keep(&self, record: Record) {
        match record {
            Record::Given { given, instead_of } => self.link.give(given, instead_of),
            Record::Again { key } => self.link.again(key),
            Record::Dropped { key } => self.link.throw_away(key),
            // What the office says of a command is the link's to record.
            Record::Refused { .. } | Record::Done { .. } => {}
        }
    }

    fn ask<F: Future<Output = Message> + Send + 'static>(&self, question: impl FnOnce(Client) -> F) {
        let answers = self.answers.clone();
        let answer = question(self.client.clone());
        self.runtime.spawn(async move {
            // Nobody listens once the console has ended.
            let _ = answers.send(answer.await);
        });
    }
}

/// The ways of each kind and speed of vehicle, all asked for at once.
async fn travel_times(client: &Client, question: &Question) -> Result<Vec<TravelTimes>, ClientError> {
    let asked = question.pacings.iter().map(|(vehicle, speed)| async move {
        let positions = question.positions.clone();
        client.travel_times(&AskTravel { vehicle: *vehicle, speed_kmh: Some(*speed), positions }).await
    });
    futures_util::future::try_join_all(asked).await
}

/// What happened in a time, and the share of ESS of the month and the year in which it lies.
async fn figures(client: &Client, period: Period) -> Result<Figures, ClientError> {
    let (from, to) = period.days();
    let share = |from, to| client.ess_by(from, to, period.site);
    Ok(Figures {
        counted: client.activity(from, to, period.site).await?,
        month: share(period.day.first_of_month(), period.day.last_of_month()).await?,
        year: share(period.day.first_of_year(), period.day.last_of_year()).await?,
    })
}

/// The requests of a page.
fn requests(page: &Page) -> Result<Vec<Request>, ClientError> {
    let rows = page.rows.iter().map(|row| serde_json::from_str(row.get()));
    rows.collect::<Result<_, _>>().map_err(|error| ClientError::Protocol(error.to_string()))
}
