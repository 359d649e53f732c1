//! Whatever is done to a day, in whatever order, its plan stays sound.

use super::*;
use crate::planning::{
    changes::Changes,
    problem::{JobIndex, Origin, Visit},
    schedule::{Conflict, Schedule},
};
use proptest::{collection::vec, option, prelude::*};
use std::ops::ControlFlow;

/// What a dispatcher or a courier does to a day.
#[derive(Clone, Debug)]
enum Edit {
    /// A job comes in: from, to, its windows' beginnings, load, what it needs, how urgent it is, which one it follows.
    Add(u32, u32, u32, u32, u32, u64, u8, Option<usize>),
    /// A job is called off.
    Remove(usize),
    /// A job is pinned to where it is.
    Pin(usize),
    /// A job is free again.
    Unpin(usize),
    /// The vehicle's next stop is made.
    Start(usize),
    /// Two stops change places by hand.
    Swap(usize, usize),
    /// A stop is put into another route by hand.
    Move(usize, usize),
    /// The planner puts in what is not planned.
    Insert,
    /// The planner plans.
    Plan(u64),
}

fn edit() -> impl Strategy<Value = Edit> {
    let house = 0..u32::try_from(STREET).unwrap();
    prop_oneof![
        6 => (house.clone(), house, 0..80_u32, 0..80_u32, 1..4_u32, 0..3_u64, 0..3_u8, option::weighted(0.2, 0..9_usize))
            .prop_map(|(a, b, c, d, e, f, g, h)| Edit::Add(a, b, c, d, e, f, g, h)),
        1 => (0..20_usize).prop_map(Edit::Remove),
        2 => (0..20_usize).prop_map(Edit::Pin),
        1 => (0..20_usize).prop_map(Edit::Unpin),
        2 => (0..3_usize).prop_map(Edit::Start),
        1 => (0..9_usize, 0..9_usize).prop_map(|(a, b)| Edit::Swap(a, b)),
        1 => (0..9_usize, 0..9_usize).prop_map(|(a, b)| Edit::Move(a, b)),
        3 => Just(Edit::Insert),
        2 => (0..9_u64).prop_map(Edit::Plan),
    ]
}

/// A street on which the straight way is now and then slower than a detour.
fn crooked() -> Matrix {
    Matrix::new(STREET, Source::Given, |from, to| {
        let way = f64::from(u32::try_from(from.abs_diff(to)).unwrap());
        let slow = if (from * 7 + to * 3) % 5 == 0 { 3.0 } else { 1.0 };
        Travel { time: way * slow, distance: way * slow }
    })
}

fn fleet() -> Vec<Vehicle> {
    let skilled = Vehicle { skills: Skills(1), ..vehicle(150.0) };
    let own = Vehicle { capacity: Load([6, 9]), start: None, end: None, ..vehicle(120.0) };
    vec![vehicle(130.0), skilled, own]
}

/// A day as a dispatcher has it on screen.
struct Day {
    problem: Problem,
    routes: Routes,
}

impl Day {
    fn apply(&mut self, edit: &Edit) {
        let jobs = self.problem.jobs.len();
        match edit {
            Edit::Add(from, to, opens, until, load, needs, priority, after) => {
                let window = |at: u32| (f64::from(at), f64::from(at) + 25.0);
                let ((a, b), (c, d)) = (window(*opens), window(*opens + *until / 2));
                let mut job = Job::new(stop(*from, a, b), stop(*to, c, d), Load([*load, *load]));
                job.delivery.windows.push(Window::new(d + 10.0, d + 20.0));
                (job.needs, job.priority) = (Skills(*needs & 1), *priority);
                job.after = after.filter(|after| *after < jobs).map(JobIndex::from_at);
                self.problem.jobs.push(job);
            }
            // Called off: nothing of it is left to be done. Its number stays, so that all others keep theirs.
            Edit::Remove(job) if *job < jobs => {
                let number = JobIndex::from_at(*job);
                let begun =
                    self.problem.vehicles.iter().any(|vehicle| vehicle.begun.iter().any(|visit| visit.job == number));
                if !begun {
                    self.problem.jobs[*job].delivery.windows.clear();
                    self.routes.0.iter_mut().for_each(|route| route.retain(|visit| visit.job != number));
                }
            }
            Edit::Pin(job) if *job < jobs => {
                if let Some(holder) = self.routes.holder(Visit::delivery(JobIndex::from_at(*job))) {
                    self.problem.jobs[*job].only = vec![holder];
                }
            }
            Edit::Unpin(job) if *job < jobs => self.problem.jobs[*job].only.clear(),
            Edit::Start(vehicle) => {
                let begun = self.problem.vehicles[*vehicle].begun.len();
                if let Some(next) = self.routes.0[*vehicle].get(begun).copied() {
                    self.problem.vehicles[*vehicle].begun.push(next);
                }
            }
            Edit::Swap(one, other) => {
                for (vehicle, route) in self.problem.vehicles.iter().zip(&mut self.routes.0) {
                    let begun = vehicle.begun.len();
                    if begun + one.max(other) < route.len() {
                        route.swap(begun + one, begun + other);
                    }
                }
            }
            Edit::Move(one, other) => {
                let begun = self.problem.vehicles[0].begun.len() + one;
                if begun < self.routes.0[0].len() {
                    let visit = self.routes.0[0].remove(begun);
                    let at = self.problem.vehicles[1].begun.len() + other;
                    let at = at.min(self.routes.0[1].len());
                    self.routes.0[1].insert(at, visit);
                }
            }
            Edit::Insert => self.insert(),
            Edit::Plan(seed) => self.plan(*seed),
            Edit::Remove(_) | Edit::Pin(_) | Edit::Unpin(_) => {}
        }
    }

