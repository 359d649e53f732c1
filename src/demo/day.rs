//! What happens on the day: who calls, writes and comes by, when, with which words. The same seed gives the same day.

use super::{
    chance::Chance,
    directory::{BaseError, Desk, Directory, Offered, Seat, wrong},
    people::Person,
    words::{self, Places, Words},
};
use crate::domain::{
    contact::{Attachment, Keeping, Message, MessageNature},
    email::EmailAddress,
    ids::{BeneficiaryId, PermanenceId, ServiceId, SiteId},
    operator::Language,
    phone::PhoneNumber,
    service::{Carriage, PriceRule},
    time::Instant,
};
use jiff::{SignedDuration, civil::DateTime};

/// How long the day goes on.
const LENGTH: SignedDuration = SignedDuration::from_hours(8);

/// Something that happens.
#[derive(Clone, Debug, PartialEq)]
pub struct Happening {
    /// When, on the day's own clock.
    pub at: Instant,
    /// What.
    pub act: Act,
}

/// What happens.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// The telephone rings.
    Call(Caller),
    /// A mail comes in.
    Mail(Box<Mail>),
    /// Somebody comes to a desk.
    WalkIn(WalkIn),
    /// Somebody fetches what lies ready at a desk.
    Fetch {
        /// At which desk.
        desk: PermanenceId,
        /// Where.
        site: SiteId,
        /// Who keeps it.
        by: Seat,
    },
    /// A desk opens.
    Open {
        /// Which.
        desk: PermanenceId,
        /// Who keeps it.
        by: Seat,
    },
    /// A desk closes.
    Close {
        /// Which.
        desk: PermanenceId,
        /// Where.
        site: SiteId,
        /// Who keeps it.
        by: Seat,
    },
}

/// What somebody wants.
#[derive(Clone, Debug, PartialEq)]
pub enum Wish {
    /// A job.
    Order {
        /// Who.
        person: BeneficiaryId,
        /// Where.
        site: SiteId,
        /// What.
        service: ServiceId,
        /// How many.
        quantity: u32,
        /// For when.
        due: DateTime,
    },
    /// An answer; how a colleague notes that it was given.
    Answer(String),
}

/// Somebody who calls.
#[derive(Clone, Debug, PartialEq)]
pub struct Caller {
    /// The call's number of the day, from 1.
    pub number: usize,
    /// What the telephone system shows; none for a hidden number.
    pub from: Option<PhoneNumber>,
    /// Who it is, for those who tell the day's story.
    pub name: String,
    /// How long they let it ring.
    pub patience: SignedDuration,
    /// The colleague who takes it, and after how long; nobody but the one who plays, if none.
    pub taken: Option<(Seat, SignedDuration)>,
    /// What they say, sentence after sentence.
    pub says: Vec<String>,
    /// How long a colleague talks with them.
    pub talk: SignedDuration,
    /// What they want.
    pub wish: Wish,
}

/// A mail.
#[derive(Clone, Debug, PartialEq)]
pub struct Mail {
    /// As a mailbox hands it in; its id and what it answers to are names within the day.
    pub message: Message,
    /// The colleague who deals with it, and after how long; nobody but the one who plays, if none.
    pub taken: Option<(Seat, SignedDuration)>,
    /// What the writer wants.
    pub wish: Wish,
    /// Who wrote, if the house knows them.
    pub person: Option<(BeneficiaryId, SiteId)>,
}

/// Somebody at a desk.
#[derive(Clone, Debug, PartialEq)]
pub struct WalkIn {
    /// Which desk.
    pub desk: PermanenceId,
    /// Where.
    pub site: SiteId,
    /// Who keeps it.
    pub by: Seat,
    /// Who comes.
    pub person: BeneficiaryId,
    /// Their name.
    pub name: String,
    /// What they say.
    pub says: String,
    /// What they want.
    pub wish: Wish,
}

/// The day of a directory from its start, in the order of time.
///
/// # Errors
/// None that this program's data have.
pub fn day(seed: u64, directory: &Directory, language: Language) -> Result<Vec<Happening>, BaseError> {
    let author = Author { directory, language, words: Words::of(language)? };
    let mut happenings = Vec::new();
    author.calls(&mut Chance::of(seed, "calls"), &mut happenings);
    author.mails(&mut Chance::of(seed, "mails"), &mut happenings)?;
    author.desks(&mut Chance::of(seed, "desks"), &mut happenings);
    happenings.sort_by_key(|happening| happening.at);
    Ok(happenings)
}

