//! What is open when the day begins: requests in every state, offers that are out, things to hand back, mail nobody has read.

use super::{
    chance::Chance,
    day,
    directory::{BaseError, Directory, Partner, Seat, id, short, text},
    past::{Asked, Chronicle, Dated, Staff, charge, give, partner, prepare, put},
    people::Person,
    words::{self, Places},
};
use crate::{
    domain::{
        beneficiary::Way,
        booking::{BookingFields, Purpose},
        call::{CallEvent, CallEventKind, Direction, HangupCause},
        clock::Urgency,
        contact::{CameIn, Party, WalkIn},
        ids::{BookingId, ContactId, ItemId, RecurringOrderId, ServiceId, SiteId},
        item::{Holder, ItemFields},
        offer::OfferState,
        operator::Language,
        phone::PhoneNumber,
        recurrence::{OnHoliday, Recurrence, Rhythm, WeekDay},
        recurring::{RecurringOrderFields, RecurringState, TimeOfDay},
        request::{Channel, Handover, Payer, Quantity, RequestState, Requester},
        service::Carriage,
        time::Instant,
    },
    wire::{
        bodies::{Answer, Because, Fact, Step, StepBecause, Wait},
        catalogue::Command,
        desk_bodies::HandBack,
        dispatch_bodies::DeclineOffer,
        recurring_bodies::{AlreadyMade, PauseRecurring},
    },
};
use jiff::{SignedDuration, ToSpan as _, civil::Weekday};
use std::{collections::BTreeSet, num::NonZeroU8};

/// Where a request stands when the day begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    New,
    Triaged,
    Waiting,
    Offered,
    Assigned,
    Underway,
    Ready,
    Done,
}

/// How many stand where.
const OPEN: [(Stands, usize); 8] = [
    (Stands::New, 6),
    (Stands::Triaged, 9),
    (Stands::Waiting, 3),
    (Stands::Offered, 7),
    (Stands::Assigned, 9),
    (Stands::Underway, 6),
    (Stands::Ready, 10),
    (Stands::Done, 4),
];

/// What is open when the day begins, with how it came to be.
///
/// # Errors
/// None that this program's data have.
pub fn stock(directory: &Directory, seed: u64, language: Language) -> Result<Vec<Dated>, BaseError> {
    let mut builder = Builder {
        directory,
        staff: Staff::of(directory)?,
        chance: Chance::of(seed, "stock"),
        chronicle: Chronicle::of(language)?,
        language,
        labels: 100,
    };
    let mut number = 0;
    for (stands, count) in OPEN {
        for place in 0..count {
            number += 1;
            builder.request(stands, place, number)?;
        }
    }
    builder.recurring();
    builder.contradictions()?;
    builder.contacts(seed, language)?;
    builder.chronicle.deeds.sort_by_key(|dated| dated.at);
    Ok(builder.chronicle.deeds)
}

/// Hours that a partner works on a day.
const HOURS_A_DAY: u16 = 7;

/// Working days that the quickest of those who do a service takes for it.
fn lead_days(directory: &Directory, service: ServiceId, site: SiteId) -> u16 {
    let usual = directory.services.iter().find(|known| known.id == service).map_or(0, |known| known.fields.lead_time_h);
    let partners = directory.partners_for(service, site);
    let hours = partners.iter().flat_map(|partner| {
        let offered = partner.fields.services.iter().filter(|offered| offered.service_id == service);
        offered.map(|offered| offered.lead_time_h.unwrap_or(usual))
    });
    hours.min().unwrap_or(usual).div_ceil(HOURS_A_DAY)
}

struct Builder<'a> {
    directory: &'a Directory,
    staff: Staff,
    chance: Chance,
    chronicle: Chronicle,
    language: Language,
    labels: u32,
}

impl<'a> Builder<'a> {
    /// Minutes of opening time before the day's start.
    fn ago(&self, minutes: i64) -> Instant {
        let directory = self.directory;
        let calendar = directory.calendar();
        let mut day = directory.today();
        let mut left = minutes;
        let now = directory.start.civil(&directory.zone).time();
        let mut available = (i64::from(now.hour()) - 8) * 60 + i64::from(now.minute());
        let mut end = now.hour();
        while left >= available.max(0) {
            left -= available.max(0);
            day = day.saturating_sub(1.days());
            while !calendar.is_working_day(day) {
                day = day.saturating_sub(1.days());
            }
            available = 9 * 60;
            end = 17;
        }
        let end_minutes = if day == directory.today() { available } else { i64::from(end - 8) * 60 };
        directory.at(day.at(8, 0, 0, 0)).plus(SignedDuration::from_mins(end_minutes - left - 1))
    }

