use super::*;
use crate::planning::{
    instance::{Instance, InstanceError},
    problem::{JobIndex, Origin, Visit},
    schedule::{Conflict, Schedule},
    travel::{Barrier, Pace, Point},
};
use std::{ops::ControlFlow, time::Duration};

#[test]
fn an_empty_day_is_planned() {
    for problem in [Problem::default(), problem(vec![vehicle(9.0)], Vec::new()), problem(Vec::new(), vec![job(1, 2)])] {
        let plan = planned(&problem);
        sound(&problem, &plan.routes);
        assert_eq!(plan.unplanned.len(), problem.jobs.len());
        assert_eq!(plan.routes.0.len(), problem.vehicles.len());
    }
}

#[test]
fn figures_that_are_none_are_ways_that_do_not_exist() {
    let told = [f64::NAN, f64::INFINITY, -1.0, f64::NEG_INFINITY];
    for bad in told {
        // No way leads to house 3, and none from house 5.
        let matrix = Matrix::new(STREET, Source::Given, |from, to| {
            if (to == 3 && from != 3) || (from == 5 && to != 5) {
                Travel { time: bad, distance: 1.0 }
            } else {
                street().between(PlaceIndex(u32::try_from(from).unwrap()), PlaceIndex(u32::try_from(to).unwrap()))
            }
        });
        let jobs = vec![job(1, 3), job(3, 2), job(5, 6), job(2, 5), job(1, 2), job(6, 5)];
        let problem = Problem { matrices: vec![matrix], vehicles: vec![vehicle(100.0); 2], jobs };
        let plan = planned(&problem);
        sound(&problem, &plan.routes);
        assert_eq!(plan.unplanned.len(), 5, "{bad}: {plan:?}");
    }
}

#[test]
fn what_is_no_number_anywhere_is_not_planned_and_stops_nothing() {
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut jobs = vec![job(1, 2); 6];
        jobs[0].delivery.service = bad;
        jobs[1].delivery.windows = vec![Window::new(bad, bad)];
        jobs[2].delivery.windows = vec![Window::new(0.0, bad)];
        jobs[3].delivery.windows = vec![Window::new(bad, 50.0)];
        jobs[4].delivery.windows = vec![Window::ALWAYS];
        let mut late = vehicle(bad);
        late.begun = vec![Visit::pickup(JobIndex(5))];
        for fleet in [vec![vehicle(bad)], vec![vehicle(100.0), late]] {
            let problem = problem(fleet, jobs.clone());
            let plan = planned(&problem);
            sound(&problem, &plan.routes);
            let _ = crate::planning::reasons::explain(&problem, &plan.routes);
        }
    }
}

#[test]
fn numbers_of_what_does_not_exist_stop_nothing() {
    let mut jobs = vec![job(1, 99), job(1, 2), job(1, 2), job(1, 2)];
    jobs[1].only = vec![VehicleIndex(44)];
    jobs[2].origin = Origin::Aboard(VehicleIndex(44));
    jobs[3].after = Some(JobIndex(44));
    let mut lost = vehicle(100.0);
    lost.profile = 7;
    lost.start = Some(PlaceIndex(99));
    lost.begun = vec![Visit::pickup(JobIndex(77))];
    let problem = problem(vec![vehicle(100.0), lost], jobs);
    let from = Routes(vec![vec![Visit::pickup(JobIndex(99)), Visit::delivery(JobIndex(0))]; 5]);
    let plan = Rounds::default().plan(&problem, &from, Budget::Iterations(100), &mut unwatched);
    assert_eq!(plan.unplanned.len(), 4);
    assert_eq!(Rounds::default().insert(&problem, &from).unplanned.len(), 4);
    let _ = crate::planning::reasons::explain(&problem, &from);
    let _ = Schedule::of(&problem, &from);
}

