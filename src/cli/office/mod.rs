//! `loge office`: what can be asked of the back office from the command line.

mod accounts;
mod backup;
pub(super) mod directory;
mod doctor;
mod erase;
mod mail;
mod place;
mod serve;
mod telephone;

use super::{Voice, error::CliError};
use crate::config::{Config, Given, Places, Surroundings, office::OfficeGiven};
use clap::{Args, Subcommand};
use std::path::PathBuf;

/// What was asked of the office.
#[derive(Debug, Args)]
pub(super) struct OfficeArgs {
    #[command(flatten)]
    places: Places,
    #[command(flatten)]
    settings: OfficeGiven,
    #[command(subcommand)]
    command: Option<OfficeCommand>,
}

#[derive(Debug, Subcommand)]
enum OfficeCommand {
    Init(accounts::Init),
    #[command(subcommand)]
    Operator(accounts::OperatorCommand),
    #[command(subcommand)]
    Telephone(telephone::TelephoneCommand),
    CallTest(telephone::CallTest),
    Import {
        folder: PathBuf,
        #[arg(long)]
        dry_run: bool,
    },
    Export {
        folder: PathBuf,
    },
    Backup {
        file: PathBuf,
    },
    Erase {
        beneficiary: String,
        #[arg(long)]
        reason: String,
    },
    Doctor,
    Mail(mail::Mail),
    #[command(subcommand)]
    Mailbox(mail::MailboxCommand),
}

/// Does what was asked; without a command, the office is served.
pub(super) async fn run(args: OfficeArgs, voice: Voice) -> Result<(), CliError> {
    let OfficeArgs { places, settings, command } = args;
    let given = Given { places, office: settings, ..Given::default() };
    let loaded = Config::load(&given, &Surroundings::of_process());
    let config = match (&command, loaded) {
        (Some(OfficeCommand::Doctor), loaded) => return doctor::run(loaded, voice).await,
        // A program of mail gives a message back to its sender for any other status.
        (Some(OfficeCommand::Mail(_)), Err(error)) => return Err(mail::later(error.said(voice.0))),
        (_, loaded) => loaded?,
    };
    match command {
        None => serve::run(&config, voice).await,
        Some(OfficeCommand::Init(init)) => accounts::init(init, &config, voice).await,
        Some(OfficeCommand::Operator(command)) => accounts::operator(command, &config, voice).await,
        Some(OfficeCommand::Telephone(command)) => telephone::run(command, &config, voice).await,
        Some(OfficeCommand::CallTest(test)) => telephone::call_test(test, &config, voice).await,
        Some(OfficeCommand::Import { folder, dry_run }) => {
            let mode = if dry_run { directory::Mode::DryRun } else { directory::Mode::Import };
            directory::import(&folder, mode, &config, voice).await
        }
        Some(OfficeCommand::Export { folder }) => directory::export(&folder, &config, voice).await,
        Some(OfficeCommand::Backup { file }) => backup::run(&file, &config, voice).await,
        Some(OfficeCommand::Erase { beneficiary, reason }) => erase::run(&beneficiary, &reason, &config, voice).await,
        Some(OfficeCommand::Mail(mail)) => mail::hand_in(mail, &config).await,
        Some(OfficeCommand::Mailbox(command)) => mail::mailbox(command, &config, voice).await,
        Some(OfficeCommand::Doctor) => Ok(()),
    }
}
