//! The athletes' village: forty buildings, twelve laundries of eight houses, and some 1,600 bags a day, each traced by its label.
//!
//! As in a real operation a building hands over its bags run by run: one request is what a building gives one laundry at once, its bags are
//! things of that request, each with a label of its own. The morning's bags wait in the buildings, those of the night are at the laundries.

use super::{
    chance::Chance,
    day::{Act, Caller, Happening, Wish},
    directory::{BaseError, Directory, Partner, Seat, id, short, text, wrong},
    past::{Chronicle, Dated, Staff, desks},
    people::Person,
    words::{self, Places},
};
use crate::{
    domain::{
        beneficiary::{BeneficiaryFields, Way},
        clock::Urgency,
        ids::{ItemId, OfferId, RequestId, SiteId},
        item::{Holder, ItemFields},
        label::Label,
        money::Cents,
        offer::{OfferFields, OfferState},
        operator::Language,
        phone::PhoneNumber,
        request::{Channel, Handover, Payer, Quantity, RequestFields, RequestState, Requester},
        texts::ShortText,
        time::{Instant, When},
    },
    wire::{
        bodies::Step,
        catalogue::Command,
        desk_bodies::{NumberLabels, PassOn},
    },
};
use jiff::{SignedDuration, civil::DateTime};
use serde::Deserialize;

/// How large the village is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Its buildings, of those that it has names for.
    pub buildings: usize,
    /// Bags that it hands over a day.
    pub bags: usize,
}

impl Size {
    /// The village at its peak.
    pub const WHOLE: Self = Self { buildings: 40, bags: 1_600 };

    /// Bags of a building's run: what a day hands over is shared by the buildings and their two runs.
    fn run(self, place: usize) -> usize {
        let runs = (self.buildings * RUNS).max(1);
        self.bags / runs + usize::from(place < self.bags % runs)
    }
}

/// Runs of a building a day.
const RUNS: usize = 2;

/// Bags that lie ready at each desk.
const AT_A_DESK: usize = 12;

/// Labels that are given out at once.
const LABELS: u32 = 1_000;

#[derive(Debug, Deserialize)]
struct Village {
    keepers: Vec<[String; 2]>,
    fr: Said,
    en: Said,
}

/// What is said in the village.
#[derive(Clone, Debug, Deserialize)]
struct Said {
    bag: String,
    asks: String,
    told: String,
    passed_over: String,
}

impl Village {
    fn read() -> Result<Self, BaseError> {
        toml::from_str(include_str!("data/village/words.toml")).map_err(|error| wrong("village/words.toml", &error))
    }

    fn said(self, language: Language) -> Said {
        match language {
            Language::Fr => self.fr,
            Language::En => self.en,
        }
    }
}

/// The village's directory, with who keeps the laundry room of each building.
///
/// # Errors
/// A part of it is missing.
pub fn directory(base: Vec<Command>, size: Size, start: Instant) -> Result<Directory, BaseError> {
    let mut sites = 0;
    let base = base.into_iter().filter(|command| {
        sites += usize::from(matches!(command, Command::CreateSite { .. }));
        !matches!(command, Command::CreateSite { .. }) || sites <= size.buildings
    });
    Directory::with(base.collect(), start, |directory| {
        let names = Village::read()?.keepers;
        directory
            .sites
            .iter()
            .zip(names)
            .enumerate()
            .map(|(place, (site, name))| keeper(place, site.0, &name, directory))
            .collect()
    })
}

fn keeper(
    place: usize,
    site: SiteId,
    [given, family]: &[String; 2],
    directory: &Directory,
) -> Result<Person, BaseError> {
    let (client, _) = directory.clients.first().ok_or_else(|| BaseError::Missing("client".to_owned()))?;
    let number = PhoneNumber::parse(&format!("06 39 98 {:02} {:02}", 41 + place / 100, place % 100));
    let number = number.map_err(|error| wrong("phone", &error))?;
    let fields = BeneficiaryFields {
        family_name: short(family)?,
        given_name: Some(short(given)?),
        title: None,
        client_id: Some(*client),
        site_id: Some(site),
        phones: vec![number.clone()],
        emails: Vec::new(),
        addresses: Vec::new(),
        undeliverable: Vec::new(),
        prefers: Way::Telephone,
        gender: None,
        enrolments: Vec::new(),
        note: None,
    };
    Ok(Person {
        id: id(&format!("keeper {place}")),
        fields,
        site,
        client: *client,
        calls_from: Some(number),
        habits: Vec::new(),
        handover: Handover::Permanence,
    })
}

