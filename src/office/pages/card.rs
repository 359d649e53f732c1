//! What a provider is told of an offer: what it needs to decide, and whom it is for once it has said yes.

use crate::{
    domain::{
        assignment::{Assignment, Doer},
        ids::RequestId,
        money::Cents,
        offer::{Offer, OfferState},
        operator::Language,
        provider::Provider,
        request::{Handover, Request},
        service::Service,
        site::Site,
        time::{Instant, When, Zone},
    },
    i18n::{job, say},
    office::storage::{StorageError, Tx, document},
};

/// What can be told before an offer is accepted: it has no place for a person or a street.
#[derive(Clone, Debug)]
pub struct Terms {
    /// The service, and how many.
    pub service: String,
    /// Where, as far as may be told.
    pub commune: Option<String>,
    /// When it is wanted, in civil time of the site.
    pub when: Option<When>,
    /// The zone of that time.
    pub zone: Zone,
    /// What the provider gets.
    pub price: Option<Cents>,
    /// Until when an answer counts.
    pub deadline: Instant,
    /// What whoever offered it wrote to the provider.
    pub note: Option<String>,
}

/// What is told to who does the job alone.
#[derive(Clone, Debug, Default)]
pub struct Confided {
    /// The number that people say.
    pub number: String,
    /// Which member of a consortium does the work.
    pub member: Option<String>,
    /// For whom.
    pub person: Option<String>,
    /// Where, with its street.
    pub place: Option<String>,
    /// How it comes back.
    pub handover: Option<String>,
    /// What exactly.
    pub detail: Option<String>,
}

/// An offer as its provider sees it.
#[derive(Clone, Debug)]
pub struct Card {
    /// The offer.
    pub offer: Offer,
    /// What can be told to anyone who holds the link.
    pub terms: Terms,
    /// What follows acceptance; none before it and after the job.
    pub confided: Option<Confided>,
}

/// How an offer stands, in a provider's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// An answer is awaited.
    Open,
    /// Too late.
    Expired,
    /// Somebody else does it.
    Taken,
    /// The house took it back.
    Withdrawn,
    /// The provider does it.
    Accepted,
    /// The provider does not.
    Declined,
    /// The provider's part is done.
    Fulfilled,
    /// It came to another end.
    Over,
}

impl Card {
    /// How the offer stands at `now`; `taken` is the reason under which siblings of an accepted offer are withdrawn.
    pub fn standing(&self, now: Instant, taken: &str) -> Standing {
        match self.offer.state {
            OfferState::Sent | OfferState::Seen if self.offer.takes_answers(now) => Standing::Open,
            OfferState::Sent | OfferState::Seen | OfferState::Expired => Standing::Expired,
            OfferState::Withdrawn if self.offer.reason.as_ref().is_some_and(|reason| reason.as_str() == taken) => {
                Standing::Taken
            }
            OfferState::Prepared | OfferState::Withdrawn => Standing::Withdrawn,
            OfferState::Accepted => Standing::Accepted,
            OfferState::Declined => Standing::Declined,
            OfferState::Fulfilled => Standing::Fulfilled,
            OfferState::Failed | OfferState::Released => Standing::Over,
        }
    }

    /// The request's id.
    pub fn request(&self) -> RequestId {
        self.offer.fields.request_id
    }
}

/// Reads what an offer's card says. Persons and streets are not even looked up unless they may be told.
pub async fn read(tx: &mut Tx, offer: Offer, language: Language) -> Result<Option<Card>, StorageError> {
    let Some(request) = document::load::<Request>(tx, offer.fields.request_id).await? else { return Ok(None) };
    let site = match request.fields.site_id {
        Some(id) => document::load::<Site>(tx, id).await?,
        None => None,
    };
    let service = match request.fields.service_id {
        Some(id) => document::load::<Service>(tx, id).await?,
        None => None,
    };
    let terms = Terms {
        service: quantified(service.as_ref(), request.fields.quantity.into(), language),
        commune: site.as_ref().map(|site| site.fields.commune.to_string()),
        when: request.fields.when,
        zone: site.as_ref().map_or_else(Zone::default, |site| site.fields.zone.clone()),
        price: offer.fields.price,
        deadline: offer.fields.deadline,
        note: offer.fields.note.as_ref().map(ToString::to_string),
    };
    let confided =
        if offer.shows_person() { Some(confided(tx, &request, site.as_ref(), language).await?) } else { None };
    Ok(Some(Card { offer, terms, confided }))
}

/// « Pressing · 3 × chemise », « Pressing × 3 ».
fn quantified(service: Option<&Service>, quantity: u32, language: Language) -> String {
    let Some(Service { fields, .. }) = service else { return say(language, "offer-service-unknown", &[]) };
    let english = |text: &Option<crate::domain::texts::ShortText>| text.clone().filter(|_| language == Language::En);
    let name = english(&fields.name_en).unwrap_or_else(|| fields.name.clone()).to_string();
    let unit = english(&fields.unit_en).or_else(|| fields.unit.clone());
    match unit {
        Some(unit) => format!("{name} · {quantity} × {unit}"),
        None if quantity == 1 => name,
        None => format!("{name} × {quantity}"),
    }
}

async fn confided(
    tx: &mut Tx,
    request: &Request,
    site: Option<&Site>,
    language: Language,
) -> Result<Confided, StorageError> {
    let person = super::person::of(tx, request).await?;
    let assignment = match request.assignment_id {
        Some(id) => document::load::<Assignment>(tx, id).await?,
        None => None,
    };
    let member = match assignment.map(|assignment| assignment.fields.by) {
        Some(Doer::Provider { member_id: Some(id), .. }) => document::load::<Provider>(tx, id).await?,
        _ => None,
    };
    let member = member.map(|member| member.fields.name.to_string());
    let place = site.map(|site| {
        let fields = &site.fields;
        let parts =
            [Some(&fields.name), fields.address.as_ref(), Some(&fields.commune).filter(|it| **it != fields.name)];
        parts.into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    });
    let handover = request.fields.handover.as_ref().map(|handover| match handover {
        Handover::Permanence => say(language, "line-handover-permanence", &[]),
        Handover::Locker => say(language, "line-handover-locker", &[]),
        Handover::Home { address } => say(language, "line-handover-home-at", &[("address", address.to_string())]),
        Handover::OnSite => say(language, "line-handover-on-site", &[]),
    });
    let detail = request.fields.detail.as_ref().map(ToString::to_string);
    Ok(Confided { number: request.number.to_string(), member, person, place, handover, detail })
}

/// The lines of a card in words: what each is called, and what it says.
pub fn lines(terms: &Terms, language: Language) -> Vec<(String, String)> {
    let named = |key: &str| say(language, key, &[]);
    let when = terms.when.as_ref().map(|when| job::when(language, when));
    let until = terms.deadline.civil(&terms.zone);
    let until = format!("{} {}", job::date(language, until.date()), job::time(until.time()));
    let all = [
        (named("offer-commune"), terms.commune.clone()),
        (named("offer-when"), when),
        (named("offer-price"), terms.price.map(|price| job::euros(language, price))),
        (named("offer-deadline"), Some(until)),
        (named("offer-note"), terms.note.clone()),
    ];
    all.into_iter().filter_map(|(name, said)| Some((name, said?))).collect()
}
