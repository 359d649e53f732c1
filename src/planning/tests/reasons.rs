use super::*;
use crate::planning::{
    problem::{Act, JobIndex, Origin, Visit},
    reasons::{Change, Reason, explain, explain_one},
};

/// The reason, and the change that helps, after the checker passed the routes that it makes possible.
fn why(problem: &Problem, routes: &Routes, job: JobIndex) -> (Reason, Option<Change>) {
    let explanation = explain_one(problem, routes, job).unwrap();
    let remedy = explanation.remedy.map(|remedy| {
        sound(&remedy.change.made(problem, job), &remedy.routes);
        assert!(!remedy.routes.unplanned(problem).contains(&job), "the remedy plans it");
        remedy.change
    });
    (explanation.reason, remedy)
}

#[test]
fn each_of_ten_legs_made_to_fail_gets_its_reason() {
    let mut jobs = vec![job(1, 2); 10];
    jobs[0].delivery.place = None;
    jobs[1].origin = Origin::Waiting(Stop { windows: Vec::new(), ..stop(1, 0.0, 0.0) });
    jobs[2].load = Load::of(9);
    jobs[3].needs = Skills(6);
    // Opens at 50, one minute's work, 20 minutes' way, closes at 60.
    jobs[4] = Job::new(stop(2, 50.0, 90.0), stop(22, 0.0, 60.0), Load::of(1));
    // Ten minutes' way, closes after nine.
    jobs[5] = Job::new(stop(10, 0.0, 9.0), stop(11, 0.0, 500.0), Load::of(1));
    // There at 84, back at 109.
    jobs[6] = Job::new(stop(24, 80.0, 500.0), stop(25, 0.0, 500.0), Load::of(1));
    jobs[7].after = Some(JobIndex(0));
    jobs[8].only = vec![VehicleIndex(7)];
    jobs[9].origin = Origin::Waiting(Stop { place: Some(PlaceIndex(99)), ..stop(1, 0.0, 500.0) });
    let mut strong = vehicle(100.0);
    strong.skills = Skills(2);
    let problem = problem(vec![vehicle(100.0), strong], jobs);
    let plan = planned(&problem);
    assert_eq!(plan.unplanned.len(), 10, "none can be planned");
    let told: Vec<_> = (0..10).map(|at| why(&problem, &plan.routes, JobIndex(at))).collect();
    let widen = |visit, closes, by| Some(Change::WidenWindow { visit, closes, by });
    let expected = [
        (Reason::NoCoordinates { act: Act::Delivery }, None),
        (Reason::PlaceClosed { act: Act::Pickup }, None),
        (Reason::TooBig { load: Load::of(9), most: Load::of(4) }, None),
        (Reason::Skills { missing: Skills(4) }, None),
        (Reason::WindowsDoNotMeet { arrival: 71.0, closes: 60.0 }, widen(Visit::delivery(JobIndex(4)), 60.0, 11.0)),
        (
            Reason::ClosesBeforeArrival {
                visit: Visit::pickup(JobIndex(5)),
                closes: 9.0,
                arrival: 10.0,
                vehicle: FIRST,
            },
            widen(Visit::pickup(JobIndex(5)), 9.0, 1.0),
        ),
        (
            Reason::ShiftTooShort { vehicle: FIRST, ends: 100.0, home: 108.0 },
            Some(Change::ExtendShift { vehicle: FIRST, by: 8.0 }),
        ),
        (Reason::WaitsForAnother { before: JobIndex(0), over: None }, None),
        (Reason::NoVehicle, None),
        (Reason::Unreachable { act: Act::Delivery }, None),
    ];
    for (at, (told, expected)) in told.iter().zip(&expected).enumerate() {
        assert_eq!(told, expected, "job {at}");
    }
}

#[test]
fn nobody_drives_on_an_empty_day() {
    let problem = problem(Vec::new(), vec![job(1, 2)]);
    assert_eq!(explain(&problem, &planned(&problem).routes)[0].reason, Reason::NoVehicle);
}

#[test]
fn a_vehicle_that_is_full_all_the_time_has_no_room() {
    // Four pieces go all the way at the only time at which the fifth could.
    let mut jobs = vec![Job::new(stop(1, 0.0, 5.0), stop(20, 30.0, 40.0), Load::of(1)); 4];
    jobs.push(Job::new(stop(5, 9.0, 12.0), stop(6, 10.0, 20.0), Load::of(1)));
    let problem = problem(vec![vehicle(70.0)], jobs);
    let mut first = problem.clone();
    first.jobs[4].only = vec![SECOND];
    let routes = planned(&first).routes;
    let (reason, _) = why(&problem, &routes, JobIndex(4));
    let Reason::VehicleFull { vehicle, visit, load, capacity } = reason else { panic!("{reason:?}") };
    assert_eq!((vehicle, visit, load, capacity), (FIRST, Visit::pickup(JobIndex(4)), Load::of(5), Load::of(4)));
}