/// Which bags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    /// Lying ready at a desk.
    Ready,
    /// Brought to their laundry yesterday evening.
    Night,
    /// Taken in this morning.
    Morning,
}

impl Run {
    const fn name(self) -> &'static str {
        match self {
            Self::Ready => "ready",
            Self::Night => "night",
            Self::Morning => "morning",
        }
    }
}

/// What is under way when the day begins, with how it came to be.
///
/// # Errors
/// None that this program's data have.
pub fn stock(directory: &Directory, size: Size, seed: u64, language: Language) -> Result<Vec<Dated>, BaseError> {
    let mut builder = Builder {
        directory,
        staff: Staff::of(directory)?,
        said: Village::read()?.said(language),
        chance: Chance::of(seed, "village"),
        chronicle: Chronicle::of(language)?,
        labels: 0,
    };
    let long_ago = directory.start.plus(-SignedDuration::from_hours(24 * 30));
    let desks_today: Vec<SiteId> = directory.desks_today().map(|desk| desk.fields.site_id).collect();
    let bags = size.bags + desks_today.len() * AT_A_DESK;
    let mut left = u32::try_from(bags).unwrap_or(u32::MAX);
    while left > 0 {
        let body = NumberLabels { count: left.min(LABELS) };
        builder.chronicle.by(long_ago, builder.staff.manager, Command::NumberLabels { body });
        left -= left.min(LABELS);
    }
    desks(directory, &builder.staff, &mut builder.chronicle);
    for (place, person) in directory.people.iter().enumerate() {
        if desks_today.contains(&person.site) {
            builder.bring(Run::Ready, place, person, AT_A_DESK)?;
        }
        builder.bring(Run::Night, place, person, size.run(place))?;
        builder.bring(Run::Morning, place, person, size.run(place + size.buildings))?;
    }
    Ok(builder.chronicle.deeds)
}

struct Builder<'a> {
    directory: &'a Directory,
    staff: Staff,
    said: Said,
    chance: Chance,
    chronicle: Chronicle,
    labels: u32,
}

/// When a run was handed over, reached its laundry, and was washed.
struct Times {
    taken_in: Instant,
    there: Option<Instant>,
    washed: Option<Instant>,
    back: Option<Instant>,
    due: DateTime,
}

