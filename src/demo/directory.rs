//! The demonstration's directory: the example of the house, with 423 people, a timetable and contracts around the day.

use super::{
    chance::Chance,
    people::{self, Person},
};
use crate::{
    domain::{
        calendar::WorkingCalendar,
        contract::ContractFields,
        courier::CourierFields,
        entity::EntityKind,
        ids::{ClientId, CourierId, LockerId, OperatorId, PermanenceId, ProviderId, ServiceId, SiteId},
        money::Cents,
        operator::OperatorFields,
        permanence::PermanenceFields,
        policy::PolicyFields,
        provider::{ProviderFields, Tier},
        service::{PriceRule, ServiceFields},
        site::SiteFields,
        texts::ShortText,
        time::{Instant, Window, Zone},
    },
    wire::catalogue::Command,
};
use jiff::{
    ToSpan as _,
    civil::{Date, DateTime, Time, time},
};
use sha2::{Digest as _, Sha256};
use uuid::{Builder, Uuid};

/// Who plays, or is played: the seats of the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Seat {
    /// Takes calls and mail.
    Reception,
    /// Takes them beside.
    SecondReception,
    /// Learns to take them.
    Trainee,
    /// Gives jobs to providers.
    Dispatch,
    /// Keeps a desk.
    Concierge,
    /// Keeps the other desk.
    SecondConcierge,
    /// Keeps the house.
    Manager,
    /// The programs that hand in calls, mail and the answers of providers.
    Machine,
}

impl Seat {
    /// Every seat.
    pub const ALL: [Self; 8] = [
        Self::Reception,
        Self::SecondReception,
        Self::Trainee,
        Self::Dispatch,
        Self::Concierge,
        Self::SecondConcierge,
        Self::Manager,
        Self::Machine,
    ];

    /// The login of its account in the example's directory.
    pub const fn login(self) -> &'static str {
        match self {
            Self::Reception => "lea",
            Self::SecondReception => "nadia",
            Self::Trainee => "paul",
            Self::Dispatch => "ines",
            Self::Concierge => "karim",
            Self::SecondConcierge => "samira",
            Self::Manager => "responsable",
            Self::Machine => "automate",
        }
    }
}

/// Why the base is no house that can be played.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaseError {
    /// A part is missing.
    #[error("the directory has no {0}")]
    Missing(String),
    /// Something made by this program is not as it should be.
    #[error("{what}: {why}")]
    Wrong {
        /// What.
        what: &'static str,
        /// Why not.
        why: String,
    },
}

/// A desk session.
#[derive(Clone, Debug, PartialEq)]
pub struct Desk {
    /// Its id.
    pub id: PermanenceId,
    /// What is planned.
    pub fields: PermanenceFields,
}

/// A provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Partner {
    /// Its id.
    pub id: ProviderId,
    /// What is known of it.
    pub fields: ProviderFields,
}

/// A service.
#[derive(Clone, Debug, PartialEq)]
pub struct Offered {
    /// Its id.
    pub id: ServiceId,
    /// What is known of it.
    pub fields: ServiceFields,
}

impl Offered {
    /// What so many cost; none if it is priced by quote.
    pub fn price(&self, quantity: u32) -> Option<Cents> {
        match self.fields.price {
            PriceRule::Free => Some(Cents::ZERO),
            PriceRule::PerUnit { cents } => cents.checked_mul(quantity),
            PriceRule::Flat { cents } => Some(cents),
            PriceRule::OnQuote => None,
        }
    }
}

/// The directory, and what the players know of it.
#[derive(Clone, Debug)]
pub struct Directory {
    /// The commands that make it, in an order in which they can be carried out.
    pub commands: Vec<Command>,
    /// When the day begins.
    pub start: Instant,
    /// Where.
    pub zone: Zone,
    /// The services.
    pub services: Vec<Offered>,
    /// The sites: those with desks first.
    pub sites: Vec<(SiteId, SiteFields)>,
    /// The organisations, with their first switchboard.
    pub clients: Vec<(ClientId, crate::domain::client::ClientFields)>,
    /// The providers.
    pub partners: Vec<Partner>,
    /// The accounts.
    pub operators: Vec<(OperatorId, OperatorFields)>,
    /// Who carries things.
    pub couriers: Vec<(CourierId, CourierFields)>,
    /// The lockers, by site.
    pub lockers: Vec<(LockerId, SiteId)>,
    /// The people.
    pub people: Vec<Person>,
    /// The desk sessions, in order of time.
    pub desks: Vec<Desk>,
}

