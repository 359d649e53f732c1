//! The verbs on legs and rounds: slots, couriers, what came of a stop, publishing, and the plans that planning found.

use super::{proposal, said};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            prompt::{Act, Drawn, Prompt, Wording},
            rounds::{Row, Shown},
        },
        update::{Effects, give},
        view::{rounds as drawn, words},
    },
    domain::{
        courier::Courier,
        entity::{Edit, FieldEdit},
        ids::{CourierId, LegId, RequestId, RoundId},
        leg::{Failure, FailureReason, Leg, LegKind, LegState, Place},
        policy::ReasonKind,
        register::Standing,
        round::{Round, RoundFields, RoundState, StopAct},
        texts::ShortText,
        time::{When, Window},
    },
    i18n::say,
    planning::{
        day::{self, Asked, Day, Placing, Stage, placings},
        problem::{JobIndex, Routes, VehicleIndex, Visit},
        reasons::{Change, explain_one},
    },
    text::neutral,
    wire::{
        bodies::{Fact, Step, StepBecause},
        catalogue::Command,
        dispatch_bodies::{Arrange, FailLeg, MoveLeg, Retry},
    },
};
use jiff::{ToSpan as _, civil::Date};
use std::{collections::BTreeMap, sync::Arc};

/// Choices that a prompt numbers.
const NUMBERED: usize = 9;

/// Days that are looked through for a slot.
const DAYS: i32 = 7;

/// How long a slot is that is proposed, in seconds; it begins at a half of an hour.
const SLOT: f64 = 3_600.0;
const HALF_HOUR: f64 = 1_800.0;

/// Every reason why a leg fails, in the order in which they are numbered.
const FAILURES: [(FailureReason, &str); 8] = [
    (FailureReason::Absent, "leg-failure-absent"),
    (FailureReason::Closed, "leg-failure-closed"),
    (FailureReason::Missing, "leg-failure-missing"),
    (FailureReason::Refused, "leg-failure-refused"),
    (FailureReason::Damaged, "leg-failure-damaged"),
    (FailureReason::WrongAddress, "leg-failure-wrong_address"),
    (FailureReason::LockerFull, "leg-failure-locker_full"),
    (FailureReason::Vehicle, "leg-failure-vehicle"),
];

/// A courier's name.
pub fn courier_name(model: &Model, id: CourierId) -> String {
    let name = model.world.courier(id).map(|courier| neutral(courier.fields.name.as_str()).into_owned());
    name.unwrap_or_else(|| say(model.seat.language, "name-gone", &[]))
}

/// What a round is called: « tournée de Karim ».
pub fn round_name(model: &Model, round: &Round) -> String {
    let who = courier_name(model, round.fields.courier_id);
    say(model.seat.language, "rounds-name", &[("of", drawn::of(model.seat.language, &who))])
}

/// For whom a command makes a round.
pub const fn made_for(command: &Command) -> Option<CourierId> {
    match command {
        Command::CreateRound { body, .. } => Some(body.courier_id),
        _ => None,
    }
}

/// The leg of a request that comes next and can still be moved.
pub fn leg_of(model: &Model, request: RequestId) -> Option<LegId> {
    let legs = model.world.board.all::<Leg>().map(|shown| shown.row);
    let open = legs.filter(|leg| leg.fields.request_id == request);
    let can_move = open.filter(|leg| matches!(leg.state, LegState::Planned | LegState::Confirmed) && !leg.is_fixed());
    can_move.map(|leg| (leg.fields.after.is_some(), leg.id)).min().map(|(_, leg)| leg)
}

/// Whether any round that is not over carries a leg.
pub fn is_in_round(model: &Model, leg: LegId) -> bool {
    let rounds = model.world.board.all::<Round>().map(|shown| shown.row);
    rounds.filter(|round| round.state != RoundState::Finished).any(|round| round.legs().any(|one| one == leg))
}