impl Builder<'_> {
    fn times(&mut self, run: Run, place: usize) -> Times {
        let directory = self.directory;
        let place = i64::try_from(place).unwrap_or(0);
        let evening = directory.at(directory.today().yesterday().unwrap_or(directory.today()).at(18, 30, 0, 0));
        let after = |at: Instant, minutes: i64| at.plus(SignedDuration::from_mins(minutes));
        let ago = |minutes: i64| after(directory.start, -minutes);
        let is_early = directory.start.civil(&directory.zone).hour() < 15;
        let today = if is_early { directory.today() } else { directory.working_day_after(directory.today()) };
        let tonight = today.at(21, 0, 0, 0);
        match run {
            Run::Ready => Times {
                taken_in: after(evening, -24 * 60 - place),
                there: Some(after(evening, -23 * 60 - place)),
                washed: Some(after(evening, -180 - place)),
                back: Some(after(evening, -60 - place)),
                due: tonight,
            },
            Run::Night => Times {
                taken_in: after(evening, place),
                there: Some(after(evening, 90 + place)),
                // A third of them is still in the machines.
                washed: (place % 3 != 2).then(|| ago(self.chance.between(8, 110))),
                back: None,
                due: tonight,
            },
            Run::Morning => Times {
                taken_in: ago(20 + self.chance.between(0, 90)),
                there: None,
                washed: None,
                back: None,
                due: directory.today().tomorrow().unwrap_or(directory.today()).at(12, 0, 0, 0),
            },
        }
    }

    /// One run of a building: from its desk to wherever it is when the day begins.
    fn bring(&mut self, run: Run, place: usize, person: &Person, bags: usize) -> Result<(), BaseError> {
        let Ok(quantity @ 1..) = u32::try_from(bags) else { return Ok(()) };
        let directory = self.directory;
        let missing = |what: &str| BaseError::Missing(what.to_owned());
        let service = directory.service("Sac de linge lavé").ok_or_else(|| missing("service"))?;
        // All laundries in turn, whatever their tier: no one of them could do it all.
        let fit = directory.partners_for(service.id, person.site);
        let turn = place * 5 + run as usize * 3;
        let laundry: &Partner = fit.get(turn % fit.len().max(1)).ok_or_else(|| missing("provider"))?;
        let (courier, _) =
            directory.couriers.get(turn % directory.couriers.len().max(1)).ok_or_else(|| missing("courier"))?;
        let Times { taken_in, there, washed, back, due } = self.times(run, place);
        let (staff, later) = (self.staff, |at: Instant, seconds| at.plus(SignedDuration::from_secs(seconds)));
        let name = format!("village {} {place}", run.name());
        let (request, offer): (RequestId, OfferId) = (id(&format!("request {name}")), id(&format!("offer {name}")));
        let body = RequestFields {
            channel: Channel::Permanence,
            contact_id: None,
            requester: Some(Requester::Person { id: person.id }),
            service_id: Some(service.id),
            site_id: Some(person.site),
            payer: Some(Payer::Client),
            when: Some(When::Due { at: due }),
            quantity: Quantity::try_from(quantity).map_err(|why| wrong("quantity", &why))?,
            detail: None,
            text: None,
            handover: Some(Handover::Permanence),
            urgency: Urgency::Normal,
            price: None,
        };
        self.chronicle.by(taken_in, staff.samira, Command::CreateRequest { id: request, body });
        let body = Step { seen: RequestState::New };
        self.chronicle.by(later(taken_in, 1), staff.samira, Command::TriageRequest { id: request, body });
        let desk = Holder::Concierge { site_id: person.site, place: None };
        let (on_the_way, washing) =
            (Holder::Courier { courier_id: *courier }, Holder::Provider { provider_id: laundry.id });
        let moves = [
            (there.map(|at| later(at, -1800)), &desk, &on_the_way),
            (there, &on_the_way, &washing),
            (back.map(|at| later(at, -1800)), &washing, &on_the_way),
            (back, &on_the_way, &desk),
        ];
        for _ in 0..bags {
            self.labels += 1;
            let item: ItemId = id(&format!("bag {}", self.labels));
            let label = Label::numbered(self.labels).ok_or_else(|| missing("label"))?;
            let room = self.chance.between(101, 618).to_string();
            let body = ItemFields {
                label: short(label.as_str())?,
                description: Some(short(&self.said.bag.replace("{n}", &room))?),
                request_id: Some(request),
                beneficiary_id: Some(person.id),
                site_id: person.site,
                holder: desk.clone(),
                since: later(taken_in, 2),
            };
            self.chronicle.by(later(taken_in, 2), staff.samira, Command::CreateItem { id: item, body });
            for (at, from, to) in &moves {
                let Some(occurred_at) = *at else { continue };
                let body = PassOn { occurred_at, from: (*from).clone(), to: (*to).clone() };
                self.chronicle.by(occurred_at, staff.machine, Command::PassOnItem { id: item, body });
            }
        }
        // The laundry says yes once it has the bags in front of it; what waits in a building is fetched when it has said so.
        let asked = there.map_or(later(taken_in, 120), |at| later(at, 60));
        let passes_over = directory.passes_over(service.id, person.site, laundry);
        let own = laundry.fields.services.iter().find(|offered| offered.service_id == service.id);
        let body = OfferFields {
            request_id: request,
            provider_id: laundry.id,
            way: laundry.fields.way(),
            deadline: later(asked, 3 * 3600),
            price: own.and_then(|offered| offered.price).and_then(|price: Cents| price.checked_mul(quantity)),
            note: None,
            tier_reason: passes_over.then(|| short(&self.said.passed_over)).transpose()?,
        };
        self.chronicle.by(asked, staff.ines, Command::PrepareOffer { id: offer, body });
        self.chronicle.sent(later(asked, 16), offer);
        let body = Step { seen: OfferState::Sent };
        self.chronicle.by(later(asked, 90), staff.machine, Command::AcceptOffer { id: offer, body });
        if there.is_some() {
            let body = Step { seen: RequestState::Assigned };
            self.chronicle.by(later(asked, 120), staff.machine, Command::StartRequest { id: request, body });
        }
        if let Some(at) = washed {
            let body = Step { seen: OfferState::Accepted };
            self.chronicle.by(at, staff.machine, Command::FulfilOffer { id: offer, body });
        }
        if let Some(at) = back {
            let body = Step { seen: RequestState::Underway };
            self.chronicle.by(later(at, 60), staff.machine, Command::ReadyRequest { id: request, body });
        }
        Ok(())
    }
}

