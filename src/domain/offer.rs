//! An offer: one request put to one provider, from its moments of grace to the end of the job.

use super::{
    access::who::{C, D, S, V},
    beneficiary::Way,
    calendar::WorkingCalendar,
    clock::Target,
    entity::{Entity, EntityKind, Scope, Version},
    ids::{ClientId, OfferId, OperatorId, ProviderId, RequestId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    money::Cents,
    refusal::{Cause, Refusal},
    texts::{LongText, ShortText},
    time::{Instant, When},
};
use jiff::SignedDuration;
use serde::{Deserialize, Serialize};

states! {
    /// Where an offer stands.
    OfferState {
        /// Can still be taken back unseen.
        Prepared = "prepared",
        /// With the provider, by mail or told by telephone.
        Sent = "sent",
        /// The provider opened its page.
        Seen = "seen",
        /// The provider does it.
        Accepted = "accepted",
        /// The provider does not do it.
        Declined = "declined",
        /// No answer in time.
        Expired = "expired",
        /// Taken back by the house.
        Withdrawn = "withdrawn",
        /// The provider did it.
        Fulfilled = "fulfilled",
        /// The provider did not do what was accepted.
        Failed = "failed",
        /// The provider was let go.
        Released = "released",
    }
}

use OfferState::{Accepted, Declined, Expired, Failed, Fulfilled, Prepared, Released, Seen, Sent, Withdrawn};

/// The table of an offer's moves.
pub const OFFER: Machine<OfferState> = Machine {
    entity: EntityKind::Offer,
    start: &[Prepared, Accepted],
    moves: &[
        Move {
            name: "send",
            from: &[Prepared],
            to: &[Sent],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "it can no longer be taken back; told by telephone: handed to who calls",
        },
        Move {
            name: "see",
            from: &[Sent],
            to: &[Seen],
            who: &[V],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "the page's own act, never a mere GET",
        },
        Move {
            name: "accept",
            from: &[Sent, Seen],
            to: &[Accepted],
            who: &[V, D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "by link, by mail reply, or on behalf of the provider",
        },
        Move {
            name: "decline",
            from: &[Sent, Seen],
            to: &[Declined],
            who: &[V, D, C],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "a counter-time may be given",
        },
        Move {
            name: "defer",
            from: &[Prepared],
            to: &[Prepared],
            who: &[D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "another deadline, any that leaves time to answer: nobody was told one yet",
        },
        Move {
            name: "defer",
            from: &[Sent],
            to: &[Sent],
            who: &[D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "a later deadline: who was told one has at least that long",
        },
        Move {
            name: "defer",
            from: &[Seen],
            to: &[Seen],
            who: &[D, C],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "a later deadline, as of one that was not seen",
        },
        Move {
            name: "expire",
            from: &[Sent, Seen],
            to: &[Expired],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its deadline has passed",
        },
        Move {
            name: "withdraw",
            from: &[Prepared, Sent, Seen],
            to: &[Withdrawn],
            who: &[D, C, S],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "siblings of an accepted offer are withdrawn with it",
        },
        Move {
            name: "fulfil",
            from: &[Accepted],
            to: &[Fulfilled],
            who: &[V, S, C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "the provider's part is done",
        },
        Move {
            name: "fail",
            from: &[Accepted],
            to: &[Failed],
            who: &[D, C],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "what was accepted was not done",
        },
        Move {
            name: "release",
            from: &[Accepted],
            to: &[Released],
            who: &[D],
            reason: Reason::Required,
            trainee: Trainee::Never,
            condition: "the provider is let go",
        },
    ],
};

/// What people write of an offer; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OfferFields {
    /// What is to be done.
    pub request_id: RequestId,
    /// Who is asked.
    pub provider_id: ProviderId,
    /// How they are asked.
    pub way: Way,
    /// Until when an answer counts.
    pub deadline: Instant,
    /// What the provider gets, VAT included.
    #[serde(default)]
    pub price: Option<Cents>,
    /// What the provider should know.
    #[serde(default)]
    pub note: Option<LongText>,
    /// Why it goes to this provider although one of a higher tier is available; the provider does not see it.
    #[serde(default)]
    pub tier_reason: Option<ShortText>,
}

/// A request put to one provider.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Offer {
    /// Made by who creates it.
    pub id: OfferId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: OfferState,
    /// When it was prepared.
    pub created_at: Instant,
    /// Who prepared it; none for the cascade.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: OfferFields,
    /// The site of its request.
    pub site_id: Option<SiteId>,
    /// The client of its request.
    pub client_id: Option<ClientId>,
    /// Until when it can be taken back unseen.
    pub hold_until: Instant,
    /// When it was sent, or handed to who calls.
    pub sent_at: Option<Instant>,
    /// When its page was opened.
    pub seen_at: Option<Instant>,
    /// When the provider answered.
    pub answered_at: Option<Instant>,
    /// The time the provider proposed when declining.
    pub counter: Option<When>,
    /// The declined offer whose counter-time this one takes.
    pub counter_of: Option<OfferId>,
    /// Why it was declined, withdrawn, failed or released.
    pub reason: Option<ShortText>,
    /// When it came to an end.
    pub ended_at: Option<Instant>,
    /// Why it is told by telephone although it was to go by mail.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<ShortText>,
}

/// The least time that is left to answer after an offer is sent.
pub const SHORTEST_ANSWER: SignedDuration = SignedDuration::from_mins(5);

/// Until when an answer to an offer sent at `sent_at` counts: as the target says in the provider's calendar, but not after the job is wanted.
pub fn deadline(target: Target, sent_at: Instant, calendar: &WorkingCalendar, wanted: Instant) -> Instant {
    let asked = target.due(sent_at, calendar).unwrap_or(Instant::MAX);
    asked.min(wanted).max(sent_at.plus(SHORTEST_ANSWER))
}

impl Offer {
    /// An offer in its moments of grace; `hold_s` seconds long, as the policy says, `scope` being that of its request.
    ///
    /// # Errors
    /// The deadline leaves no time to answer, or the price is negative.
    pub fn create(
        id: OfferId,
        fields: OfferFields,
        scope: Scope,
        hold_s: u16,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        let offer = Self {
            id,
            version: Version::FIRST,
            state: Prepared,
            created_at: at,
            created_by: by,
            fields,
            site_id: scope.site,
            client_id: scope.client,
            hold_until: at.plus(SignedDuration::from_secs(hold_s.into())),
            sent_at: None,
            seen_at: None,
            answered_at: None,
            counter: None,
            counter_of: None,
            reason: None,
            ended_at: None,
            trouble: None,
        };
        offer.check()?;
        Ok(offer)
    }

    /// Moves it, if the table and the time allow it.
    ///
    /// # Errors
    /// An illegal move with the legal ones, a missing reason, or sent or expired before its time.
    pub fn go(
        &mut self,
        name: &'static str,
        to: OfferState,
        reason: Option<&ShortText>,
        at: Instant,
    ) -> Result<(), Refusal> {
        OFFER.allow(self.state, name, to, reason)?;
        if to == Sent && at < self.hold_until {
            return Err(Refusal::FieldInvalid {
                field: "hold_until".into(),
                why: "it can be taken back until then and is sent after".into(),
            });
        }
        if to == Expired && at < self.fields.deadline {
            return Err(Refusal::FieldInvalid {
                field: "deadline".into(),
                why: "it has not passed; withdraw the offer instead".into(),
            });
        }
        self.state = to;
        match to {
            Prepared => {}
            Sent => self.sent_at = Some(at),
            Seen => self.seen_at = Some(at),
            Accepted => self.answered_at = Some(at),
            Declined => {
                self.answered_at = Some(at);
                self.ended_at = Some(at);
            }
            Expired | Withdrawn | Fulfilled | Failed | Released => self.ended_at = Some(at),
        }
        self.reason = reason.filter(|_| matches!(to, Declined | Withdrawn | Failed | Released)).cloned();
        Ok(())
    }

    /// Gives its provider until another deadline: any while nobody was told one, a later one afterwards.
    ///
    /// # Errors
    /// No answer to it is awaited any more, or the deadline leaves no time to answer, or less than the provider was told.
    pub fn defer(&mut self, deadline: Instant, at: Instant) -> Result<(), Refusal> {
        OFFER.allow(self.state, "defer", self.state, None)?;
        let refused = |why: &str| Err(Refusal::FieldInvalid { field: "deadline".into(), why: why.into() });
        if self.state != Prepared && deadline < self.fields.deadline {
            return refused("the provider was told that it has longer; withdraw the offer instead");
        }
        if deadline <= at.max(self.hold_until) {
            return refused("it must leave time to answer");
        }
        self.fields.deadline = deadline;
        Ok(())
    }

    /// The provider's no, perhaps with another time that would do.
    ///
    /// # Errors
    /// It is no longer open to an answer.
    pub fn decline(&mut self, reason: &ShortText, counter: Option<When>, at: Instant) -> Result<(), Refusal> {
        self.go("decline", Declined, Some(reason), at)?;
        self.counter = counter;
        Ok(())
    }

    /// The new, accepted offer in which the dispatcher takes the time the provider proposed.
    ///
    /// # Errors
    /// It was not declined with a counter-time.
    pub fn take_counter(&self, id: OfferId, at: Instant, by: OperatorId) -> Result<Self, Refusal> {
        if self.state != Declined || self.counter.is_none() {
            return Err(Refusal::Busy {
                cause: Cause::NotThisKind,
                what: "only an offer that was declined with another time can be taken at that time".into(),
            });
        }
        Ok(Self {
            id,
            version: Version::FIRST,
            state: Accepted,
            created_at: at,
            created_by: Some(by),
            counter: None,
            counter_of: Some(self.id),
            reason: None,
            answered_at: Some(at),
            ended_at: None,
            ..self.clone()
        })
    }

    /// Whether it keeps the request with this provider: an answer is out, or it is being done.
    pub fn is_live(&self) -> bool {
        !OFFER.is_end(self.state)
    }

    /// Whether its provider is not asked again for the request: it said no, gave the job back, or did not do it.
    pub fn rules_out(&self) -> bool {
        matches!(self.state, Declined | Released | Failed)
    }

    /// Whether an answer to it counts at `at`.
    pub fn takes_answers(&self, at: Instant) -> bool {
        matches!(self.state, Sent | Seen) && at < self.fields.deadline
    }

    /// A person tells it by telephone instead: mail cannot, or nobody knows whether it did.
    pub fn tell_by_telephone(&mut self, why: ShortText) {
        self.fields.way = Way::Telephone;
        self.trouble = Some(why);
    }

    /// Whether the provider's page may name the person and the street.
    pub fn shows_person(&self) -> bool {
        self.state == Accepted
    }
}

impl Entity for Offer {
    type Id = OfferId;
    const KIND: EntityKind = EntityKind::Offer;
    // What a provider was told stays as it was told: another price is another offer, and only more time can be given.
    const EDITABLE: &'static [&'static str] = &[];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.site_id, client: self.client_id }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn check(&self) -> Result<(), Refusal> {
        if self.counter_of.is_none() && self.fields.deadline <= self.hold_until {
            return Err(Refusal::FieldInvalid {
                field: "deadline".into(),
                why: "it must leave time to answer after the offer is sent".into(),
            });
        }
        if self.fields.price.is_some_and(|price| price < Cents::ZERO) {
            return Err(Refusal::FieldInvalid { field: "price".into(), why: "a price is not negative".into() });
        }
        Ok(())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Prepared).then(|| Self { state: Withdrawn, ended_at: Some(self.created_at), ..self.clone() })
    }

    fn search_words(&self) -> Vec<&str> {
        self.fields.note.as_ref().map(LongText::as_str).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{any_move, at, faults, id, in_table, text, window};
    use proptest::prelude::*;

    fn fields() -> OfferFields {
        OfferFields {
            request_id: id(1),
            provider_id: id(2),
            way: Way::Mail,
            deadline: at(3600),
            price: None,
            note: None,
            tier_reason: None,
        }
    }

    fn offer() -> Offer {
        Offer::create(id(3), fields(), Scope::default(), 15, at(0), None).unwrap()
    }

    /// What holds for an offer whatever happened to it.
    fn holds(offer: &Offer) -> bool {
        let ended = OFFER.is_end(offer.state);
        let answered = matches!(offer.state, Accepted | Declined | Fulfilled | Failed | Released);
        ended == offer.ended_at.is_some()
            && answered == offer.answered_at.is_some()
            && (offer.state != Prepared || offer.sent_at.is_none())
            && (!answered || offer.sent_at.is_some())
            && (offer.seen_at.is_none() || offer.sent_at.is_some())
            && offer.sent_at.is_none_or(|sent| sent >= offer.hold_until)
            && matches!(offer.state, Declined | Withdrawn | Failed | Released) == offer.reason.is_some()
            && (offer.counter.is_none() || offer.state == Declined)
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&OFFER), Vec::<String>::new());
    }

    #[test]
    fn an_offer_stays_in_the_house_for_its_moments_of_grace() {
        let mut offer = offer();
        assert_eq!(offer.hold_until, at(15));
        let before = offer.clone();
        assert!(offer.go("send", Sent, None, at(14)).is_err());
        assert_eq!(offer, before);
        offer.go("send", Sent, None, at(15)).unwrap();
        assert_eq!(offer.unmade(), None);
        assert_eq!(before.unmade().unwrap().state, Withdrawn);
    }

    #[test]
    fn an_offer_expires_at_its_deadline_and_not_before() {
        let mut offer = offer();
        offer.go("send", Sent, None, at(15)).unwrap();
        assert!(offer.go("expire", Expired, None, at(3599)).is_err());
        assert!(offer.go("expire", Expired, None, at(3600)).is_ok());
    }

    #[test]
    fn a_deadline_runs_in_the_providers_hours_and_ends_with_the_job() {
        let calendar = crate::domain::calendar::tests::calendar("lun-ven 08:00-18:00");
        let at = |text: &str| text.parse::<Instant>().unwrap();
        let two_hours = Target::Open { minutes: 120 };
        // A Friday, 17:00 in Paris.
        let sent = at("2026-11-27T16:00:00Z");
        assert_eq!(deadline(two_hours, sent, &calendar, at("2026-12-04T11:00:00Z")), at("2026-11-30T08:00:00Z"));
        assert_eq!(deadline(two_hours, sent, &calendar, at("2026-11-27T20:00:00Z")), at("2026-11-27T20:00:00Z"));
        assert_eq!(deadline(two_hours, sent, &calendar, at("2026-11-27T15:00:00Z")), at("2026-11-27T16:05:00Z"));
    }

    #[test]
    fn a_deadline_is_any_until_the_offer_is_told_and_a_later_one_afterwards() {
        let mut offer = offer();
        offer.defer(at(600), at(5)).unwrap();
        assert!(offer.defer(at(15), at(5)).is_err(), "it leaves no time to answer");
        offer.go("send", Sent, None, at(15)).unwrap();
        let told = offer.clone();
        assert!(
            matches!(offer.defer(at(599), at(20)), Err(Refusal::FieldInvalid { field, .. }) if field == "deadline")
        );
        assert_eq!(offer, told);
        offer.go("see", Seen, None, at(30)).unwrap();
        offer.defer(at(7200), at(40)).unwrap();
        assert_eq!((offer.state, offer.fields.deadline), (Seen, at(7200)));
        assert!(offer.go("expire", Expired, None, at(3600)).is_err());
        offer.go("accept", Accepted, None, at(4000)).unwrap();
        assert!(matches!(offer.defer(at(9000), at(4001)), Err(Refusal::IllegalMove { asked: "defer", .. })));
    }

    #[test]
    fn a_deadline_leaves_time_to_answer() {
        let late = OfferFields { deadline: at(15), ..fields() };
        assert!(
            matches!(Offer::create(id(3), late, Scope::default(), 15, at(0), None), Err(Refusal::FieldInvalid { field, .. }) if field == "deadline")
        );
    }

    #[test]
    fn a_counter_time_becomes_a_new_accepted_offer() {
        let mut offer = offer();
        offer.go("send", Sent, None, at(15)).unwrap();
        assert!(offer.take_counter(id(9), at(20), id(5)).is_err());
        offer.decline(&text("Complet ce jour-là"), Some(When::Window(window(9, 11))), at(30)).unwrap();
        let taken = offer.take_counter(id(9), at(40), id(5)).unwrap();
        assert_eq!((taken.state, taken.counter_of), (Accepted, Some(offer.id)));
        assert!(holds(&taken));
        assert!(taken.check().is_ok());
    }

    #[test]
    fn a_body_with_an_unknown_field_is_refused() {
        let mut body = serde_json::to_value(fields()).unwrap();
        body["state"] = "accepted".into();
        assert!(serde_json::from_value::<OfferFields>(body).is_err());
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let offer = offer();
        let stored = serde_json::to_value(&offer).unwrap();
        assert!(stored["reason"].is_null());
        assert_eq!(serde_json::from_value::<Offer>(stored).unwrap(), offer);
    }

    proptest! {
        #[test]
        fn no_order_of_moves_breaks_an_offer(moves in prop::collection::vec((any_move(&OFFER), any::<bool>(), 0..1200_i64), 0..30)) {
            let mut offer = offer();
            let mut now = 0;
            for ((name, to), reasoned, later) in moves {
                now += later;
                let before = offer.clone();
                let reason = reasoned.then(|| text("Motif"));
                if offer.go(name, to, reason.as_ref(), at(now)).is_ok() {
                    prop_assert!(OFFER.step(before.state, name, to).is_ok());
                } else {
                    prop_assert_eq!(&offer, &before);
                }
                prop_assert!(in_table(&OFFER, before.state, offer.state));
                prop_assert!(holds(&offer), "{:?}", offer);
            }
        }
    }
}