/// What a verb proposes on a leg or a round.
///
/// # Errors
/// Why it proposes nothing, in a sentence.
pub fn propose(model: &mut Model, action: Action, row: &Drawn) -> Result<Prompt, String> {
    let language = model.seat.language;
    let nothing = || say(language, "notice-nothing-to-change", &[]);
    match (action, row) {
        (Action::Accept, Drawn::Round(round)) => Ok(of_round(model, round, row)),
        (Action::Accept, Drawn::Leg(leg)) => taken(model, leg, row),
        (Action::Assign, Drawn::Leg(leg)) => couriers(model, leg, row),
        (Action::Slot, Drawn::Leg(leg)) => slots(model, leg.id, row),
        (Action::Slot, Drawn::Request(request)) => {
            let leg = leg_of(model, request.id).ok_or_else(nothing)?;
            slots(model, leg, row)
        }
        (Action::Outcome, Drawn::Leg(leg)) => Ok(outcome(model, leg, row)),
        (Action::Cancel, Drawn::Leg(_)) => {
            let rows = vec![row.clone()];
            let sentence = say(language, "prompt-cancel", &proposal::what(model, &rows));
            let prompt = Prompt::about(action, rows, sentence).or_words(Wording::Cancel);
            let reasons = proposal::reasons(model, ReasonKind::Cancel).into_iter();
            Ok(reasons.fold(prompt, |prompt, reason| prompt.with(reason, Act::Say)))
        }
        _ => Err(nothing()),
    }
}

/// What words make of a leg: it is called off.
pub fn worded(leg: &Leg, wording: Wording, reason: ShortText) -> Option<Command> {
    let body = StepBecause { seen: leg.state, reason };
    (wording == Wording::Cancel).then_some(Command::CancelLeg { id: leg.id, body })
}

/// Keeps a leg in its round whatever planning finds, or lets it go again.
pub fn pin(model: &mut Model, effects: &mut Effects, leg: &Leg) {
    let pinned = leg.fields.pinned;
    let fields = [("pinned".to_owned(), FieldEdit { seen: pinned.into(), new: (!pinned).into() })].into();
    let commands = vec![Command::EditLeg { id: leg.id, body: Edit { fields } }];
    let what = said::name(model, crate::console::model::reception::Item::Leg(leg.id));
    let key = if pinned { "rounds-unpinned" } else { "rounds-pinned" };
    let words = say(model.seat.language, key, &[("what", what)]);
    give::give(model, effects, commands, words);
}

/// The commands that make the rounds of a day drive so: a round is made for who has none.
pub fn commands(model: &mut Model, day: &Day, routes: &Routes) -> Vec<Command> {
    longer(model, day, routes, None)
}

/// The same where somebody's shift lasts until a later time.
fn longer(model: &mut Model, day: &Day, routes: &Routes, until: Option<(VehicleIndex, Window)>) -> Vec<Command> {
    let mut commands = Vec::new();
    for (vehicle, stops) in day.changed(routes) {
        let Some(drive) = day.drive(vehicle) else { continue };
        let shift = until.filter(|(of, _)| *of == vehicle).map_or(drive.shift, |(_, shift)| shift);
        let (id, seen) = if let Some(round) = &drive.round {
            if shift != drive.shift
                && let (Ok(seen), Ok(new)) = (serde_json::to_value(drive.shift), serde_json::to_value(shift))
            {
                let fields = [("shift".to_owned(), FieldEdit { seen, new })].into();
                commands.push(Command::EditRound { id: round.id, body: Edit { fields } });
            }
            (round.id, round.state)
        } else {
            let id: RoundId = model.ids.fresh();
            let route = routes.of(vehicle);
            let place = |visit: Option<&Visit>| visit.and_then(|visit| day.place(*visit)).cloned();
            let start = drive.start.clone().or_else(|| place(route.first()));
            let end = drive.end.clone().or_else(|| place(route.last()));
            let Some((start, end)) = start.zip(end) else { continue };
            let body = RoundFields { courier_id: drive.courier, vehicle: drive.vehicle, shift, start, end };
            commands.push(Command::CreateRound { id, body });
            (id, RoundState::Draft)
        };
        commands.push(Command::ArrangeRound { id, body: Arrange { seen, stops } });
    }
    commands
}

