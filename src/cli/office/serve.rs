//! `loge office`: serves until it is told to stop.

use super::{
    super::{Voice, error::CliError},
    accounts,
    place::{self, Missing},
};
use crate::{
    config::{
        Config,
        office::{Office as Settings, Transport},
    },
    office::{
        outreach::post::Post,
        serve::{self, Beside, Certificate, Office, ServeError},
    },
    telemetry,
};
use axum_server::tls_rustls::RustlsConfig;
use std::{
    fs,
    net::{Ipv4Addr, Ipv6Addr},
    path::Path,
};

/// Serves until SIGINT or SIGTERM. What can be wrong without touching the disk is looked at first, so that a start that fails leaves nothing.
pub(super) async fn run(config: &Config, voice: Voice) -> Result<(), CliError> {
    let settings = &config.office;
    let certificate = match &settings.transport {
        Transport::Plain => None,
        Transport::Tls { certificate, key } => Some(readable(certificate, key).await?),
    };
    let post = match &settings.mail {
        None => None,
        Some(mail) => Some(Post::open(mail.clone()).map_err(|error| {
            let why = error.to_string().trim_end_matches('.').to_owned();
            CliError::sentence("cli-mail-unusable", vec![("why", why)])
        })?),
    };
    let listener = serve::listen(settings.listen)?;
    telemetry::start(&settings.log, settings.log_format).map_err(|error| CliError::fault(&error))?;
    voice.remark("cli-office-starting", &[("database", settings.database.to_string())]);
    let store = place::open(&settings.database, Missing::Make).await?;
    let named = |error| CliError::Storage { database: settings.database.to_string(), error };
    let first = accounts::first(&store).await?;
    let beside = Beside {
        mailboxes: &settings.mailboxes,
        telephony: &settings.telephony,
        post,
        travel: settings.travel.clone(),
        pages: settings.public_url.as_ref(),
    };
    let office = match Office::start_with(store, listener, certificate.as_ref(), beside).await {
        Ok(office) => office,
        Err(ServeError::Storage(error)) => return Err(named(error)),
        Err(error) => return Err(error.into()),
    };
    if let Some((login, password)) = first {
        voice.tell("cli-first-operator", &[("login", login), ("password", password)]);
    }
    let url = if certificate.is_some() { format!("https://{}", office.address) } else { office.url() };
    // Ready to be stopped before anybody can know that it runs.
    let stop = Stop::new()?;
    voice.tell("cli-office-listening", &[("url", url)]);
    stop.wait().await;
    voice.remark("cli-office-stopping", &[]);
    office.stop().await;
    voice.remark("cli-office-stopped", &[]);
    Ok(())
}

/// Where an office of these settings is reached from its own machine.
pub(super) fn reached_at(office: &Settings) -> String {
    let scheme = if matches!(office.transport, Transport::Plain) { "http" } else { "https" };
    let mut address = office.listen;
    if address.ip().is_unspecified() {
        let own = if address.is_ipv4() { Ipv4Addr::LOCALHOST.into() } else { Ipv6Addr::LOCALHOST.into() };
        address.set_ip(own);
    }
    format!("{scheme}://{address}")
}

/// The certificate, once it and its key were read.
pub(super) async fn readable(chain: &Path, key: &Path) -> Result<Certificate, CliError> {
    let wrong = |sentence, file: &Path, why: String| {
        let why = why.trim_end_matches('.').to_owned();
        CliError::sentence(sentence, vec![("file", file.display().to_string()), ("why", why)])
    };
    fs::read(chain).map_err(|error| wrong("cli-certificate-unreadable", chain, error.to_string()))?;
    fs::read(key).map_err(|error| wrong("cli-key-unreadable", key, error.to_string()))?;
    RustlsConfig::from_pem_file(chain, key)
        .await
        .map_err(|error| wrong("cli-certificate-unreadable", chain, error.to_string()))?;
    Ok(Certificate { chain: chain.into(), key: key.into() })
}

/// The signals that end the office.
struct Stop {
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
}

impl Stop {
    #[cfg(unix)]
    fn new() -> Result<Self, CliError> {
        use tokio::signal::unix::{SignalKind, signal};
        let heard = |kind| signal(kind).map_err(|error| CliError::fault(&error));
        Ok(Self { interrupt: heard(SignalKind::interrupt())?, terminate: heard(SignalKind::terminate())? })
    }

    #[cfg(not(unix))]
    fn new() -> Result<Self, CliError> {
        Ok(Self {})
    }

    #[cfg(unix)]
    async fn wait(mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }

    #[cfg(not(unix))]
    async fn wait(self) {
        let _ = tokio::signal::ctrl_c().await;
    }
}
