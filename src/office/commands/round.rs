//! Commands on rounds: a courier's stops in their order, from the draft to the return.

use super::{
    context::{Context, seen},
    register::check_place,
    tell,
};
use crate::{
    domain::{
        access::Actor,
        courier::Courier,
        entity::{Edit, Entity as _, EntityKind},
        ids::{LegId, RoundId},
        leg::{LEG, Leg, LegState},
        machine::State as _,
        refusal::Refusal,
        round::{ROUND, Round, RoundFields, RoundState, Standing, Stop, StopAct},
        time::Instant,
    },
    office::failure::Failure,
    wire::{
        bodies::Step,
        catalogue::{self, Command},
        dispatch_bodies::Arrange,
    },
};
use std::collections::{BTreeMap, BTreeSet};

/// Why a leg is to be planned again.
pub const UNDONE: &str = "la tournée est rentrée sans l’avoir fait";

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
    let after = context.save(&before, after, None).await?;
    tell::changed(context, &before, &after).await
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
    let placed = place(&rounds, &legs, context.now)?;
    for (leg, moved) in placed {
        context.save(&leg, moved, None).await?;
    }
    for (before, after) in rounds {
        let after = context.save(&before, after, None).await?;
        tell::changed(context, &before, &after).await?;
    }
    Ok(())
}

/// Stores a round whose stops are others now, with the places of its legs, and tells its courier.
pub(super) async fn store(context: &mut Context<'_>, before: &Round, after: Round) -> Result<(), Failure> {
    let legs = legs_of(context, &after).await?;
    for (stop, position) in after.stops.iter().zip(0_u16..).filter(|(stop, _)| stop.act == StopAct::Take) {
        if let Some(leg) = legs.get(&stop.leg_id) {
            let moved = Leg { round_id: Some(after.id), position: Some(position), ..leg.clone() };
            context.save(leg, moved, None).await?;
        }
    }
    let after = context.save(before, after, None).await?;
    tell::changed(context, before, &after).await
}

/// Takes legs out of a round that goes on: they were called off.
pub(super) async fn without(context: &mut Context<'_>, id: RoundId, legs: &BTreeSet<LegId>) -> Result<(), Failure> {
    let goes_on = |round: &Round| !ROUND.is_end(round.state);
    let Some(before) = context.find::<Round>(id).await?.filter(goes_on) else { return Ok(()) };
    let mut after = before.clone();
    after.without(legs);
    store(context, &before, after).await
}

/// A leg of a published round was driven: its courier has set out.
pub(super) async fn under_way(context: &mut Context<'_>, leg: &Leg) -> Result<(), Failure> {
    let Some(id) = leg.round_id else { return Ok(()) };
    match context.find::<Round>(id).await? {
        Some(round) if round.state == RoundState::Published => {
            let body = Step { seen: RoundState::Published };
            context.act_as(Actor::system(), &Command::StartRound { id, body }).await
        }
        _ => Ok(()),
    }
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
fn place(rounds: &[(Round, Round)], legs: &BTreeMap<LegId, Leg>, now: Instant) -> Result<Vec<(Leg, Leg)>, Refusal> {
    let is_out = |round: &Round| matches!(round.state, RoundState::Published | RoundState::Started);
    let published =
        |id: Option<RoundId>| rounds.iter().map(|(_, round)| round).find(|round| Some(round.id) == id && is_out(round));
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
            // Who drives a published round is expected at both ends; nobody is for a leg that left one.
            match (published(before.round_id), published(after.round_id)) {
                (_, Some(round)) => after.expect(round.fields.shift, now),
                (Some(_), None) if after.state == LegState::Confirmed => after.state = LegState::Planned,
                (Some(_) | None, None) => {}
            }
            moved.push((before.clone(), after));
        }
    }
    Ok(moved)
}

/// `POST /v1/rounds/{id}/publish`: its legs are confirmed, and its courier is told.
pub async fn publish(context: &mut Context<'_>, id: RoundId, body: &Step<RoundState>) -> Result<(), Failure> {
    let (before, after) = step(context, id, body.seen, "publish", RoundState::Published).await?;
    for leg in legs_of(context, &before).await?.into_values() {
        let mut expected = leg.clone();
        expected.expect(before.fields.shift, context.now);
        context.save(&leg, expected, None).await?;
    }
    let untold = tell::published(context, &after).await?;
    context.save(&before, after, untold).await?;
    Ok(())
}

/// `POST /v1/rounds/{id}/start`: its legs set out one by one, as they are driven.
pub async fn start(context: &mut Context<'_>, id: RoundId, body: &Step<RoundState>) -> Result<(), Failure> {
    let (before, after) = step(context, id, body.seen, "start", RoundState::Started).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/rounds/{id}/finish`: what was not driven is to be planned again, which its history says.
pub async fn finish(context: &mut Context<'_>, id: RoundId, body: &Step<RoundState>) -> Result<(), Failure> {
    let (before, mut after) = step(context, id, body.seen, "finish", RoundState::Finished).await?;
    let mut undone = BTreeSet::new();
    for leg in legs_of(context, &before).await?.into_values() {
        if leg.round_id == Some(id) && matches!(leg.state, LegState::Planned | LegState::Confirmed) {
            undone.insert(leg.id);
            let mut free = leg.clone();
            free.unplan();
            context.save(&leg, free, catalogue::reason(UNDONE)).await?;
        }
    }
    after.without(&undone);
    context.save(&before, after, None).await?;
    Ok(())
}

async fn step(
    context: &mut Context<'_>,
    id: RoundId,
    saw: RoundState,
    name: &'static str,
    to: RoundState,
) -> Result<(Round, Round), Failure> {
    let before: Round = context.get(id).await?;
    seen(EntityKind::Round, saw, before.state)?;
    let mut after = before.clone();
    after.go(name, to, context.now)?;
    Ok((before, after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;
    use uuid::Uuid;

    fn id<I: From<Uuid>>(number: u128) -> I {
        Uuid::from_u128(number).into()
    }

    fn at() -> Instant {
        "2026-03-09T08:00:00Z".parse().unwrap()
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
        let placed = place(&rounds, &legs, at()).unwrap();
        let now: Vec<_> = placed.iter().map(|(_, leg)| (leg.round_id, leg.position)).collect();
        let expected = [(None, None), (Some(id(2)), Some(0)), (Some(id(1)), Some(0)), (Some(id(2)), Some(2))];
        assert_eq!(now, expected);
    }

    #[test]
    fn a_pinned_leg_is_not_taken_from_its_round() {
        let legs = BTreeMap::from([leg(20, Some((2, 0)), true)]);
        let rounds = [(round(2, &[20]), round(2, &[])), (round(1, &[]), round(1, &[20]))];
        assert!(place(&rounds, &legs, at()).is_err());
    }
}