/// What comes next for a round: published, started, finished; and the plans that planning found.
fn of_round(model: &mut Model, round: &Arc<Round>, row: &Drawn) -> Prompt {
    let language = model.seat.language;
    let rows = vec![row.clone()];
    let (id, seen) = (round.id, round.state);
    let who = courier_name(model, round.fields.courier_id);
    let step = match seen {
        RoundState::Draft => Some(("choice-round-publish", Command::PublishRound { id, body: Step { seen } })),
        RoundState::Published => Some(("choice-round-start", Command::StartRound { id, body: Step { seen } })),
        RoundState::Started => Some(("choice-round-finish", Command::FinishRound { id, body: Step { seen } })),
        RoundState::Finished => None,
    };
    let state = crate::domain::machine::State::name(seen);
    let state = say(language, &format!("state-round-{state}"), &[]);
    let legs = round.legs().count().to_string();
    let parts = [("of", drawn::of(language, &who)), ("state", state), ("legs", legs)];
    let mut prompt = Prompt::about(Action::Accept, rows, say(language, "prompt-round", &parts));
    let with_step = |prompt: Prompt| match step {
        Some((key, command)) => prompt.with(say(language, key, &[("who", who)]), Act::Give(vec![command])),
        None => prompt,
    };
    // A draft is published; what the courier has got already is rather changed than ended by habit.
    if seen == RoundState::Draft {
        prompt = with_step(prompt);
        return with_plans(model, prompt);
    }
    prompt = with_plans(model, prompt);
    with_step(prompt)
}

/// The plans that planning found, each with who changes.
fn with_plans(model: &mut Model, mut prompt: Prompt) -> Prompt {
    let offers: Vec<_> =
        model.rounds.offers().into_iter().map(|(about, found)| (Arc::clone(about), found.clone())).collect();
    for (about, found) in offers {
        let what = drawn::change_words(model, &about, &found);
        let key = if found.stage == Stage::Complete { "choice-plan-complete" } else { "choice-plan-better" };
        let commands = commands(model, &about.day, &found.routes);
        prompt = prompt.with(say(model.seat.language, key, &[("what", what)]), Act::Give(commands));
    }
    prompt
}

/// What makes room for a leg that has none: the plan that has a place for it, or the cheapest change.
fn taken(model: &mut Model, leg: &Leg, row: &Drawn) -> Result<Prompt, String> {
    let language = model.seat.language;
    let what = drawn::leg_words(model, leg);
    let rows = vec![row.clone()];
    if is_in_round(model, leg.id) {
        return Err(say(language, "rounds-has-round", &[("what", what)]));
    }
    if let Some((about, job)) = model.rounds.has_place(leg.id).map(|(about, job)| (Arc::clone(about), job)) {
        let sentence = say(language, "prompt-place", &[("what", what)]);
        let mut prompt = Prompt::about(Action::Accept, rows, sentence);
        if let Some(best) = placings(&about.day.problem, &about.day.routes, job).into_iter().next() {
            let words = placing_words(model, &about.day, job, &best);
            let routes = with(&about.day, &best);
            let commands = commands(model, &about.day, &routes);
            prompt = prompt.with(words, Act::Give(commands));
        }
        return Ok(with_plans(model, prompt));
    }
    let Some((about, why)) = model.rounds.why(leg.id).map(|(about, why)| (Arc::clone(about), why.clone())) else {
        let key = if model.rounds.is_asked() { "rounds-waits" } else { "rounds-not-planned-yet" };
        return Err(say(language, key, &[]));
    };
    let (reason, remedy) = drawn::reason_words(model, &about, &why);
    let sentence = format!("{what}{}{reason}.", words::colon(language));
    let Some(found) = why.remedy else { return Err(sentence) };
    let words = remedy.unwrap_or_default();
    let given = match found.change {
        // Somebody else decides how long a place is open.
        Change::WidenWindow { .. } => return Err(format!("{sentence} {}.", words::title(&words))),
        Change::ExtendShift { vehicle, by } => {
            let shift = about.day.drive(vehicle).and_then(|drive| stretched(drive.shift, by));
            let Some(shift) = shift else { return Err(sentence) };
            longer(model, &about.day, &found.routes, Some((vehicle, shift)))
        }
        _ => commands(model, &about.day, &found.routes),
    };
    Ok(Prompt::about(Action::Accept, rows, sentence).with(words, Act::Give(given)))
}

/// A shift that lasts longer, to the next five minutes; none over midnight.
fn stretched(shift: Window, by: f64) -> Option<Window> {
    let to = shift.date().to_datetime(shift.to());
    let minutes = (by / 300.0).ceil() * 5.0;
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a day")]
    let later = to.checked_add((minutes as i64).minutes()).ok()?;
    if later.date() == shift.date() { Window::new(shift.date(), shift.from(), later.time()).ok() } else { None }
}

fn with(day: &Day, placing: &Placing) -> Routes {
    let mut routes = day.routes.clone();
    for (at, route) in routes.0.iter_mut().enumerate() {
        if at == placing.vehicle.at() {
            route.clone_from(&placing.route);
        } else {
            route.retain(|visit| !placing.route.contains(visit));
        }
    }
    routes
}

