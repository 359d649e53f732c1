//! The story of a practised permanence: its people and their things, and how all of it came to lie there. The same seed tells the same.

use super::super::{
    chance::Chance,
    directory::{BaseError, Directory, Offered, id, short, wrong},
    past::{Asked, Chronicle, Dated, Staff},
    people::Person,
    words::{self, Noted, Words},
};
use crate::{
    domain::{
        ids::{AssignmentId, BeneficiaryId, ItemId, PermanenceId, PostingId, RequestId, ServiceId, SiteId},
        item::{Holder, ItemFields},
        label::Label,
        money::Cents,
        operator::Language,
        permanence::PermanenceFields,
        posting::{ChargedTo, Earner, PostingFields, PostingKind, charge},
        request::{Channel, Payer, RequestState},
        time::{Instant, Window},
    },
    text::fold,
    wire::{
        bodies::{AssignOwnStaff, Step},
        catalogue::Command,
    },
};
use jiff::{
    SignedDuration, ToSpan as _,
    civil::{Time, time},
};

/// Letters of a name at most: what is said of its owner is to fit on the smallest screen.
const NAME: usize = 10;

/// What one of them owes from last time.
const OWED: i64 = 650;

/// Labels that lie ready at the desk, apart from those that are out.
const FRESH: u32 = 500;

/// Somebody who comes to the desk, for a request and its things.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Errand {
    /// Who.
    pub person: BeneficiaryId,
    /// How one calls them: « Mme Faure ».
    pub who: String,
    /// What is typed to find them: at the desk the family name, among all people the other name too.
    pub name: String,
    /// About which request; of somebody who asks for something new the one that is not made yet.
    pub request: RequestId,
    /// What lies here for them, with the labels.
    pub things: Vec<(ItemId, String)>,
}

impl Errand {
    /// The label of its first thing.
    pub fn label(&self) -> &str {
        self.things.first().map_or("", |(_, label)| label)
    }
}

/// Who comes, for what, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Story {
    /// The desk session.
    pub permanence: PermanenceId,
    /// Where.
    pub site: SiteId,
    /// What that is called.
    pub place: String,
    /// Comes with a label, and owes nothing.
    pub labelled: Errand,
    /// Comes without a label, and pays in cash what is owed.
    pub owing: Errand,
    /// Brings what a request expects.
    pub bringing: Errand,
    /// How many pieces that is.
    pub pieces: u32,
    /// The label that lies ready for it.
    pub fresh: String,
    /// Passes by and asks for something.
    pub asking: Errand,
    /// For what.
    pub service: ServiceId,
    /// How many.
    pub quantity: u32,
    /// For which day, in the language of the house.
    pub day: String,
    /// Cannot wait: what is theirs goes into a locker.
    pub hurried: Errand,
    /// Is handed something that is not theirs.
    pub mistaken: Errand,
}

/// Who of the story asks for what.
struct Part<'a> {
    person: &'a Person,
    name: &'static str,
    service: &'a Offered,
    quantity: u32,
    /// What lies here for them.
    thing: fn(&Noted) -> &String,
}

impl Part<'_> {
    fn asked(&self, directory: &Directory) -> Asked<'_> {
        let due = directory.today().at(12, 0, 0, 0);
        let at = directory.start.plus(-SignedDuration::from_hours(30));
        Asked {
            name: format!("practice {}", self.name),
            person: self.person,
            service: self.service,
            quantity: self.quantity,
            channel: Channel::Phone,
            at,
            due,
        }
    }

    fn errand(&self, directory: &Directory, labels: &[u32]) -> Result<Errand, BaseError> {
        let things = labels.iter().enumerate().map(|(place, serial)| {
            let item = id::<ItemId>(&format!("practice {} {place}", self.name));
            Ok((item, label(*serial)?))
        });
        Ok(Errand {
            person: self.person.id,
            who: self.person.short_name(),
            name: self.person.fields.family_name.as_str().to_owned(),
            request: self.asked(directory).id(),
            things: things.collect::<Result<_, BaseError>>()?,
        })
    }
}

/// The parts of the story, each played by another person.
struct Cast<'a> {
    labelled: Part<'a>,
    owing: Part<'a>,
    bringing: Part<'a>,
    asking: Part<'a>,
    hurried: Part<'a>,
    mistaken: Part<'a>,
    /// The first label that is out.
    serial: u32,
}

