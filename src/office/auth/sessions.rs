//! Sessions: random tokens, of which only a hash is stored, and who is behind them.

use super::password;
use crate::{
    domain::{
        access::Actor,
        ids::OperatorId,
        operator::{Login, Operator},
        register::Standing,
        time::Instant,
    },
    office::{
        failure::Failure,
        secret::{hex, random},
        storage::{Arg, StorageError, Store, Tx, document},
    },
    wire::problem::{Problem, ProblemKind},
};
use jiff::SignedDuration;
use sha2::{Digest, Sha256};
use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, PoisonError, RwLock},
    time::{Duration, Instant as Monotonic},
};

/// How long a session lasts without being renewed by a login.
const LIFETIME: SignedDuration = SignedDuration::from_hours(24 * 14);

/// How long a resolved session is trusted before it is looked up again: the longest that another office's change of rights takes to hold.
const TRUSTED: Duration = Duration::from_secs(2);

/// Failed logins of one account in [`ATTEMPT_WINDOW`].
const ATTEMPTS: i64 = 8;

/// Failed logins from one address in [`ATTEMPT_WINDOW`]: a whole house may share it.
const ATTEMPTS_FROM: i64 = 40;

/// The time over which failed logins are counted.
const ATTEMPT_WINDOW: SignedDuration = SignedDuration::from_mins(5);

/// A hash that no password has, so that an unknown login takes as long as a known one.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// A session's token, as it stands in `Authorization: Bearer`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Token(String);

impl Token {
    /// A new token of 256 random bits.
    fn random() -> Result<Self, Failure> {
        Ok(Self(hex(&random::<32>()?)))
    }

