//! How good and how quick the planner is, beside its budgets; every plan is judged by the checker.
//!
//! `cargo bench --bench planning --no-default-features` prints the table; a word after it picks lines of it.
//! `… -- FILE --seconds 5 --seed 1 --routes out.json` plans any file of Li & Lim's format, and writes the routes for another checker.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    missing_docs,
    reason = "a benchmark may stop where it stands"
)]

use loge::planning::{
    changes::Changes,
    check::check,
    instance::Instance,
    plan::{Budget, Plan, Planner as _, Progress, unwatched},
    problem::{Act, Job, JobIndex, Load, PlaceIndex, Problem, Routes, Skills, Stop, Vehicle, Visit, Window},
    schedule::Schedule,
    solver::Rounds,
    travel::{Barrier, Pace, Point},
};
use serde_json::json;
use std::{
    fs,
    ops::ControlFlow,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

const SEEDS: [u64; 3] = [1, 2, 3];

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match Order::read(&args) {
        Ok(Order::Table(word)) => {
            table(&word);
            ExitCode::SUCCESS
        }
        Ok(Order::File(order)) => match order.run() {
            Ok(()) => ExitCode::SUCCESS,
            Err(why) => {
                eprintln!("{why}");
                ExitCode::FAILURE
            }
        },
        Err(why) => {
            eprintln!(
                "{why}\nusage: cargo bench --bench planning -- [WORD | FILE [--seconds S] [--seed N] [--iterations N] [--routes OUT.json]]"
            );
            ExitCode::FAILURE
        }
    }
}

/// What is asked for.
enum Order {
    Table(String),
    File(FileOrder),
}

struct FileOrder {
    path: PathBuf,
    budget: Budget,
    seed: u64,
    routes: Option<PathBuf>,
}

impl Order {
    fn read(args: &[String]) -> Result<Self, String> {
        let (mut word, mut seconds, mut seed, mut iterations, mut routes) = (None, 5.0, 1, None, None);
        let mut rest = args.iter();
        while let Some(arg) = rest.next() {
            let mut value = || rest.next().ok_or(format!("{arg} takes a value"));
            match arg.as_str() {
                "--seconds" => {
                    let told = value()?;
                    seconds = told
                        .parse()
                        .ok()
                        .filter(|told: &f64| *told >= 0.0 && *told < 1e6)
                        .ok_or(format!("--seconds takes a number of seconds, not {told}"))?;
                }
                "--seed" => {
                    let told = value()?;
                    seed = told.parse().map_err(|_| format!("--seed takes a whole number, not {told}"))?;
                }
                "--iterations" => {
                    let told = value()?;
                    iterations =
                        Some(told.parse().map_err(|_| format!("--iterations takes a whole number, not {told}"))?);
                }
                "--routes" => routes = Some(PathBuf::from(value()?)),
                _ if arg.starts_with("--") => return Err(format!("{arg} is not known")),
                _ if word.is_some() => return Err(format!("one file or word at a time: {arg} is one too many")),
                _ => word = Some(arg.clone()),
            }
        }
        let word = word.unwrap_or_default();
        let path = PathBuf::from(&word);
        if path.is_file() {
            let budget = iterations.map_or(Budget::Time(Duration::from_secs_f64(seconds)), Budget::Iterations);
            return Ok(Self::File(FileOrder { path, budget, seed, routes }));
        }
        if word.contains(['/', '.']) {
            return Err(format!("there is no file {word}"));
        }
        Ok(Self::Table(word))
    }
}

