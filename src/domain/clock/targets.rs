//! Targets: how long the house takes, and for whom it takes less.

use super::{ClockKind, Target};
use crate::domain::ids::{ClientId, ServiceId};
use serde::{Deserialize, Serialize};

/// How pressing something is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// As usual.
    #[default]
    Normal,
    /// Before others.
    Urgent,
}

/// What a target is set for. Calls and mails are answered at different speeds, by the same kind of clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Limit {
    /// First answer to a call.
    CallAnswer,
    /// First answer to a mail, or to what else comes in writing.
    MailAnswer,
    /// Calling back after a missed call.
    Callback,
    /// Finding who does a request.
    Assignment,
    /// Picking up what must be carried.
    Pickup,
    /// Handing back the result.
    HandBack,
    /// A provider's answer to an offer; counted in the provider's opening hours.
    OfferAnswer,
}

impl Limit {
    /// The kind of clock that runs for it; none for an offer, which has a deadline of its own.
    pub const fn clock(self) -> Option<ClockKind> {
        match self {
            Self::CallAnswer | Self::MailAnswer => Some(ClockKind::FirstAnswer),
            Self::Callback => Some(ClockKind::Callback),
            Self::Assignment => Some(ClockKind::Assignment),
            Self::Pickup => Some(ClockKind::Pickup),
            Self::HandBack => Some(ClockKind::HandBack),
            Self::OfferAnswer => None,
        }
    }
}

/// Another target for some of the work: for what fits all that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetRule {
    /// What it is for.
    pub limit: Limit,
    /// Only for this client.
    #[serde(default)]
    pub client: Option<ClientId>,
    /// Only for this service.
    #[serde(default)]
    pub service: Option<ServiceId>,
    /// Only for what is this pressing.
    #[serde(default)]
    pub urgency: Option<Urgency>,
    /// How long it may take then.
    pub target: Target,
}

/// What is known of the work a clock is started for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Case {
    /// Whose it is, once known.
    pub client: Option<ClientId>,
    /// What is to be done, once known.
    pub service: Option<ServiceId>,
    /// How pressing it is.
    pub urgency: Urgency,
}

impl TargetRule {
    /// Whether the rule is for `limit` and the `case`.
    fn fits(&self, limit: Limit, case: &Case) -> bool {
        self.limit == limit
            && self.client.is_none_or(|client| case.client == Some(client))
            && self.service.is_none_or(|service| case.service == Some(service))
            && self.urgency.is_none_or(|urgency| case.urgency == urgency)
    }

    /// How much the rule names, then what: a client counts before a service, and that before an urgency.
    fn weight(&self) -> (u8, bool, bool, bool) {
        let (client, service, urgency) = (self.client.is_some(), self.service.is_some(), self.urgency.is_some());
        (u8::from(client) + u8::from(service) + u8::from(urgency), client, service, urgency)
    }
}

/// How long a provider has for what is urgent, unless a rule says otherwise.
const URGENT_OFFER_ANSWER: Target = Target::Open { minutes: 15 };

/// How long the house takes: a target for everything, and rules for clients, services and urgencies.
///
/// Of the rules that fit, the most specific one holds: the one that names most; among those that name as much, a client goes before a
/// service, and a service before an urgency; of equal ones the later in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Targets {
    /// First answer to a call; 20 seconds unless set.
    pub call_answer: Target,
    /// First answer to a mail; 1 working day unless set.
    pub mail_answer: Target,
    /// Calling back; 30 minutes of opening time unless set.
    pub callback: Target,
    /// Finding who does it; 2 hours of opening time unless set.
    pub assignment: Target,
    /// Picking up; 1 working day unless set.
    pub pickup: Target,
    /// Handing back; 3 working days unless set, since a site may see its concierge only twice a week.
    pub hand_back: Target,
    /// A provider's answer to an offer; 2 hours of the provider's opening time unless set, and 15 minutes for what is urgent.
    pub offer_answer: Target,
    /// What else holds for some of the work.
    pub rules: Vec<TargetRule>,
}

impl Default for Targets {
    fn default() -> Self {
        Self {
            call_answer: Target::Elapsed { seconds: 20 },
            mail_answer: Target::WorkingDays { days: 1 },
            callback: Target::Open { minutes: 30 },
            assignment: Target::Open { minutes: 120 },
            pickup: Target::WorkingDays { days: 1 },
            hand_back: Target::WorkingDays { days: 3 },
            offer_answer: Target::Open { minutes: 120 },
            rules: Vec::new(),
        }
    }
}

impl Targets {
    /// How long `limit` may take in this `case`.
    pub fn target(&self, limit: Limit, case: &Case) -> Target {
        let rule = self.rules.iter().filter(|rule| rule.fits(limit, case)).max_by_key(|rule| rule.weight());
        rule.map_or_else(|| self.house(limit, case.urgency), |rule| rule.target)
    }

