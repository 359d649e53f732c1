//! Commands on rounds: a courier's stops in their order, from the draft to the return.

use super::{
    context::{Context, seen},
    register::check_place,
};
use crate::{
    domain::{
        courier::Courier,
        entity::{Edit, Entity as _, EntityKind},
        ids::{LegId, RoundId},
        leg::{LEG, Leg},
        machine::State as _,
        refusal::Refusal,
        round::{ROUND, Round, RoundFields, RoundState, Standing, Stop, StopAct},
    },
    office::failure::Failure,
    wire::{bodies::Step, dispatch_bodies::Arrange},
};
use std::collections::{BTreeMap, BTreeSet};

/// `PUT /v1/rounds/{id}`
pub async fn create(context: &mut Context<'_>, id: RoundId, fields: &RoundFields) -> Result<(), Failure> {
    context.must_be_new::<Round>(id).await?;
    let round = Round::create(id, fields.clone(), context.now, context.actor.operator())?;
    check_references(context, fields).await?;
    context.insert(&round, None).await
}

async fn check_references(context: &mut Context<'_>, fields: &RoundFields) -> Result<(), Failure> {
    context.named::<Courier>(fields.courier_id, "courier_id").await?;
    check_place(context, "start", &fields.start).await?;
    check_place(context, "end", &fields.end).await
}