impl FileOrder {
    fn run(&self) -> Result<(), String> {
        let name = self.path.display();
        let text = fs::read_to_string(&self.path).map_err(|why| format!("{name}: {why}"))?;
        let instance = Instance::read(&text).map_err(|why| format!("{name}: {why}"))?;
        let problem = &instance.problem;
        let began = Instant::now();
        let plan = Rounds { seed: self.seed }.plan(problem, &Routes::begun(problem), self.budget, &mut unwatched);
        let seconds = began.elapsed().as_secs_f64();
        let verdict = check(problem, &plan.routes);
        let vehicles = plan.routes.0.iter().filter(|route| !route.is_empty()).count();
        let number = |job: &JobIndex| instance.numbers[job.at()].0;
        println!("file        {name}");
        println!("seed        {}", self.seed);
        println!("distance    {:.4}", verdict.distance);
        println!("vehicles    {vehicles} of {}", problem.vehicles.len());
        println!("unplanned   {} of {}", plan.unplanned.len(), problem.jobs.len());
        println!("iterations  {}", plan.iterations);
        println!("seconds     {seconds:.3}");
        println!("checker     {}", if verdict.broken.is_empty() { "passed" } else { "FAILED" });
        for broken in &verdict.broken {
            println!("            {broken}");
        }
        if let Some(out) = &self.routes {
            let stop = |visit: &Visit| {
                let (pickup, delivery) = instance.numbers[visit.job.at()];
                if visit.act == Act::Pickup { pickup } else { delivery }
            };
            let routes: Vec<Vec<usize>> = plan
                .routes
                .0
                .iter()
                .filter(|route| !route.is_empty())
                .map(|route| route.iter().map(stop).collect())
                .collect();
            let told = json!({
                "instance": self.path.file_stem().map(|stem| stem.to_string_lossy()),
                "seed": self.seed,
                "distance": verdict.distance,
                "iterations": plan.iterations,
                "seconds": seconds,
                "routes": routes,
                "unplanned": plan.unplanned.iter().map(number).collect::<Vec<_>>(),
            });
            fs::write(out, format!("{told:#}\n")).map_err(|why| format!("{}: {why}", out.display()))?;
        }
        if verdict.broken.is_empty() { Ok(()) } else { Err("the checker found broken rules".to_owned()) }
    }
}

/// Every figure that is asked of the planner.
fn table(word: &str) {
    let picked = |line: &str| line.contains(word);
    for (name, seconds, budget) in [("bdx40", 1.0, 2.0), ("bdx40", 5.0, 0.5), ("bdx80", 1.0, 4.0), ("bdx80", 5.0, 2.0)]
    {
        if picked(name) {
            let gaps = gaps(name, seconds, &SEEDS);
            let what = format!("{name}, {seconds} s: above the best known, median of {} ({})", gaps.len(), list(&gaps));
            line(&what, gaps[gaps.len() / 2], "%", budget);
        }
    }
    let literature = ["lr112", "lrc107", "lr1_2_3", "lrc2_2_1"];
    if picked("lilim") {
        let mut sum = 0.0;
        for name in literature {
            let gaps = gaps(name, 5.0, &SEEDS);
            let median = gaps[gaps.len() / 2];
            println!(
                "  {:<88} {median:>9.3} %",
                format!("{name}, 5 s: above the best known, median of {} ({})", gaps.len(), list(&gaps))
            );
            sum += median;
        }
        line("Li & Lim, 5 s: above the best known, mean", sum / literature.len() as f64, "%", 1.0);
    }
    if picked("day") {
        day();
    }
    if picked("late") {
        late_call();
    }
    if picked("village") {
        village();
    }
}

fn list(gaps: &[f64]) -> String {
    gaps.iter().map(|gap| format!("{gap:.2}")).collect::<Vec<_>>().join(" ")
}

/// How far above the reference each seed comes out, in order.
fn gaps(name: &str, seconds: f64, seeds: &[u64]) -> Vec<f64> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/data/planning");
    let references = fs::read_to_string(folder.join("refs.csv")).unwrap();
    let reference =
        references.lines().map(|line| line.split(',').collect::<Vec<_>>()).find(|line| line[0] == name).unwrap();
    let reference: f64 = reference[2].parse().unwrap();
    let problem = Instance::read(&fs::read_to_string(folder.join(format!("{name}.txt"))).unwrap()).unwrap().problem;
    let gap = |seed: &u64| {
        let budget = Budget::Time(Duration::from_secs_f64(seconds));
        let plan = Rounds { seed: *seed }.plan(&problem, &Routes::begun(&problem), budget, &mut unwatched);
        (sound(name, &problem, &plan, true) / reference - 1.0) * 100.0
    };
    let mut gaps: Vec<f64> = seeds.iter().map(gap).collect();
    gaps.sort_by(f64::total_cmp);
    gaps
}

