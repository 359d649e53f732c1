//! The house's policy: the figures by which timers, clocks, routing and retention run; there is one.

use super::{
    calendar::{Region, WorkingCalendar},
    clock::Targets,
    entity::{Entity, EntityKind, Scope, Version},
    holiday::{Holiday, HolidayKind},
    hours::{OpeningHours, Weekly},
    ids::{PolicyId, SiteId},
    provider::Tier,
    refusal::Refusal,
    register::Standing,
    text_module::{self, TextModule},
    texts::ShortText,
    time::Zone,
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, ops::RangeInclusive};

/// How long data are kept, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Retention {
    /// Entries of the change feed, 1 to 365: how long a console may be away and still catch up.
    pub feed_days: u16,
    /// Requests after they ended, 30 to 3,650.
    pub requests_days: u16,
    /// Messages and events of calls, 30 to 3,650.
    pub messages_days: u16,
    /// Idempotency keys, 7 to 365: how long a command may wait in an outbox.
    pub idempotency_days: u16,
}

impl Default for Retention {
    fn default() -> Self {
        Self { feed_days: 7, requests_days: 3 * 365, messages_days: 365, idempotency_days: 30 }
    }
}

/// A kind of reason that is chosen from a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReasonKind {
    /// How a contact ended.
    Outcome,
    /// How calling back ended.
    CallBack,
    /// Why nothing comes of a contact.
    Drop,
    /// What was answered to an enquiry.
    Answer,
    /// What is asked of the requester.
    Question,
    /// Why a request is called off.
    Cancel,
    /// Why the house does not do it.
    Refuse,
    /// Why a provider is let go.
    Release,
    /// Why two requests are the same.
    Merge,
    /// Why somebody's claim is taken over.
    TakeOver,
    /// Why a provider says no.
    Decline,
    /// Why an offer is taken back.
    Withdraw,
    /// Why a provider of a higher tier is passed over.
    PassOver,
    /// What a trainee is to do better.
    GiveBack,
    /// Why something is left over when a desk closes.
    Leftover,
}

/// The house's own reasons, in the order in which they are numbered; where a list is empty the console's own stand.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Reasons {
    /// How a contact ended.
    pub outcome: Vec<ShortText>,
    /// How calling back ended.
    pub call_back: Vec<ShortText>,
    /// Why nothing comes of a contact.
    pub drop: Vec<ShortText>,
    /// What was answered to an enquiry.
    pub answer: Vec<ShortText>,
    /// What is asked of the requester.
    pub question: Vec<ShortText>,
    /// Why a request is called off.
    pub cancel: Vec<ShortText>,
    /// Why the house does not do it.
    pub refuse: Vec<ShortText>,
    /// Why a provider is let go.
    pub release: Vec<ShortText>,
    /// Why two requests are the same.
    pub merge: Vec<ShortText>,
    /// Why somebody's claim is taken over.
    pub take_over: Vec<ShortText>,
    /// Why a provider says no.
    pub decline: Vec<ShortText>,
    /// Why an offer is taken back.
    pub withdraw: Vec<ShortText>,
    /// Why a provider of a higher tier is passed over.
    pub pass_over: Vec<ShortText>,
    /// What a trainee is to do better.
    pub give_back: Vec<ShortText>,
    /// Why something is left over when a desk closes.
    pub leftover: Vec<ShortText>,
}

impl Reasons {
    /// Reasons of a kind at most: they are chosen by one digit, and one digit is left for another choice.
    pub const MOST: usize = 8;

    /// Those of a kind.
    pub fn of(&self, kind: ReasonKind) -> &[ShortText] {
        match kind {
            ReasonKind::Outcome => &self.outcome,
            ReasonKind::CallBack => &self.call_back,
            ReasonKind::Drop => &self.drop,
            ReasonKind::Answer => &self.answer,
            ReasonKind::Question => &self.question,
            ReasonKind::Cancel => &self.cancel,
            ReasonKind::Refuse => &self.refuse,
            ReasonKind::Release => &self.release,
            ReasonKind::Merge => &self.merge,
            ReasonKind::TakeOver => &self.take_over,
            ReasonKind::Decline => &self.decline,
            ReasonKind::Withdraw => &self.withdraw,
            ReasonKind::PassOver => &self.pass_over,
            ReasonKind::GiveBack => &self.give_back,
            ReasonKind::Leftover => &self.leftover,
        }
    }