impl<'a> Cast<'a> {
    fn of(directory: &'a Directory, site: SiteId, seed: u64) -> Result<Self, BaseError> {
        let mut chance = Chance::of(seed, "practice");
        let mut people = told_apart(directory, site, &mut chance).into_iter();
        let service = |name: &str| directory.service(name).ok_or_else(|| BaseError::Missing(format!("service {name}")));
        let (shirt, trousers, bread, parcel) =
            (service("Chemise")?, service("Pantalon")?, service("Pain frais")?, service("Réception de colis")?);
        let bag: fn(&Noted) -> &String = |noted| &noted.bag;
        let mut part = |name, service, quantity, thing| {
            let person = people.next().ok_or_else(|| BaseError::Missing("person".to_owned()))?;
            Ok::<_, BaseError>(Part { person, name, service, quantity, thing })
        };
        Ok(Self {
            labelled: part("labelled", trousers, 1, bag)?,
            owing: part("owing", shirt, 4, bag)?,
            bringing: part("bringing", shirt, 3, bag)?,
            asking: part("asking", bread, 2, bag)?,
            hurried: part("hurried", parcel, 1, |noted| &noted.parcel)?,
            mistaken: part("mistaken", parcel, 1, |noted| &noted.parcel)?,
            serial: u32::try_from(chance.between(400_100, 899_100)).unwrap_or(400_100),
        })
    }

    /// The labels of a part's things: far enough apart not to be taken for each other.
    fn labels<const N: usize>(&self, place: u32) -> [u32; N] {
        let mut serial = self.serial + 17 * place;
        [(); N].map(|()| {
            serial += 3;
            serial
        })
    }
}

/// People of a site whom nobody takes for each other: by their family names at the desk, by both names everywhere.
fn told_apart<'a>(directory: &'a Directory, site: SiteId, chance: &mut Chance) -> Vec<&'a Person> {
    let names = |person: &Person| {
        let given = person.fields.given_name.as_ref().map(|name| fold(name.as_str()));
        (given.unwrap_or_default(), fold(person.fields.family_name.as_str()))
    };
    let is_plain = |name: &str| {
        let length = name.chars().count();
        (3..=NAME).contains(&length) && name.chars().all(char::is_alphabetic)
    };
    let is_alone = |person: &Person| {
        let (given, family) = names(person);
        let begins = |other: &&Person| {
            let (their_given, their_family) = names(other);
            their_given.starts_with(&given) && their_family.starts_with(&family)
        };
        is_plain(&given) && is_plain(&family) && directory.people.iter().filter(begins).count() == 1
    };
    let quiet = |person: &&Person| person.fields.title.is_some() && person.fields.note.is_none();
    let mut people: Vec<&Person> = directory.people.iter().filter(|person| person.site == site).filter(quiet).collect();
    people.retain(|person| is_alone(person));
    chance.shuffle(&mut people);
    let mut apart: Vec<&Person> = Vec::new();
    for person in people {
        let family = names(person).1;
        let is_like = |other: &&Person| {
            let other = names(other).1;
            other.starts_with(&family) || family.starts_with(&other)
        };
        if !apart.iter().any(is_like) {
            apart.push(person);
        }
    }
    apart
}

fn label(serial: u32) -> Result<String, BaseError> {
    let label = Label::numbered(serial).ok_or_else(|| BaseError::Missing("label".to_owned()))?;
    Ok(label.to_string())
}

impl Story {
    /// The story of a directory, from its start.
    ///
    /// # Errors
    /// The directory lacks a part of it.
    pub fn of(directory: &Directory, seed: u32, language: Language) -> Result<Self, BaseError> {
        let site = site(directory)?;
        let cast = Cast::of(directory, site, seed.into())?;
        let errand = |part: &Part<'_>, labels: &[u32]| part.errand(directory, labels);
        let day = directory.working_day_after(directory.working_day_after(directory.today()));
        let mut asking = errand(&cast.asking, &[])?;
        if let Some(given) = &cast.asking.person.fields.given_name {
            asking.name = format!("{given} {}", asking.name);
        }
        Ok(Self {
            permanence: id("practice permanence"),
            site,
            place: directory.site_name(site).to_owned(),
            labelled: errand(&cast.labelled, &cast.labels::<1>(0))?,
            owing: errand(&cast.owing, &cast.labels::<2>(1))?,
            bringing: errand(&cast.bringing, &[])?,
            pieces: cast.bringing.quantity,
            fresh: label(cast.serial + FRESH)?,
            asking,
            service: cast.asking.service.id,
            quantity: cast.asking.quantity,
            day: Words::of(language)?.day(day).to_owned(),
            hurried: errand(&cast.hurried, &cast.labels::<1>(2))?,
            mistaken: errand(&cast.mistaken, &cast.labels::<1>(3))?,
        })
    }

    /// How it came to be that all of it lies there: the permanence that is about to begin, and those of the weeks after it.
    ///
    /// # Errors
    /// The directory lacks a part of it.
    pub fn past(directory: &Directory, seed: u32, language: Language) -> Result<Vec<Dated>, BaseError> {
        let story = Self::of(directory, seed, language)?;
        let cast = Cast::of(directory, story.site, seed.into())?;
        let mut author = Author {
            directory,
            language,
            staff: Staff::of(directory)?,
            chronicle: Chronicle::of(language)?,
            site: story.site,
        };
        author.timetable(story.permanence)?;
        author.lies_ready(&cast.labelled, &story.labelled, Payer::Client)?;
        author.lies_ready(&cast.owing, &story.owing, Payer::Person)?;
        author.owes(&cast.owing)?;
        author.asked_for(&cast.bringing, Payer::Person)?;
        author.lies_ready(&cast.hurried, &story.hurried, Payer::Person)?;
        author.lies_ready(&cast.mistaken, &story.mistaken, Payer::Person)?;
        author.chronicle.deeds.sort_by_key(|dated| dated.at);
        Ok(author.chronicle.deeds)
    }
}

