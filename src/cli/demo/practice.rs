//! A permanence to be practised: the console at the desk of a quiet house, told beside the work who comes and what can be done, and a
//! report once it is left.

#[cfg(test)]
mod tests;

use super::{
    super::console::ConsoleArgs,
    CliError, House, Voice,
    house::{Folder, Plan},
    screen,
};
use crate::{
    client::ClientError,
    console::{
        keymap::Extra,
        message::Message,
        model::coach::{Begins, Coach, Sentence},
        run,
        start::{Beside, End, Stopped},
    },
    demo::{
        directory::{BaseError, Seat},
        practice::{self, Cue, Step, Story, Watch},
    },
};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// Goes on without the step at hand.
const SKIP: Extra = Extra { id: "practice-skip", french: "suite", english: "skip" };

/// Opens the house and its desk; once the console is left, says how it went.
pub(super) async fn run(plan: &Plan, args: ConsoleArgs, voice: Voice) -> Result<(), CliError> {
    let house = House::open(plan).await?;
    let practised = Box::pin(practised(&house, args, voice)).await;
    let reached = house.now().unwrap_or(house.from);
    house.close(reached).await;
    for line in practised? {
        super::super::line(&line);
    }
    Ok(())
}

/// The practice, until the console is left; then its report.
async fn practised(house: &House, args: ConsoleArgs, voice: Voice) -> Result<Vec<String>, CliError> {
    let story = Story::of(&house.directory, house.seed, voice.0).map_err(|error: BaseError| CliError::fault(&error))?;
    let desk = Some(story.permanence);
    let url = house.office.url();
    let (onlooker, _) = house.client(&url, Seat::Manager, voice.0).await?;
    let unanswered = |error: ClientError| CliError::fault(&error);
    let mut watch = Watch::begin(onlooker, story, house.now()?).await.map_err(unanswered)?;
    let (orders, ordered) = unbounded_channel();
    let (tell, heard) = unbounded_channel();
    let beside = Beside { commands: vec![SKIP], orders, heard, ahead: house.ahead, desk };
    let own = Folder::new().map_err(|error| CliError::fault(&error))?;
    let start = screen::start(house, &own, &url, Seat::Concierge, args, voice, beside).await?;
    let done = {
        let telling = tell_along(house, &mut watch, ordered, tell, voice);
        tokio::select! {
            done = run::opened(start) => done,
            done = telling => done,
        }
    };
    watch.catch_up().await;
    done.map_err(|Stopped(why)| CliError::sentence("cli-console-stopped", vec![("why", why)]))?;
    Ok(watch.report(voice.0))
}

/// Tells what goes on whenever it is something else: until the console is left, which ends it.
async fn tell_along(
    house: &House,
    watch: &mut Watch,
    mut ordered: UnboundedReceiver<&'static str>,
    tell: UnboundedSender<Message>,
    voice: Voice,
) -> Result<End, Stopped> {
    let mut told: Option<Cue> = None;
    loop {
        let cue = watch.progress.cue(voice.0);
        if told.as_ref() != Some(&cue) {
            // Nobody listens once the console has ended.
            let _ = tell.send(Message::Coached(Box::new(coach(&cue))));
            told = Some(cue);
        }
        tokio::select! {
            goes_on = watch.next() => if !goes_on { std::future::pending::<()>().await },
            Some(order) = ordered.recv() => {
                if order == SKIP.id && let Ok(now) = house.now() {
                    watch.progress.skip(now);
                }
            }
        }
    }
}

/// What the console tells of it.
fn coach(cue: &Cue) -> Coach {
    let sentence = |said: &practice::Sentence| Sentence { key: said.key.clone(), variables: said.variables.clone() };
    let title = match cue.step {
        Some(step) => Sentence {
            key: "practice-title".to_owned(),
            variables: vec![("step", step.to_string()), ("count", Step::ALL.len().to_string())],
        },
        None => Sentence { key: "practice-title-over".to_owned(), variables: Vec::new() },
    };
    Coach {
        title,
        skip: cue.step.map(|_| SKIP.id),
        scene: sentence(&cue.scene),
        advice: sentence(&cue.advice),
        begins: match cue.begins {
            practice::Begins::Field => Begins::InField,
            practice::Begins::Anywhere => Begins::Anywhere,
        },
    }
}
