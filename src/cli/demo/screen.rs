//! The console on a simulated house: the line to the office can be cut, and what is said on the simulated telephone is heard.

use super::{super::console::ConsoleArgs, CliError, House, Voice, happenings, house::Folder};
use crate::{
    client::Url,
    config::console::{Console, TokenSource},
    console::{
        keymap::Extra,
        message::Message,
        run,
        session::{Secret, SessionError, Sessions},
        start::{Beside, End, SessionFrom, Start, Stopped},
    },
    demo::{
        directory::Seat,
        play::{Stage, Told},
        wire::Wire,
    },
    wire::query::Session,
};
use std::io::{self, IsTerminal as _};
use tokio::{
    runtime::Handle,
    sync::{broadcast::error::RecvError, mpsc},
};

/// Cuts the line to the office.
const CUT: Extra = Extra { id: "cut", french: "couper", english: "cut" };
/// Restores it.
const RESTORE: Extra = Extra { id: "restore", french: "rétablir", english: "restore" };

/// Whether somebody looks on and types.
pub(super) fn has_terminal() -> bool {
    io::stdin().is_terminal() && io::stdout().is_terminal()
}

/// What the console of a seat starts with, on the house's office at this address; `own` is a folder for its session.
pub(super) async fn start(
    house: &House,
    own: &Folder,
    url: &str,
    seat: Seat,
    args: ConsoleArgs,
    voice: Voice,
    beside: Beside,
) -> Result<Start, CliError> {
    let config = args.load(Some(voice.0))?;
    let (client, Session { token, operator, .. }) = house.session(url, seat, voice.0).await?;
    let office: Url = url.parse().map_err(|error| CliError::fault(&error))?;
    let folder = house.folder().unwrap_or_else(std::env::temp_dir);
    // Nobody knows a password here: a token opens the console when it is locked.
    let sessions = Sessions::of(&own.0, &office);
    let file = own.0.join("token");
    let unkept = |error: SessionError| CliError::fault(&error);
    sessions.hand_out(&file, &Secret::from(token), &operator).map_err(unkept)?;
    Ok(Start {
        client,
        office: office.clone(),
        operator,
        session: SessionFrom::Office,
        file: config.file,
        config: Console { token: TokenSource::File(file), ..config.console },
        terminal_language: voice.0,
        stores: folder.join("console"),
        sessions,
        runtime: Handle::current(),
        beside: Some(beside),
    })
}

/// Opens the console at a seat and plays the day around it, until the console is left.
pub(super) async fn open(
    house: &House,
    stage: &Stage,
    mut lines: mpsc::UnboundedReceiver<Told>,
    seat: Seat,
    args: ConsoleArgs,
    voice: Voice,
) -> Result<(), CliError> {
    let fault = |error: std::io::Error| CliError::fault(&error);
    let wire = Wire::to(house.office.address).await.map_err(fault)?;
    let (orders, mut ordered) = mpsc::unbounded_channel();
    let (hear, heard) = mpsc::unbounded_channel();
    let beside = Beside { commands: vec![CUT, RESTORE], orders, heard, ahead: house.ahead, desk: None };
    let own = Folder::new().map_err(fault)?;
    let start = start(house, &own, &wire.url(), seat, args, voice, beside).await?;
    let mut voices = stage.hear();
    let listening = async move {
        loop {
            match voices.recv().await {
                Ok(said) => {
                    if let Some(contact) = said.contact {
                        // Nobody listens once the console has ended.
                        let _ = hear.send(Message::Heard { contact, words: said.says });
                    }
                }
                Err(RecvError::Lagged(_)) => {}
                Err(RecvError::Closed) => return,
            }
        }
    };
    let ordering = async {
        while let Some(order) = ordered.recv().await {
            if order == CUT.id {
                wire.cut();
            } else {
                wire.restore();
            }
        }
    };
    let day = happenings(house, voice)?;
    let from = house.from;
    let stage = stage.clone();
    // The screen has this thread for itself: drawing waits for the terminal, and nothing else may wait for that.
    let playing = tokio::spawn(async move { stage.play(day, from).await });
    let unheard = async { while lines.recv().await.is_some() {} };
    let listening = tokio::spawn(listening);
    let screen = run::opened(start);
    let beside = async {
        tokio::join!(ordering, unheard);
        std::future::pending::<Result<End, Stopped>>().await
    };
    let done = tokio::select! {
        done = screen => done,
        done = beside => done,
    };
    playing.abort();
    listening.abort();
    done.map(|_| ()).map_err(|Stopped(why)| CliError::sentence("cli-console-stopped", vec![("why", why)]))
}
