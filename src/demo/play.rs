//! The day as it is played: callers, writers, visitors, colleagues and providers, all through the office's own HTTP interface.
//!
//! Everybody waits for what the others do: a caller for being answered, a colleague for a call that nobody took, a provider for an offer.
//! What the one who plays does counts as much as what the played do.

use super::{
    chance::Chance,
    day::{Act, Caller, Happening, Mail, Wish, shown},
    directory::{BaseError, Directory, Seat},
    scene::Scene,
    words::{self, Words},
    world::World,
};
use crate::{
    client::{Client, ClientError},
    domain::{
        call::{CallEvent, CallEventKind, Direction, HangupCause},
        claim::ClaimSubject,
        contact::{CameIn, ContactState, Message, Party},
        entity::EntityKind,
        ids::{BeneficiaryId, ClaimId, ContactId, OperatorId, RequestId, SiteId},
        operator::Language,
        request::{Channel, Payer, Quantity, RequestFields, RequestState, Requester},
        service::Carriage,
        texts::ShortText,
        time::{Instant, When, Window},
    },
    wire::{
        bodies::{Renew, Renewal, Step, TakeClaim, WrapUp},
        catalogue::Command,
        change::Done,
        fresh,
        problem::ProblemKind,
    },
};
use jiff::{SignedDuration, Timestamp, ToSpan as _};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, OnceLock, PoisonError, atomic::AtomicBool},
    time::Duration,
};
use tokio::{
    sync::{broadcast, mpsc},
    task::JoinSet,
    time::{Instant as Monotonic, sleep, sleep_until, timeout},
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

mod desk;
mod partner;
mod planned;
mod rounds;
mod trade;
mod village;

pub use partner::Outside;

/// Longest that a caller stays on the line.
const PATIENCE_ON_THE_LINE: Duration = Duration::from_mins(15);

/// How often a colleague says that they still hold what they hold.
const RENEWAL: Duration = Duration::from_secs(15);

/// How the day is played.
#[derive(Clone, Debug)]
pub struct Staging {
    /// What is played.
    pub scene: Scene,
    /// The seat of the one who plays, whose acts nobody plays; none if all are played.
    pub player: Option<Seat>,
    /// How many times as fast as its own clock the day goes.
    pub speed: f64,
    /// How far the house's clock goes ahead of the machine's.
    pub ahead: SignedDuration,
    /// What decides over chance.
    pub seed: u64,
    /// In which language people write and speak.
    pub language: Language,
    /// What leads from providers to the house.
    pub outside: Outside,
}

/// What is heard by the one who plays: on the line of a call, or at their desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    /// The call; none for somebody at the desk.
    pub contact: Option<ContactId>,
    /// Who speaks, as far as the story knows.
    pub who: String,
    /// What they say.
    pub says: String,
}

/// A line of the day's story: a sentence's key with its variables.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The sentence.
    pub key: &'static str,
    /// What stands in it.
    pub variables: Vec<(&'static str, String)>,
}

/// What the day came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Times that each thing was told.
    pub told: BTreeMap<&'static str, u64>,
    /// Commands that the office carried out.
    pub carried_out: u64,
    /// Commands that came too late, because somebody else was quicker: part of every day.
    pub beaten: u64,
    /// Commands that the office refused otherwise, by command and cause.
    pub refused: BTreeMap<String, u64>,
}

impl Tally {
    /// How often something was told.
    pub fn count(&self, key: &str) -> u64 {
        self.told.get(key).copied().unwrap_or_default()
    }
}

