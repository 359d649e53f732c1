//! `loge load`: puts a load on an office of this machine, and prints what it took.

use super::{Voice, error::CliError};
use crate::{
    client::{Client, ClientError, Options, Url},
    load::{Load, run as put},
};
use clap::Args;
use std::{path::PathBuf, time::Duration};

/// What to put on which office.
#[derive(Debug, Args)]
pub(super) struct LoadArgs {
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:7846")]
    office: Url,
    #[arg(long)]
    login: String,
    #[arg(long, value_name = "FILE")]
    password_file: PathBuf,
    #[arg(long, default_value_t = 64, value_parser = clap::value_parser!(u32).range(1..=1000))]
    clients: u32,
    #[arg(long, default_value_t = 0, value_parser = clap::value_parser!(u32).range(0..=1000))]
    streams: u32,
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=100_000))]
    rate: Option<u32>,
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    seconds: u64,
}

/// Runs it.
pub(super) async fn run(args: LoadArgs, voice: Voice) -> Result<(), CliError> {
    let unreachable = |error: &ClientError| {
        let why = match error {
            ClientError::Problem(problem) => problem.detail.clone(),
            other => other.to_string(),
        };
        CliError::sentence("cli-load-failed", vec![("office", args.office.to_string()), ("why", why)])
    };
    // A load is put on one's own machine alone.
    if !args.office.host_str().is_some_and(|host| matches!(host, "127.0.0.1" | "localhost" | "[::1]")) {
        return Err(CliError::sentence("cli-load-not-here", vec![("office", args.office.to_string())]));
    }
    let file = args.password_file.display().to_string();
    let password = tokio::fs::read_to_string(&args.password_file)
        .await
        .map_err(|error| CliError::sentence("cli-load-password", vec![("file", file), ("why", error.to_string())]))?;
    let options = Options { language: voice.0, ..Options::default() };
    let client = Client::new(vec![args.office.clone()], options).map_err(|error| CliError::fault(&error))?;
    let login = args.login.parse().map_err(|error| CliError::fault(&error))?;
    client.log_in(login, password.trim_end().to_owned()).await.map_err(|error| unreachable(&error))?;
    let load = Load {
        clients: args.clients,
        streams: args.streams,
        rate: args.rate,
        duration: Duration::from_secs(args.seconds),
    };
    let report = put(&client, load).await.map_err(|error| unreachable(&error))?;
    let figure = |figure: f64| format!("{figure:.1}");
    let commands = &report.commands;
    voice.tell(
        "cli-load-commands",
        &[
            ("count", commands.count().to_string()),
            ("rate", figure(report.per_second())),
            ("median", figure(commands.percentile_ms(50.0))),
            ("p99", figure(commands.percentile_ms(99.0))),
        ],
    );
    if args.streams > 0 {
        let changes = &report.changes;
        voice.tell(
            "cli-load-changes",
            &[
                ("count", changes.count().to_string()),
                ("median", figure(changes.percentile_ms(50.0))),
                ("p99", figure(changes.percentile_ms(99.0))),
            ],
        );
    }
    for (cause, count) in &report.failed {
        voice.tell("cli-load-refused", &[("count", count.to_string()), ("cause", cause.clone())]);
    }
    Ok(())
}
