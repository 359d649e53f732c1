//! Who has the things of a leg: with its courier while it is under way, with the holder of its place once it is done.

use super::Place;
use crate::domain::{
    exception::Contradiction,
    ids::BeneficiaryId,
    item::{Holder, Item, ItemState, Report},
};

/// Whose hands a place stands for; `owner` is the requester, as far as known.
pub fn holder(place: &Place, owner: Option<BeneficiaryId>) -> Holder {
    match *place {
        Place::Site { site_id } => Holder::Concierge { site_id, place: None },
        Place::Locker { locker_id } => Holder::Locker { locker_id },
        Place::Provider { provider_id } => Holder::Provider { provider_id },
        Place::Address { .. } => Holder::Beneficiary { id: owner },
    }
}

/// The place at which things lie that somebody has; none while they are on the road or with their owner.
pub fn place(holder: &Holder) -> Option<Place> {
    match *holder {
        Holder::Concierge { site_id, .. } => Some(Place::Site { site_id }),
        Holder::Locker { locker_id } => Some(Place::Locker { locker_id }),
        Holder::Provider { provider_id } => Some(Place::Provider { provider_id }),
        Holder::Courier { .. } | Holder::Beneficiary { .. } => None,
    }
}

/// A thing that a leg moves from one holder to another. Either of `from` may have had it without question: what was scanned on the way is
/// known already. Nothing changes if it is there.
pub fn moved(item: &Item, from: &[&Holder], to: &Holder, report: Report) -> Option<(Item, Option<Contradiction>)> {
    let present = &item.fields.holder;
    if item.state != ItemState::Lost && present.is_same(to) {
        return None;
    }
    let taken_from_owner = item.state == ItemState::HandedBack && from.iter().any(|from| from.is_beneficiary());
    if taken_from_owner {
        return Some(item.take_in(to.clone(), report));
    }
    let known = from.iter().find(|from| from.is_same(present)).or_else(|| from.first());
    let from = known.map_or_else(|| present.clone(), |from| (*from).clone());
    Some(item.pass_on(&from, to.clone(), report))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{
        item::ItemFields,
        leg::{Failure, FailureReason, Leg, LegFields, LegKind, LegState},
        moves::walk::{at, id, text},
    };
    use proptest::prelude::*;

    fn leg(number: u128, kind: LegKind, from: Place, to: Place, after: Option<u128>) -> Leg {
        let fields = LegFields {
            kind,
            request_id: id(1),
            item_ids: vec![id(2)],
            pieces: None,
            from,
            to,
            window: None,
            after: after.map(id),
            pinned: false,
        };
        Leg::create(id(number), fields, None, at(0), None).unwrap()
    }

    fn item() -> Item {
        let fields = ItemFields {
            label: text("4012345"),
            description: None,
            request_id: Some(id(1)),
            beneficiary_id: Some(id(3)),
            site_id: id(4),
            holder: Holder::Concierge { site_id: id(4), place: Some(text("étagère 2")) },
            since: at(0),
        };
        Item::create(id(2), fields, at(0), None).unwrap()
    }

    fn way() -> [Leg; 2] {
        let (desk, provider) = (Place::Site { site_id: id(4) }, Place::Provider { provider_id: id(5) });
        let home = Place::Address { address: text("12 rue des Acacias"), position: None };
        [
            leg(10, LegKind::ToProvider, desk, provider.clone(), None),
            leg(11, LegKind::HandBack, provider, home, Some(10)),
        ]
    }

    fn report(second: i64) -> Report {
        Report { occurred_at: at(second), at: at(1000), by: None }
    }

    fn courier(number: u128) -> Holder {
        Holder::Courier { courier_id: id(number) }
    }

    /// What a fact of a leg makes of its thing.
    fn told(
        leg: &mut Leg,
        item: &mut Item,
        fact: u8,
        courier: &Holder,
        before: Option<LegState>,
        second: i64,
    ) -> Vec<Contradiction> {
        let was = leg.clone();
        let (after, of_leg) = match fact {
            0 => leg.taken(before, at(second)),
            1 => leg.done(before, at(second)),
            _ => leg.failed(Failure { reason: FailureReason::Closed, note: None }, before, at(second)),
        };
        *leg = after;
        let (from, to) = (holder(&leg.fields.from, Some(id(3))), holder(&leg.fields.to, Some(id(3))));
        let moved = match (was.state == leg.state, leg.state) {
            (false, LegState::Underway) => moved(item, &[&from], courier, report(second)),
            (false, LegState::Done) => moved(item, &[courier, &from], &to, report(second)),
            _ => None,
        };
        let (after, of_item) = moved.unwrap_or_else(|| (item.clone(), None));
        *item = after;
        of_leg.into_iter().chain(of_item).collect()
    }

    #[test]
    fn a_thing_goes_with_its_legs_from_the_desk_to_its_owner() {
        let ([mut there, mut back], mut item) = (way(), item());
        let mut holders = Vec::new();
        let mut tell = |leg: &mut Leg, fact, before, second| {
            assert_eq!(told(leg, &mut item, fact, &courier(7), before, second), []);
            holders.push(item.fields.holder.clone());
        };
        tell(&mut there, 0, None, 1);
        tell(&mut there, 1, None, 2);
        tell(&mut back, 0, Some(LegState::Done), 3);
        tell(&mut back, 1, Some(LegState::Done), 4);
        let provider = Holder::Provider { provider_id: id(5) };
        assert_eq!(holders, [courier(7), provider, courier(7), Holder::Beneficiary { id: Some(id(3)) }]);
        assert_eq!((item.state, item.trail.len()), (ItemState::HandedBack, 5));
    }

    #[test]
    fn a_leg_that_fails_on_its_way_leaves_its_thing_with_the_courier() {
        let ([mut there, _], mut item) = (way(), item());
        assert_eq!(told(&mut there, &mut item, 0, &courier(7), None, 1), []);
        assert_eq!(told(&mut there, &mut item, 2, &courier(7), None, 2), []);
        assert_eq!((there.state, &item.fields.holder), (LegState::Failed, &courier(7)));
    }

    #[test]
    fn a_leg_that_is_done_without_having_been_taken_is_no_contradiction() {
        let ([mut there, _], mut item) = (way(), item());
        assert_eq!(told(&mut there, &mut item, 1, &courier(7), None, 2), []);
        assert_eq!(item.fields.holder, Holder::Provider { provider_id: id(5) });
    }

    #[test]
    fn what_another_had_is_recorded_and_for_a_person() {
        let ([mut there, _], mut item) = (way(), item());
        item = item.pass_on(&item.fields.holder, courier(8), report(1)).0;
        let against = told(&mut there, &mut item, 0, &courier(7), None, 2);
        assert_eq!(against.len(), 1);
        assert_eq!(item.fields.holder, courier(7));
    }

    proptest! {
        #[test]
        fn a_thing_has_exactly_one_holder_whatever_is_told_in_whatever_order(
            facts in prop::collection::vec((0..2_usize, 0..3_u8, 7..9_u128, -5..60_i64), 0..20)
        ) {
            let (mut legs, mut item) = (way(), item());
            for (which, fact, who, second) in facts {
                let before = if which == 1 { legs.first().map(|leg| leg.state) } else { None };
                let was = item.clone();
                let Some(leg) = legs.get_mut(which) else { continue };
                let ended = leg.ended_at;
                let against = told(leg, &mut item, fact, &courier(who), before, second);
                let last = item.trail.last().unwrap();
                prop_assert_eq!((&last.holder, last.occurred_at), (&item.fields.holder, item.fields.since));
                prop_assert_eq!(item.state == ItemState::HandedBack, item.fields.holder.is_beneficiary());
                prop_assert!(item.trail.is_sorted_by_key(|entry| entry.occurred_at));
                prop_assert!(item.trail.len() >= was.trail.len(), "nothing that was told is lost");
                // A leg ends once; what is told of it afterwards is for a person.
                if let Some(ended) = ended {
                    prop_assert_eq!(leg.ended_at, Some(ended));
                    prop_assert!(!against.is_empty());
                    prop_assert_eq!(&item, &was);
                }
            }
        }
    }
}
