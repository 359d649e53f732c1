//! What is read from an office: session, snapshot, rows, pages, history, search.

use super::{BadToken, Call, Client, ClientError, Token, changes::dated};
use crate::{
    domain::{
        entity::EntityKind,
        ess::Share,
        ids::{BeneficiaryId, OperatorId, RequestId, SiteId},
        operator::Operator,
        ranking::Ranking,
        texts::ShortText,
        time::Instant,
    },
    wire::{
        activity::{Activity, EssBy, Journal},
        change::{Seq, Snapshot},
        query::{Balance, HistoryEntry, LogIn, Page, ProviderLoad, Session, SetPassword},
        travel::{AskTravel, TravelTimes},
    },
};
use jiff::civil::Date;
use reqwest::Method;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::{num::NonZeroU16, sync::Arc};
use uuid::Uuid;

/// A snapshot: thirty times the largest that the house is planned for.
const SNAPSHOT_MAX_BYTES: usize = 512 << 20;

/// Narrows a page: the rows whose `field` has this value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filter {
    /// The parameter's name, such as `state` or `site`.
    pub field: &'static str,
    /// Its value.
    pub value: String,
}

/// How a sheet to print is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines of text.
    Text,
    /// A page.
    Html,
}

impl Form {
    /// The word on the wire.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Html => "html",
        }
    }
}

/// What an office tells anybody of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Greeting {
    /// Its version.
    pub version: String,
    /// Its clock, to the second.
    pub at: Option<Instant>,
}

#[derive(Deserialize)]
struct Description {
    info: Info,
}

#[derive(Deserialize)]
struct Info {
    version: String,
}

impl Client {
    /// What the office is, asked without a session.
    pub async fn greet(&self) -> Result<Greeting, ClientError> {
        let response = self.ask(&Call::get("/v1/openapi.json")).await?;
        let at = dated(&response);
        let Description { info } = serde_json::from_slice(&super::body(response, super::ANSWER_MAX_BYTES).await?)
            .map_err(|error| ClientError::Protocol(error.to_string()))?;
        Ok(Greeting { version: info.version, at })
    }

    /// How long all ways between some places are.
    pub async fn travel_times(&self, asked: &AskTravel) -> Result<TravelTimes, ClientError> {
        self.read(&Call::new(Method::POST, "/v1/travel-times").json(json(asked)?)).await
    }

    /// Opens a session; this client and its clones use it from now on.
    ///
    /// # Errors
    /// Login and password do not match, or there were too many attempts.
    pub async fn log_in(&self, login: ShortText, password: String) -> Result<Session, ClientError> {
        let call = Call::new(Method::POST, "/v1/login").json(json(&LogIn { login, password })?);
        // What is left of an earlier session must not speak for this one.
        let nobody = Self { shared: Arc::clone(&self.shared), session: Arc::default() };
        let session: Session = nobody.read(&call).await?;
        let token =
            Token::try_from(session.token.as_str()).map_err(|BadToken| ClientError::Protocol(BadToken.to_string()))?;
        self.set_token(Some(token));
        Ok(session)
    }

    /// Ends the session.
    ///
    /// # Errors
    /// The office did not hear it: the session lives on there until it expires, and here until it is ended.
    pub async fn log_out(&self) -> Result<(), ClientError> {
        match self.ask(&Call::new(Method::DELETE, "/v1/session")).await {
            Ok(_) => {}
            // What has ended already needs no ending.
            Err(ClientError::Problem(problem)) if problem.status == 401 => {}
            Err(error) => return Err(error),
        }
        self.set_token(None);
        Ok(())
    }

    /// One's own account.
    pub async fn me(&self) -> Result<Operator, ClientError> {
        self.read(&Call::get("/v1/me")).await
    }

    /// Sets a password: one's own with the present one, or as a manager anyone's.
    pub async fn set_password(&self, whose: OperatorId, password: &SetPassword) -> Result<(), ClientError> {
        let call = Call::new(Method::POST, format!("/v1/operators/{whose}/password")).json(json(password)?);
        self.ask(&call).await.map(drop)
    }

    /// Everything open in sight.
    pub async fn snapshot(&self) -> Result<Snapshot, ClientError> {
        let text = self.snapshot_text().await?;
        // Rows by the ten thousand must not hold up what else goes on.
        tokio::task::spawn_blocking(move || serde_json::from_slice(&text))
            .await
            .map_err(|error| ClientError::Protocol(error.to_string()))?
            .map_err(|error| ClientError::Protocol(error.to_string()))
    }

