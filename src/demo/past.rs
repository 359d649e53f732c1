//! The year behind the day: a thousand services as they went, command by command, each at its time.

use super::{
    chance::Chance,
    directory::{BaseError, Directory, Offered, Partner, Seat, id, short, text, wrong},
    people::Person,
    words::{Noted, Words},
};
use crate::{
    domain::{
        beneficiary::Way,
        ids::{AssignmentId, BeneficiaryId, OfferId, OperatorId, PostingId, RequestId, ServiceId, SiteId},
        money::Cents,
        offer::{OfferFields, OfferState},
        operator::Language,
        posting::{Account, Line, PostingFields, PostingKind},
        request::{Channel, Handover, Payer, Quantity, RequestFields, RequestState, Requester},
        service::Carriage,
        texts::ShortText,
        time::{Instant, When, Window},
    },
    wire::{
        bodies::{Answer, AssignOwnStaff, Fact, Step, StepBecause},
        catalogue::Command,
        desk_bodies::ClosePermanence,
        dispatch_bodies::DeclineOffer,
    },
};
use jiff::{
    SignedDuration, ToSpan as _,
    civil::{Date, DateTime},
};

/// Services of a year.
pub const SERVICES: usize = 1000;

/// What was done.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// A command was given.
    Command(Box<Command>),
    /// The moments of grace of an offer were over, and it was sent.
    Sent(OfferId),
}

/// Something done at its time.
#[derive(Clone, Debug, PartialEq)]
pub struct Dated {
    /// When.
    pub at: Instant,
    /// By whom; none for the system.
    pub by: Option<OperatorId>,
    /// What.
    pub deed: Deed,
}

/// Writes down what was done, in the order in which it is told.
#[derive(Debug)]
pub(super) struct Chronicle {
    /// What was done.
    pub deeds: Vec<Dated>,
    /// What the house's people wrote.
    pub noted: Noted,
}

impl Chronicle {
    /// An empty one of a house of that language.
    pub fn of(language: Language) -> Result<Self, BaseError> {
        Ok(Self { deeds: Vec::new(), noted: Words::of(language)?.noted })
    }

    /// A command by an account.
    pub fn by(&mut self, at: Instant, who: OperatorId, command: Command) {
        self.deeds.push(Dated { at, by: Some(who), deed: Deed::Command(Box::new(command)) });
    }

    /// A command by the system.
    pub fn system(&mut self, at: Instant, command: Command) {
        self.deeds.push(Dated { at, by: None, deed: Deed::Command(Box::new(command)) });
    }

    /// An offer was sent.
    pub fn sent(&mut self, at: Instant, offer: OfferId) {
        self.deeds.push(Dated { at, by: None, deed: Deed::Sent(offer) });
    }
}

/// What somebody asked for.
#[derive(Clone, Debug)]
pub(super) struct Asked<'a> {
    /// Under which name the request is told of; its ids follow from it.
    pub name: String,
    /// Who asks.
    pub person: &'a Person,
    /// What.
    pub service: &'a Offered,
    /// How many.
    pub quantity: u32,
    /// On which way it came.
    pub channel: Channel,
    /// When it came.
    pub at: Instant,
    /// For when.
    pub due: DateTime,
}

impl Asked<'_> {
    /// The request's id.
    pub fn id(&self) -> RequestId {
        id(&format!("request {}", self.name))
    }

    /// The id of its offer of this rank.
    pub fn offer(&self, rank: usize) -> OfferId {
        id(&format!("offer {} {rank}", self.name))
    }

    /// What it costs; what is priced by quote costs 45 €.
    pub fn price(&self) -> Cents {
        self.service.price(self.quantity).or_else(|| Cents::new(4500).ok()).unwrap_or(Cents::ZERO)
    }

    /// As it is written down.
    ///
    /// # Errors
    /// None that this program's data have.
    pub fn fields(&self) -> Result<RequestFields, BaseError> {
        let on_site = self.service.fields.carriage == Carriage::OnSite;
        let when = if on_site {
            let from = self.due.time();
            let to = from.saturating_add(2.hours());
            When::Window(Window::new(self.due.date(), from, to).map_err(|error| wrong("window", &error))?)
        } else {
            When::Due { at: self.due }
        };
        Ok(RequestFields {
            channel: self.channel,
            contact_id: None,
            requester: Some(Requester::Person { id: self.person.id }),
            service_id: Some(self.service.id),
            site_id: Some(self.person.site),
            payer: Some(Payer::Person),
            when: Some(when),
            quantity: Quantity::try_from(self.quantity).map_err(|why| wrong("quantity", &why))?,
            detail: None,
            text: None,
            handover: Some(if on_site { Handover::OnSite } else { self.person.handover.clone() }),
            urgency: crate::domain::clock::Urgency::default(),
            price: Some(self.price()).filter(|price| *price != Cents::ZERO),
        })
    }
}