/// The site of the permanence: the first that has a desk.
fn site(directory: &Directory) -> Result<SiteId, BaseError> {
    directory.desk_sites().next().ok_or_else(|| BaseError::Missing("site".to_owned()))
}

struct Author<'a> {
    directory: &'a Directory,
    language: Language,
    staff: Staff,
    chronicle: Chronicle,
    site: SiteId,
}

impl Author<'_> {
    fn ago(&self, minutes: i64) -> Instant {
        self.directory.start.plus(-SignedDuration::from_mins(minutes))
    }

    /// The permanence begins now; others follow on their days.
    fn timetable(&mut self, permanence: PermanenceId) -> Result<(), BaseError> {
        let now = self.directory.start.civil(&self.directory.zone).time();
        let from = Time::new(now.hour(), if now.minute() < 30 { 0 } else { 30 }, 0, 0).unwrap_or(now);
        let to = from.saturating_add(2.hours()).min(time(23, 59, 0, 0));
        let window = Window::new(self.directory.today(), from, to).map_err(|error| wrong("permanence", &error))?;
        let concierge_id = Some(self.staff.karim);
        let body = PermanenceFields { site_id: self.site, concierge_id, window, note: None };
        let planned = self.ago(60 * 24 * 35);
        self.chronicle.by(planned, self.staff.manager, Command::PlanPermanence { id: permanence, body });
        let today = self.directory.today();
        for desk in self.directory.desks.iter().filter(|desk| desk.fields.window.date() > today) {
            let command = Command::PlanPermanence { id: desk.id, body: desk.fields.clone() };
            self.chronicle.by(planned, self.staff.manager, command);
        }
        Ok(())
    }

    /// Something was asked for by telephone.
    fn asked_for(&mut self, part: &Part<'_>, payer: Payer) -> Result<RequestId, BaseError> {
        let asked = part.asked(self.directory);
        let request = asked.id();
        let mut body = asked.fields()?;
        body.payer = Some(payer);
        let minute = |minutes| asked.at.plus(SignedDuration::from_mins(minutes));
        self.chronicle.by(asked.at, self.staff.lea, Command::CreateRequest { id: request, body });
        let body = Step { seen: RequestState::New };
        self.chronicle.by(minute(1), self.staff.lea, Command::TriageRequest { id: request, body });
        Ok(request)
    }

    /// It was done by the house, and its things lie at the desk.
    fn lies_ready(&mut self, part: &Part<'_>, errand: &Errand, payer: Payer) -> Result<(), BaseError> {
        let request = self.asked_for(part, payer)?;
        let body = AssignOwnStaff {
            seen: RequestState::Triaged,
            assignment_id: id::<AssignmentId>(&format!("practice {}", part.name)),
            operator_id: self.staff.karim,
        };
        self.chronicle.by(self.ago(60 * 20), self.staff.ines, Command::AssignRequest { id: request, body });
        let ready = self.ago(40);
        let place = self.chronicle.noted.shelf.replace("{n}", "1");
        let name = short((part.thing)(&self.chronicle.noted))?;
        for (item, label) in &errand.things {
            let body = ItemFields {
                label: short(label)?,
                description: Some(name.clone()),
                request_id: Some(request),
                beneficiary_id: Some(part.person.id),
                site_id: self.site,
                holder: Holder::Concierge { site_id: self.site, place: Some(short(&place)?) },
                since: ready,
            };
            self.chronicle.by(ready, self.staff.karim, Command::CreateItem { id: *item, body });
        }
        let body = Step { seen: RequestState::Assigned };
        self.chronicle.by(ready, self.staff.machine, Command::ReadyRequest { id: request, body });
        Ok(())
    }

    /// Something of last time was not paid.
    fn owes(&mut self, part: &Part<'_>) -> Result<(), BaseError> {
        let price = Cents::new(OWED).map_err(|error| wrong("money", &error))?;
        let at = self.ago(60 * 24 * 7);
        let service = &part.service.fields;
        let body = PostingFields {
            kind: PostingKind::Charge,
            lines: charge(price, service.vat, ChargedTo::Person(part.person.id), Earner::House),
            occurred_at: at,
            request_id: None,
            site_id: Some(self.site),
            taken_by: None,
            permanence_id: None,
            reverses: None,
            text: Some(words::named(service, self.language).clone()),
        };
        let posting = id::<PostingId>("practice owed");
        self.chronicle.by(at, self.staff.manager, Command::PostPosting { id: posting, body });
        Ok(())
    }
}
