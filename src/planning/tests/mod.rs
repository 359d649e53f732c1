//! What holds for every plan.

mod edits;
mod input;
mod reasons;

use super::{
    check::check,
    plan::{Budget, Plan, Planner as _, unwatched},
    problem::{Job, Load, PlaceIndex, Problem, Routes, Skills, Stop, Vehicle, VehicleIndex, Window},
    solver::Rounds,
    travel::{Matrix, Source, Travel},
};

/// Places along a street, one a minute's way from the next.
const STREET: usize = 30;

fn street() -> Matrix {
    Matrix::new(STREET, Source::Given, |from, to| {
        let way = f64::from(u32::try_from(from.abs_diff(to)).unwrap());
        Travel { time: way, distance: way }
    })
}

/// A stop at a house of the street.
fn stop(house: u32, open: f64, close: f64) -> Stop {
    Stop { place: Some(PlaceIndex(house)), windows: vec![Window::new(open, close)], service: 1.0 }
}

/// One piece from house to house, at any time of the day.
fn job(from: u32, to: u32) -> Job {
    Job::new(stop(from, 0.0, 500.0), stop(to, 0.0, 500.0), Load::of(1))
}

/// Who starts and ends at the first house.
fn vehicle(until: f64) -> Vehicle {
    Vehicle {
        profile: 0,
        capacity: Load::of(4),
        skills: Skills::default(),
        shift: Window::new(0.0, until),
        start: Some(PlaceIndex(0)),
        end: Some(PlaceIndex(0)),
        begun: Vec::new(),
    }
}

fn problem(vehicles: Vec<Vehicle>, jobs: Vec<Job>) -> Problem {
    Problem { matrices: vec![street()], vehicles, jobs }
}

fn planned(problem: &Problem) -> Plan {
    Rounds::default().plan(problem, &Routes::begun(problem), Budget::Iterations(500), &mut unwatched)
}

/// The plan's distance, after the checker passed it.
fn sound(problem: &Problem, routes: &Routes) -> f64 {
    let verdict = check(problem, routes);
    assert_eq!(verdict.broken, [], "{routes:?}");
    verdict.distance
}

const FIRST: VehicleIndex = VehicleIndex(0);
const SECOND: VehicleIndex = VehicleIndex(1);