/// Who works in the house.
#[derive(Clone, Copy, Debug)]
pub(super) struct Staff {
    /// Takes calls and mail.
    pub lea: OperatorId,
    /// Takes them beside.
    pub nadia: OperatorId,
    /// Gives jobs to providers.
    pub ines: OperatorId,
    /// Keeps a desk.
    pub karim: OperatorId,
    /// Keeps the other desk.
    pub samira: OperatorId,
    /// Learns.
    pub paul: OperatorId,
    /// Keeps the house.
    pub manager: OperatorId,
    /// The programs.
    pub machine: OperatorId,
}

impl Staff {
    /// Who hands things over to a person: at the desk, or through a locker.
    pub fn concierge_of(&self, person: &Person) -> OperatorId {
        if person.handover == Handover::Locker { self.samira } else { self.karim }
    }

    /// The staff of a directory.
    ///
    /// # Errors
    /// Somebody is missing.
    pub fn of(directory: &Directory) -> Result<Self, BaseError> {
        Ok(Self {
            lea: directory.operator(Seat::Reception)?,
            nadia: directory.operator(Seat::SecondReception)?,
            ines: directory.operator(Seat::Dispatch)?,
            karim: directory.operator(Seat::Concierge)?,
            samira: directory.operator(Seat::SecondConcierge)?,
            paul: directory.operator(Seat::Trainee)?,
            manager: directory.operator(Seat::Manager)?,
            machine: directory.operator(Seat::Machine)?,
        })
    }
}

/// How a request went.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// Done and settled.
    Closed,
    /// An enquiry.
    Answered,
    /// Called off.
    Cancelled,
    /// Not done by the house.
    Refused,
}

/// A whole year of services and desks up to the evening before the day.
///
/// # Errors
/// None that this program's data have.
pub fn year(directory: &Directory, seed: u64, language: Language) -> Result<Vec<Dated>, BaseError> {
    let mut chance = Chance::of(seed, "year");
    let staff = Staff::of(directory)?;
    let mut chronicle = Chronicle::of(language)?;
    let (first, last) = (directory.today().saturating_sub(370.days()), directory.today().saturating_sub(3.days()));
    let calendar = directory.calendar();
    let mut days = Vec::new();
    let mut day = first;
    while day <= last {
        if calendar.is_working_day(day) {
            days.push(day);
        }
        day = day.saturating_add(1.days());
    }
    let mut number = 0;
    while number < SERVICES {
        let Some(day) = chance.pick(&days).copied() else { break };
        let Some(asked) = ask(directory, number, day, &mut chance) else { continue };
        number += 1;
        let course = match chance.below(100) {
            0..4 => Course::Cancelled,
            4..7 => Course::Answered,
            7..9 => Course::Refused,
            _ => Course::Closed,
        };
        run(directory, &staff, &asked, course, &mut chance, &mut chronicle)?;
    }
    desks(directory, &staff, &mut chronicle);
    chronicle.deeds.sort_by_key(|dated| dated.at);
    Ok(chronicle.deeds)
}