/// Why the day cannot be played.
#[derive(Debug, thiserror::Error)]
pub enum PlayError {
    /// The directory is no house.
    #[error(transparent)]
    Base(#[from] BaseError),
    /// The office does not answer.
    #[error(transparent)]
    Office(#[from] ClientError),
}

/// The day while it is played. Clones play together.
#[derive(Clone)]
pub struct Stage {
    shared: Arc<Shared>,
}

struct Shared {
    directory: Directory,
    staging: Staging,
    seats: BTreeMap<Seat, Client>,
    world: World,
    words: Words,
    /// What tells this run's calls and mails from those of another.
    run: String,
    /// What providers open pages and send mail with; none if this machine has no network at all.
    http: Option<reqwest::Client>,
    /// Whether a provider has told already that it cannot do what it took.
    failed: AtomicBool,
    heard: broadcast::Sender<Heard>,
    story: mpsc::UnboundedSender<Told>,
    tally: Mutex<Tally>,
    /// When playing began, and at which moment of the script.
    began: OnceLock<(Monotonic, Instant)>,
    stop: CancellationToken,
}

impl Stage {
    /// Sets the stage: every played seat's client is logged in already, that of [`Seat::Machine`] among them.
    ///
    /// # Errors
    /// A seat is missing, or the office does not answer.
    pub async fn set(
        directory: Directory,
        staging: Staging,
        seats: BTreeMap<Seat, Client>,
        story: mpsc::UnboundedSender<Told>,
    ) -> Result<Self, PlayError> {
        let machine = seats.get(&Seat::Machine).ok_or_else(|| BaseError::Missing("machine".to_owned()))?;
        let world = World::of(machine).await?;
        let words = Words::of(staging.language)?;
        let shared = Shared {
            directory,
            staging,
            seats,
            world,
            words,
            run: fresh::<Uuid>().simple().to_string(),
            http: http(),
            failed: AtomicBool::new(false),
            heard: broadcast::channel(64).0,
            story,
            tally: Mutex::default(),
            began: OnceLock::new(),
            stop: CancellationToken::new(),
        };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// What the one who plays hears from now on.
    pub fn hear(&self) -> broadcast::Receiver<Heard> {
        self.shared.heard.subscribe()
    }

    /// Ends the day as soon as everybody heard it.
    pub fn stop(&self) {
        self.shared.stop.cancel();
    }

    /// What the day came to so far.
    pub fn tally(&self) -> Tally {
        self.shared.tally.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The moment of the script that is played now; none before playing began.
    pub fn reached(&self) -> Option<Instant> {
        let (began, from) = self.shared.began.get()?;
        let played = SignedDuration::try_from(began.elapsed().mul_f64(self.shared.staging.speed)).ok()?;
        Some(from.plus(played))
    }

    /// Plays until the day is over or stopped; happenings before `from` are left out.
    pub async fn play(&self, day: Vec<Happening>, from: Instant) {
        let mut acts = JoinSet::new();
        let stage = self.clone();
        acts.spawn(async move {
            if let Some(machine) = stage.seat(Seat::Machine) {
                stage.shared.world.follow(machine).await;
            }
        });
        let played: &[fn(Self) -> trade::Played] = match self.shared.staging.scene {
            Scene::House => &[trade::dispatch, trade::providers, trade::work, rounds::rounds],
            Scene::Village(_) => &[
                trade::dispatch,
                trade::providers,
                rounds::rounds,
                village::planning,
                village::laundries,
                village::buildings,
            ],
        };
        for played in played {
            acts.spawn(played(self.clone()));
        }
        let (began, from) = *self.shared.began.get_or_init(|| (Monotonic::now(), from));
        let script = async {
            for happening in day.into_iter().filter(|happening| happening.at >= from) {
                sleep_until(began + self.real(happening.at.since(from))).await;
                acts.spawn(self.clone().act(happening.act));
                while acts.try_join_next().is_some() {}
            }
            std::future::pending::<()>().await;
        };
        tokio::select! {
            () = script => {}
            () = self.shared.stop.cancelled() => {}
        }
        acts.shutdown().await;
    }

    async fn act(self, act: Act) {
        let done = match act {
            Act::Call(caller) => self.call(caller).await,
            Act::Mail(mail) => self.mail(*mail).await,
            Act::WalkIn(walk_in) => self.walk_in(walk_in).await,
            Act::Fetch { desk, site, by } => self.fetch(desk, site, by).await,
            Act::Open { desk, by } => self.open(desk, by).await,
            Act::Close { desk, site, by } => self.close(desk, site, by).await,
        };
        // Nothing more comes of an act whose command was refused; the tally has it.
        let _: Option<()> = done;
    }

    /// A time of the day's own clock as it is waited for.
    fn real(&self, span: SignedDuration) -> Duration {
        Duration::try_from(span).unwrap_or_default().div_f64(self.shared.staging.speed.max(0.01))
    }

    async fn pause(&self, span: SignedDuration) {
        sleep(self.real(span)).await;
    }

    async fn pause_between(&self, chance: &mut Chance, from_s: i64, to_s: i64) {
        self.pause(SignedDuration::from_secs(chance.between(from_s, to_s))).await;
    }

    /// Now on the house's clock.
    fn now(&self) -> Instant {
        Timestamp::now()
            .checked_add(self.shared.staging.ahead)
            .ok()
            .and_then(|at| at.try_into().ok())
            .unwrap_or(Instant::MIN)
    }

    /// The client of a played seat; none for that of the one who plays.
    fn seat(&self, seat: Seat) -> Option<&Client> {
        if self.shared.staging.player == Some(seat) { None } else { self.shared.seats.get(&seat) }
    }

    fn chance(&self, purpose: &str) -> Chance {
        Chance::of(self.shared.staging.seed, purpose)
    }

    /// Gives a command as a seat; nothing if it is the player's or the office says no.
    async fn give(&self, seat: Seat, command: Command) -> Option<Done> {
        let client = self.seat(seat)?;
        let answer = client.send_until_answered(fresh(), &command).await;
        let mut tally = self.shared.tally.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Ok(done) => {
                tally.carried_out += 1;
                Some(done)
            }
            Err(error) => {
                if is_beaten(&error) {
                    tally.beaten += 1;
                } else {
                    *tally.refused.entry(format!("{}: {error}", command.name())).or_default() += 1;
                }
                None
            }
        }
    }

    fn tell(&self, key: &'static str, variables: Vec<(&'static str, String)>) {
        let mut tally = self.shared.tally.lock().unwrap_or_else(PoisonError::into_inner);
        *tally.told.entry(key).or_default() += 1;
        drop(tally);
        // Nobody has to listen.
        let _ = self.shared.story.send(Told { key, variables });
    }

    fn say(&self, contact: Option<ContactId>, who: &str, says: &str) {
        let _ = self.shared.heard.send(Heard { contact, who: who.to_owned(), says: says.to_owned() });
    }

    /// The name of an account on the story's lines.
    fn called(&self, operator: OperatorId) -> String {
        let known = self.shared.directory.operators.iter().find(|(id, _)| *id == operator);
        known.map_or_else(String::new, |(_, fields)| fields.name.as_str().to_owned())
    }

    fn is_player(&self, operator: OperatorId) -> bool {
        let login = self.shared.staging.player.map(Seat::login);
        let known = self.shared.directory.operators.iter().find(|(id, _)| *id == operator);
        login.is_some() && known.map(|(_, fields)| fields.login.as_str()) == login
    }
}

/// Whether somebody else was quicker, so that the command came too late.
fn is_beaten(error: &ClientError) -> bool {
    let ClientError::Problem(problem) = error else { return false };
    let kinds = [ProblemKind::StateMoved, ProblemKind::IllegalMove, ProblemKind::Busy];
    problem.status == 409 && kinds.iter().any(|kind| problem.kind.ends_with(kind.word()))
}

/// Calls and mails, and the colleagues who deal with them.
impl Stage {
    async fn line(&self, caller: &Caller, event: CallEventKind, by: Option<OperatorId>) -> Option<Done> {
        let extension = by.and_then(|by| {
            let known = self.shared.directory.operators.iter().find(|(id, _)| *id == by);
            known.and_then(|(_, fields)| fields.extensions.first().cloned())
        });
        let hung_up = event == CallEventKind::Hangup;
        let body = CallEvent {
            source: line("standard")?,
            call_id: line(&format!("{}-{}", self.shared.run, caller.number))?,
            event,
            occurred_at: self.now(),
            direction: Direction::In,
            from: caller.from.as_ref().and_then(|number| line(number.as_str())),
            to: None,
            queue: line("conciergerie"),
            extension,
            cause: hung_up.then_some(if by.is_some() { HangupCause::NormalClearing } else { HangupCause::Cancel }),
            leg: None,
        };
        self.give(Seat::Machine, Command::RecordCall { body }).await
    }

    async fn call(&self, caller: Caller) -> Option<()> {
        let rang = self.line(&caller, CallEventKind::Ring, None).await?;
        let contact: ContactId = created(&rang, EntityKind::Contact)?.into();
        let who = [("name", caller.name.clone()), ("number", shown(caller.from.as_ref()))];
        self.tell("demo-rings", who.to_vec());
        let world = &self.shared.world;
        let answered = async {
            let colleague = async {
                if let Some((seat, after)) = caller.taken {
                    self.pause(after).await;
                    self.claim(seat, ClaimSubject::Contact { id: contact }).await;
                }
                std::future::pending().await
            };
            tokio::select! {
                by = world.until(|rows| rows.holder(contact.into())) => by,
                by = colleague => by,
            }
        };
        let Ok(by) = timeout(self.real(caller.patience), answered).await else {
            self.line(&caller, CallEventKind::Hangup, None).await?;
            self.tell("demo-missed", who.to_vec());
            return self.call_back(&caller, contact).await;
        };
        self.line(&caller, CallEventKind::Answer, Some(by)).await?;
        self.tell("demo-answered", vec![("name", caller.name.clone()), ("operator", self.called(by))]);
        let played = Seat::ALL.into_iter().find(|seat| self.shared.directory.operator(*seat).ok() == Some(by));
        match played.filter(|_| !self.is_player(by)) {
            Some(seat) => self.talk(&caller, contact, seat).await,
            None => self.listen(&caller, contact).await,
        }
        self.line(&caller, CallEventKind::Hangup, Some(by)).await?;
        self.tell("demo-hung-up", vec![("name", caller.name.clone())]);
        Some(())
    }

    /// Speaks with the one who plays until they are done with the call.
    async fn listen(&self, caller: &Caller, contact: ContactId) {
        let words = async {
            for says in &caller.says {
                self.pause(SignedDuration::from_millis(1200)).await;
                self.say(Some(contact), &caller.name, says);
                self.pause(SignedDuration::from_secs(9)).await;
            }
            std::future::pending::<()>().await;
        };
        let done = |rows: &super::world::Rows| rows.contact(contact).filter(|state| *state != ContactState::Open);
        tokio::select! {
            () = words => {}
            _ = self.shared.world.until(done) => self.pause(SignedDuration::from_secs(2)).await,
            () = sleep(PATIENCE_ON_THE_LINE) => {}
        }
    }

    /// A colleague talks, notes what is asked for, and is done.
    async fn talk(&self, caller: &Caller, contact: ContactId, seat: Seat) {
        self.hold(seat, contact, caller.talk).await;
        self.note(seat, Channel::Phone, contact, &caller.wish).await;
    }

    /// Keeps one's claim alive for a while.
    async fn hold(&self, seat: Seat, contact: ContactId, span: SignedDuration) {
        let until = Monotonic::now() + self.real(span);
        while Monotonic::now() < until {
            sleep_until(until.min(Monotonic::now() + RENEWAL)).await;
            let claim = self.shared.world.rows().claim(contact.into());
            if let Some(id) = claim {
                let body = Renew { claims: vec![Renewal { id, draft: None }] };
                self.give(seat, Command::RenewClaims { body }).await;
            }
        }
    }

    /// Writes down a wish, or answers it, and is done with the contact.
    async fn note(&self, seat: Seat, channel: Channel, contact: ContactId, wish: &Wish) -> Option<()> {
        let outcome = match wish {
            Wish::Answer(outcome) => outcome.clone(),
            Wish::Order { person, site, service, quantity, due } => {
                let fields = self.request(channel, contact, (*person, *site), (*service, *quantity), *due)?;
                let id: RequestId = fresh();
                self.give(seat, Command::CreateRequest { id, body: fields }).await?;
                self.give(seat, Command::TriageRequest { id, body: Step { seen: RequestState::New } }).await?;
                self.tell("demo-noted", vec![("operator", self.seat_name(seat))]);
                self.shared.words.saved.clone()
            }
        };
        let body = WrapUp { outcome: line(&outcome)? };
        self.give(seat, Command::WrapUpContact { id: contact, body }).await?;
        Some(())
    }

    fn seat_name(&self, seat: Seat) -> String {
        self.shared.directory.operator(seat).map(|id| self.called(id)).unwrap_or_default()
    }

    /// An order as a colleague writes it down.
    fn request(
        &self,
        channel: Channel,
        contact: ContactId,
        (person, site): (BeneficiaryId, SiteId),
        (service, quantity): (crate::domain::ids::ServiceId, u32),
        due: jiff::civil::DateTime,
    ) -> Option<RequestFields> {
        let directory = &self.shared.directory;
        let offered = directory.services.iter().find(|offered| offered.id == service)?;
        let known = directory.people.iter().find(|known| known.id == person)?;
        let on_site = offered.fields.carriage == Carriage::OnSite;
        let when = if on_site {
            When::Window(Window::new(due.date(), due.time(), due.time().saturating_add(2.hours())).ok()?)
        } else {
            When::Due { at: due }
        };
        let handover = if on_site { crate::domain::request::Handover::OnSite } else { known.handover.clone() };
        Some(RequestFields {
            channel,
            contact_id: Some(contact),
            requester: Some(Requester::Person { id: person }),
            service_id: Some(service),
            site_id: Some(site),
            payer: Some(Payer::Person),
            when: Some(when),
            quantity: Quantity::try_from(quantity).ok()?,
            detail: None,
            text: None,
            handover: Some(handover),
            urgency: crate::domain::clock::Urgency::default(),
            price: offered.price(quantity).filter(|price| *price != crate::domain::money::Cents::ZERO),
        })
    }

    /// Takes something in hand, unless somebody has.
    async fn claim(&self, seat: Seat, subject: ClaimSubject) -> Option<()> {
        let free = self.shared.world.rows().holder(subject.id()).is_none();
        if !free || self.seat(seat).is_none() {
            return None;
        }
        let id: ClaimId = fresh();
        self.give(seat, Command::TakeClaim { id, body: TakeClaim { subject } }).await.map(drop)
    }

    /// A colleague calls back some of those who were missed.
    async fn call_back(&self, caller: &Caller, contact: ContactId) -> Option<()> {
        if caller.number % 2 == 1 || caller.from.is_none() {
            return None;
        }
        let seat = if self.seat(Seat::Reception).is_some() { Seat::Reception } else { Seat::SecondReception };
        let mut chance = self.chance(&format!("call back {}", caller.number));
        self.pause_between(&mut chance, 90, 400).await;
        let open = self.shared.world.rows().contact(contact) == Some(ContactState::Open);
        if !open {
            return None;
        }
        self.claim(seat, ClaimSubject::Contact { id: contact }).await?;
        self.hold(seat, contact, SignedDuration::from_secs(40)).await;
        let body = WrapUp { outcome: line(&self.shared.words.called_back)? };
        self.give(seat, Command::CallBackContact { id: contact, body }).await?;
        self.tell("demo-called-back", vec![("name", caller.name.clone()), ("operator", self.seat_name(seat))]);
        Some(())
    }

    async fn mail(&self, mail: Mail) -> Option<()> {
        let named = |id: &ShortText| line(&format!("<{}-{}", self.shared.run, id.as_str().trim_start_matches('<')));
        let message = Message {
            message_id: named(&mail.message.message_id)?,
            references: mail.message.references.iter().filter_map(named).collect(),
            ..mail.message
        };
        let subject = message.subject.as_ref().map(|subject| subject.as_str().to_owned()).unwrap_or_default();
        let id: ContactId = fresh();
        let body = CameIn {
            occurred_at: self.now(),
            site_id: mail.person.map(|(_, site)| site),
            party: mail.person.map_or(Party::Unknown, |(id, _)| Party::Person { id }),
            what: message,
        };
        self.give(Seat::Machine, Command::RecordMessage { id, body }).await?;
        self.tell("demo-mail", vec![("subject", subject)]);
        let (seat, after) = mail.taken?;
        self.pause(after).await;
        let open = self.shared.world.rows().contact(id) == Some(ContactState::Open);
        if !open {
            return None;
        }
        self.claim(seat, ClaimSubject::Contact { id }).await?;
        self.hold(seat, id, SignedDuration::from_secs(45)).await;
        self.note(seat, Channel::Email, id, &mail.wish).await?;
        self.tell("demo-mail-done", vec![("operator", self.seat_name(seat))]);
        Some(())
    }
}

/// A text of this program; none if it does not fit.
fn line(words: &str) -> Option<ShortText> {
    words.chars().take(ShortText::MAX).collect::<String>().parse().ok()
}

/// The id of the first row of a kind that a command made.
fn created(done: &Done, kind: EntityKind) -> Option<Uuid> {
    done.changes.iter().find(|change| change.entity == kind).map(|change| change.id)
}

/// What a provider's browser and mail program speak HTTP with: an answer that leads elsewhere is an answer.
fn http() -> Option<reqwest::Client> {
    crate::client::tls::install();
    let built = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).no_proxy().build();
    built.inspect_err(|error| tracing::warn!(%error, "providers answer nothing")).ok()
}