    /// A token as it came.
    pub fn read(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The token itself, for the one it belongs to.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    fn hash(&self) -> String {
        hex(&Sha256::digest(self.0.as_bytes()))
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// Who is behind a token.
#[derive(Clone, Debug)]
pub struct Account {
    /// The one who asks.
    pub actor: Arc<Actor>,
    /// The account.
    pub operator: Arc<Operator>,
    /// The session, as it is stored.
    pub token_hash: Arc<str>,
}

/// The sessions of one office.
#[derive(Clone, Debug)]
pub struct Sessions {
    store: Store,
    known: Arc<RwLock<HashMap<String, (Account, Monotonic)>>>,
}

impl Sessions {
    /// Sessions over a store.
    pub fn new(store: Store) -> Self {
        Self { store, known: Arc::default() }
    }

    /// Who is behind a token; nobody if it is unknown, over, or its account closed.
    pub async fn resolve(&self, token: &Token) -> Result<Option<Account>, Failure> {
        let hash = token.hash();
        let known = self.known.read().unwrap_or_else(PoisonError::into_inner).get(&hash).cloned();
        if let Some((account, at)) = known
            && at.elapsed() < TRUSTED
        {
            return Ok(Some(account));
        }
        let account = self.look_up(&hash).await?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        match &account {
            Some(account) => {
                if known.len() > 10_000 {
                    known.clear();
                }
                known.insert(hash, (account.clone(), Monotonic::now()));
            }
            None => drop(known.remove(&hash)),
        }
        Ok(account)
    }

    async fn look_up(&self, hash: &str) -> Result<Option<Account>, Failure> {
        let mut tx = self.store.read().await?;
        let now = tx.now_us().await?;
        let sql = "SELECT CAST(operator.doc AS TEXT) FROM session JOIN operator ON operator.id = session.operator_id \
                   WHERE session.token_hash = $1 AND session.expires_at > $2";
        let Some(row) = tx.row(sql, &[hash.into(), Arg::Int(now)]).await? else { return Ok(None) };
        let operator: Operator = document::read(&row.text(0)?)?;
        if operator.standing == Standing::Archived {
            return Ok(None);
        }
        Ok(Some(Account { actor: Arc::new(operator.actor()), operator: Arc::new(operator), token_hash: hash.into() }))
    }

    /// Forgets what was resolved, because rights or sessions changed.
    pub fn forget(&self) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// Opens a session.
    ///
    /// # Errors
    /// Login and password do not match (which of both is not said), or there were too many attempts on the account or from the address.
    pub async fn log_in(
        &self,
        login: &str,
        password: String,
        from: &str,
    ) -> Result<(Token, Instant, Operator), Failure> {
        let login = login.trim().to_lowercase();
        let subjects = [format!("login {login}"), format!("from {from}")];
        self.count_attempts(&subjects).await?;
        let found = self.credentials(&login).await?;
        let hash = found.as_ref().map_or_else(|| NOBODY.to_owned(), |(_, hash)| hash.clone());
        let matches = password::verify(password, hash).await;
        let mut tx = self.store.write().await?;
        let now_us = tx.now_us().await?;
        let Some((operator, _)) = found.filter(|_| matches) else {
            for subject in &subjects {
                let args = [subject.into(), Arg::Int(now_us)];
                tx.execute("INSERT INTO login_attempt (subject, at) VALUES ($1, $2)", &args).await?;
            }
            tx.commit().await?;
            return Err(Problem::new(ProblemKind::WrongPassword).into());
        };
        let token = Token::random()?;
        let now = instant(now_us)?;
        let expires_at = now.plus(LIFETIME);
        let (hash, id) = (token.hash(), operator.id.to_string());
        let args = [(&hash).into(), (&id).into(), Arg::Int(now_us), Arg::Int(expires_at.as_micros())];
        let sql = "INSERT INTO session (token_hash, operator_id, created_at, expires_at) VALUES ($1, $2, $3, $4)";
        tx.execute(sql, &args).await?;
        tx.execute("DELETE FROM login_attempt WHERE subject = $1", &[(&subjects[0]).into()]).await?;
        tx.commit().await?;
        Ok((token, expires_at, operator))
    }

    async fn credentials(&self, login: &str) -> Result<Option<(Operator, String)>, Failure> {
        let Ok(login) = Login::try_from(login.to_owned()) else { return Ok(None) };
        let mut tx = self.store.read().await?;
        let sql = "SELECT CAST(operator.doc AS TEXT), credential.password_hash FROM operator \
                   JOIN credential ON credential.operator_id = operator.id WHERE operator.login = $1";
        let Some(row) = tx.row(sql, &[login.as_str().into()]).await? else { return Ok(None) };
        let operator: Operator = document::read(&row.text(0)?)?;
        Ok(Some((operator, row.text(1)?)).filter(|(operator, _)| operator.standing == Standing::Active))
    }

    async fn count_attempts(&self, subjects: &[String]) -> Result<(), Failure> {
        let mut tx = self.store.read().await?;
        let since = tx.now_us().await? - i64::try_from(ATTEMPT_WINDOW.as_micros()).unwrap_or(i64::MAX);
        for (subject, most) in subjects.iter().zip([ATTEMPTS, ATTEMPTS_FROM]) {
            let sql = "SELECT count(*) FROM login_attempt WHERE subject = $1 AND at > $2";
            let tried = tx.row(sql, &[subject.into(), Arg::Int(since)]).await?.map_or(Ok(0), |row| row.int(0))?;
            if tried >= most {
                return Err(Problem::new(ProblemKind::TooMany).with("retry_after_s", ATTEMPT_WINDOW.as_secs()).into());
            }
        }
        Ok(())
    }

    /// Ends a session.
    pub async fn log_out(&self, account: &Account) -> Result<(), Failure> {
        let mut tx = self.store.write().await?;
        tx.execute("DELETE FROM session WHERE token_hash = $1", &[(&*account.token_hash).into()]).await?;
        tx.commit().await?;
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(&*account.token_hash);
        Ok(())
    }

    /// Whether a password is the account's.
    pub async fn is_password(&self, operator: &Operator, password: String) -> Result<bool, Failure> {
        let Some((_, hash)) = self.credentials(operator.fields.login.as_str()).await? else { return Ok(false) };
        Ok(password::verify(password, hash).await)
    }

    /// Sets a password and ends the account's sessions, but for one.
    pub async fn set_password(
        &self,
        operator: OperatorId,
        password: String,
        keep: Option<&str>,
    ) -> Result<(), Failure> {
        let hash = password::hash(password)
            .await
            .map_err(|error| StorageError::Unreadable { what: "password".into(), why: error.to_string() })?;
        let mut tx = self.store.write().await?;
        store_password(&mut tx, operator, &hash).await?;
        let id = operator.to_string();
        let sql = "DELETE FROM session WHERE operator_id = $1 AND token_hash <> $2";
        tx.execute(sql, &[(&id).into(), keep.unwrap_or_default().into()]).await?;
        tx.commit().await?;
        self.forget();
        Ok(())
    }
}

/// Stores a password's hash.
pub async fn store_password(tx: &mut Tx, operator: OperatorId, hash: &str) -> Result<(), StorageError> {
    let id = operator.to_string();
    let sql = "INSERT INTO credential (operator_id, password_hash) VALUES ($1, $2) \
               ON CONFLICT (operator_id) DO UPDATE SET password_hash = excluded.password_hash";
    tx.execute(sql, &[(&id).into(), hash.into()]).await?;
    Ok(())
}

fn instant(micros: i64) -> Result<Instant, StorageError> {
    Instant::from_micros(micros)
        .map_err(|error| StorageError::Unreadable { what: "clock".into(), why: error.to_string() })
}