/// Something asked for on a day: mostly a habit of somebody who has some.
fn ask<'a>(directory: &'a Directory, number: usize, day: Date, chance: &mut Chance) -> Option<Asked<'a>> {
    let usual = chance.happens(80);
    let regulars = directory.people.iter().take_while(|person| !person.habits.is_empty()).count();
    let person = directory.people.get(chance.below(if usual { regulars } else { directory.people.len() }))?;
    let (service, quantity, weekday) = match chance.pick(&person.habits).filter(|_| usual) {
        Some(habit) => (habit.service, habit.quantity, chance.pick(&habit.days).copied()),
        None => (chance.pick(&directory.services)?.id, 1, None),
    };
    let service = directory.services.iter().find(|offered| offered.id == service)?;
    if !directory.serves(person.site, service.id) || directory.partners_for(service.id, person.site).is_empty() {
        return None;
    }
    let due_day = match weekday {
        Some(weekday) => day.nth_weekday(1, weekday).ok()?,
        None => directory.working_day_after(directory.working_day_after(day)),
    };
    // Settled before the eve of the day; what goes on today is the stock's.
    if due_day >= directory.today().saturating_sub(1.days()) {
        return None;
    }
    let channel = match chance.below(100) {
        0..45 => Channel::Phone,
        45..75 => Channel::Email,
        _ if person.handover == Handover::Locker => Channel::Locker,
        _ => Channel::Permanence,
    };
    let minutes = chance.between(8 * 60 + 20, 17 * 60);
    let at = directory.at(day.at(0, 0, 0, 0)).plus(SignedDuration::from_mins(minutes));
    Some(Asked { name: format!("past {number}"), person, service, quantity, channel, at, due: due_day.at(12, 0, 0, 0) })
}

/// The provider that gets it: mostly one of the first tier that does it.
pub(super) fn partner<'a>(
    directory: &'a Directory,
    service: ServiceId,
    site: SiteId,
    chance: &mut Chance,
) -> Option<&'a Partner> {
    let fit = directory.partners_for(service, site);
    let best = fit.first()?.fields.tier;
    let first = fit.iter().filter(|partner| partner.fields.tier == best).count();
    let among = if chance.happens(88) { first } else { fit.len() };
    fit.get(chance.below(among)).copied()
}

/// What an offer to a provider says.
pub(super) fn offer_fields(
    asked: &Asked<'_>,
    partner: &Partner,
    deadline: Instant,
    tier_reason: Option<ShortText>,
) -> OfferFields {
    OfferFields {
        request_id: asked.id(),
        provider_id: partner.id,
        way: partner.fields.prefers,
        deadline,
        price: earned(asked, partner),
        note: None,
        tier_reason,
    }
}

/// What the provider earns: its own price, else 85 of a hundred.
fn earned(asked: &Asked<'_>, partner: &Partner) -> Option<Cents> {
    let own = partner.fields.services.iter().find(|offered| offered.service_id == asked.service.id);
    let own = own.and_then(|offered| offered.price)?.checked_mul(asked.quantity);
    own.or_else(|| Cents::new(asked.price().get() * 85 / 100).ok()).filter(|price| *price != Cents::ZERO)
}

fn run(
    directory: &Directory,
    staff: &Staff,
    asked: &Asked<'_>,
    course: Course,
    chance: &mut Chance,
    chronicle: &mut Chronicle,
) -> Result<(), BaseError> {
    let taker = match asked.channel {
        Channel::Permanence => staff.karim,
        _ if chance.happens(60) => staff.lea,
        _ => staff.nadia,
    };
    let id = asked.id();
    let later = |minutes: i64| asked.at.plus(SignedDuration::from_mins(minutes));
    chronicle.by(asked.at, taker, Command::CreateRequest { id, body: asked.fields()? });
    match course {
        Course::Answered => {
            let body = Answer { seen: RequestState::New, text: text("text", &chronicle.noted.told)? };
            chronicle.by(later(3), taker, Command::AnswerRequest { id, body });
            return Ok(());
        }
        Course::Refused => {
            let body = StepBecause { seen: RequestState::New, reason: short(&chronicle.noted.beyond)? };
            chronicle.by(later(40), staff.ines, Command::RefuseRequest { id, body });
            return Ok(());
        }
        Course::Cancelled | Course::Closed => {}
    }
    chronicle.by(later(1), taker, Command::TriageRequest { id, body: Step { seen: RequestState::New } });
    if course == Course::Cancelled {
        let body = StepBecause { seen: RequestState::Triaged, reason: short(&chronicle.noted.gave_up)? };
        chronicle.by(later(90), taker, Command::CancelRequest { id, body });
        return Ok(());
    }
    let answered = give(directory, staff, asked, later(chance.between(6, 45)), chance, chronicle)?;
    let due = directory.at(asked.due);
    let ready = due
        .plus(-SignedDuration::from_mins(chance.between(30, 240)))
        .max(answered.at.plus(SignedDuration::from_hours(1)));
    let done = due.max(ready).plus(SignedDuration::from_mins(chance.between(5, 100)));
    chronicle.by(ready, staff.machine, Command::ReadyRequest { id, body: Step { seen: RequestState::Assigned } });
    chronicle.by(
        done,
        staff.concierge_of(asked.person),
        Command::DoneRequest { id, body: Step { seen: RequestState::Ready } },
    );
    let closing = done.plus(SignedDuration::from_mins(30));
    charge(asked, answered.partner, done, staff, chronicle)?;
    // Regulars settle at the desk, others leave it on the tab for a while.
    if chance.happens(if asked.person.habits.is_empty() { 60 } else { 85 }) {
        pay(asked, asked.price(), closing, staff, chronicle)?;
    }
    chronicle.system(closing, Command::CloseRequest { id, body: Step { seen: RequestState::Done } });
    Ok(())
}