/// `PATCH /v1/rounds/{id}`: until the courier is back.
pub async fn edit(context: &mut Context<'_>, id: RoundId, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Round>(id, edit).await?;
    if ROUND.is_end(before.state) {
        let from = before.state.name();
        return Err(Refusal::IllegalMove { entity: EntityKind::Round, from, asked: "edit", legal: Vec::new() }.into());
    }
    check_references(context, &after.fields).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/rounds/{id}/arrange`: legs that come from another round leave that one.
pub async fn arrange(context: &mut Context<'_>, id: RoundId, body: &Arrange) -> Result<(), Failure> {
    let before: Round = context.get(id).await?;
    seen(EntityKind::Round, body.seen, before.state)?;
    if body.stops.len() > 2 * Round::MAX_LEGS {
        let why = format!("a round has at most {} legs", Round::MAX_LEGS);
        return Err(Refusal::FieldInvalid { field: "stops".into(), why }.into());
    }
    let mut legs = legs_of(context, &before).await?;
    for Stop { leg_id: leg, .. } in &body.stops {
        if !legs.contains_key(leg) {
            let added: Leg = context.named(*leg, "stops").await?;
            if LEG.is_end(added.state) {
                let why = format!("leg {leg} is {}", added.state.name());
                return Err(Refusal::FieldInvalid { field: "stops".into(), why }.into());
            }
            legs.insert(*leg, added);
        }
    }
    let mut after = before.clone();
    after.arrange(&body.stops, &standing(context, &before, &legs))?;
    let taken = after.legs().collect();
    let mut rounds = Vec::new();
    for other in rounds_left(&legs, id) {
        rounds.extend(left_by(context, other, &taken, &mut legs).await?);
    }
    rounds.push((before, after));
    let placed = place(&rounds, &legs)?;
    for (leg, moved) in placed {
        context.save(&leg, moved, None).await?;
    }
    for (before, after) in rounds {
        context.save(&before, after, None).await?;
    }
    Ok(())
}

/// The legs of a round, also those out of the actor's sight.
async fn legs_of(context: &mut Context<'_>, round: &Round) -> Result<BTreeMap<LegId, Leg>, Failure> {
    let mut legs = BTreeMap::new();
    for id in round.legs() {
        if let Some(leg) = context.find::<Leg>(id).await? {
            legs.insert(id, leg);
        }
    }
    Ok(legs)
}

/// What stays where it is: legs that are pinned, under way or over, and those that the actor does not see; stops that were passed.
fn standing(context: &Context<'_>, round: &Round, legs: &BTreeMap<LegId, Leg>) -> Standing {
    let stays = |leg: &&Leg| leg.is_fixed() || !context.actor.sees(EntityKind::Leg, &leg.scope());
    let here = || legs.values().filter(|leg| leg.round_id == Some(round.id));
    let left = here().filter(|leg| LEG.is_end(leg.state)).map(|leg| Stop::leave(leg.id));
    let taken = here().filter(|leg| leg.started_at.is_some() || LEG.is_end(leg.state)).map(|leg| Stop::take(leg.id));
    Standing { legs: here().filter(stays).map(|leg| leg.id).collect(), passed: taken.chain(left).collect() }
}

/// The other rounds that some of these legs are in.
fn rounds_left(legs: &BTreeMap<LegId, Leg>, round: RoundId) -> BTreeSet<RoundId> {
    legs.values().filter_map(|leg| leg.round_id).filter(|other| *other != round).collect()
}

/// Another round without the legs that were taken from it; its own are added to `legs`. What a finished round carried stays written there.
async fn left_by(
    context: &mut Context<'_>,
    round: RoundId,
    taken: &BTreeSet<LegId>,
    legs: &mut BTreeMap<LegId, Leg>,
) -> Result<Option<(Round, Round)>, Failure> {
    let goes_on = |round: &Round| !ROUND.is_end(round.state);
    let Some(before) = context.find::<Round>(round).await?.filter(goes_on) else { return Ok(None) };
    for (id, leg) in legs_of(context, &before).await? {
        legs.entry(id).or_insert(leg);
    }
    let mut after = before.clone();
    after.without(taken);
    Ok(Some((before, after)))
}

/// The legs whose place these rounds change, before and after; the last round is the one that is arranged.
///
/// # Errors
/// A leg would leave the round in which it is fixed.
fn place(rounds: &[(Round, Round)], legs: &BTreeMap<LegId, Leg>) -> Result<Vec<(Leg, Leg)>, Refusal> {
    let mut places = BTreeMap::new();
    for (before, _) in rounds {
        places.extend(before.legs().map(|leg| (leg, None)));
    }
    // What leaves one round for another is placed there.
    for (_, after) in rounds {
        let taken = after.stops.iter().zip(0_u16..).filter(|(stop, _)| stop.act == StopAct::Take);
        places.extend(taken.map(|(stop, position)| (stop.leg_id, Some((after.id, position)))));
    }
    let mut moved = Vec::new();
    for (id, place) in places {
        if let Some(before) = legs.get(&id) {
            let mut after = before.clone();
            after.place(place)?;
            moved.push((before.clone(), after));
        }
    }
    Ok(moved)
}

/// `POST /v1/rounds/{id}/publish`
pub async fn publish(context: &mut Context<'_>, id: RoundId, body: &Step<RoundState>) -> Result<(), Failure> {
    go(context, id, body.seen, "publish", RoundState::Published).await
}

/// `POST /v1/rounds/{id}/start`
pub async fn start(context: &mut Context<'_>, id: RoundId, body: &Step<RoundState>) -> Result<(), Failure> {
    go(context, id, body.seen, "start", RoundState::Started).await
}

/// `POST /v1/rounds/{id}/finish`
pub async fn finish(context: &mut Context<'_>, id: RoundId, body: &Step<RoundState>) -> Result<(), Failure> {
    go(context, id, body.seen, "finish", RoundState::Finished).await
}

async fn go(
    context: &mut Context<'_>,
    id: RoundId,
    saw: RoundState,
    name: &'static str,
    to: RoundState,
) -> Result<(), Failure> {
    let before: Round = context.get(id).await?;
    seen(EntityKind::Round, saw, before.state)?;
    let mut after = before.clone();
    after.go(name, to, context.now)?;
    context.save(&before, after, None).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    fn id<I: From<Uuid>>(number: u128) -> I {
        Uuid::from_u128(number).into()
    }

    fn round(number: u128, legs: &[u128]) -> Round {
        let place = json!({ "kind": "site", "site_id": Uuid::nil() });
        let fields = json!({
            "courier_id": Uuid::nil(),
            "vehicle": { "kind": "bike", "speed_kmh": 15, "capacity_items": 4 },
            "shift": { "date": "2026-03-09", "from": "09:00", "to": "12:00" },
            "start": place,
            "end": place,
        });
        let at = "2026-03-09T08:00:00Z".parse().unwrap();
        let round = Round::create(id(number), serde_json::from_value(fields).unwrap(), at, None).unwrap();
        Round { stops: legs.iter().flat_map(|leg| [Stop::take(id(*leg)), Stop::leave(id(*leg))]).collect(), ..round }
    }

    fn leg(number: u128, planned: Option<(u128, u16)>, pinned: bool) -> (LegId, Leg) {
        let at = |address| json!({ "kind": "address", "address": address });
        let fields = json!({
            "kind": "collect",
            "request_id": Uuid::nil(),
            "from": at("3 quai du Port"),
            "to": at("12 rue des Acacias"),
            "pinned": pinned,
        });
        let now = "2026-03-09T08:00:00Z".parse().unwrap();
        let mut leg = Leg::create(id(number), serde_json::from_value(fields).unwrap(), None, now, None).unwrap();
        leg.place(planned.map(|(round, place)| (id(round), place))).unwrap();
        (leg.id, leg)
    }

    #[test]
    fn a_leg_from_another_round_leaves_a_gap_there_that_closes() {
        let (one, other) = (round(1, &[10]), round(2, &[20, 21, 22]));
        let legs = BTreeMap::from([
            leg(10, Some((1, 0)), false),
            leg(20, Some((2, 0)), false),
            leg(21, Some((2, 2)), false),
            leg(22, Some((2, 4)), false),
        ]);
        assert_eq!(rounds_left(&legs, one.id), BTreeSet::from([other.id]));
        let rounds = [(other, round(2, &[20, 22])), (one, round(1, &[21]))];
        let placed = place(&rounds, &legs).unwrap();
        let now: Vec<_> = placed.iter().map(|(_, leg)| (leg.round_id, leg.position)).collect();
        let expected = [(None, None), (Some(id(2)), Some(0)), (Some(id(1)), Some(0)), (Some(id(2)), Some(2))];
        assert_eq!(now, expected);
    }

    #[test]
    fn a_pinned_leg_is_not_taken_from_its_round() {
        let legs = BTreeMap::from([leg(20, Some((2, 0)), true)]);
        let rounds = [(round(2, &[20]), round(2, &[])), (round(1, &[]), round(1, &[20]))];
        assert!(place(&rounds, &legs).is_err());
    }
}