    fn check(&self) -> Result<(), Refusal> {
        let kinds = [
            ("outcome", &self.outcome),
            ("call_back", &self.call_back),
            ("drop", &self.drop),
            ("answer", &self.answer),
            ("question", &self.question),
            ("cancel", &self.cancel),
            ("refuse", &self.refuse),
            ("release", &self.release),
            ("merge", &self.merge),
            ("take_over", &self.take_over),
            ("decline", &self.decline),
            ("withdraw", &self.withdraw),
            ("pass_over", &self.pass_over),
            ("give_back", &self.give_back),
            ("leftover", &self.leftover),
        ];
        match kinds.into_iter().find(|(_, list)| list.len() > Self::MOST) {
            Some((kind, _)) => Err(Refusal::FieldInvalid {
                field: format!("reasons.{kind}"),
                why: format!("at most {} reasons of a kind", Self::MOST),
            }),
            None => Ok(()),
        }
    }
}

/// What people write of the policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PolicyFields {
    /// The house's zone; sites may have their own.
    pub zone: Zone,
    /// When the house answers; its clocks run then.
    pub hours: OpeningHours,
    /// Whose public holidays are kept.
    pub region: Region,
    /// How long the house takes.
    pub targets: Targets,
    /// The tiers that count as ESS.
    pub ess_tiers: BTreeSet<Tier>,
    /// The share of ESS, in percent, 0 to 100, under which a choice is warned of.
    pub ess_target_percent: u16,
    /// Whether the cascade goes on to the next tier by itself.
    pub next_tier_by_itself: bool,
    /// Seconds for which what leaves the house is held back, 0 to 300.
    pub send_hold_s: u16,
    /// Minutes in which a command can be undone, 1 to 60.
    pub undo_window_min: u16,
    /// Seconds without renewal after which a claim is stale, 15 to 600.
    pub claim_stale_s: u16,
    /// Days that the dates of recurring orders are made ahead, 1 to 60.
    pub recurring_ahead_days: u16,
    /// Minutes after which a call of which nothing more is heard is closed, 5 to 1,440.
    pub call_sweep_min: u16,
    /// How long data are kept.
    pub retention: Retention,
    /// The house's own reasons, to be picked by number.
    pub reasons: Reasons,
    /// What is written again and again, to be picked by number; at most 9 a language.
    pub text_modules: Vec<TextModule>,
}

impl Default for PolicyFields {
    fn default() -> Self {
        Self {
            zone: Zone::default(),
            hours: OpeningHours::from("lun-ven 08:00-18:00".parse::<Weekly>().unwrap_or_default()),
            region: Region::default(),
            targets: Targets::default(),
            ess_tiers: BTreeSet::from([Tier::Inclusion, Tier::Ess]),
            ess_target_percent: 80,
            next_tier_by_itself: false,
            send_hold_s: 15,
            undo_window_min: 10,
            claim_stale_s: 45,
            recurring_ahead_days: 7,
            call_sweep_min: 120,
            retention: Retention::default(),
            reasons: Reasons::default(),
            text_modules: text_module::defaults(),
        }
    }
}

impl PolicyFields {
    /// The calendar in which clocks run on a site, or in the house itself; `holidays` may be those of all sites. What a site keeps goes
    /// before what the house keeps.
    pub fn calendar(&self, holidays: &[Holiday], site: Option<SiteId>) -> WorkingCalendar {
        let mut calendar = WorkingCalendar {
            hours: self.hours.clone(),
            zone: self.zone.clone(),
            region: self.region,
            closed: BTreeSet::new(),
            opened: BTreeSet::new(),
        };
        let kept = |of: Option<SiteId>| {
            let active = holidays.iter().filter(|holiday| holiday.standing == Standing::Active);
            active.filter(move |holiday| holiday.fields.site_id == of)
        };
        for Holiday { fields, .. } in kept(None).chain(site.into_iter().flat_map(|site| kept(Some(site)))) {
            let (into, out_of) = match fields.kind {
                HolidayKind::Closed => (&mut calendar.closed, &mut calendar.opened),
                HolidayKind::Open => (&mut calendar.opened, &mut calendar.closed),
            };
            out_of.remove(&fields.date);
            into.insert(fields.date);
        }
        calendar
    }
}

/// The house's policy.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Policy {
    /// The same for ever.
    pub id: PolicyId,
    /// One more at each change.
    pub version: Version,
    /// What people write.
    #[serde(flatten)]
    pub fields: PolicyFields,
}

/// The id of the one policy, the same in every house.
pub fn policy_id() -> PolicyId {
    uuid::Uuid::from_u128(0x0190_0000_0000_7000_8000_0000_0000_0001).into()
}

impl Policy {
    /// The policy a house starts with.
    ///
    /// # Errors
    /// A figure is out of range.
    pub fn create(id: PolicyId, fields: PolicyFields) -> Result<Self, Refusal> {
        let policy = Self { id, version: Version::FIRST, fields };
        policy.check()?;
        Ok(policy)
    }
}