#[test]
fn a_planner_that_is_stopped_answers_with_what_it_has() {
    let jobs = (1..12).map(|house| job(house, house + 9)).collect();
    let problem = problem(vec![vehicle(200.0); 3], jobs);
    let mut calls = 0;
    let mut watch = |_: &_| {
        calls += 1;
        if calls > 2 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let plan =
        Rounds::default().plan(&problem, &Routes::begun(&problem), Budget::Time(Duration::from_mins(1)), &mut watch);
    sound(&problem, &plan.routes);
    assert_eq!(plan.unplanned, []);
    assert_eq!(calls, 3);
}

#[test]
fn no_time_is_enough_for_a_first_plan() {
    let problem = problem(vec![vehicle(200.0)], vec![job(1, 2), job(3, 9)]);
    for budget in [Budget::Time(Duration::ZERO), Budget::Iterations(0)] {
        let plan = Rounds::default().plan(&problem, &Routes::begun(&problem), budget, &mut unwatched);
        sound(&problem, &plan.routes);
        assert_eq!((plan.unplanned.len(), plan.iterations), (0, 0));
    }
}

#[test]
fn the_urgent_goes_first_if_there_is_no_room_for_all() {
    let far = |priority| Job { priority, ..Job::new(stop(20, 0.0, 22.0), stop(25, 0.0, 30.0), Load::of(4)) };
    let problem = problem(vec![vehicle(60.0)], vec![far(1), far(0), far(3), far(2)]);
    let plan = planned(&problem);
    sound(&problem, &plan.routes);
    assert_eq!(plan.unplanned, [JobIndex(3), JobIndex(0), JobIndex(1)]);
}

#[test]
fn several_windows_are_kept_and_waited_for() {
    let mut one = job(10, 11);
    one.delivery.windows = vec![Window::new(40.0, 50.0), Window::new(0.0, 11.0), Window::new(5.0, 3.0)];
    let problem = problem(vec![vehicle(100.0)], vec![one]);
    let plan = planned(&problem);
    sound(&problem, &plan.routes);
    let schedule = Schedule::of(&problem, &plan.routes);
    let begins: Vec<String> = schedule.timetables[0].stops.iter().map(|timed| timed.begin.to_string()).collect();
    assert_eq!(begins, ["10", "40"]);
    assert_eq!(schedule.timetables[0].leaves.to_string(), "0");
}

#[test]
fn goods_aboard_are_delivered_by_who_has_them_although_it_is_full() {
    let mut jobs = vec![job(1, 5), job(1, 9), job(4, 6)];
    jobs[0].origin = Origin::Aboard(SECOND);
    jobs[1].origin = Origin::Aboard(SECOND);
    jobs[0].load = Load::of(3);
    jobs[1].load = Load::of(3);
    let mut problem = problem(vec![vehicle(100.0), vehicle(100.0)], jobs);
    problem.jobs[2].only = vec![SECOND];
    let plan = planned(&problem);
    sound(&problem, &plan.routes);
    assert_eq!(plan.unplanned, []);
    assert_eq!(plan.routes.of(SECOND).len(), 4);
}

#[test]
fn routes_made_by_hand_are_told_all_that_is_wrong_with_them() {
    let mut jobs = vec![job(1, 2), job(3, 4), job(5, 6), job(7, 8)];
    jobs[0].load = Load::of(5);
    jobs[1].delivery = stop(4, 0.0, 2.0);
    jobs[2].needs = Skills(1);
    jobs[3].only = vec![SECOND];
    let problem = problem(vec![vehicle(9.0), vehicle(9.0)], jobs);
    let (a, b, c, d) = (JobIndex(0), JobIndex(1), JobIndex(2), JobIndex(3));
    let route = vec![
        Visit::pickup(a),
        Visit::delivery(a),
        Visit::delivery(b),
        Visit::pickup(b),
        Visit::pickup(c),
        Visit::delivery(c),
        Visit::pickup(d),
        Visit::delivery(d),
    ];
    let schedule = Schedule::of(&problem, &Routes(vec![route, Vec::new()]));
    let expected = [
        Conflict::OverCapacity { visit: Visit::pickup(a), load: Load::of(5), capacity: Load::of(4) },
        Conflict::Late { visit: Visit::delivery(b), closes: 2.0, arrival: 6.0 },
        Conflict::DeliveredFirst { job: b },
        Conflict::NotDelivered { job: b },
        Conflict::Skills { job: c, missing: Skills(1) },
        Conflict::WrongVehicle { job: d, vehicle: FIRST },
        Conflict::ShiftOverrun { vehicle: FIRST, ends: 9.0, home: 26.0 },
    ];
    assert_eq!(schedule.conflicts, expected);
}

#[test]
fn a_river_is_crossed_by_its_nearest_bridge() {
    let (west, east) = (Point::new(44.84, -0.58), Point::new(44.84, -0.53));
    let barrier = Barrier {
        course: vec![Point::new(44.70, -0.55), Point::new(45.0, -0.55)],
        crossings: vec![Point::new(44.80, -0.55), Point::new(44.95, -0.55)],
    };
    let free = Pace { speed_kmh: 15.0, detour: 1.3, barriers: Vec::new() };
    let pace = Pace { barriers: vec![barrier], ..free.clone() };
    let (straight, over) = (free.between(west, east), pace.between(west, east));
    assert!((straight.distance / 1.3 - west.metres_to(east)).abs() < 1e-6);
    assert!((3940.0..3945.0).contains(&west.metres_to(east)), "{}", west.metres_to(east));
    let bridge = Point::new(44.80, -0.55);
    assert!((over.distance / 1.3 - west.metres_to(bridge) - bridge.metres_to(east)).abs() < 1e-6);
    assert!((over.time - over.distance * 3.6 / 15.0).abs() < 1e-6);
    let south = Point::new(44.80, -0.58);
    assert_eq!(pace.between(west, south), free.between(west, south), "on the same bank");
    let matrix = pace.matrix(&[Some(west), None, Some(east)]);
    assert_eq!(matrix.between(PlaceIndex(0), PlaceIndex(2)), over);
    assert!(!matrix.between(PlaceIndex(0), PlaceIndex(1)).is_possible());
}

#[test]
fn a_table_that_is_not_square_is_refused() {
    let rows = vec![vec![0.0, 1.0], vec![1.0]];
    assert!(Matrix::from_rows(Source::Given, &rows, &rows).is_err());
    assert!(Matrix::from_rows(Source::Given, &[], &rows).is_err());
    let rows = vec![vec![0.0, 1.0], vec![f64::NAN, 0.0]];
    let matrix = Matrix::from_rows(Source::Given, &rows, &rows).unwrap();
    assert_eq!(matrix.between(PlaceIndex(0), PlaceIndex(1)), Travel { time: 1.0, distance: 1.0 });
    assert_eq!(matrix.between(PlaceIndex(1), PlaceIndex(0)), Travel::NEVER);
    assert_eq!(matrix.between(PlaceIndex(0), PlaceIndex(2)), Travel::NEVER);
}

const FILE: &str = "2 10 1\n0 0 0 0 0 100 0 0 0\n1 3 4 2 0 50 1 0 2\n2 6 8 -2 0 60 1 1 0\n";

#[test]
fn a_file_of_li_and_lim_is_read() {
    let instance = Instance::read(FILE).unwrap();
    let problem = &instance.problem;
    assert_eq!((problem.vehicles.len(), problem.jobs.len(), instance.numbers.as_slice()), (2, 1, &[(1, 2)][..]));
    let plan = planned(problem);
    assert_eq!(sound(problem, &plan.routes).to_string(), "20");
}

#[test]
fn a_file_that_is_not_one_is_refused_with_its_line() {
    let refused = |text: &str| Instance::read(text).unwrap_err();
    assert_eq!(refused(" \n"), InstanceError::Empty);
    assert_eq!(refused("2 10 1\n"), InstanceError::NoDepot);
    assert_eq!(refused("2 10\n"), InstanceError::Figures { line: 1, expected: 3, found: 2 });
    let wrong = |from: &str, to: &str| refused(&FILE.replace(from, to));
    let expected = InstanceError::NotANumber { line: 3, word: "x".to_owned(), expected: "a coordinate" };
    assert_eq!(wrong("1 3 4", "1 x 4"), expected);
    assert!(matches!(wrong("1 3 4", "1 NaN 4"), InstanceError::NotANumber { line: 3, .. }));
    assert_eq!(wrong("2 6 8", "7 6 8"), InstanceError::Order { line: 4, expected: 2, found: 7 });
    assert_eq!(wrong("-2 0 60", "-3 0 60"), InstanceError::Unbalanced { line: 4, delivered: 3, taken: 2 });
    assert_eq!(wrong("1 0 2", "1 0 9"), InstanceError::Unpaired { line: 3, stop: 1, other: 9 });
    assert_eq!(wrong("1 1 0", "1 2 0"), InstanceError::Unpaired { line: 3, stop: 1, other: 2 });
    assert_eq!(wrong("1 0 2", "1 0 0"), InstanceError::Unpaired { line: 3, stop: 1, other: 0 });
}