    /// The same as the office wrote it, unread, for who reads rows in place: it is one piece of memory, which goes back to the system as one.
    pub async fn snapshot_text(&self) -> Result<Vec<u8>, ClientError> {
        super::body(self.ask(&Call::get("/v1/snapshot").unhurried()).await?, SNAPSHOT_MAX_BYTES).await
    }

    /// A sheet to print, as the office wrote it.
    pub async fn sheet(&self, path: String, form: Form) -> Result<Vec<u8>, ClientError> {
        super::body(self.ask(&Call::get(path).with("format", form.name())).await?, super::ANSWER_MAX_BYTES).await
    }

    /// One row as it is.
    pub async fn row(&self, kind: EntityKind, id: Uuid) -> Result<Box<RawValue>, ClientError> {
        self.read(&Call::get(format!("/v1/{}/{id}", kind.collection()))).await
    }

    /// A page of rows in sight: the first, or the one that starts at a page's `next`.
    pub async fn page(
        &self,
        kind: EntityKind,
        after: Option<&str>,
        limit: NonZeroU16,
        filters: &[Filter],
    ) -> Result<Page, ClientError> {
        let mut call = Call::get(format!("/v1/{}", kind.collection())).with("limit", limit.to_string());
        if let Some(after) = after {
            call = call.with("after", after);
        }
        for Filter { field, value } in filters {
            call = call.with(field, value.as_str());
        }
        self.read(&call).await
    }

    /// Who did what to a row, when.
    pub async fn history(&self, kind: EntityKind, id: Uuid) -> Result<Vec<HistoryEntry>, ClientError> {
        self.read(&Call::get(format!("/v1/{}/{id}/history", kind.collection()))).await
    }

    /// What a person asked for, open and past; the newest first.
    pub async fn requests_of(&self, person: BeneficiaryId) -> Result<Page, ClientError> {
        self.read(&Call::get(format!("/v1/beneficiaries/{person}/requests"))).await
    }

    /// What a person owes.
    pub async fn tab_of(&self, person: BeneficiaryId) -> Result<Balance, ClientError> {
        self.read(&Call::get(format!("/v1/beneficiaries/{person}/tab"))).await
    }

    /// Who could do a request, ranked, and who could not, each with why.
    pub async fn ranking(&self, request: RequestId) -> Result<Ranking, ClientError> {
        self.read(&Call::get(format!("/v1/requests/{request}/ranking"))).await
    }

    /// What providers have on their hands; who is not named has nothing.
    pub async fn provider_loads(&self) -> Result<Vec<ProviderLoad>, ClientError> {
        self.read(&Call::get("/v1/provider-loads")).await
    }

    /// The share of social and solidarity economy of what was given to providers from one day to another, both included.
    pub async fn ess(&self, from: Date, to: Date) -> Result<Share, ClientError> {
        self.read(&Call::get("/v1/ess").with("from", from.to_string()).with("to", to.to_string())).await
    }

    /// The share of what was given for the sites in sight, or for one: as a whole, by client and by site.
    pub async fn ess_by(&self, from: Date, to: Date, site: Option<SiteId>) -> Result<EssBy, ClientError> {
        self.read(&of_days("/v1/ess/by", from, to, site)).await
    }

    /// What happened from one day to another, both included, on the sites in sight or on one.
    pub async fn activity(&self, from: Date, to: Date, site: Option<SiteId>) -> Result<Activity, ClientError> {
        self.read(&of_days("/v1/activity", from, to, site)).await
    }

    /// The last changes in sight, or those before a place of the feed; the newest first.
    pub async fn journal(&self, before: Option<Seq>) -> Result<Journal, ClientError> {
        let call = Call::get("/v1/journal");
        self.read(&match before {
            Some(before) => call.with("before", before.0.to_string()),
            None => call,
        })
        .await
    }

    /// Requests by words, prefixes, number or telephone number; the newest first.
    pub async fn search(&self, text: &str) -> Result<Page, ClientError> {
        self.read(&Call::get("/v1/search").with("q", text)).await
    }
}

fn of_days(path: &str, from: Date, to: Date, site: Option<SiteId>) -> Call {
    let call = Call::get(path).with("from", from.to_string()).with("to", to.to_string());
    match site {
        Some(site) => call.with("site", site.to_string()),
        None => call,
    }
}

fn json(body: &impl serde::Serialize) -> Result<Vec<u8>, ClientError> {
    serde_json::to_vec(body).map_err(|error| ClientError::Protocol(error.to_string()))
}