/// The plan's distance, after the checker passed it.
fn sound(what: &str, problem: &Problem, plan: &Plan, complete: bool) -> f64 {
    let verdict = check(problem, &plan.routes);
    assert!(verdict.broken.is_empty(), "{what}: {:?}", verdict.broken);
    assert!(!complete || plan.unplanned.is_empty(), "{what}: not planned: {:?}", plan.unplanned);
    verdict.distance
}

/// Chance for the days below.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn between(&mut self, from: f64, to: f64) -> f64 {
        from + (to - from) * self.below(1_000_000) as f64 / 1e6
    }
}

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3600.0;

/// A town on both banks of a river with three bridges.
fn town(chance: &mut Chance, points: usize, speed_kmh: f64) -> (Vec<Option<Point>>, Pace) {
    let points =
        (0..points).map(|_| Some(Point::new(chance.between(44.79, 44.90), chance.between(-0.70, -0.50)))).collect();
    let course =
        vec![Point::new(44.70, -0.53), Point::new(44.82, -0.55), Point::new(44.86, -0.56), Point::new(45.00, -0.52)];
    let crossings = vec![Point::new(44.83, -0.554), Point::new(44.838, -0.562), Point::new(44.858, -0.552)];
    (points, Pace { speed_kmh, detour: 1.3, barriers: vec![Barrier { course, crossings }] })
}

/// A day of 200 legs between 30 sites and 20 providers, ten couriers on cargo bikes and vans.
fn large_day(legs: usize) -> Problem {
    let mut chance = Chance(7);
    let (points, bike) = town(&mut chance, 51, 15.0);
    let van = Pace { speed_kmh: 22.0, detour: 1.4, barriers: bike.barriers.clone() };
    let matrices = vec![bike.matrix(&points), van.matrix(&points)];
    let courier = |number: usize| Vehicle {
        profile: usize::from(number % 3 == 2),
        capacity: if number % 3 == 2 { Load([150, 600]) } else { Load([20, 80]) },
        skills: Skills(u64::from(number.is_multiple_of(2))),
        shift: Window::new(8.0 * HOUR, 18.0 * HOUR),
        start: Some(PlaceIndex(0)),
        end: Some(PlaceIndex(0)),
        begun: Vec::new(),
    };
    let hours = |provider: bool, chance: &mut Chance| {
        if provider {
            vec![Window::new(8.5 * HOUR, 12.0 * HOUR), Window::new(13.5 * HOUR, 17.5 * HOUR)]
        } else {
            let from = 8.0 + chance.below(4) as f64 * 2.0;
            vec![Window::new(from * HOUR, (from + 4.0) * HOUR)]
        }
    };
    let opening: Vec<Vec<Window>> = (0..51).map(|place| hours(place > 30, &mut chance)).collect();
    let jobs = (0..legs).map(|_| {
        let (site, provider) = (1 + chance.below(30) as u32, 31 + chance.below(20) as u32);
        let (from, to) = if chance.below(2) == 0 { (site, provider) } else { (provider, site) };
        let stop = |place: u32, service| Stop {
            place: Some(PlaceIndex(place)),
            windows: opening[place as usize].clone(),
            service,
        };
        let pieces = 1 + chance.below(4) as u32;
        let mut job = Job::new(stop(from, 3.0 * MINUTE), stop(to, 4.0 * MINUTE), Load([pieces, pieces * 3]));
        job.needs = Skills(u64::from(chance.below(10) == 0));
        job
    });
    let jobs = jobs.collect();
    Problem { matrices, vehicles: (0..10).map(courier).collect(), jobs }
}