    /// Where no hand made it unsound before, inserting keeps it sound; nobody moves in any case.
    fn insert(&mut self) {
        let before = check(&self.problem, &self.routes).broken;
        let plan = Rounds::default().insert(&self.problem, &self.routes);
        if before.is_empty() {
            sound(&self.problem, &plan.routes);
            for (old, new) in self.routes.0.iter().zip(&plan.routes.0) {
                let kept: Vec<Visit> = new.iter().copied().filter(|visit| old.contains(visit)).collect();
                assert_eq!(&kept, old, "nobody moves");
            }
            assert!(plan.unplanned.len() <= self.routes.unplanned(&self.problem).len());
        }
        self.routes = plan.routes;
    }

    fn plan(&mut self, seed: u64) {
        let before = check(&self.problem, &self.routes).broken;
        let run = |budget| Rounds { seed }.plan(&self.problem, &self.routes, budget, &mut unwatched);
        let plan = run(Budget::Iterations(64));
        assert_eq!(plan, run(Budget::Iterations(64)), "the same seed and iterations give the same plan");
        let mut stop = |_: &_| ControlFlow::Break(());
        let stopped = Rounds { seed }.plan(&self.problem, &self.routes, Budget::Iterations(64), &mut stop);
        for plan in [&plan, &stopped] {
            let broken = check(&self.problem, &plan.routes).broken;
            if before.is_empty() {
                assert_eq!(broken, [], "{:?}", plan.routes);
            }
            self.stays(&plan.routes, before.is_empty());
            assert_eq!(plan.unplanned.len(), plan.routes.unplanned(&self.problem).len());
        }
        // What has begun is a fact: that it was late, or that a hand took up what finds no place any more, is told, but no plan is to blame.
        let begun = |visit: &Visit| self.problem.vehicles.iter().any(|vehicle| vehicle.begun.contains(visit));
        let to_blame = |conflict: &Conflict| match conflict {
            Conflict::Late { visit, .. }
            | Conflict::Closed { visit }
            | Conflict::Unreachable { visit }
            | Conflict::NoCoordinates { visit } => !begun(visit),
            Conflict::NotDelivered { job } => !begun(&Visit::pickup(*job)),
            _ => true,
        };
        let mut conflicts = Schedule::of(&self.problem, &plan.routes).conflicts;
        conflicts.retain(to_blame);
        let broken = check(&self.problem, &plan.routes).broken;
        assert_eq!(broken.is_empty(), conflicts.is_empty(), "{broken:?}, {conflicts:?}");
        let _ = Changes::between(&self.problem, &self.routes, &plan.routes);
        self.routes = plan.routes;
    }

    /// What has begun stands first; what is pinned or aboard stays where it is, or in a plan that a hand broke where it is pinned to.
    fn stays(&self, routes: &Routes, was_sound: bool) {
        for (vehicle, route) in self.problem.vehicles.iter().zip(&routes.0) {
            assert!(route.starts_with(&vehicle.begun));
        }
        for (at, job) in self.problem.jobs.iter().enumerate() {
            let delivery = Visit::delivery(JobIndex::from_at(at));
            let (old, new) = (self.routes.holder(delivery), routes.holder(delivery));
            let taken_up = Visit::pickup(JobIndex::from_at(at));
            let is_aboard = self.problem.vehicles.iter().any(|vehicle| vehicle.begun.contains(&taken_up));
            let pinned = job.only.len() == 1 || is_aboard || matches!(job.origin, Origin::Aboard(_));
            if pinned && was_sound && old.is_some() {
                assert_eq!(old, new, "job {at} is pinned");
            }
            let Some(holder) = new else { continue };
            let begun = &self.problem.vehicles[holder.at()].begun;
            assert!(job.only.is_empty() || job.only.contains(&holder) || begun.contains(&delivery), "job {at} strayed");
            // A hand may have begun with a delivery: what stands, stands.
            let pickup = Visit::pickup(JobIndex::from_at(at));
            let by_hand = begun.contains(&delivery) && !begun.contains(&pickup);
            if job.pickup().is_some() && !by_hand {
                assert!(routes.of(holder).contains(&pickup), "job {at} is not fetched");
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(debug_assertions) { 96 } else { 2000 }))]

    #[test]
    fn no_sequence_of_edits_leads_to_a_plan_that_breaks_a_rule(
        edits in vec(edit(), 1..40),
        bent in any::<bool>(),
    ) {
        let matrices = vec![if bent { crooked() } else { street() }];
        let problem = Problem { matrices, vehicles: fleet(), jobs: Vec::new() };
        let mut day = Day { routes: Routes::begun(&problem), problem };
        for edit in &edits {
            day.apply(edit);
        }
        day.insert();
        day.plan(1);
        for explained in crate::planning::reasons::explain(&day.problem, &day.routes) {
            prop_assert!(day.routes.holder(Visit::delivery(explained.job)).is_none());
        }
    }
}