/// Hours that the day goes on.
const LENGTH: i64 = 8;

/// What happens on the day besides the rounds: desks hand bags back, and who looks for a bag calls.
///
/// # Errors
/// None that this program's data have.
pub fn day(directory: &Directory, size: Size, seed: u64, language: Language) -> Result<Vec<Happening>, BaseError> {
    let said = Village::read()?.said(language);
    let mut chance = Chance::of(seed, "village day");
    let (start, karim) = (directory.start, directory.operator(Seat::Concierge)?);
    let end = start.plus(SignedDuration::from_hours(LENGTH));
    let mut happenings = Vec::new();
    for desk in directory.desks_today() {
        let (id, building) = (desk.id, desk.fields.site_id);
        let by = if desk.fields.concierge_id == Some(karim) { Seat::Concierge } else { Seat::SecondConcierge };
        let (opens, closes) = (desk.fields.window.start(&directory.zone), desk.fields.window.end(&directory.zone));
        if opens >= start {
            happenings.push(Happening { at: opens, act: Act::Open { desk: id, by } });
        }
        if closes > start {
            happenings.push(Happening { at: closes, act: Act::Close { desk: id, site: building, by } });
        }
        let mut at = opens.max(start);
        while at < closes {
            at = at.plus(SignedDuration::from_secs(chance.between(80, 260)));
            if at.plus(SignedDuration::from_secs(30)) < closes {
                happenings.push(Happening { at, act: Act::Fetch { desk: id, site: building, by } });
            }
        }
    }
    let mut at = start;
    for number in 1.. {
        at = at.plus(SignedDuration::from_secs(chance.between(300, 1000)));
        let Some(person) = chance.pick(&directory.people).filter(|_| at < end) else { break };
        let label = u32::try_from(chance.below(size.bags.max(1)) + 1).ok().and_then(Label::numbered);
        let building = directory.site_name(person.site);
        let name = person.name();
        let places = Places { name: &name, site: building, quantity: 1, service: "", day: "" };
        let asks = words::fill(&said.asks, &places).replace("{label}", label.as_ref().map_or("", Label::as_str));
        let seat = if chance.happens(50) { Seat::Reception } else { Seat::SecondReception };
        let after = SignedDuration::from_secs(chance.between(6, 25));
        happenings.push(Happening {
            at,
            act: Act::Call(Caller {
                number,
                from: person.calls_from.clone(),
                name,
                patience: SignedDuration::from_secs(60),
                taken: chance.happens(75).then_some((seat, after)),
                says: vec![asks],
                talk: SignedDuration::from_secs(chance.between(30, 90)),
                wish: Wish::Answer(text::<ShortText>("text", &said.told)?.to_string()),
            }),
        });
    }
    happenings.sort_by_key(|happening| happening.at);
    Ok(happenings)
}