impl Entity for Policy {
    type Id = PolicyId;
    const KIND: EntityKind = EntityKind::Policy;
    const EDITABLE: &'static [&'static str] = &[
        "zone",
        "hours",
        "region",
        "targets",
        "ess_tiers",
        "ess_target_percent",
        "next_tier_by_itself",
        "send_hold_s",
        "undo_window_min",
        "claim_stale_s",
        "recurring_ahead_days",
        "call_sweep_min",
        "retention",
        "reasons",
        "text_modules",
    ];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope::default()
    }

    fn check(&self) -> Result<(), Refusal> {
        let PolicyFields {
            ess_target_percent,
            send_hold_s,
            undo_window_min,
            claim_stale_s,
            recurring_ahead_days,
            call_sweep_min,
            retention,
            reasons,
            text_modules,
            ..
        } = &self.fields;
        reasons.check()?;
        text_module::check(text_modules)?;
        let figures: [(&str, u16, RangeInclusive<u16>); 10] = [
            ("ess_target_percent", *ess_target_percent, 0..=100),
            ("send_hold_s", *send_hold_s, 0..=300),
            ("undo_window_min", *undo_window_min, 1..=60),
            ("claim_stale_s", *claim_stale_s, 15..=600),
            ("recurring_ahead_days", *recurring_ahead_days, 1..=60),
            ("call_sweep_min", *call_sweep_min, 5..=1440),
            ("retention.feed_days", retention.feed_days, 1..=365),
            ("retention.requests_days", retention.requests_days, 30..=3650),
            ("retention.messages_days", retention.messages_days, 30..=3650),
            ("retention.idempotency_days", retention.idempotency_days, 7..=365),
        ];
        match figures.into_iter().find(|(_, figure, range)| !range.contains(figure)) {
            Some((field, _, range)) => Err(Refusal::FieldInvalid {
                field: field.into(),
                why: format!("write {} to {}", range.start(), range.end()),
            }),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        entity::{Edit, FieldEdit, edited},
        holiday::HolidayFields,
        moves::walk::{at, id, text},
    };
    use jiff::civil::date;

    fn policy() -> Policy {
        Policy::create(id(1), PolicyFields::default()).unwrap()
    }

    fn holiday(number: u128, site: Option<SiteId>, kind: HolidayKind) -> Holiday {
        Holiday::create(
            id(number),
            HolidayFields { date: date(2026, 3, 9), site_id: site, kind, name: text("Inventaire") },
        )
        .unwrap()
    }

    #[test]
    fn an_empty_body_is_the_policy_a_house_starts_with() {
        assert_eq!(serde_json::from_str::<PolicyFields>("{}").unwrap(), PolicyFields::default());
        let policy = policy();
        assert_eq!(policy.fields.ess_target_percent, 80);
        assert!(policy.fields.calendar(&[], None).is_open(at(0)));
    }

    #[test]
    fn a_figure_out_of_range_is_refused_with_the_range() {
        let edit = Edit { fields: [("claim_stale_s".to_owned(), FieldEdit { seen: 45.into(), new: 5.into() })].into() };
        assert_eq!(
            edited(&policy(), &edit).unwrap_err(),
            Refusal::FieldInvalid { field: "claim_stale_s".into(), why: "write 15 to 600".into() }
        );
    }

    #[test]
    fn reasons_are_as_many_as_digits_choose() {
        let listed = |count: usize| -> PolicyFields {
            let cancel: Vec<String> = (0..count).map(|number| format!("motif {number}")).collect();
            serde_json::from_value(serde_json::json!({ "reasons": { "cancel": cancel } })).unwrap()
        };
        let kept = Policy::create(id(1), listed(8)).unwrap();
        assert_eq!(kept.fields.reasons.of(ReasonKind::Cancel)[7], text("motif 7"));
        assert!(kept.fields.reasons.of(ReasonKind::Refuse).is_empty());
        let Refusal::FieldInvalid { field, .. } = Policy::create(id(1), listed(9)).unwrap_err() else { panic!() };
        assert_eq!(field, "reasons.cancel");
    }

    #[test]
    fn what_a_site_keeps_goes_before_what_the_house_keeps() {
        let holidays = [holiday(1, Some(id(7)), HolidayKind::Open), holiday(2, None, HolidayKind::Closed)];
        let fields = PolicyFields::default();
        assert!(!fields.calendar(&holidays, None).is_open(at(0)));
        assert!(!fields.calendar(&holidays, Some(id(8))).is_open(at(0)));
        assert!(fields.calendar(&holidays, Some(id(7))).is_open(at(0)));
    }

    #[test]
    fn an_archived_holiday_is_a_day_like_others() {
        let mut closed = holiday(1, None, HolidayKind::Closed);
        closed.standing = Standing::Archived;
        assert!(PolicyFields::default().calendar(&[closed], None).is_open(at(0)));
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let policy = policy();
        assert_eq!(serde_json::from_value::<Policy>(serde_json::to_value(&policy).unwrap()).unwrap(), policy);
    }
}
