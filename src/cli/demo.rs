//! `loge demo`: a house in full swing on this machine.

mod house;
#[cfg(feature = "console")]
mod practice;
#[cfg(feature = "console")]
mod screen;
#[cfg(test)]
mod tests;

use super::{Voice, error::CliError};
use crate::{
    demo::{
        day,
        directory::Seat,
        play::{PlayError, Stage, Staging, Tally, Told},
        scene::Scene,
        village::Size,
    },
    domain::{policy::PolicyFields, time::Instant},
    text::neutral,
};
use clap::{Args, ValueEnum};
use house::{House, Past, Plan};
use jiff::{
    Timestamp, ToSpan as _,
    civil::{Time, time},
};
use std::{collections::BTreeMap, path::PathBuf, time::Duration};
use tokio::sync::mpsc;

/// How the house is tried. What says how to reach an office is taken but not offered: the house has its own.
#[derive(Debug, Args)]
#[cfg_attr(feature = "console", command(mut_args(super::speech::without_office)))]
pub(super) struct DemoArgs {
    #[arg(long, default_value_t = 1)]
    seed: u32,
    #[arg(long = "as", value_name = "SEAT")]
    seat: Option<SeatName>,
    #[arg(long, value_enum, default_value_t = SceneName::Maison)]
    scene: SceneName,
    #[arg(long, default_value_t = 1.0, value_parser = speed)]
    speed: f64,
    #[arg(long, value_name = "HH:MM", value_parser = hour)]
    from: Option<Time>,
    #[arg(long)]
    headless: bool,
    #[arg(long = "for", value_name = "SECONDS", value_parser = clap::value_parser!(u64).range(1..=86_400))]
    lasts_s: Option<u64>,
    #[arg(long, value_name = "FILE")]
    keep: Option<PathBuf>,
    // It has a seat, a beginning and a pace of its own, and leaves nothing behind.
    #[cfg(feature = "console")]
    #[arg(long, value_name = "WHAT")]
    #[arg(conflicts_with_all = ["seat", "scene", "speed", "from", "headless", "lasts_s", "keep"])]
    practice: Option<PracticeName>,
    #[cfg(feature = "console")]
    #[command(flatten)]
    console: super::console::ConsoleArgs,
}

/// A seat that can be left to the one who tries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SeatName {
    Accueil,
    Concierge,
    Repartition,
    Responsable,
}

/// What is played.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum SceneName {
    Maison,
    Village,
}

impl From<SceneName> for Scene {
    fn from(name: SceneName) -> Self {
        match name {
            SceneName::Maison => Self::House,
            SceneName::Village => Self::Village(Size::WHOLE),
        }
    }
}

/// What can be practised.
#[cfg(feature = "console")]
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PracticeName {
    Permanence,
}

impl From<SeatName> for Seat {
    fn from(name: SeatName) -> Self {
        match name {
            SeatName::Accueil => Self::Reception,
            SeatName::Concierge => Self::Concierge,
            SeatName::Repartition => Self::Dispatch,
            SeatName::Responsable => Self::Manager,
        }
    }
}

fn speed(text: &str) -> Result<f64, String> {
    let speed = text.replace(',', ".").parse::<f64>().map_err(|error| error.to_string())?;
    if (0.1..=1000.0).contains(&speed) { Ok(speed) } else { Err("0.1 – 1000".to_owned()) }
}

fn hour(text: &str) -> Result<Time, String> {
    let hour = crate::domain::time::parse_time(text).map_err(|error| error.to_string())?;
    let open = (time(6, 0, 0, 0)..=time(20, 0, 0, 0)).contains(&hour);
    if open { Ok(hour) } else { Err("06:00 – 20:00".to_owned()) }
}

/// Plays the day.
pub(super) async fn run(args: DemoArgs, voice: Voice) -> Result<(), CliError> {
    // Without a screen every seat is played unless one is named; with one, the reception is yours.
    let headless_only = args.headless || !cfg!(feature = "console");
    #[cfg(feature = "console")]
    if !headless_only && !args.console.settings.plain && !screen::has_terminal() {
        return Err(CliError::sentence("cli-demo-no-terminal", Vec::new()));
    }
    let began = std::time::Instant::now();
    let now: Instant = Timestamp::now().try_into().map_err(|error| CliError::fault(&error))?;
    let (scene, start) = (args.scene.into(), start(now, args.from));
    let plan = Plan { scene, seed: args.seed, start, language: voice.0, keep: args.keep, past: Past::Busy };
    #[cfg(feature = "console")]
    if let Some(PracticeName::Permanence) = args.practice {
        let plan = Plan { past: Past::Practice, ..plan };
        return Box::pin(practice::run(&plan, args.console, voice)).await;
    }
    let stop = Stop::new()?;
    let house = House::open(&plan).await?;
    let ready = began.elapsed();
    let (story, lines) = mpsc::unbounded_channel();
    let seat = args.seat.map(Seat::from).or((!headless_only).then_some(Seat::Reception));
    let staging = Staging {
        scene: house.scene,
        player: seat,
        speed: args.speed,
        ahead: house.ahead,
        seed: house.seed.into(),
        language: voice.0,
        outside: house.outside(),
    };
    let mut reached = house.from;
    let played = async {
        let stage = set(&house, staging, story).await?;
        let hour = house.now()?.civil(&house.directory.zone).strftime("%d/%m %H:%M").to_string();
        voice.tell(
            "cli-demo-ready",
            &[("url", house.office.url()), ("ms", ready.as_millis().to_string()), ("at", hour)],
        );
        let done = match seat.filter(|_| !headless_only) {
            #[cfg(feature = "console")]
            Some(seat) => Box::pin(screen::open(&house, &stage, lines, seat, args.console, voice)).await,
            _ => headless(&house, &stage, lines, args.lasts_s.map(Duration::from_secs), stop, voice).await,
        };
        reached = stage.reached().unwrap_or(reached);
        done.map(|()| stage.tally())
    };
    let tally: Result<Tally, CliError> = played.await;
    house.close(reached).await;
    report(&tally?, voice);
    Ok(())
}