    /// The house's own target.
    fn house(&self, limit: Limit, urgency: Urgency) -> Target {
        match limit {
            Limit::OfferAnswer if urgency == Urgency::Urgent => URGENT_OFFER_ANSWER,
            Limit::OfferAnswer => self.offer_answer,
            Limit::CallAnswer => self.call_answer,
            Limit::MailAnswer => self.mail_answer,
            Limit::Callback => self.callback,
            Limit::Assignment => self.assignment,
            Limit::Pickup => self.pickup,
            Limit::HandBack => self.hand_back,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const SPECIAL: Target = Target::Elapsed { seconds: 7 };

    fn client(n: u128) -> ClientId {
        Uuid::from_u128(n).into()
    }

    fn service(n: u128) -> ServiceId {
        Uuid::from_u128(n).into()
    }

    fn rule(
        client: Option<ClientId>,
        service: Option<ServiceId>,
        urgency: Option<Urgency>,
        minutes: u32,
    ) -> TargetRule {
        TargetRule { limit: Limit::Assignment, client, service, urgency, target: Target::Open { minutes } }
    }

    /// Minutes that the assignment of `case` may take by `rules`.
    fn minutes(rules: &[TargetRule], case: &Case) -> u32 {
        let targets = Targets { rules: rules.to_vec(), ..Targets::default() };
        match targets.target(Limit::Assignment, case) {
            Target::Open { minutes } => minutes,
            other => panic!("not opening time: {other:?}"),
        }
    }

    #[test]
    fn without_rules_the_house_target_holds() {
        let targets = Targets::default();
        let case = Case::default();
        assert_eq!(targets.target(Limit::CallAnswer, &case), Target::Elapsed { seconds: 20 });
        assert_eq!(targets.target(Limit::MailAnswer, &case), Target::WorkingDays { days: 1 });
        assert_eq!(targets.target(Limit::Callback, &case), Target::Open { minutes: 30 });
    }

    #[test]
    fn a_rule_holds_only_for_what_fits_all_that_it_names() {
        let rules = [rule(Some(client(1)), None, Some(Urgency::Urgent), 10)];
        let mut case = Case { client: Some(client(1)), service: None, urgency: Urgency::Urgent };
        assert_eq!(minutes(&rules, &case), 10);
        case.urgency = Urgency::Normal;
        assert_eq!(minutes(&rules, &case), 120);
        case = Case { client: None, service: None, urgency: Urgency::Urgent };
        assert_eq!(minutes(&rules, &case), 120);
    }

    #[test]
    fn a_rule_for_one_limit_leaves_the_others_alone() {
        let targets = Targets {
            rules: vec![TargetRule {
                limit: Limit::Pickup,
                client: None,
                service: None,
                urgency: None,
                target: SPECIAL,
            }],
            ..Targets::default()
        };
        assert_eq!(targets.target(Limit::Pickup, &Case::default()), SPECIAL);
        assert_eq!(targets.target(Limit::HandBack, &Case::default()), Targets::default().hand_back);
    }

    #[test]
    fn the_most_specific_rule_holds_wherever_it_stands() {
        let case = Case { client: Some(client(1)), service: Some(service(2)), urgency: Urgency::Urgent };
        let mut rules = vec![
            rule(Some(client(1)), Some(service(2)), Some(Urgency::Urgent), 1),
            rule(Some(client(1)), Some(service(2)), None, 2),
            rule(Some(client(1)), None, Some(Urgency::Urgent), 3),
            rule(None, Some(service(2)), Some(Urgency::Urgent), 4),
            rule(Some(client(1)), None, None, 5),
            rule(None, Some(service(2)), None, 6),
            rule(None, None, Some(Urgency::Urgent), 7),
            rule(None, None, None, 8),
        ];
        while !rules.is_empty() {
            let best = rules[0];
            let reversed: Vec<_> = rules.iter().rev().copied().collect();
            assert_eq!(Target::Open { minutes: minutes(&rules, &case) }, best.target);
            assert_eq!(Target::Open { minutes: minutes(&reversed, &case) }, best.target);
            rules.remove(0);
        }
    }

    #[test]
    fn of_equal_rules_the_later_holds() {
        assert_eq!(minutes(&[rule(None, None, None, 1), rule(None, None, None, 2)], &Case::default()), 2);
    }

    #[test]
    fn a_house_sets_only_what_differs() {
        let targets: Targets = serde_json::from_str(r#"{"callback":{"kind":"open","minutes":15}}"#).unwrap();
        assert_eq!(targets, Targets { callback: Target::Open { minutes: 15 }, ..Targets::default() });
        for bad in
            [r#"{"call_back":{"kind":"open","minutes":15}}"#, r#"{"callback":{"kind":"open","minutes":15,"more":1}}"#]
        {
            assert!(serde_json::from_str::<Targets>(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_limit_is_timed_by_its_clock() {
        assert_eq!(Limit::MailAnswer.clock(), Some(ClockKind::FirstAnswer));
        assert_eq!(Limit::HandBack.clock(), Some(ClockKind::HandBack));
        assert_eq!(Limit::OfferAnswer.clock(), None);
    }

    #[test]
    fn what_is_urgent_is_answered_sooner_unless_a_rule_says_otherwise() {
        let urgent = Case { urgency: Urgency::Urgent, ..Case::default() };
        let mut targets = Targets::default();
        let minutes = |targets: &Targets, case: &Case| match targets.target(Limit::OfferAnswer, case) {
            Target::Open { minutes } => minutes,
            other => panic!("not opening time: {other:?}"),
        };
        assert_eq!((minutes(&targets, &Case::default()), minutes(&targets, &urgent)), (120, 15));
        targets.rules = vec![TargetRule { limit: Limit::OfferAnswer, ..rule(None, None, Some(Urgency::Urgent), 30) }];
        assert_eq!((minutes(&targets, &Case::default()), minutes(&targets, &urgent)), (120, 30));
    }
}
