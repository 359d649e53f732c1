//! An item: a thing in custody with exactly one holder, known from what was reported and when that occurred.

use super::{
    access::who::{B, C, D, P, S, V},
    entity::{Entity, EntityKind, Scope, Version},
    exception::{Contradiction, ContradictionKind},
    ids::{BeneficiaryId, CourierId, ItemId, LockerId, OperatorId, ProviderId, RequestId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    refusal::Refusal,
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};

states! {
    /// Where an item stands.
    ItemState {
        /// The house answers for it, wherever it is.
        InCustody = "in_custody",
        /// Its owner has it again.
        HandedBack = "handed_back",
        /// Nobody knows where it is.
        Lost = "lost",
    }
}

use ItemState::{HandedBack, InCustody, Lost};

const ANY: &[ItemState] = ItemState::ALL;

/// The table of an item's moves; all but `lose` are facts, recorded in whatever state.
pub const ITEM: Machine<ItemState> = Machine {
    entity: EntityKind::Item,
    start: &[InCustody],
    moves: &[
        Move {
            name: "take_in",
            from: ANY,
            to: &[InCustody],
            who: &[P, C, D, S],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a fact, never refused; of one in custody or lost it contradicts the record",
        },
        Move {
            name: "pass_on",
            from: ANY,
            to: &[InCustody],
            who: &[P, C, D, S, V],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a fact, never refused; contradicts the record unless the recorded holder passes it on",
        },
        Move {
            name: "hand_back",
            from: ANY,
            to: &[HandedBack],
            who: &[P, C, D, S, B],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "a fact, never refused; a second time, or by another than the holder, it contradicts the record",
        },
        Move {
            name: "lose",
            from: &[InCustody],
            to: &[Lost],
            who: &[C, D],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "it was looked for; the last known holder stays recorded",
        },
    ],
};

/// Who has an item.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Holder {
    /// Its owner, or who took it for them.
    Beneficiary {
        /// Who, if known.
        #[serde(default)]
        id: Option<BeneficiaryId>,
    },
    /// The desk of a site.
    Concierge {
        /// Which site.
        site_id: SiteId,
        /// On which shelf.
        #[serde(default)]
        place: Option<ShortText>,
    },
    /// A locker.
    Locker {
        /// Which one.
        locker_id: LockerId,
    },
    /// A courier.
    Courier {
        /// Who.
        courier_id: CourierId,
    },
    /// A provider.
    Provider {
        /// Which one.
        provider_id: ProviderId,
    },
}

impl Holder {
    /// Whether both name the same hands; the shelf, or an unknown owner's name, makes no difference.
    pub fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Beneficiary { .. }, Self::Beneficiary { .. }) => true,
            (Self::Concierge { site_id: one, .. }, Self::Concierge { site_id: other, .. }) => one == other,
            _ => self == other,
        }
    }

    /// Whether the item is back with its owner.
    pub fn is_beneficiary(&self) -> bool {
        matches!(self, Self::Beneficiary { .. })
    }
}

/// What was done with an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// The house took it from its owner.
    TakeIn,
    /// It went from one hand to the next.
    PassOn,
    /// Its owner got it back.
    HandBack,
    /// It was declared lost.
    Lose,
}

/// One entry of an item's trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Custody {
    /// What was done.
    pub act: Act,
    /// Who had it then.
    pub holder: Holder,
    /// When it occurred.
    pub occurred_at: Instant,
    /// When the office heard of it.
    pub recorded_at: Instant,
    /// Who said so; none for the system.
    pub by: Option<OperatorId>,
}

/// What people write of an item; the body that creates one, which is its taking in.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ItemFields {
    /// What is printed on its label.
    pub label: ShortText,
    /// What it is.
    #[serde(default)]
    pub description: Option<ShortText>,
    /// For which request.
    #[serde(default)]
    pub request_id: Option<RequestId>,
    /// Whose it is.
    #[serde(default)]
    pub beneficiary_id: Option<BeneficiaryId>,
    /// The site it belongs to.
    pub site_id: SiteId,
    /// Who has it; at first who took it in.
    pub holder: Holder,
    /// Since when.
    pub since: Instant,
}

/// A thing in custody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Item {
    /// Made by who creates it.
    pub id: ItemId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: ItemState,
    /// What people write.
    #[serde(flatten)]
    pub fields: ItemFields,
    /// All that was reported of it, in the order in which it occurred; the last entry says who has it.
    pub trail: Vec<Custody>,
    /// Why it was declared lost.
    pub reason: Option<ShortText>,
}