/// The first complete plan: when it is there.
fn day() {
    let problem = large_day(200);
    let began = Instant::now();
    let mut first = None;
    let mut watch = |so_far: &Progress| {
        first.get_or_insert((began.elapsed(), so_far.unplanned));
        if so_far.unplanned == 0 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    let plan =
        Rounds::default().plan(&problem, &Routes::begun(&problem), Budget::Time(Duration::from_secs(1)), &mut watch);
    let took = began.elapsed().as_secs_f64();
    sound("day", &problem, &plan, false);
    let (at, lacked) = first.unwrap_or_default();
    let what = format!(
        "200 legs, 10 couriers: first plan without a gap ({} not planned; the very first after {:.3} s lacked {lacked})",
        plan.unplanned.len(),
        at.as_secs_f64()
    );
    line(&what, took, "s", 0.3);
    let plan = Rounds::default().plan(
        &problem,
        &Routes::begun(&problem),
        Budget::Time(Duration::from_secs(2)),
        &mut unwatched,
    );
    println!(
        "  {:<88} {:>9.3} km",
        format!("the same after 2 s ({} not planned, {} iterations)", plan.unplanned.len(), plan.iterations),
        sound("day", &problem, &plan, false) / 1000.0
    );
}

/// A call comes in at half past ten: what is done is dropped, what is under way is fixed, a tenth is pinned.
fn late_call() {
    let whole = large_day(120);
    let morning =
        Rounds { seed: 1 }.plan(&whole, &Routes::begun(&whole), Budget::Time(Duration::from_secs(5)), &mut unwatched);
    sound("morning", &whole, &morning, false);
    let (mut problem, routes) = running(&whole, &morning.routes, 10.5 * HOUR);
    let pinned: Vec<JobIndex> = (0..problem.jobs.len()).step_by(10).map(JobIndex::from_at).collect();
    for job in &pinned {
        if let Some(vehicle) = routes.holder(Visit::delivery(*job)) {
            problem.jobs[job.at()].only = vec![vehicle];
        }
    }
    let place = |number: u32| Stop {
        place: Some(PlaceIndex(number)),
        windows: vec![Window::new(10.5 * HOUR, 17.0 * HOUR)],
        service: 3.0 * MINUTE,
    };
    problem.jobs.push(Job::new(place(4), place(33), Load([2, 6])));

    let began = Instant::now();
    let quick = Rounds::default().insert(&problem, &routes);
    let took = began.elapsed().as_secs_f64();
    sound("insert", &problem, &quick, false);
    let moved = routes.0.iter().zip(&quick.routes.0).filter(|(before, after)| {
        let kept: Vec<&Visit> = after.iter().filter(|visit| before.contains(visit)).collect();
        before.iter().collect::<Vec<_>>() != kept
    });
    assert_eq!(moved.count(), 0, "nobody moves");
    line(&format!("a leg more on a running day of {}: complete, nobody moved", problem.jobs.len()), took, "s", 0.3);

    let began = Instant::now();
    let better =
        Rounds::default().plan(&problem, &quick.routes, Budget::Time(Duration::from_millis(1800)), &mut unwatched);
    let took = began.elapsed().as_secs_f64();
    let distance = sound("improve", &problem, &better, false);
    for job in pinned {
        assert_eq!(
            better.routes.holder(Visit::delivery(job)),
            routes.holder(Visit::delivery(job)),
            "no pinned leg moves"
        );
    }
    let changes = Changes::between(&problem, &quick.routes, &better.routes);
    line(&format!("the same, improved ({} stops change)", changes.moved().count()), took, "s", 2.0);

    let cold = Rounds { seed: 5 }.plan(
        &problem,
        &Routes::begun(&problem),
        Budget::Time(Duration::from_secs(20)),
        &mut unwatched,
    );
    let long = sound("cold", &problem, &cold, false);
    assert!(better.unplanned.len() <= cold.unplanned.len(), "as many are planned");
    line("the same, above what 20 s from nothing find", (distance / long - 1.0) * 100.0, "%", 5.0);
}

/// The day as it stands at a time: what is over is dropped, each vehicle is free where and when its last begun stop is over.
fn running(whole: &Problem, routes: &Routes, now: f64) -> (Problem, Routes) {
    let schedule = Schedule::of(whole, routes);
    let mut problem = Problem { matrices: whole.matrices.clone(), vehicles: whole.vehicles.clone(), jobs: Vec::new() };
    let mut numbers = vec![None; whole.jobs.len()];
    for (at, job) in whole.jobs.iter().enumerate() {
        let (pickup, delivery) = (
            schedule.visit(Visit::pickup(JobIndex::from_at(at))),
            schedule.visit(Visit::delivery(JobIndex::from_at(at))),
        );
        if delivery.is_some_and(|timed| timed.arrival - 600.0 <= now) {
            continue;
        }
        let mut job = job.clone();
        if let Some(timed) = pickup.filter(|timed| timed.arrival - 600.0 <= now) {
            job.origin = loge::planning::problem::Origin::Aboard(timed.vehicle);
        }
        numbers[at] = Some(JobIndex::from_at(problem.jobs.len()));
        problem.jobs.push(job);
    }
    let mut left = vec![Vec::new(); whole.vehicles.len()];
    for (vehicle, times) in schedule.each() {
        let carrier = &mut problem.vehicles[vehicle.at()];
        carrier.shift.open = carrier.shift.open.max(now);
        for timed in &times.stops {
            if timed.arrival - 600.0 <= now {
                carrier.start = whole.stop(timed.visit).and_then(|stop| stop.place);
                carrier.shift.open = timed.depart.max(now);
            } else if let Some(job) = numbers[timed.visit.job.at()] {
                left[vehicle.at()].push(Visit { job, act: timed.visit.act });
            }
        }
    }
    (problem, Routes(left))
}

/// The athletes' village: 1,600 bags from 12 laundries to 40 buildings, a job each.
fn village() {
    let mut chance = Chance(11);
    let (points, pace) = town(&mut chance, 53, 20.0);
    let stop = |place: u64, from: f64, to: f64, service| Stop {
        place: u32::try_from(place).ok().map(PlaceIndex),
        windows: vec![Window::new(from * HOUR, to * HOUR)],
        service,
    };
    let bag = |number: u64| {
        let (laundry, building) = (1 + number % 12, 13 + (number * 7 + number / 40) % 40);
        Job::new(stop(laundry, 6.0, 14.0, 5.0), stop(building, 8.0, 20.0, 5.0), Load::of(1))
    };
    let van = Vehicle {
        profile: 0,
        capacity: Load::of(80),
        skills: Skills::default(),
        shift: Window::new(6.0 * HOUR, 20.0 * HOUR),
        start: Some(PlaceIndex(0)),
        end: Some(PlaceIndex(0)),
        begun: Vec::new(),
    };
    let problem =
        Problem { matrices: vec![pace.matrix(&points)], vehicles: vec![van; 12], jobs: (0..1600).map(bag).collect() };
    let began = Instant::now();
    let mut first = 0.0;
    let mut watch = |_: &_| {
        if first == 0.0 {
            first = began.elapsed().as_secs_f64();
        }
        ControlFlow::Continue(())
    };
    let plan =
        Rounds::default().plan(&problem, &Routes::begun(&problem), Budget::Time(Duration::from_secs(9)), &mut watch);
    let took = began.elapsed().as_secs_f64();
    let distance = sound("village", &problem, &plan, false);
    let what = format!(
        "1,600 bags, 12 laundries, 40 buildings ({} not planned; first plan after {first:.2} s; {:.0} km, {} iterations)",
        plan.unplanned.len(),
        distance / 1000.0,
        plan.iterations
    );
    line(&what, took, "s", 10.0);
}

fn line(what: &str, figure: f64, unit: &str, most: f64) {
    let verdict = if figure <= most { "kept" } else { "MISSED" };
    println!("  {what:<88} {figure:>9.3} {unit:<2} budget <= {most:<4} {verdict}");
}