/// The mails that came in before the day began and that nobody has dealt with.
///
/// # Errors
/// None that this program's data have.
pub(super) fn early_mails(seed: u64, directory: &Directory, language: Language) -> Result<Vec<Mail>, BaseError> {
    let author = Author { directory, language, words: Words::of(language)? };
    let mut chance = Chance::of(seed, "early mails");
    (0..5).map(|number| author.mail(&format!("early-{number}"), number, &mut chance, None)).collect()
}

struct Author<'a> {
    directory: &'a Directory,
    language: Language,
    words: Words,
}

/// What somebody orders, in words and as it is written down.
struct Order {
    wish: Wish,
    quantity: u32,
    service: String,
    day: String,
}

impl Author<'_> {
    /// Moments of the day, a while apart on average.
    fn moments(&self, first_s: i64, gap_s: i64, chance: &mut Chance) -> Vec<Instant> {
        let mut moments = Vec::new();
        let mut at = self.directory.start.plus(SignedDuration::from_secs(first_s));
        while at.since(self.directory.start) < LENGTH {
            moments.push(at);
            at = at.plus(SignedDuration::from_secs(chance.between(gap_s / 4, gap_s * 7 / 4)));
        }
        moments
    }

    fn person(&self, chance: &mut Chance) -> Option<&Person> {
        let regulars = self.directory.people.iter().take_while(|person| !person.habits.is_empty()).count();
        let among = if chance.happens(60) { regulars } else { self.directory.people.len() };
        self.directory.people.get(chance.below(among))
    }

    /// What a person orders: mostly a habit.
    fn order(&self, person: &Person, chance: &mut Chance) -> Option<Order> {
        let directory = self.directory;
        let tomorrow = directory.working_day_after(directory.today());
        let (service, quantity, date) = if let Some(habit) = chance.pick(&person.habits) {
            let weekday = chance.pick(&habit.days).copied()?;
            (habit.service, habit.quantity, directory.today().nth_weekday(1, weekday).ok()?)
        } else {
            let date = directory.working_day_after(tomorrow);
            let fits = |service: &&Offered| {
                let (from, to) = (service.fields.from, service.fields.to);
                let in_season = from.is_none_or(|from| from <= date) && to.is_none_or(|to| date <= to);
                in_season && directory.serves(person.site, service.id)
            };
            let of_site: Vec<&Offered> = directory.services.iter().filter(fits).collect();
            let service = chance.pick(&of_site)?;
            // Nobody orders three times help with paperwork, or three buffets.
            let counted = matches!(service.fields.price, PriceRule::PerUnit { .. })
                && service.fields.carriage != Carriage::OnSite;
            let quantity = chance.between(1, 3);
            (service.id, u32::try_from(quantity).ok().filter(|_| counted).unwrap_or(1), date)
        };
        let offered = directory.services.iter().find(|offered| offered.id == service)?;
        let due = date.at(12, 0, 0, 0);
        let wish = Wish::Order { person: person.id, site: person.site, service, quantity, due };
        let day = self.words.day(date).to_owned();
        Some(Order { wish, quantity, service: words::called(offered, self.language, chance), day })
    }

    fn calls(&self, chance: &mut Chance, happenings: &mut Vec<Happening>) {
        let calls = self.moments(4, 100, chance);
        for (number, at) in (1..).zip(calls) {
            if let Some(caller) = self.caller(number, chance) {
                happenings.push(Happening { at, act: Act::Call(caller) });
            }
        }
    }

    fn caller(&self, number: usize, chance: &mut Chance) -> Option<Caller> {
        // The first call of the day is a known person with a habit: the newcomer's own.
        let kind = if number == 1 { 0 } else { chance.below(100) };
        let person = if number == 1 { self.directory.people.first()? } else { self.person(chance)? };
        let site = words::site(self.directory, person.site);
        let order = self.order(person, chance)?;
        let name = person.short_name();
        let mut places =
            Places { name: &name, site, quantity: order.quantity, service: &order.service, day: &order.day };
        let mut from = person.calls_from.clone();
        let (says, wish, name) = match kind {
            0..62 => {
                let switchboard = person.fields.phones.is_empty();
                let first = if switchboard {
                    self.words.switchboard.clone()
                } else {
                    words::one_of(&self.words.orders, chance)
                };
                let after = words::one_of(&self.words.after, chance);
                (vec![words::fill(&first, &places), after], order.wish, person.name())
            }
            62..78 => {
                let question = words::fill(&words::one_of(&self.words.questions, chance), &places);
                (vec![question], Wish::Answer(words::one_of(&self.words.given, chance)), person.name())
            }
            78..88 => {
                let partner = chance.pick(&self.directory.partners)?;
                from = partner.fields.phones.first().cloned();
                places.name = partner.fields.name.as_str();
                let said = words::fill(&words::one_of(&self.words.providers, chance), &places);
                (vec![said], Wish::Answer(words::one_of(&self.words.given, chance)), places.name.to_owned())
            }
            _ => {
                // A number that nobody knows, or none.
                let unknown =
                    PhoneNumber::parse(&format!("01 99 00 {:02} {:02}", chance.below(100), chance.below(100)));
                from = unknown.ok().filter(|_| chance.happens(60));
                let said = words::fill(&words::one_of(&self.words.strangers, chance), &places);
                (vec![said], Wish::Answer(self.words.wrong_number.clone()), "?".to_owned())
            }
        };
        let colleague = match chance.below(100) {
            _ if number == 1 => None,
            0..35 => Some(Seat::SecondReception),
            35..60 => Some(Seat::Trainee),
            60..78 => Some(Seat::Reception),
            _ => None,
        };
        let taken = colleague.map(|seat| (seat, SignedDuration::from_secs(chance.between(5, 16))));
        Some(Caller {
            number,
            from,
            name,
            patience: SignedDuration::from_secs(if number == 1 { 90 } else { chance.between(24, 60) }),
            taken,
            says,
            talk: SignedDuration::from_secs(chance.between(35, 130)),
            wish,
        })
    }

    fn mails(&self, chance: &mut Chance, happenings: &mut Vec<Happening>) -> Result<(), BaseError> {
        let moments = self.moments(11, 170, chance);
        let mut last: Option<String> = None;
        for (number, at) in moments.into_iter().enumerate() {
            let before = last.clone().filter(|_| chance.happens(18));
            let mail = self.mail(&format!("day-{number}"), number, chance, before.as_deref())?;
            last = Some(mail.message.message_id.as_str().to_owned());
            happenings.push(Happening { at, act: Act::Mail(Box::new(mail)) });
        }
        Ok(())
    }

    /// One mail; now and then not what one hopes for.
    fn mail(&self, id: &str, number: usize, chance: &mut Chance, before: Option<&str>) -> Result<Mail, BaseError> {
        let missing = || BaseError::Missing("person".to_owned());
        let person = loop {
            let person = self.person(chance).ok_or_else(missing)?;
            if !person.fields.emails.is_empty() {
                break person;
            }
        };
        let order = loop {
            if let Some(order) = self.order(person, chance) {
                break order;
            }
        };
        let (name, site) = (person.name(), words::site(self.directory, person.site));
        let places = Places { name: &name, site, quantity: order.quantity, service: &order.service, day: &order.day };
        let template = chance.pick(if before.is_some() { &self.words.replies } else { &self.words.mails });
        let template = template.ok_or_else(missing)?;
        let (mut subject, mut text) = (words::fill(&template.subject, &places), words::fill(&template.text, &places));
        let mut nature = MessageNature::Personal;
        let mut from: Option<EmailAddress> = person.fields.emails.first().cloned();
        let mut from_name = name.clone();
        let mut wish = order.wish;
        let mut known = Some((person.id, person.site));
        let mut attachments = Vec::new();
        match number % 12 {
            // Everything that a subject can do to a terminal, as far as it goes through a mailbox.
            3 => {
                subject = format!(
                    "{}\u{1b}[2J\u{1b}]0;loge\u{7} \u{202e}gnisserp\u{202c} \u{200b}e{}",
                    "!!",
                    "\u{301}".repeat(40)
                );
                text.push_str("\n\n\u{1b}[31m\u{202e}sruoc ne\u{202c}\u{1b}[0m");
            }
            5 => {
                nature = MessageNature::AutoReply;
                subject = self.words.auto_reply.replace("{subject}", &subject);
                wish = Wish::Answer(words::one_of(&self.words.given, chance));
            }
            // A letter that had no text but HTML, as the mailbox made text of it.
            7 => {
                text = format!("{text}\n\n{}", self.words.newsletter);
                attachments.push(Attachment {
                    keeping: Keeping::Elsewhere,
                    name: words::short("logo.png")?,
                    media_type: words::short("image/png")?,
                    bytes: 18_432,
                });
            }
            9 => {
                from =
                    Some("contact@nouvelle-venue.example".to_owned().try_into().map_err(|why| wrong("email", &why))?);
                "Ombline Tournevent".clone_into(&mut from_name);
                known = None;
                wish = Wish::Answer(words::one_of(&self.words.given, chance));
            }
            _ => {}
        }
        if chance.happens(10) {
            text = words::one_of(&self.words.chat, chance);
            wish = Wish::Answer(words::one_of(&self.words.given, chance));
        }
        let message = Message {
            mailbox: words::short("bonjour@conciergerie.example")?,
            message_id: words::short(&format!("<{id}@courriel.example>"))?,
            from,
            from_name: Some(words::short(&from_name)?),
            subject: Some(words::short(&legible(&subject))?),
            text: Some(legible(&text).parse().map_err(|error| wrong("mail", &error))?),
            references: before.map(words::short).transpose()?.into_iter().collect(),
            nature,
            attachments,
            bounced: None,
            request_id: None,
            thread: None,
        };
        let colleague = match chance.below(100) {
            0..25 => Some(Seat::SecondReception),
            25..40 => Some(Seat::Reception),
            40..48 => Some(Seat::Trainee),
            _ => None,
        };
        let taken = colleague.map(|seat| (seat, SignedDuration::from_secs(chance.between(60, 420))));
        // What a program wrote is wrapped up by itself.
        let taken = taken.filter(|_| nature.makes_work());
        Ok(Mail { message, taken, wish, person: known })
    }

    fn desks(&self, chance: &mut Chance, happenings: &mut Vec<Happening>) {
        let directory = self.directory;
        for desk in directory.desks_today() {
            let by = self.keeper(desk);
            let site = desk.fields.site_id;
            let (opens, closes) = (desk.fields.window.start(&directory.zone), desk.fields.window.end(&directory.zone));
            if opens >= directory.start {
                happenings.push(Happening { at: opens, act: Act::Open { desk: desk.id, by } });
            }
            if closes > directory.start {
                happenings.push(Happening { at: closes, act: Act::Close { desk: desk.id, site, by } });
            }
            let here = |at: &Instant| *at > opens && at.plus(SignedDuration::from_secs(30)) < closes;
            for at in self.moments(18, 150, chance).into_iter().filter(here) {
                if let Some(walk_in) = self.walk_in(desk, by, chance) {
                    happenings.push(Happening { at, act: Act::WalkIn(walk_in) });
                }
            }
            for at in self.moments(40, 260, chance).into_iter().filter(here) {
                happenings.push(Happening { at, act: Act::Fetch { desk: desk.id, site, by } });
            }
        }
    }

    fn keeper(&self, desk: &Desk) -> Seat {
        let karim = self.directory.operator(Seat::Concierge).ok();
        if desk.fields.concierge_id == karim { Seat::Concierge } else { Seat::SecondConcierge }
    }

    fn walk_in(&self, desk: &Desk, by: Seat, chance: &mut Chance) -> Option<WalkIn> {
        let site = desk.fields.site_id;
        let of_site: Vec<&Person> = self.directory.people.iter().filter(|person| person.site == site).collect();
        let person = chance.pick(&of_site)?;
        let order = self.order(person, chance)?;
        let (name, place) = (person.name(), words::site(self.directory, site));
        let places =
            Places { name: &name, site: place, quantity: order.quantity, service: &order.service, day: &order.day };
        let says = words::fill(&words::one_of(&self.words.desk, chance), &places);
        Some(WalkIn { desk: desk.id, site, by, person: person.id, name, says, wish: order.wish })
    }
}

/// A text as a mailbox hands it in: control characters, which no header may hold, become their visible pictures.
fn legible(text: &str) -> String {
    text.chars()
        .map(|c| match u32::from(c) {
            _ if matches!(c, '\n' | '\t') => c,
            code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(' '),
            0x7f..0xa0 => '\u{fffd}',
            _ => c,
        })
        .take(5000)
        .collect()
}

/// A number or none as it is shown.
pub fn shown(number: Option<&PhoneNumber>) -> String {
    number.map_or_else(|| "—".to_owned(), ToString::to_string)
}