/// What a person reports of an item, with the time it occurred and the time they say so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    /// When it occurred.
    pub occurred_at: Instant,
    /// When the office hears of it.
    pub at: Instant,
    /// Who says so; none for the system.
    pub by: Option<OperatorId>,
}

impl Item {
    /// An item as it is taken in.
    ///
    /// # Errors
    /// It is said to be with its owner, who has not given it away then.
    pub fn create(id: ItemId, fields: ItemFields, at: Instant, by: Option<OperatorId>) -> Result<Self, Refusal> {
        if fields.holder.is_beneficiary() {
            return Err(Refusal::FieldInvalid {
                field: "holder".into(),
                why: "an item enters when it is taken in: name who has it then".into(),
            });
        }
        let taken =
            Custody { act: Act::TakeIn, holder: fields.holder.clone(), occurred_at: fields.since, recorded_at: at, by };
        Ok(Self { id, version: Version::FIRST, state: InCustody, fields, trail: vec![taken], reason: None })
    }

    /// The house took it in (again) from its owner: a fact, never refused.
    pub fn take_in(&self, by: Holder, report: Report) -> (Self, Option<Contradiction>) {
        let contradiction = match self.state {
            HandedBack => None,
            InCustody => Some(ContradictionKind::TakenInTwice),
            Lost => Some(ContradictionKind::LostItemFound),
        };
        self.reported(Act::TakeIn, by, report, contradiction)
    }

    /// It went from one hand to the next: a fact, never refused. To its owner is a handing back.
    pub fn pass_on(&self, from: &Holder, to: Holder, report: Report) -> (Self, Option<Contradiction>) {
        let contradiction = match self.state {
            InCustody => (!from.is_same(&self.fields.holder)).then_some(ContradictionKind::NotTheHolder),
            HandedBack if to.is_beneficiary() => Some(ContradictionKind::HandedBackTwice),
            HandedBack => Some(ContradictionKind::PassedOnAfterHandBack),
            Lost => Some(ContradictionKind::LostItemFound),
        };
        let act = if to.is_beneficiary() { Act::HandBack } else { Act::PassOn };
        self.reported(act, to, report, contradiction)
    }

    /// Its owner, or who came for them, got it back: a fact, never refused.
    pub fn hand_back(&self, from: &Holder, to: Option<BeneficiaryId>, report: Report) -> (Self, Option<Contradiction>) {
        self.pass_on(from, Holder::Beneficiary { id: to }, report)
    }

    /// Declares it lost; the last known holder stays recorded.
    ///
    /// # Errors
    /// It was handed back or is lost already, or something newer is known of it.
    pub fn lose(&mut self, reason: ShortText, report: Report) -> Result<(), Refusal> {
        ITEM.allow(self.state, "lose", Lost, Some(&reason))?;
        if report.occurred_at < self.fields.since {
            return Err(Refusal::FieldInvalid {
                field: "occurred_at".into(),
                why: "somebody had it after that".into(),
            });
        }
        let (lost, _) = self.reported(Act::Lose, self.fields.holder.clone(), report, None);
        *self = Self { reason: Some(reason), ..lost };
        Ok(())
    }

    /// The item with one more entry in its trail; what occurred last says who has it, whatever is heard of afterwards.
    fn reported(
        &self,
        act: Act,
        holder: Holder,
        report: Report,
        contradiction: Option<ContradictionKind>,
    ) -> (Self, Option<Contradiction>) {
        let Report { occurred_at, at, by } = report;
        let mut item = self.clone();
        let older = occurred_at < self.fields.since;
        let place = item.trail.partition_point(|known| known.occurred_at <= occurred_at);
        item.trail.insert(place, Custody { act, holder: holder.clone(), occurred_at, recorded_at: at, by });
        if !older {
            item.state = match act {
                _ if holder.is_beneficiary() => HandedBack,
                Act::Lose => Lost,
                Act::TakeIn | Act::PassOn | Act::HandBack => InCustody,
            };
            item.fields.holder = holder;
            item.fields.since = occurred_at;
            item.reason = None;
        }
        let kind = if older { Some(ContradictionKind::OlderThanKnown) } else { contradiction };
        (item, kind.map(|kind| Contradiction::about(self, kind, occurred_at)))
    }
}