#[test]
fn another_stop_would_be_late_and_that_by_so_much() {
    // The way to the other end leaves two minutes; this one takes four.
    let mut jobs = vec![Job::new(stop(1, 0.0, 1.0), stop(20, 0.0, 23.0), Load::of(1))];
    jobs.push(Job::new(stop(5, 0.0, 10.0), stop(7, 0.0, 500.0), Load::of(1)));
    jobs[1].delivery.service = 9.0;
    let mut problem = problem(vec![vehicle(60.0)], jobs);
    problem.jobs[1].origin = Origin::Waiting(Stop { service: 4.0, ..stop(5, 0.0, 10.0) });
    let route = vec![Visit::pickup(JobIndex(0)), Visit::delivery(JobIndex(0))];
    let (reason, change) = why(&problem, &Routes(vec![route]), JobIndex(1));
    let visit = Visit::delivery(JobIndex(0));
    assert_eq!(reason, Reason::NoRoom { vehicle: FIRST, visit, closes: 23.0, arrival: 25.0 });
    assert_eq!(change, Some(Change::WidenWindow { visit, closes: 23.0, by: 2.0 }));
}

#[test]
fn a_stop_that_lets_another_pass_makes_room() {
    // By hand the round goes out, back and out again, and takes all of the shift.
    let (out, near) = (job(20, 21), job(3, 4));
    let problem = problem(vec![vehicle(84.0)], vec![out.clone(), near, out, job(5, 6)]);
    let route = (0..3).flat_map(|at| [Visit::pickup(JobIndex(at)), Visit::delivery(JobIndex(at))]).collect();
    let routes = Routes(vec![route]);
    assert_eq!(Rounds::default().insert(&problem, &routes).unplanned, [JobIndex(3)], "nobody is moved");
    let (reason, change) = why(&problem, &routes, JobIndex(3));
    assert_eq!(reason, Reason::ShiftTooShort { vehicle: FIRST, ends: 84.0, home: 86.0 });
    assert_eq!(change, Some(Change::Reorder { stops: 6 }));
}

#[test]
fn a_leg_that_is_pinned_is_told_who_else_could_take_it() {
    let mut pinned = Job::new(stop(2, 0.0, 5.0), stop(4, 0.0, 500.0), Load::of(1));
    pinned.only = vec![FIRST];
    let far = Job::new(stop(3, 0.0, 3.0), stop(29, 0.0, 30.0), Load::of(4));
    let problem = problem(vec![vehicle(100.0), vehicle(100.0)], vec![far, pinned]);
    let routes = Routes(vec![vec![Visit::pickup(JobIndex(0)), Visit::delivery(JobIndex(0))], Vec::new()]);
    let (reason, change) = why(&problem, &routes, JobIndex(1));
    assert_eq!(reason, Reason::PinnedElsewhere { vehicle: SECOND });
    assert!(matches!(change, Some(Change::Unpin { vehicle: SECOND } | Change::Reorder { .. })), "{change:?}");
}

#[test]
fn the_one_before_is_over_too_late() {
    let before = Job::new(stop(1, 20.0, 30.0), stop(2, 0.0, 500.0), Load::of(1));
    let mut after = Job::new(stop(2, 0.0, 10.0), stop(3, 0.0, 500.0), Load::of(1));
    after.after = Some(JobIndex(0));
    let problem = problem(vec![vehicle(100.0)], vec![before, after]);
    let plan = planned(&problem);
    assert_eq!(plan.unplanned, [JobIndex(1)]);
    let (reason, change) = why(&problem, &plan.routes, JobIndex(1));
    assert_eq!(reason, Reason::WaitsForAnother { before: JobIndex(0), over: Some(23.0) });
    assert_eq!(change, Some(Change::WidenWindow { visit: Visit::pickup(JobIndex(1)), closes: 10.0, by: 13.0 }));
}

#[test]
fn what_was_not_asked_for_again_is_told_to_fit() {
    let problem = problem(vec![vehicle(100.0)], vec![job(1, 2)]);
    let (reason, change) = why(&problem, &Routes(vec![Vec::new()]), JobIndex(0));
    assert_eq!((reason, change), (Reason::Fits { vehicle: FIRST }, Some(Change::Nothing)));
}

#[test]
fn a_place_that_closes_over_midday_could_stay_open() {
    // Between the two openings there is no way back in time.
    let mut late = job(10, 11);
    late.delivery.windows = vec![Window::new(0.0, 11.0), Window::new(60.0, 90.0)];
    let problem = problem(vec![vehicle(30.0)], vec![late]);
    let (reason, change) = why(&problem, &Routes(vec![Vec::new()]), JobIndex(0));
    let visit = Visit::delivery(JobIndex(0));
    assert_eq!(reason, Reason::ClosesBeforeArrival { visit, closes: 11.0, arrival: 12.0, vehicle: FIRST });
    assert_eq!(change, Some(Change::WidenWindow { visit, closes: 11.0, by: 1.0 }));
}