/// Sets the stage in an open house: every seat has a session.
async fn set(house: &House, staging: Staging, story: mpsc::UnboundedSender<Told>) -> Result<Stage, CliError> {
    let mut seats = BTreeMap::new();
    let url = house.office.url();
    for seat in Seat::ALL {
        seats.insert(seat, house.client(&url, seat, staging.language).await?.0);
    }
    let failed = |error: PlayError| CliError::fault(&error);
    let stage = Stage::set(house.directory.clone(), staging, seats, story).await.map_err(failed)?;
    stage.before_the_day().await;
    Ok(stage)
}

/// Plays until the time is over or somebody says so; tells each happening.
async fn headless(
    house: &House,
    stage: &Stage,
    mut lines: mpsc::UnboundedReceiver<Told>,
    longest: Option<Duration>,
    stop: Stop,
    voice: Voice,
) -> Result<(), CliError> {
    let day = happenings(house, voice)?;
    let telling = async {
        while let Some(told) = lines.recv().await {
            let hour = house.now()?.civil(&house.directory.zone).strftime("%H:%M:%S").to_string();
            // What came by mail or telephone is not what the terminal is to obey.
            let harmless = |(name, value): &(&'static str, String)| (*name, neutral(value).into_owned());
            let variables: Vec<_> = told.variables.iter().map(harmless).collect();
            voice.tell("cli-demo-line", &[("at", hour), ("what", voice.sentence(told.key, &variables))]);
        }
        std::future::pending::<Result<(), CliError>>().await
    };
    let over = async {
        match longest {
            Some(longest) => tokio::time::sleep(longest).await,
            None => std::future::pending().await,
        }
    };
    tokio::select! {
        () = stage.play(day, house.from) => Ok(()),
        told = telling => told,
        () = over => Ok(()),
        () = stop.wait() => Ok(()),
    }
}

/// What happens on the day.
fn happenings(house: &House, voice: Voice) -> Result<Vec<day::Happening>, CliError> {
    house.scene.day(&house.directory, house.seed.into(), voice.0).map_err(|error| CliError::fault(&error))
}

/// When the day begins: at the hour asked for, on a working day.
fn start(now: Instant, from: Option<Time>) -> Instant {
    let house = PolicyFields::default();
    let calendar = house.calendar(&[], None);
    let present = now.civil(&house.zone);
    let mut date = present.date();
    let in_swing = (time(8, 30, 0, 0)..=time(16, 30, 0, 0)).contains(&present.time());
    let (hour, today) = match from {
        Some(hour) => (hour, true),
        None if in_swing && calendar.is_working_day(date) => return now,
        None => (time(9, 0, 0, 0), present.time() < time(8, 30, 0, 0)),
    };
    if !today {
        date = date.saturating_add(1.days());
    }
    // No fortnight is without a working day.
    for _ in 0..14 {
        if calendar.is_working_day(date) {
            break;
        }
        date = date.saturating_add(1.days());
    }
    house.zone.instant(date.to_datetime(hour))
}

/// What the day came to.
fn report(tally: &Tally, voice: Voice) {
    for (key, count) in &tally.told {
        voice.tell(
            "cli-demo-count",
            &[("what", voice.sentence(&format!("{key}-count"), &[])), ("count", count.to_string())],
        );
    }
    let refused: u64 = tally.refused.values().sum();
    voice.tell(
        "cli-demo-commands",
        &[
            ("done", tally.carried_out.to_string()),
            ("late", tally.beaten.to_string()),
            ("refused", refused.to_string()),
        ],
    );
    for (cause, count) in &tally.refused {
        voice.tell("cli-demo-refused", &[("count", count.to_string()), ("cause", cause.clone())]);
    }
}

/// The signals that end the demonstration: its folder goes with it.
struct Stop {
    #[cfg(unix)]
    heard: [tokio::signal::unix::Signal; 3],
}

impl Stop {
    #[cfg(unix)]
    fn new() -> Result<Self, CliError> {
        use tokio::signal::unix::{SignalKind, signal};
        let heard = |kind| signal(kind).map_err(|error| CliError::fault(&error));
        Ok(Self {
            heard: [heard(SignalKind::interrupt())?, heard(SignalKind::terminate())?, heard(SignalKind::hangup())?],
        })
    }

    #[cfg(not(unix))]
    fn new() -> Result<Self, CliError> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn wait(self) {
        let [mut interrupt, mut terminate, mut hangup] = self.heard;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
            _ = hangup.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn wait(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
