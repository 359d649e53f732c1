//! Rounds: the day's legs in the hands of couriers, who drive what is published, a stop after the other.

use super::{Stage, planned::Known, trade::Played};
use crate::{
    demo::{chance::Chance, directory::Seat, scene::Scene},
    domain::{
        courier::CourierFields,
        ids::{CourierId, LegId, RoundId},
        leg::{Failure, FailureReason, Leg, Place},
        round::{Round, RoundFields, RoundState, Stop, StopAct},
        time::Window,
    },
    wire::{
        bodies::{Fact, Step},
        catalogue::Command,
        dispatch_bodies::{Arrange, FailLeg, Retry},
        fresh,
    },
};
use jiff::ToSpan as _;
use std::collections::BTreeSet;

/// Legs of the round that is published when the day begins, and of the one that is left to be looked at.
const PUBLISHED: usize = 4;
const DRAFTED: usize = 3;

/// How often a courier finds a door closed, in a hundred.
const CLOSED: usize = 8;

/// The couriers set out with what lies ready, and drive whatever is published.
pub(super) fn rounds(stage: Stage) -> Played {
    Box::pin(async move {
        if stage.shared.staging.scene == Scene::House {
            stage.catch_up().await;
            stage.prepare().await;
        }
        let mut chance = stage.chance("rounds");
        loop {
            stage.pause_between(&mut chance, 45, 120).await;
            let driven = stage.shared.world.rows().driven();
            let now = stage.now();
            // Who has a later shift is not on the road yet.
            let sets_out = |round: &&Round| round.fields.shift.start(&stage.shared.directory.zone) <= now;
            for round in driven.iter().filter(sets_out) {
                stage.drive(round, &mut chance).await;
            }
        }
    })
}

impl Stage {
    /// What was under way before the day is where it was brought: the legs of before were driven.
    async fn catch_up(&self) {
        let there = self.shared.world.rows().brought_before();
        for leg in there {
            let body = Fact { occurred_at: self.now() };
            let done = self.give(Seat::Machine, Command::DoneLeg { id: leg, body }).await;
            // Who arranges a round next must not find a leg that is done.
            if let Some(change) = done.as_ref().and_then(|done| done.changes.last()) {
                self.shared.world.knows(change.seq).await;
            }
        }
    }

    /// One round is published, another one a draft: some of what lies ready, and much is left to be planned.
    async fn prepare(&self) {
        // A house that goes on has its rounds.
        if self.shared.world.rows().has_rounds() {
            return;
        }
        let mut legs = self.shared.world.rows().drivable();
        let couriers = self.shared.directory.couriers.clone();
        let plans = [(couriers.first(), PUBLISHED), (couriers.last(), DRAFTED)];
        for (place, (courier, count)) in plans.into_iter().enumerate() {
            let Some(courier) = courier else { return };
            let Some((round, stops)) = self.plan(courier, &legs, count).await else { return };
            legs.retain(|leg| stops.iter().all(|stop| stop.leg_id != leg.id));
            if place == 0 {
                let body = Step { seen: RoundState::Draft };
                self.give(Seat::Machine, Command::PublishRound { id: round, body }).await;
                self.tell("demo-round-published", vec![("courier", courier.1.name.to_string())]);
            }
        }
    }

    /// A round for a courier: the first stops of what the planner would have them drive.
    async fn plan(
        &self,
        (id, courier): &(CourierId, CourierFields),
        legs: &[Leg],
        count: usize,
    ) -> Option<(RoundId, Vec<Stop>)> {
        let now = self.now().civil(&self.shared.directory.zone);
        let from = now.time().saturating_sub(30.minutes());
        let to = now.time().saturating_add(7.hours());
        let shift = Window::new(now.date(), from.min(now.time()), to).ok()?;
        let site = self.shared.directory.desk_sites().next()?;
        let base = courier.base.clone().unwrap_or(Place::Site { site_id: site });
        let fields = RoundFields { courier_id: *id, vehicle: courier.vehicle, shift, start: base.clone(), end: base };
        let id: RoundId = fresh();
        let round = Round::create(id, fields.clone(), self.now(), None).ok()?;
        let (_, mut changed) = self.planned(Known::of(self).only(round, legs.to_vec())).await?;
        let (_, mut stops) = changed.pop()?;
        let first: BTreeSet<LegId> =
            stops.iter().filter(|stop| stop.act == StopAct::Take).take(count).map(|stop| stop.leg_id).collect();
        stops.retain(|stop| first.contains(&stop.leg_id));
        self.give(Seat::Machine, Command::CreateRound { id, body: fields }).await?;
        let body = Arrange { seen: RoundState::Draft, stops: stops.clone() };
        self.give(Seat::Machine, Command::ArrangeRound { id, body }).await?;
        Some((id, stops))
    }

    /// A courier's next stop.
    async fn drive(&self, round: &Round, chance: &mut Chance) -> Option<()> {
        let next = self.shared.world.rows().next_stop(round);
        let Some((stop, leg)) = next else {
            if round.state == RoundState::Started {
                let body = Step { seen: RoundState::Started };
                self.give(Seat::Machine, Command::FinishRound { id: round.id, body }).await?;
                self.tell("demo-round-finished", vec![("courier", self.courier(round))]);
            }
            return Some(());
        };
        let number = self.shared.world.rows().request(leg.fields.request_id).map(|request| request.number.to_string());
        let told = vec![("number", number.unwrap_or_default()), ("courier", self.courier(round))];
        if stop.act == StopAct::Take {
            let body = Step { seen: leg.state };
            self.give(Seat::Machine, Command::StartLeg { id: leg.id, body }).await?;
            self.tell("demo-leg-taken", told);
        } else if chance.happens(CLOSED) {
            let failure = Failure { reason: FailureReason::Closed, note: None };
            let retry = Some(Retry { id: fresh::<LegId>(), window: None });
            let body = FailLeg { occurred_at: self.now(), failure, retry };
            self.give(Seat::Machine, Command::FailLeg { id: leg.id, body }).await?;
            self.tell("demo-leg-failed", told);
        } else {
            let body = Fact { occurred_at: self.now() };
            self.give(Seat::Machine, Command::DoneLeg { id: leg.id, body }).await?;
            self.tell("demo-leg-left", told);
        }
        Some(())
    }

    fn courier(&self, round: &Round) -> String {
        let known = self.shared.directory.couriers.iter().find(|(id, _)| *id == round.fields.courier_id);
        known.map_or_else(String::new, |(_, fields)| fields.name.to_string())
    }
}
