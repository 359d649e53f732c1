//! `loge office telephone` and `call-test`: who may tell us of calls, and a call made up to see it ring.

use super::{
    super::{Voice, error::CliError},
    place::{self, Missing},
    serve::reached_at,
};
use crate::{
    config::{Config, office::Office},
    domain::texts::{ShortText, TextError},
    office::{
        intake::telephony::{
            Format,
            tokens::{self, AddError, Which},
        },
        storage::{StorageError, Store},
    },
};
use clap::{Args, Subcommand};
use serde_json::{Value, json};
use std::time::Duration;

/// How long the office may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);

/// The name under which a call that was made up comes in.
const SAMPLE: &str = "call-test";

/// What can be asked of the telephone systems that call us.
#[derive(Debug, Subcommand)]
pub(super) enum TelephoneCommand {
    Add {
        name: String,
        #[arg(long, value_name = "FORMAT")]
        format: String,
        #[arg(long, value_name = "URL")]
        url: Option<String>,
    },
    List,
    Remove {
        name: String,
        #[arg(long)]
        oldest: bool,
    },
}

/// The call that is made up.
#[derive(Debug, Args)]
pub(super) struct CallTest {
    #[arg(long, value_name = "NUMBER", default_value = "01 99 00 12 34")]
    from: String,
    #[arg(long, value_name = "EXTENSION")]
    answered_by: Option<String>,
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u64).range(0..=600))]
    after_s: u64,
}

/// `loge office telephone`
pub(super) async fn run(command: TelephoneCommand, config: &Config, voice: Voice) -> Result<(), CliError> {
    let store = place::open(&config.office.database, Missing::Fail).await?;
    let done = match command {
        TelephoneCommand::Add { name, format, url } => add(&store, &name, &format, url, config, voice).await,
        TelephoneCommand::List => list(&store, voice).await,
        TelephoneCommand::Remove { name, oldest } => {
            let which = if oldest { Which::Oldest } else { Which::All };
            remove(&store, &name, which, voice).await
        }
    };
    store.close().await;
    done
}

async fn add(
    store: &Store,
    name: &str,
    format: &str,
    url: Option<String>,
    config: &Config,
    voice: Voice,
) -> Result<(), CliError> {
    let named = || ("name", name.to_owned());
    let formats = Format::ALL.iter().map(|format| format.name()).collect::<Vec<_>>().join(", ");
    let format: Format = format.parse().map_err(|_| {
        CliError::sentence("cli-telephone-format", vec![("format", format.to_owned()), ("formats", formats)])
    })?;
    let source: ShortText =
        name.parse().map_err(|_: TextError| CliError::sentence("cli-telephone-bad-name", Vec::new()))?;
    let token = tokens::add(store, &source, format).await.map_err(|error| match error {
        AddError::Two => CliError::sentence("cli-telephone-two", vec![named()]),
        AddError::OtherFormat(format) => {
            CliError::sentence("cli-telephone-other-format", vec![named(), ("format", format)])
        }
        AddError::Storage(error) => failed(error),
    })?;
    let base = url.unwrap_or_else(|| reached_at(&config.office));
    let url = format!("{}/v1/intake/calls/{token}", base.trim_end_matches('/'));
    voice.tell("cli-telephone-added", &[named(), ("format", format.to_string()), ("url", url)]);
    Ok(())
}

async fn list(store: &Store, voice: Voice) -> Result<(), CliError> {
    let all = tokens::list(store).await.map_err(failed)?;
    if all.is_empty() {
        voice.tell("cli-telephone-none", &[]);
    }
    for token in all {
        let since = token.created_at.to_string();
        voice.tell("cli-telephone-row", &[("name", token.name), ("format", token.format), ("since", since)]);
    }
    Ok(())
}

async fn remove(store: &Store, name: &str, which: Which, voice: Voice) -> Result<(), CliError> {
    let named = ("name", name.to_owned());
    match tokens::remove(store, name, which).await.map_err(failed)? {
        0 => Err(CliError::sentence("cli-telephone-unknown", vec![named])),
        count => {
            voice.tell("cli-telephone-removed", &[named, ("count", count.to_string())]);
            Ok(())
        }
    }
}

/// `loge office call-test`: a call comes in by the same way as any other, under a token that lasts as long as the call.
pub(super) async fn call_test(test: CallTest, config: &Config, voice: Voice) -> Result<(), CliError> {
    let store = place::open(&config.office.database, Missing::Fail).await?;
    let done = sample(&store, &test, &config.office, voice).await;
    store.close().await;
    done
}

async fn sample(store: &Store, test: &CallTest, office: &Office, voice: Voice) -> Result<(), CliError> {
    let source: ShortText = SAMPLE.parse().map_err(|error: TextError| CliError::fault(&error))?;
    // What a test that was cut off left behind.
    tokens::remove(store, SAMPLE, Which::All).await.map_err(failed)?;
    let token = tokens::add(store, &source, Format::Cti).await.map_err(|error| CliError::fault(&error))?;
    let told = tell(&token, test, office, voice).await;
    tokens::revoke(store, &token).await.map_err(failed)?;
    told
}

async fn tell(token: &str, test: &CallTest, office: &Office, voice: Voice) -> Result<(), CliError> {
    let base = reached_at(office);
    let url = format!("{base}/v1/intake/calls/{token}");
    // It is this machine's own office: its certificate is for the name that others use.
    let client = reqwest::Client::builder().no_proxy().timeout(PATIENCE).tls_danger_accept_invalid_certs(true).build();
    let client = client.map_err(|error| CliError::fault(&error))?;
    let id = uuid::Uuid::now_v7().to_string();
    let send = async |event: Value| {
        let unheard =
            |why: String| CliError::sentence("cli-call-test-unheard", vec![("url", base.clone()), ("why", why)]);
        let sent = client.post(&url).header("content-type", "application/json").body(event.to_string()).send().await;
        let answer = sent.map_err(|error| unheard(error.without_url().to_string()))?;
        if answer.status().is_success() { Ok(()) } else { Err(unheard(answer.status().to_string())) }
    };
    let wait = Duration::from_secs(test.after_s);
    send(json!({ "event": "newCall", "callId": id, "from": test.from, "direction": "in" })).await?;
    voice.tell("cli-call-test-rings", &[("from", test.from.clone())]);
    tokio::time::sleep(wait).await;
    if let Some(extension) = &test.answered_by {
        let event = json!({ "event": "answer", "callId": id, "from": test.from, "direction": "in", "user": extension });
        send(event).await?;
        voice.tell("cli-call-test-answered", &[("extension", extension.clone())]);
        tokio::time::sleep(wait).await;
    }
    let cause = if test.answered_by.is_some() { "normalClearing" } else { "cancel" };
    let event = json!({ "event": "hangup", "callId": id, "from": test.from, "direction": "in", "cause": cause });
    send(event).await?;
    voice.tell("cli-call-test-over", &[]);
    Ok(())
}

fn failed(error: StorageError) -> CliError {
    CliError::Refused(error.into())
}