impl Entity for Item {
    type Id = ItemId;
    const KIND: EntityKind = EntityKind::Item;
    const EDITABLE: &'static [&'static str] = &["label", "description", "request_id", "beneficiary_id", "site_id"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: Some(self.fields.site_id), client: None }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn search_words(&self) -> Vec<&str> {
        [Some(self.fields.label.as_str()), self.fields.description.as_ref().map(ShortText::as_str)]
            .into_iter()
            .flatten()
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{at, faults, id, in_table, text};
    use proptest::prelude::*;

    fn desk() -> Holder {
        Holder::Concierge { site_id: id(1), place: None }
    }

    fn laundry() -> Holder {
        Holder::Provider { provider_id: id(2) }
    }

    fn courier() -> Holder {
        Holder::Courier { courier_id: id(3) }
    }

    fn item() -> Item {
        let fields = ItemFields {
            label: text("A-0412"),
            description: None,
            request_id: None,
            beneficiary_id: Some(id(5)),
            site_id: id(1),
            holder: desk(),
            since: at(0),
        };
        Item::create(id(4), fields, at(0), None).unwrap()
    }

    fn report(second: i64) -> Report {
        Report { occurred_at: at(second), at: at(1000), by: None }
    }

    fn kind(contradiction: Option<Contradiction>) -> Option<ContradictionKind> {
        contradiction.map(|contradiction| contradiction.kind)
    }

    /// What holds for an item whatever happened to it: its one holder is the last of its trail, and state and holder agree.
    fn holds(item: &Item) -> bool {
        let ordered = item.trail.is_sorted_by_key(|known| known.occurred_at);
        let last = item
            .trail
            .last()
            .is_some_and(|last| last.holder == item.fields.holder && last.occurred_at == item.fields.since);
        ordered
            && last
            && (item.state == HandedBack) == item.fields.holder.is_beneficiary()
            && (item.state == Lost) == item.reason.is_some()
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&ITEM), Vec::<String>::new());
    }

    #[test]
    fn an_item_goes_from_hand_to_hand_and_back_to_its_owner() {
        let (item, none) = item().pass_on(&desk(), courier(), report(10));
        assert_eq!(none, None);
        let (item, none) = item.pass_on(&courier(), laundry(), report(20));
        assert_eq!((&item.fields.holder, none), (&laundry(), None));
        let (item, none) = item.hand_back(&laundry(), Some(id(5)), report(30));
        assert_eq!((item.state, none, item.trail.len()), (HandedBack, None, 4));
    }

    #[test]
    fn who_does_not_have_it_cannot_pass_it_on_without_question() {
        let (item, contradiction) = item().pass_on(&courier(), laundry(), report(10));
        assert_eq!(kind(contradiction), Some(ContradictionKind::NotTheHolder));
        assert_eq!(item.fields.holder, laundry());
    }

    #[test]
    fn a_second_handing_back_is_recorded_and_for_a_person() {
        let (item, _) = item().hand_back(&desk(), None, report(10));
        let (item, contradiction) = item.hand_back(&desk(), None, report(20));
        assert_eq!(kind(contradiction), Some(ContradictionKind::HandedBackTwice));
        assert_eq!(item.trail.len(), 3);
    }

    #[test]
    fn what_occurred_earlier_does_not_move_the_holder() {
        let (item, _) = item().pass_on(&desk(), laundry(), report(20));
        let (after, contradiction) = item.pass_on(&desk(), courier(), report(10));
        assert_eq!(kind(contradiction), Some(ContradictionKind::OlderThanKnown));
        assert_eq!((&after.fields, after.trail.len()), (&item.fields, 3));
        assert_eq!(after.trail.get(1).unwrap().holder, courier());
    }

    #[test]
    fn a_lost_item_that_turns_up_is_in_custody_again_and_for_a_person() {
        let mut item = item();
        item.lose(text("Introuvable à l'inventaire"), report(10)).unwrap();
        assert_eq!((item.state, &item.fields.holder), (Lost, &desk()));
        let (item, contradiction) = item.pass_on(&laundry(), desk(), report(20));
        assert_eq!((item.state, kind(contradiction)), (InCustody, Some(ContradictionKind::LostItemFound)));
    }

    #[test]
    fn an_item_that_comes_in_again_after_a_complaint_contradicts_nothing() {
        let (item, _) = item().hand_back(&desk(), None, report(10));
        let (item, contradiction) = item.take_in(desk(), report(20));
        assert_eq!((item.state, contradiction), (InCustody, None));
    }

    #[test]
    fn an_item_that_its_owner_still_has_is_not_taken_in() {
        let fields = ItemFields { holder: Holder::Beneficiary { id: None }, ..item().fields };
        assert!(
            matches!(Item::create(id(4), fields, at(0), None), Err(Refusal::FieldInvalid { field, .. }) if field == "holder")
        );
    }

    fn any_holder() -> impl Strategy<Value = Holder> {
        prop::sample::select(vec![
            desk(),
            laundry(),
            courier(),
            Holder::Locker { locker_id: id(6) },
            Holder::Beneficiary { id: None },
        ])
    }

    proptest! {
        #[test]
        fn an_item_has_one_holder_after_any_sequence(steps in prop::collection::vec((0..4_u8, any_holder(), any_holder(), -50..200_i64), 0..30)) {
            let mut item = item();
            for (step, from, to, second) in steps {
                let before = item.clone();
                let report = report(second);
                if step == 3 {
                    if item.lose(text("Motif"), report).is_err() {
                        prop_assert_eq!(&item, &before);
                    }
                } else {
                    let (after, contradiction) = match step {
                        0 => item.take_in(to, report),
                        1 => item.pass_on(&from, to, report),
                        _ => item.hand_back(&from, None, report),
                    };
                    prop_assert_eq!(after.trail.len(), before.trail.len() + 1, "every fact is recorded");
                    if at(second) < before.fields.since {
                        prop_assert_eq!(&after.fields, &before.fields);
                        prop_assert!(contradiction.is_some());
                    }
                    item = after;
                }
                prop_assert!(in_table(&ITEM, before.state, item.state));
                prop_assert!(holds(&item), "{:?}", item);
            }
        }

        #[test]
        fn the_holder_does_not_depend_on_the_order_of_hearing(holders in prop::collection::vec(any_holder(), 1..8), order in any::<prop::sample::Index>()) {
            let heard = |item: Item, (second, to): (usize, &Holder)| item.pass_on(&desk(), to.clone(), report(i64::try_from(second).unwrap() + 1)).0;
            let facts: Vec<_> = holders.iter().enumerate().collect();
            let (late, early) = facts.split_at(order.index(facts.len()));
            let straight = facts.iter().copied().fold(item(), heard);
            let turned = early.iter().chain(late).copied().fold(item(), heard);
            prop_assert_eq!(straight.fields, turned.fields);
            prop_assert_eq!(straight.trail, turned.trail);
        }
    }

    /// The hands that a bag goes through in a day at the peak: collected, laundered, returned, handed back.
    fn day_of_a_bag() -> [(i64, Holder); 5] {
        [
            (10, courier()),
            (20, laundry()),
            (30, courier()),
            (40, Holder::Concierge { site_id: id(1), place: None }),
            (50, Holder::Beneficiary { id: Some(id(5)) }),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3))]

        #[test]
        fn a_month_of_sixteen_hundred_bags_a_day_has_one_holder_a_bag_whatever_is_heard_late(seed in any::<u64>()) {
            const BAGS: u64 = 1_600 * 30;
            let mut lot = seed | 1;
            // Xorshift (G. Marsaglia, 2003): which fact is heard next is as good as drawn.
            let mut draw = |below: usize| {
                lot ^= lot << 13;
                lot ^= lot >> 7;
                lot ^= lot << 17;
                usize::try_from(lot % u64::try_from(below).unwrap()).unwrap()
            };
            let expected = Holder::Beneficiary { id: Some(id(5)) };
            for _ in 0..BAGS {
                let mut facts = day_of_a_bag().to_vec();
                let mut bag = item();
                let mut contradictions = 0;
                let mut newest = 0;
                while !facts.is_empty() {
                    let (second, to) = facts.remove(draw(facts.len()));
                    let from = bag.fields.holder.clone();
                    let (after, contradiction) = bag.pass_on(&from, to, report(second));
                    prop_assert_eq!(contradiction.is_some(), second < newest || bag.state == HandedBack, "late is said to be late");
                    newest = newest.max(second);
                    contradictions += usize::from(contradiction.is_some());
                    bag = after;
                    prop_assert!(holds(&bag), "{:?}", bag);
                }
                prop_assert_eq!((&bag.fields.holder, bag.trail.len()), (&expected, 6));
                prop_assert!(contradictions <= 4);
            }
        }
    }
}