/// The end of a leg that somebody waits at.
pub const fn is_brought(kind: LegKind) -> bool {
    matches!(kind, LegKind::FromProvider | LegKind::HandBack)
}

fn faced(day: &Day, job: JobIndex, placing: &Placing) -> f64 {
    let brought = day.carried(job).is_some_and(|carried| is_brought(carried.kind));
    placing.pickup.filter(|_| !brought).unwrap_or(placing.delivery)
}

/// « Karim, vélo-cargo, 10:40, +1,2 km ».
fn placing_words(model: &Model, day: &Day, job: JobIndex, placing: &Placing) -> String {
    let language = model.seat.language;
    let drive = day.drive(placing.vehicle);
    let who = drive.map(|drive| courier_name(model, drive.courier)).unwrap_or_default();
    let vehicle = drive.map(|drive| drawn::vehicle_word(language, drive.vehicle.kind)).unwrap_or_default();
    let at = day.clock(faced(day, job, placing)).map(|at| words::time(at.time())).unwrap_or_default();
    let more = drawn::distance_more(language, placing.distance);
    [who, vehicle, at, more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// The day on which a leg is to be given to somebody: the one that is looked at, else its own, else today.
fn day_for(model: &Model, leg: LegId, date: Date) -> Day {
    let asked =
        Asked { date, now: model.now, wanted: Some(leg), before: model.rounds.shown().map(|shown| &*shown.day) };
    day::of(&model.world, &model.rounds.ways.told, asked)
}

/// The courier of a leg: who is nearest first, each where it costs least; who has no time is last, and says so.
fn couriers(model: &mut Model, leg: &Leg, row: &Drawn) -> Result<Prompt, String> {
    let language = model.seat.language;
    let date = model.rounds.day(model.seat.civil(model.now).date());
    let day = day_for(model, leg.id, date);
    let Some(job) = day.job(leg.id) else { return Err(say(language, "rounds-not-of-day", &[])) };
    let here = day.routes.holder(Visit::delivery(job));
    let mut best: Vec<Placing> = Vec::new();
    for placing in placings(&day.problem, &day.routes, job) {
        if best.iter().all(|known| known.vehicle != placing.vehicle) {
            best.push(placing);
        }
    }
    best.retain(|placing| Some(placing.vehicle) != here);
    let sentence = say(language, "prompt-courier", &[("what", drawn::leg_words(model, leg))]);
    let mut prompt = Prompt::about(Action::Assign, vec![row.clone()], sentence);
    for placing in &best {
        let words = placing_words(model, &day, job, placing);
        let commands = commands(model, &day, &with(&day, placing));
        prompt = prompt.with(words, Act::Give(commands));
    }
    for (vehicle, _) in day.problem.fleet() {
        if Some(vehicle) == here || best.iter().any(|placing| placing.vehicle == vehicle) {
            continue;
        }
        let who = day.drive(vehicle).map(|drive| courier_name(model, drive.courier)).unwrap_or_default();
        let mut routes = day::without(&day.routes, job);
        if let Some(route) = routes.0.get_mut(vehicle.at()) {
            route.extend([Visit::pickup(job), Visit::delivery(job)]);
        }
        let commands = commands(model, &day, &routes);
        prompt = prompt.with(say(language, "choice-courier-anyway", &[("who", who)]), Act::Give(commands));
    }
    prompt.choices.truncate(NUMBERED - 1);
    if here.is_some() {
        let commands = commands(model, &day, &day::without(&day.routes, job));
        prompt = prompt.with(say(language, "choice-no-courier", &[]), Act::Give(commands));
    }
    if prompt.choices.is_empty() {
        return Err(say(language, "rounds-no-courier", &[("date", words::date(language, date))]));
    }
    Ok(prompt)
}

/// The best slot of the day that is looked at, or of the next one that has any, the others numbered.
fn slots(model: &mut Model, leg: LegId, row: &Drawn) -> Result<Prompt, String> {
    let language = model.seat.language;
    let Some(told) = model.world.leg(leg).map(Arc::clone) else { return Err(say(language, "name-gone", &[])) };
    let today = model.seat.civil(model.now).date();
    let first = model.rounds.date.filter(|_| model.screen == crate::console::model::Screen::Rounds).unwrap_or(today);
    let mut why = None;
    for days in 0..DAYS {
        let Ok(date) = first.checked_add(days.days()) else { break };
        let day = day_for(model, leg, date);
        let Some(job) = day.job(leg) else { continue };
        let all = placings(&day.problem, &day.routes, job);
        if all.is_empty() {
            let free = day::without(&day.routes, job);
            why = why.or_else(|| {
                let shown = Shown::of(day.clone());
                explain_one(&day.problem, &free, job).map(|why| drawn::reason_words(model, &shown, &why).0)
            });
            continue;
        }
        return Ok(slots_of(model, &told, &day, job, all, row));
    }
    let why = why.unwrap_or_else(|| say(language, "reason-no-vehicle", &[]));
    Err(say(language, "rounds-no-slot", &[("what", drawn::leg_words(model, &told)), ("why", why)]))
}

fn slots_of(model: &mut Model, leg: &Leg, day: &Day, job: JobIndex, all: Vec<Placing>, row: &Drawn) -> Prompt {
    let language = model.seat.language;
    let today = model.seat.civil(model.now).date();
    // The cheapest of each half of an hour.
    let mut by_slot: BTreeMap<(i64, i64), (Window, Placing)> = BTreeMap::new();
    for placing in all {
        let at = faced(day, job, &placing);
        if let Some(window) = slot(day, job, at, day.seconds(model.now)) {
            let key = (seconds(window.from()), seconds(window.to()));
            by_slot.entry(key).or_insert((window, placing));
        }
    }
    let mut found: Vec<(Window, Placing)> = by_slot.into_values().collect();
    found.sort_by(|(_, one), (_, other)| one.distance.total_cmp(&other.distance));
    found.truncate(NUMBERED);
    let key = if is_brought(leg.fields.kind) { "prompt-slot-brought" } else { "prompt-slot-fetched" };
    let sentence = say(language, key, &[("what", drawn::leg_words(model, leg))]);
    let mut prompt = Prompt::about(Action::Slot, vec![row.clone()], sentence);
    for (window, placing) in found {
        let when = words::when_short(language, &When::Window(window), today);
        let who = day.drive(placing.vehicle).map(|drive| courier_name(model, drive.courier)).unwrap_or_default();
        let more = drawn::distance_more(language, placing.distance);
        let words = [when, who, more].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
        let body = MoveLeg { seen: leg.state, window: Some(window) };
        let mut given = vec![Command::MoveLeg { id: leg.id, body }];
        given.extend(commands(model, day, &with(day, &placing)));
        prompt = prompt.with(words, Act::Give(given));
    }
    prompt
}

fn seconds(time: jiff::civil::Time) -> i64 {
    i64::from(time.hour()) * 3_600 + i64::from(time.minute()) * 60 + i64::from(time.second())
}

/// The hour in which a time lies, from the half of an hour before it, within the hours of the place.
fn slot(day: &Day, job: JobIndex, at: f64, now: f64) -> Option<Window> {
    let told = day.problem.job(job)?;
    let brought = day.carried(job).is_some_and(|carried| is_brought(carried.kind));
    let stop = if brought { &told.delivery } else { told.pickup()? };
    let open = stop.windows.iter().find(|window| window.open <= at && at <= window.close)?;
    let half = (at / HALF_HOUR).floor() * HALF_HOUR;
    // What has begun already is promised to nobody.
    let from = if half < now { (at / 300.0).floor() * 300.0 } else { half }.max(open.open);
    day.window(from, (from + SLOT).min(open.close).max(at + 60.0))
}

/// What came of a stop: taken or left, or why not.
fn outcome(model: &mut Model, leg: &Leg, row: &Drawn) -> Prompt {
    let language = model.seat.language;
    let now = model.now;
    let selected = model.rounds.stops.selected().filter(|stop| stop.leg_id == leg.id);
    let act = selected.map_or(StopAct::Take, |stop| stop.act);
    let is_taking = act == StopAct::Take && leg.state == LegState::Confirmed;
    let sentence = say(language, "prompt-stop", &[("what", drawn::leg_words(model, leg))]);
    let mut prompt = Prompt::about(Action::Outcome, vec![row.clone()], sentence);
    let done = Command::DoneLeg { id: leg.id, body: Fact { occurred_at: now } };
    prompt = if is_taking {
        let start = Command::StartLeg { id: leg.id, body: Step { seen: leg.state } };
        prompt.with(say(language, "choice-leg-taken", &[]), Act::Give(vec![start]))
    } else {
        prompt.with(say(language, "choice-leg-done", &[]), Act::Give(vec![done]))
    };
    for (reason, key) in FAILURES {
        let retry = Some(Retry { id: model.ids.fresh(), window: None });
        let body = FailLeg { occurred_at: now, failure: Failure { reason, note: None }, retry };
        let command = Command::FailLeg { id: leg.id, body };
        prompt = prompt.with(say(language, key, &[]), Act::Give(vec![command]));
    }
    prompt
}

/// Proposes a round for the courier who is selected and has none.
pub fn ask_for_round(model: &mut Model) {
    let Some(Row::Courier(courier, from)) = model.rounds.board.selected() else { return };
    let shift = model.rounds.shown().and_then(|shown| {
        let vehicle = shown.vehicle(Row::Courier(courier, from))?;
        Some(shown.day.drive(vehicle)?.shift)
    });
    let language = model.seat.language;
    let Some((shift, courier)) = shift.zip(model.world.courier(courier).map(Arc::clone)) else { return };
    let who = courier_name(model, courier.id);
    let sentence =
        say(language, "prompt-new-round", &[("who", who.clone()), ("date", words::window(language, &shift))]);
    let prompt = Prompt::new(Action::NewRound, Vec::new(), sentence);
    let prompt = match new_round(model, &courier, shift) {
        Some(command) => prompt.with(say(language, "choice-new-round", &[("who", who)]), Act::Give(vec![command])),
        None => prompt,
    };
    let prompt = with_plans(model, prompt);
    if prompt.choices.is_empty() {
        model.say(Tone::Plain, say(language, "rounds-no-base", &[]));
    } else {
        model.layers.push(Layer::Prompt(prompt));
    }
}

/// Asks for whom a round is to be made on the day that is looked at.
pub fn ask_whose_round(model: &mut Model) {
    let language = model.seat.language;
    let date = model.rounds.day(model.seat.civil(model.now).date());
    let mut couriers: Vec<Arc<Courier>> =
        model.world.board.all::<Courier>().map(|shown| Arc::clone(shown.row)).collect();
    couriers.retain(|courier| courier.standing == Standing::Active);
    couriers.sort_by(|one, other| (&one.fields.name, one.id).cmp(&(&other.fields.name, other.id)));
    let sentence = say(language, "prompt-whose-round", &[("date", words::date(language, date))]);
    let mut prompt = Prompt::new(Action::NewRound, Vec::new(), sentence);
    for courier in couriers {
        let hours = courier.fields.hours.as_ref().and_then(|hours| {
            let spans = hours.span_on(date);
            Some((spans.first()?.from(), spans.last()?.to()))
        });
        let time = |minutes: u16| {
            let part = |value: u16| i8::try_from(value).unwrap_or_default();
            jiff::civil::Time::new(part(minutes / 60), part(minutes % 60), 0, 0).unwrap_or(jiff::civil::Time::MAX)
        };
        // Who drives at no known hours has the house's usual day.
        let (from, to) = hours.unwrap_or((8 * 60, 18 * 60));
        let Ok(shift) = Window::new(date, time(from), time(to)) else { continue };
        if let Some(command) = new_round(model, &courier, shift) {
            let who = courier_name(model, courier.id);
            let words =
                say(language, "choice-whose-round", &[("who", who), ("hours", words::window(language, &shift))]);
            prompt = prompt.with(words, Act::Give(vec![command]));
        }
    }
    prompt.choices.truncate(NUMBERED);
    if prompt.choices.is_empty() {
        model.say(Tone::Plain, say(language, "rounds-no-couriers", &[]));
        return;
    }
    model.layers.push(Layer::Prompt(prompt));
}

/// An empty round; it begins and ends where the courier does, else at the first site of the house.
fn new_round(model: &mut Model, courier: &Courier, shift: Window) -> Option<Command> {
    let first = || {
        let sites = model.world.board.all::<crate::domain::site::Site>();
        sites.map(|shown| Place::Site { site_id: shown.row.id }).next()
    };
    let base = courier.fields.base.clone().or_else(first)?;
    let body =
        RoundFields { courier_id: courier.id, vehicle: courier.fields.vehicle, shift, start: base.clone(), end: base };
    Some(Command::CreateRound { id: model.ids.fresh(), body })
}
