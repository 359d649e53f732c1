//! The tokens by which telephone systems may call us: shown once, kept as hashes, two at once for each so that one can replace the other.

use super::Format;
use crate::{
    domain::{texts::ShortText, time::Instant},
    office::{
        secret::{hex, random},
        storage::{Arg, StorageError, Store},
    },
};
use sha2::{Digest, Sha256};
use thiserror::Error;

/// Tokens of one source that are good at the same time.
const AT_ONCE: i64 = 2;

/// Where a token sends its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The telephone system's name.
    pub name: ShortText,
    /// What it speaks.
    pub format: Format,
    /// The hash of the token in its bodies, once one came.
    body_hash: Option<String>,
}

/// A token as far as it may be told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// The telephone system's name.
    pub name: String,
    /// What it speaks.
    pub format: String,
    /// When it was made.
    pub created_at: Instant,
}

/// Why there is no new token.
#[derive(Debug, Error)]
pub enum AddError {
    /// There are two already.
    #[error("two tokens are good already")]
    Two,
    /// The source speaks another format.
    #[error("the source speaks {0}")]
    OtherFormat(String),
    /// The database.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Makes a token.
///
/// # Errors
/// There are two of the source already, or it speaks another format.
pub async fn add(store: &Store, name: &ShortText, format: Format) -> Result<String, AddError> {
    let token = hex(&random::<24>()?);
    let mut tx = store.write().await?;
    let sql = "SELECT format, created_at FROM telephone_token WHERE source = $1";
    let known = tx.rows(sql, &[name.as_str().into()]).await?;
    let mut formats = known.iter().map(|row| row.text(0)).collect::<Result<Vec<_>, _>>()?.into_iter();
    if let Some(other) = formats.find(|known| known != format.name()) {
        return Err(AddError::OtherFormat(other));
    }
    if i64::try_from(known.len()).unwrap_or(i64::MAX) >= AT_ONCE {
        return Err(AddError::Two);
    }
    // Always after those there are: SQLite's clock tells milliseconds, and which one is the oldest must be known.
    let mut created_at = tx.now_us().await?;
    for row in &known {
        created_at = created_at.max(row.int(1)?.saturating_add(1));
    }
    let hash = hash(&token);
    let args = [(&hash).into(), name.as_str().into(), format.name().into(), Arg::Int(created_at)];
    let sql = "INSERT INTO telephone_token (token_hash, source, format, created_at) VALUES ($1, $2, $3, $4)";
    tx.execute(sql, &args).await?;
    tx.commit().await?;
    Ok(token)
}

/// Every token, the oldest of a source first.
pub async fn list(store: &Store) -> Result<Vec<Listed>, StorageError> {
    let sql = "SELECT source, format, created_at FROM telephone_token ORDER BY source, created_at, token_hash";
    let rows = store.read().await?.rows(sql, &[]).await?;
    let unreadable = |why: String| StorageError::Unreadable { what: "telephone_token".into(), why };
    rows.iter()
        .map(|row| {
            let created_at = Instant::from_micros(row.int(2)?).map_err(|error| unreadable(error.to_string()))?;
            Ok(Listed { name: row.text(0)?, format: row.text(1)?, created_at })
        })
        .collect()
}

/// Which tokens of a source go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// All of them.
    All,
    /// The oldest one: its successor is in place.
    Oldest,
}

/// Takes tokens back; how many.
pub async fn remove(store: &Store, name: &str, which: Which) -> Result<u64, StorageError> {
    let mut tx = store.write().await?;
    let sql = match which {
        Which::All => "DELETE FROM telephone_token WHERE source = $1",
        Which::Oldest => {
            "DELETE FROM telephone_token WHERE token_hash = (SELECT token_hash FROM telephone_token WHERE source = $1 \
             ORDER BY created_at, token_hash LIMIT 1)"
        }
    };
    let gone = tx.execute(sql, &[name.into()]).await?;
    tx.commit().await?;
    Ok(gone)
}

/// Takes one token back.
pub async fn revoke(store: &Store, token: &str) -> Result<(), StorageError> {
    let mut tx = store.write().await?;
    let hash = hash(token);
    tx.execute("DELETE FROM telephone_token WHERE token_hash = $1", &[(&hash).into()]).await?;
    tx.commit().await
}

/// Whose a token is. It is looked for by its hash: how long that takes says nothing about the tokens there are.
pub async fn source(store: &Store, token: &str) -> Result<Option<Source>, StorageError> {
    let hash = hash(token);
    let sql = "SELECT source, format, body_hash FROM telephone_token WHERE token_hash = $1";
    let Some(row) = store.read().await?.row(sql, &[(&hash).into()]).await? else { return Ok(None) };
    let unreadable = || StorageError::Unreadable { what: "telephone_token".into(), why: "source or format".into() };
    Ok(Some(Source {
        name: row.text(0)?.parse().map_err(|_| unreadable())?,
        format: row.text(1)?.parse().map_err(|_| unreadable())?,
        body_hash: row.text_or_null(2)?,
    }))
}

/// Whether the token in a body is the one that came first: the system makes it when its webhook is set up, after our address.
pub async fn is_body_token(
    store: &Store,
    token: &str,
    source: &Source,
    given: Option<&str>,
) -> Result<bool, StorageError> {
    let Some(given) = given else { return Ok(false) };
    let given = hash(given);
    if let Some(known) = &source.body_hash {
        return Ok(*known == given);
    }
    let hash = hash(token);
    let mut tx = store.write().await?;
    let sql =
        "UPDATE telephone_token SET body_hash = coalesce(body_hash, $2) WHERE token_hash = $1 RETURNING body_hash";
    let row = tx.row(sql, &[(&hash).into(), (&given).into()]).await?;
    let kept = row.map(|row| row.text(0)).transpose()?;
    tx.commit().await?;
    Ok(kept.is_some_and(|kept| kept == given))
}