/// A request in somebody's hands.
pub(super) struct Given<'a> {
    /// Since when.
    pub at: Instant,
    /// The provider; none if own staff does it.
    pub partner: Option<&'a Partner>,
}

/// Gives a triaged request to own staff or to a provider that says yes, perhaps beside another that says no.
pub(super) fn give<'a>(
    directory: &'a Directory,
    staff: &Staff,
    asked: &Asked<'_>,
    at: Instant,
    chance: &mut Chance,
    chronicle: &mut Chronicle,
) -> Result<Given<'a>, BaseError> {
    let request = asked.id();
    let mut at = at;
    let own = asked.service.price(1) == Some(Cents::ZERO);
    let first = if own { None } else { partner(directory, asked.service.id, asked.person.site, chance) };
    let Some(first) = first else {
        let body = AssignOwnStaff {
            seen: RequestState::Triaged,
            assignment_id: id::<AssignmentId>(&format!("assignment {}", asked.name)),
            operator_id: staff.concierge_of(asked.person),
        };
        chronicle.by(at, staff.ines, Command::AssignRequest { id: request, body });
        return Ok(Given { at, partner: None });
    };
    let mut chosen = first;
    let fit = directory.partners_for(asked.service.id, asked.person.site);
    let another = fit.into_iter().find(|other| other.id != first.id);
    if let Some(another) = another.filter(|_| chance.happens(9)) {
        let offer = asked.offer(0);
        put(directory, asked, first, offer, at, staff, chronicle)?;
        put(directory, asked, another, asked.offer(1), at.plus(SignedDuration::from_mins(1)), staff, chronicle)?;
        at = at.plus(SignedDuration::from_mins(chance.between(4, 60)));
        let body = DeclineOffer { seen: OfferState::Sent, reason: short(&chronicle.noted.full)?, counter: None };
        chronicle.by(at, staff.machine, Command::DeclineOffer { id: offer, body });
        chosen = another;
    } else {
        put(directory, asked, chosen, asked.offer(1), at, staff, chronicle)?;
    }
    let offer = asked.offer(1);
    at = at.plus(SignedDuration::from_mins(chance.between(2, 75)));
    let by = if chosen.fields.prefers == Way::Telephone { staff.ines } else { staff.machine };
    chronicle.by(at, by, Command::AcceptOffer { id: offer, body: Step { seen: OfferState::Sent } });
    Ok(Given { at, partner: Some(chosen) })
}

/// Puts a request to a provider, who was told so.
pub(super) fn put(
    directory: &Directory,
    asked: &Asked<'_>,
    partner: &Partner,
    offer: OfferId,
    at: Instant,
    staff: &Staff,
    chronicle: &mut Chronicle,
) -> Result<(), BaseError> {
    prepare(directory, asked, partner, offer, at, staff, chronicle)?;
    chronicle.sent(at.plus(SignedDuration::from_secs(16)), offer);
    Ok(())
}

/// Prepares an offer: the office tells it once its moments of grace are over.
pub(super) fn prepare(
    directory: &Directory,
    asked: &Asked<'_>,
    partner: &Partner,
    offer: OfferId,
    at: Instant,
    staff: &Staff,
    chronicle: &mut Chronicle,
) -> Result<(), BaseError> {
    let deadline = at.plus(SignedDuration::from_hours(3));
    let passes_over = directory.passes_over(asked.service.id, asked.person.site, partner);
    let tier_reason = passes_over.then(|| short(&chronicle.noted.passed_over)).transpose()?;
    let body = offer_fields(asked, partner, deadline, tier_reason);
    chronicle.by(at, staff.ines, Command::PrepareOffer { id: offer, body });
    Ok(())
}