/// The id that words stand for: the same on every machine (UUID version 8, RFC 9562).
pub fn id<I: From<Uuid>>(words: &str) -> I {
    let hash = Sha256::new().chain_update("demo:").chain_update(words).finalize();
    let bytes: [u8; 16] = hash.first_chunk().copied().unwrap_or_default();
    Builder::from_custom_bytes(bytes).into_uuid().into()
}

/// A text of this program as the domain takes it.
pub(super) fn text<T: std::str::FromStr>(what: &'static str, words: &str) -> Result<T, BaseError>
where
    T::Err: std::fmt::Display,
{
    words.parse().map_err(|error: T::Err| BaseError::Wrong { what, why: format!("{words}: {error}") })
}

/// Weeks before and after the day in which desks are planned.
const WEEKS: i32 = 4;

impl Directory {
    /// The example's commands, with what makes a house of them on the day that begins at `start`.
    ///
    /// # Errors
    /// A part of the example is missing.
    pub fn new(base: Vec<Command>, seed: u64, start: Instant) -> Result<Self, BaseError> {
        Self::with(base, start, |directory| people::people(directory, &mut Chance::of(seed, "people")))
    }

    /// The commands of a base, with the people that are served in it, a timetable and contracts around the day that begins at `start`.
    ///
    /// # Errors
    /// A part of the base is missing.
    pub fn with(
        base: Vec<Command>,
        start: Instant,
        people: impl FnOnce(&Self) -> Result<Vec<Person>, BaseError>,
    ) -> Result<Self, BaseError> {
        let mut directory = Self {
            commands: Vec::new(),
            start,
            zone: PolicyFields::default().zone,
            services: Vec::new(),
            sites: Vec::new(),
            clients: Vec::new(),
            partners: Vec::new(),
            operators: Vec::new(),
            couriers: Vec::new(),
            lockers: Vec::new(),
            people: Vec::new(),
            desks: Vec::new(),
        };
        for command in &base {
            directory.learn(command);
        }
        // Made anew for the day: the example's are of its own year.
        let of_its_own = |command: &Command| {
            matches!(
                command,
                Command::CreateBeneficiary { .. } | Command::PlanPermanence { .. } | Command::CreateContract { .. }
            )
        };
        directory.commands = base.into_iter().filter(|command| !of_its_own(command)).collect();
        for (missing, what) in [
            (directory.services.is_empty(), "service"),
            (directory.sites.is_empty(), "site"),
            (directory.partners.is_empty(), "provider"),
        ] {
            if missing {
                return Err(BaseError::Missing(what.to_owned()));
            }
        }
        for seat in Seat::ALL {
            directory.operator(seat)?;
        }
        directory.contracts()?;
        directory.people = people(&directory)?;
        let people = directory
            .people
            .iter()
            .map(|person| Command::CreateBeneficiary { id: person.id, body: person.fields.clone() });
        directory.commands.extend(people);
        directory.timetable()?;
        Ok(directory)
    }

    fn learn(&mut self, command: &Command) {
        match command.clone() {
            Command::CreateService { id, body } => self.services.push(Offered { id, fields: body }),
            Command::CreateSite { id, body } => self.sites.push((id, body)),
            Command::CreateClient { id, body } => self.clients.push((id, body)),
            Command::CreateProvider { id, body } => self.partners.push(Partner { id, fields: body }),
            Command::CreateOperator { id, body } => self.operators.push((id, body)),
            Command::CreateCourier { id, body } => self.couriers.push((id, body)),
            Command::CreateLocker { id, body } => self.lockers.push((id, body.site_id)),
            _ => {}
        }
    }

    /// The day.
    pub fn today(&self) -> Date {
        self.start.civil(&self.zone).date()
    }

    /// A civil time of the house as an instant.
    pub fn at(&self, at: DateTime) -> Instant {
        self.zone.instant(at)
    }

    /// The account of a seat.
    ///
    /// # Errors
    /// The example has no such account.
    pub fn operator(&self, seat: Seat) -> Result<OperatorId, BaseError> {
        let found = self.operators.iter().find(|(_, fields)| fields.login.as_str() == seat.login());
        found.map(|(id, _)| *id).ok_or_else(|| BaseError::Missing(format!("operator {}", seat.login())))
    }

    /// A service by the beginning of its name, as the example writes it.
    pub fn service(&self, name: &str) -> Option<&Offered> {
        self.services.iter().find(|service| service.fields.name.as_str().starts_with(name))
    }

    /// The name of a site.
    pub fn site_name(&self, id: SiteId) -> &str {
        self.sites.iter().find(|(site, _)| *site == id).map_or("", |(_, fields)| fields.name.as_str())
    }

    /// Whether a site offers a service.
    pub fn serves(&self, site: SiteId, service: ServiceId) -> bool {
        let fields = self.sites.iter().find(|(id, _)| *id == site).map(|(_, fields)| fields);
        fields.is_some_and(|fields| fields.catalogue.as_ref().is_none_or(|catalogue| catalogue.contains(&service)))
    }

    /// Whether a partner of a higher tier than this one's does the service on the site.
    pub fn passes_over(&self, service: ServiceId, site: SiteId, partner: &Partner) -> bool {
        let best = self.partners_for(service, site).first().map(|best| best.fields.tier);
        best.is_some_and(|best| best < partner.fields.tier)
    }

    /// Who does a service on a site, in the order of the tiers.
    pub fn partners_for(&self, service: ServiceId, site: SiteId) -> Vec<&Partner> {
        let mut fit: Vec<&Partner> = self
            .partners
            .iter()
            .filter(|partner| {
                let fields = &partner.fields;
                let does = fields.services.iter().any(|offered| offered.service_id == service);
                does && fields.suspensions.is_empty() && fields.sites.as_ref().is_none_or(|sites| sites.contains(&site))
            })
            .collect();
        fit.sort_by_key(|partner| match partner.fields.tier {
            Tier::Inclusion => 0,
            Tier::Ess => 1,
            Tier::Local => 2,
            Tier::Other => 3,
        });
        fit
    }

    /// The sites with a desk.
    pub fn desk_sites(&self) -> impl Iterator<Item = SiteId> {
        // Who has a desk has no need of the sentence that there is none; the example's last site lives on its lockers.
        self.sites.iter().take(3).map(|(id, _)| *id)
    }

    /// The desk sessions of the day.
    pub fn desks_today(&self) -> impl Iterator<Item = &Desk> {
        let today = self.today();
        self.desks.iter().filter(move |desk| desk.fields.window.date() == today)
    }

    /// The house's working calendar.
    pub fn calendar(&self) -> WorkingCalendar {
        PolicyFields::default().calendar(&[], None)
    }

    fn contracts(&mut self) -> Result<(), BaseError> {
        let year = self.today().year();
        for (place, (client, fields)) in self.clients.iter().enumerate() {
            for year in [year - 1, year] {
                let day = |month, day| Date::new(year, month, day).map_err(|error| wrong("contract", &error));
                let (size, visits, hours) = match place {
                    0 => (1200, Some(100), Some(200)),
                    1 => (640, Some(100), Some(150)),
                    2 => (310, Some(100), Some(100)),
                    // Lockers alone: neither visits nor hours are bought.
                    _ => (870, None, None),
                };
                let body = ContractFields {
                    client_id: *client,
                    from: day(1, 1)?,
                    to: Some(day(12, 31)?),
                    size: Some(size),
                    visits_per_year: visits,
                    hours_per_year: hours,
                    note: None,
                };
                let name = fields.name.as_str();
                self.commands.push(Command::CreateContract { id: id(&format!("contract {name} {year}")), body });
            }
        }
        Ok(())
    }

    /// Two desks a site and week. The day has two: one that opened a while ago and one that opens within the hour.
    fn timetable(&mut self) -> Result<(), BaseError> {
        let (today, now) = (self.today(), self.start.civil(&self.zone).time());
        let half_hour =
            |time: Time| Time::new(time.hour(), if time.minute() < 30 { 0 } else { 30 }, 0, 0).unwrap_or(time);
        let first = half_hour(now.saturating_sub(20.minutes()));
        let second = half_hour(now.saturating_add(70.minutes()));
        let until = |from: Time, hours: i64| from.saturating_add(hours.hours()).min(time(23, 59, 0, 0));
        // Days from today, window, and whether Karim keeps the desk.
        let plan: [[(i32, Time, Time); 2]; 3] = [
            [(0, first, until(first, 2)), (3, time(12, 0, 0, 0), time(14, 0, 0, 0))],
            [(0, second, until(second, 1)), (2, time(12, 30, 0, 0), time(13, 30, 0, 0))],
            [(1, time(11, 30, 0, 0), time(13, 0, 0, 0)), (4, time(15, 30, 0, 0), time(17, 0, 0, 0))],
        ];
        let (karim, samira) = (self.operator(Seat::Concierge)?, self.operator(Seat::SecondConcierge)?);
        let sites: Vec<SiteId> = self.desk_sites().collect();
        let calendar = self.calendar();
        for (place, (site, days)) in sites.into_iter().zip(plan).enumerate() {
            for week in -WEEKS..=WEEKS {
                for (offset, from, to) in days {
                    // A desk of another week that would fall on a day off is kept on the next working day.
                    let mut date = today.saturating_add((week * 7 + offset).days());
                    while date != today && !calendar.is_working_day(date) {
                        date = date.saturating_add(1.days());
                    }
                    let window = Window::new(date, from, to).map_err(|error| wrong("permanence", &error))?;
                    let concierge = if place == 0 || place == 2 { karim } else { samira };
                    let fields = PermanenceFields { site_id: site, concierge_id: Some(concierge), window, note: None };
                    let id = id(&format!("permanence {site} {date} {from}"));
                    if !self.desks.iter().any(|desk| desk.id == id) {
                        self.desks.push(Desk { id, fields });
                    }
                }
            }
        }
        self.desks.sort_by_key(|desk| (desk.fields.window.date(), desk.fields.window.from(), desk.id));
        Ok(())
    }

    /// The next desk of a site after a day; the day after if the site has none.
    pub fn next_desk(&self, site: SiteId, after: Date) -> DateTime {
        let next =
            self.desks.iter().map(|desk| &desk.fields).find(|desk| desk.site_id == site && desk.window.date() > after);
        match next {
            Some(desk) => desk.window.date().to_datetime(desk.window.from()),
            None => self.working_day_after(after).at(12, 0, 0, 0),
        }
    }

    /// The first working day after a day.
    pub fn working_day_after(&self, day: Date) -> Date {
        let calendar = self.calendar();
        let mut next = day.saturating_add(1.days());
        for _ in 0..10 {
            if calendar.is_working_day(next) {
                break;
            }
            next = next.saturating_add(1.days());
        }
        next
    }

    /// The kind of record and how many the house starts with.
    pub fn counts(&self) -> [(EntityKind, usize); 4] {
        [
            (EntityKind::Site, self.sites.len()),
            (EntityKind::Service, self.services.len()),
            (EntityKind::Provider, self.partners.len()),
            (EntityKind::Beneficiary, self.people.len()),
        ]
    }
}

/// Something this program made that the domain does not take.
pub(super) fn wrong(what: &'static str, why: &impl std::fmt::Display) -> BaseError {
    BaseError::Wrong { what, why: why.to_string() }
}

/// A short text of this program.
pub(super) fn short(words: &str) -> Result<ShortText, BaseError> {
    text("text", words)
}