    /// Somebody who orders something that fits.
    fn ask(&mut self, stands: Stands, place: usize, number: usize) -> Option<Asked<'a>> {
        let directory = self.directory;
        let carried = matches!(stands, Stands::Ready | Stands::Underway);
        // Somebody whom everybody knows has shirts ready and bread on its way.
        let known = match (stands, place) {
            (Stands::Ready, 0) => Some("Chemise"),
            (Stands::Assigned, 0) => Some("Pain frais"),
            _ => None,
        };
        let person: &Person = match known {
            Some(_) => directory.people.first()?,
            None => directory.people.get(1 + self.chance.below(directory.people.len().saturating_sub(1)))?,
        };
        let service = match (known, person.habits.first()) {
            (Some(name), _) => directory.service(name)?,
            (None, Some(habit)) => directory.services.iter().find(|offered| offered.id == habit.service)?,
            (None, None) => self.chance.pick(&directory.services)?,
        };
        let fits = directory.serves(person.site, service.id)
            && !directory.partners_for(service.id, person.site).is_empty()
            && (!carried || service.fields.carriage != Carriage::OnSite);
        if !fits {
            return None;
        }
        let quantity = person.habits.first().map_or(1, |habit| habit.quantity);
        let channel = *self.chance.pick(&[Channel::Phone, Channel::Phone, Channel::Email, Channel::Permanence])?;
        let minutes = match stands {
            Stands::New => self.chance.between(5, 90),
            // At worst late since this morning: a clock that ran out before the night, or on Friday, would say so in days.
            // What came in the last hour of the day before runs out after this morning's opening.
            Stands::Triaged | Stands::Waiting => {
                let now = directory.start.civil(&directory.zone).time();
                let open = (i64::from(now.hour()) - 8) * 60 + i64::from(now.minute());
                self.chance.between(15, (open.max(0) + 59).min(240))
            }
            Stands::Offered => self.chance.between(25, 80),
            Stands::Assigned => self.chance.between(160, 500),
            Stands::Underway => self.chance.between(300, 800),
            Stands::Ready | Stands::Done => self.chance.between(600, 1100),
        };
        let due = match stands {
            Stands::Ready | Stands::Done | Stands::Underway => {
                let desk = directory.desks_today().find(|desk| desk.fields.site_id == person.site);
                match desk {
                    Some(desk) => directory.today().to_datetime(desk.fields.window.to()),
                    None => directory.next_desk(person.site, directory.today()),
                }
            }
            // What is to be given yet can be done in time.
            _ => {
                let ready = (0..=lead_days(directory, service.id, person.site))
                    .fold(directory.today(), |day, _| directory.working_day_after(day));
                directory.next_desk(person.site, ready)
            }
        };
        Some(Asked { name: format!("open {number}"), person, service, quantity, channel, at: self.ago(minutes), due })
    }

    fn request(&mut self, stands: Stands, place: usize, number: usize) -> Result<(), BaseError> {
        let asked = loop {
            if let Some(asked) = self.ask(stands, place, number) {
                break asked;
            }
        };
        let (staff, id) = (self.staff, asked.id());
        let taker = if number.is_multiple_of(5) { staff.paul } else { staff.lea };
        let at = |minutes: i64| asked.at.plus(SignedDuration::from_mins(minutes));
        let mut fields = asked.fields()?;
        if stands == Stands::New {
            // What was noted in a hurry: something is missing.
            match place % 3 {
                0 => fields.when = None,
                1 => fields.payer = None,
                _ => (fields.service_id, fields.price) = (None, None),
            }
            let service = words::named(&asked.service.fields, self.language).as_str();
            let places = Places { name: "", site: "", quantity: asked.quantity, service, day: "" };
            fields.text = Some(text("text", &words::fill(&self.chronicle.noted.in_a_hurry, &places))?);
        }
        self.chronicle.by(asked.at, taker, Command::CreateRequest { id, body: fields });
        if stands == Stands::New {
            if place == 0 {
                let body = Answer { seen: RequestState::New, text: text("text", &self.chronicle.noted.answered)? };
                self.chronicle.by(at(2), staff.paul, Command::AnswerRequest { id, body });
            }
            return Ok(());
        }
        self.chronicle.by(at(1), taker, Command::TriageRequest { id, body: Step { seen: RequestState::New } });
        match stands {
            Stands::Triaged if place == 0 => {
                let body = StepBecause { seen: RequestState::Triaged, reason: short(&self.chronicle.noted.elsewhere)? };
                self.chronicle.by(at(4), staff.paul, Command::CancelRequest { id, body });
            }
            Stands::New | Stands::Triaged => {}
            Stands::Waiting => {
                let until =
                    self.directory.start.plus(SignedDuration::from_hours(2 + i64::try_from(place).unwrap_or(0)));
                let question = short(&self.chronicle.noted.question)?;
                let body = Wait { seen: RequestState::Triaged, question, until: Some(until) };
                self.chronicle.by(at(3), staff.nadia, Command::WaitRequest { id, body });
            }
            Stands::Offered => self.offered(&asked, place)?,
            Stands::Assigned | Stands::Underway | Stands::Ready | Stands::Done => {
                let given = give(self.directory, &staff, &asked, at(8), &mut self.chance, &mut self.chronicle)?;
                if stands == Stands::Underway {
                    let body = Step { seen: RequestState::Assigned };
                    self.chronicle.by(
                        self.ago(40 + i64::try_from(place).unwrap_or(0) * 11),
                        staff.machine,
                        Command::StartRequest { id, body },
                    );
                }
                if matches!(stands, Stands::Ready | Stands::Done) {
                    // Since the last desk closed: what lay there before was handed back, or explained.
                    let place = i64::try_from(place).unwrap_or(0);
                    let minutes = if stands == Stands::Done { 50 + place * 3 } else { 6 + place * 4 };
                    let ready = self.directory.start.plus(-SignedDuration::from_mins(minutes));
                    if stands == Stands::Ready {
                        self.lay_ready(&asked, usize::try_from(place).unwrap_or(0), ready)?;
                    }
                    let body = Step { seen: RequestState::Assigned };
                    self.chronicle.by(ready, staff.machine, Command::ReadyRequest { id, body });
                    charge(&asked, given.partner, ready, &staff, &mut self.chronicle)?;
                    if stands == Stands::Done {
                        let body = Step { seen: RequestState::Ready };
                        self.chronicle.by(
                            ready.plus(SignedDuration::from_mins(30)),
                            staff.concierge_of(asked.person),
                            Command::DoneRequest { id, body },
                        );
                    }
                }
            }
        }
        Ok(())
    }

    /// An offer that is out: by mail, to be told by telephone, or beside one that got a no.
    fn offered(&mut self, asked: &Asked<'_>, place: usize) -> Result<(), BaseError> {
        let directory = self.directory;
        let fit = directory.partners_for(asked.service.id, asked.person.site);
        let wanted = if place.is_multiple_of(2) { Way::Mail } else { Way::Telephone };
        let first = match fit.iter().find(|partner| partner.fields.prefers == wanted) {
            Some(partner) => *partner,
            None => partner(directory, asked.service.id, asked.person.site, &mut self.chance)
                .ok_or_else(|| BaseError::Missing("provider".to_owned()))?,
        };
        let at = asked.at.plus(SignedDuration::from_mins(6));
        // A mail that is out is a real one: the office writes it as soon as it opens.
        let out = |partner: &Partner| if partner.fields.way() == Way::Mail { prepare } else { put };
        let other = fit.iter().find(|other| other.id != first.id).filter(|_| place % 3 == 2);
        let told = if other.is_some() { put } else { out(first) };
        told(directory, asked, first, asked.offer(0), at, &self.staff, &mut self.chronicle)?;
        if let Some(other) = other {
            let later = |minutes: i64| at.plus(SignedDuration::from_mins(minutes));
            out(other)(directory, asked, other, asked.offer(1), later(1), &self.staff, &mut self.chronicle)?;
            let body =
                DeclineOffer { seen: OfferState::Sent, reason: short(&self.chronicle.noted.full)?, counter: None };
            self.chronicle.by(later(7), self.staff.machine, Command::DeclineOffer { id: asked.offer(0), body });
        }
        Ok(())
    }

    /// A thing that lies ready: at the desk, or in a locker where there is none.
    fn lay_ready(&mut self, asked: &Asked<'_>, place: usize, at: Instant) -> Result<(), BaseError> {
        self.labels += 1;
        let site_id = asked.person.site;
        let locker =
            self.directory.lockers.iter().filter(|(_, site)| *site == site_id).nth(place).map(|(locker, _)| *locker);
        let holder = match locker.filter(|_| asked.person.handover == Handover::Locker || place % 4 == 3) {
            Some(locker_id) => {
                // One of them is overdue.
                let until = if place % 8 == 3 {
                    at.plus(SignedDuration::from_mins(2))
                } else {
                    self.directory.start.plus(SignedDuration::from_hours(26))
                };
                let body = BookingFields {
                    locker_id,
                    site_id,
                    purpose: Purpose::Pickup,
                    request_id: Some(asked.id()),
                    beneficiary_id: Some(asked.person.id),
                    until,
                };
                let booking = id::<BookingId>(&format!("booking {}", asked.name));
                self.chronicle.by(at, self.staff.samira, Command::ReserveBooking { id: booking, body });
                self.chronicle.by(
                    at,
                    self.staff.samira,
                    Command::FillBooking { id: booking, body: Fact { occurred_at: at } },
                );
                Holder::Locker { locker_id }
            }
            None => Holder::Concierge {
                site_id,
                place: Some(short(&self.chronicle.noted.shelf.replace("{n}", &(1 + place % 4).to_string()))?),
            },
        };
        let body = ItemFields {
            label: short(&format!("B-{:04}", self.labels))?,
            description: Some(words::named(&asked.service.fields, self.language).clone()),
            request_id: Some(asked.id()),
            beneficiary_id: Some(asked.person.id),
            site_id,
            holder,
            since: at,
        };
        let item = id::<ItemId>(&format!("item {}", asked.name));
        self.chronicle.by(at, self.staff.concierge_of(asked.person), Command::CreateItem { id: item, body });
        Ok(())
    }

    /// What some order again and again: bread on Tuesdays and Fridays, baskets once a week; one of them is away for a while.
    fn recurring(&mut self) {
        let directory = self.directory;
        let today = directory.today();
        let weekly: [(&str, u32, &[Weekday]); 4] = [
            ("Pain frais", 2, &[Weekday::Tuesday, Weekday::Friday]),
            ("Panier de légumes", 1, &[Weekday::Thursday]),
            ("Panier de fruits", 1, &[Weekday::Wednesday]),
            ("Pain frais", 1, &[Weekday::Monday]),
        ];
        let mut people = directory.people.iter();
        for (place, (name, quantity, days)) in (0_i64..).zip(weekly) {
            let Some(service) = directory.service(name) else { continue };
            let is_served = |person: &&Person| {
                directory.serves(person.site, service.id) && !directory.partners_for(service.id, person.site).is_empty()
            };
            let Some(person) = people.find(is_served) else { continue };
            let is_away = place == 3;
            let order: RecurringOrderId = id(&format!("recurring {place}"));
            let from = if is_away { today.saturating_add(10.days()) } else { today.saturating_add(1.days()) };
            let body = RecurringOrderFields {
                requester: Requester::Person { id: person.id },
                service_id: service.id,
                site_id: person.site,
                payer: Payer::Person,
                time: TimeOfDay::Due { at: jiff::civil::time(12, 0, 0, 0) },
                quantity: Quantity::try_from(quantity).unwrap_or_default(),
                detail: None,
                handover: Some(person.handover.clone()),
                urgency: Urgency::Normal,
                recurrence: Recurrence {
                    rhythm: Rhythm::Weekly { every: NonZeroU8::MIN, days: days.iter().copied().map(WeekDay).collect() },
                    from,
                    until: None,
                    times: None,
                    except: BTreeSet::new(),
                    holidays: OnHoliday::LeftOut,
                },
                contact_id: None,
            };
            let at = self.ago(75 - place * 8);
            self.chronicle.by(at, self.staff.lea, Command::CreateRecurringOrder { id: order, body });
            if is_away {
                let body = PauseRecurring {
                    seen: RecurringState::Active,
                    from: today,
                    to: Some(today.saturating_add(20.days())),
                    made: AlreadyMade::Keep,
                    reason: None,
                };
                self.chronicle.by(self.ago(40), self.staff.nadia, Command::PauseRecurringOrder { id: order, body });
            }
        }
    }

    /// What the world and the record do not agree on: labels taken in twice, a bag that had gone back already, a broken door.
    fn contradictions(&mut self) -> Result<(), BaseError> {
        let Some(person) = self.directory.people.get(3) else { return Ok(()) };
        let (site_id, concierge) = (person.site, self.staff.concierge_of(person));
        let desk = Holder::Concierge { site_id, place: None };
        for (number, label) in [(1, "C-0007"), (2, "C-0007"), (3, "C-0012")] {
            let at = self.ago(50 - number * 3);
            let body = ItemFields {
                label: short(label)?,
                description: Some(short(&self.chronicle.noted.bag)?),
                request_id: None,
                beneficiary_id: Some(person.id),
                site_id,
                holder: desk.clone(),
                since: at,
            };
            let item = id::<ItemId>(&format!("contradiction {number}"));
            self.chronicle.by(at, concierge, Command::CreateItem { id: item, body });
            if number == 3 {
                for minutes in [30, 20] {
                    let at = self.ago(minutes);
                    let body = HandBack { occurred_at: at, from: desk.clone(), to: Some(person.id) };
                    self.chronicle.by(at, concierge, Command::HandBackItem { id: item, body });
                }
            }
        }
        if let Some((locker, _)) = self.directory.lockers.last() {
            let body = Because { reason: short(&self.chronicle.noted.broken)? };
            self.chronicle.by(self.ago(70), self.staff.samira, Command::BreakLocker { id: *locker, body });
        }
        Ok(())
    }

    /// What came in before the day and waits: a missed call, mail, somebody at the desk.
    fn contacts(&mut self, seed: u64, language: Language) -> Result<(), BaseError> {
        let machine = self.staff.machine;
        let missed = PhoneNumber::parse("01 99 00 45 67").map_err(|error| super::directory::wrong("phone", &error))?;
        for (number, minutes) in [(1, 24), (2, 6)] {
            let rang = self.directory.start.plus(-SignedDuration::from_mins(minutes));
            for (event, seconds) in [(CallEventKind::Ring, 0), (CallEventKind::Hangup, 31)] {
                let at = rang.plus(SignedDuration::from_secs(seconds));
                let body = CallEvent {
                    source: short("standard")?,
                    call_id: short(&format!("early-{number}"))?,
                    event,
                    occurred_at: at,
                    direction: Direction::In,
                    from: Some(short(missed.as_str())?),
                    to: None,
                    queue: Some(short("conciergerie")?),
                    extension: None,
                    cause: (event == CallEventKind::Hangup).then_some(HangupCause::Cancel),
                    leg: None,
                };
                self.chronicle.by(at, machine, Command::RecordCall { body });
            }
        }
        for (number, mail) in (0_i64..).zip(day::early_mails(seed, self.directory, language)?) {
            let at = self.directory.start.plus(-SignedDuration::from_mins(9 + number * 19));
            let party = mail.person.map_or(Party::Unknown, |(id, _)| Party::Person { id });
            let body =
                CameIn { occurred_at: at, site_id: mail.person.map(|(_, site)| site), party, what: mail.message };
            let contact = id::<ContactId>(&format!("early mail {number}"));
            self.chronicle.by(at, machine, Command::RecordMessage { id: contact, body });
        }
        let desk = self
            .directory
            .desks_today()
            .find(|desk| desk.fields.window.start(&self.directory.zone) < self.directory.start);
        if let Some(desk) = desk {
            let site = desk.fields.site_id;
            // Not the first, who is about to call.
            let mut others = self.directory.people.iter().skip(1);
            let Some(person) = others.find(|person| person.site == site) else { return Ok(()) };
            let at = self.directory.start.plus(-SignedDuration::from_mins(4));
            let what =
                WalkIn { permanence_id: Some(desk.id), text: Some(text("text", &self.chronicle.noted.at_the_desk)?) };
            let body = CameIn { occurred_at: at, site_id: Some(site), party: Party::Person { id: person.id }, what };
            let by = if desk.fields.concierge_id == self.directory.operator(Seat::Concierge).ok() {
                self.staff.karim
            } else {
                self.staff.samira
            };
            self.chronicle.by(at, by, Command::RecordWalkIn { id: id::<ContactId>("early walk-in"), body });
        }
        Ok(())
    }
}