/// Puts the price on the person's tab; nothing for what is free.
pub(super) fn charge(
    asked: &Asked<'_>,
    partner: Option<&Partner>,
    at: Instant,
    staff: &Staff,
    chronicle: &mut Chronicle,
) -> Result<(), BaseError> {
    let price = asked.price();
    let earned = partner.and_then(|partner| Some((partner.id, earned(asked, partner)?)));
    let rest = earned.and_then(|(_, earned)| price.checked_sub(earned)).unwrap_or(price);
    let vat = if rest > Cents::ZERO { asked.service.fields.vat.vat_included_in(rest) } else { Cents::ZERO };
    let commission = rest.checked_sub(vat).unwrap_or(rest);
    let lines = [
        Some((Account::Person { beneficiary_id: asked.person.id }, price)),
        earned.map(|(provider_id, earned)| (Account::Provider { provider_id }, -earned)),
        Some((Account::Vat { rate: asked.service.fields.vat }, -vat)),
        Some((Account::Commission, -commission)),
    ];
    let lines: Vec<Line> = lines
        .into_iter()
        .flatten()
        .filter(|(_, amount)| *amount != Cents::ZERO)
        .map(|(account, amount)| Line { account, amount })
        .collect();
    if price == Cents::ZERO {
        return Ok(());
    }
    let body = posting(PostingKind::Charge, lines, at, asked, None, Some(asked.service.fields.name.as_str()))?;
    let id = id::<PostingId>(&format!("charge {}", asked.name));
    chronicle.by(at, staff.manager, Command::PostPosting { id, body });
    Ok(())
}

/// The person pays at the desk.
pub(super) fn pay(
    asked: &Asked<'_>,
    amount: Cents,
    at: Instant,
    staff: &Staff,
    chronicle: &mut Chronicle,
) -> Result<(), BaseError> {
    if amount == Cents::ZERO {
        return Ok(());
    }
    let person: BeneficiaryId = asked.person.id;
    let lines = vec![
        Line { account: Account::Card, amount },
        Line { account: Account::Person { beneficiary_id: person }, amount: -amount },
    ];
    let taken_by = staff.concierge_of(asked.person);
    let body = posting(PostingKind::Payment, lines, at, asked, Some(taken_by), None)?;
    let id = id::<PostingId>(&format!("payment {}", asked.name));
    chronicle.by(at, taken_by, Command::PostPosting { id, body });
    Ok(())
}

fn posting(
    kind: PostingKind,
    lines: Vec<Line>,
    at: Instant,
    asked: &Asked<'_>,
    taken_by: Option<OperatorId>,
    words: Option<&str>,
) -> Result<PostingFields, BaseError> {
    Ok(PostingFields {
        kind,
        lines,
        occurred_at: at,
        request_id: Some(asked.id()),
        site_id: Some(asked.person.site),
        taken_by,
        permanence_id: None,
        reverses: None,
        text: words.map(short).transpose()?,
    })
}

/// The timetable, and the desks that were kept until now.
pub(super) fn desks(directory: &Directory, staff: &Staff, chronicle: &mut Chronicle) {
    let planned = directory.start.plus(-SignedDuration::from_hours(24 * 35));
    for desk in &directory.desks {
        let window = &desk.fields.window;
        chronicle.by(planned, staff.manager, Command::PlanPermanence { id: desk.id, body: desk.fields.clone() });
        let (opens, closes) = (window.start(&directory.zone), window.end(&directory.zone));
        let keeper = desk.fields.concierge_id.unwrap_or(staff.karim);
        if opens < directory.start {
            chronicle.by(opens, keeper, Command::OpenPermanence { id: desk.id, body: Fact { occurred_at: opens } });
        }
        if closes < directory.start {
            let body = ClosePermanence { occurred_at: closes, explanations: Vec::new(), cash_counted: None };
            chronicle.by(closes, keeper, Command::ClosePermanence { id: desk.id, body });
        }
    }
}
