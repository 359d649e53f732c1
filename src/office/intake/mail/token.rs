//! Who may hand in mail for a mailbox: tokens made at random, of which only a hash is kept. Two of one mailbox may be live at once, so
//! that one can be replaced without a gap.

use crate::{
    domain::texts::ShortText,
    office::{
        secret::{hex, random},
        storage::{Arg, StorageError, Tx},
    },
};
use sha2::{Digest as _, Sha256};

/// Tokens of one mailbox that are live at once.
pub const LIVE: i64 = 2;

/// A mailbox that has tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// The mailbox.
    pub mailbox: String,
    /// How many are live.
    pub tokens: i64,
}

fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// Makes a token for a mailbox; none if it has as many as it may.
pub async fn add(tx: &mut Tx, mailbox: &ShortText) -> Result<Option<String>, StorageError> {
    let sql = "SELECT count(*) FROM mail_token WHERE mailbox = $1";
    let live = tx.row(sql, &[mailbox.as_str().into()]).await?.map_or(Ok(0), |row| row.int(0))?;
    if live >= LIVE {
        return Ok(None);
    }
    let token = hex(&random::<32>()?);
    let (hash, now) = (hash(&token), tx.now_us().await?);
    let sql = "INSERT INTO mail_token (token_hash, mailbox, created_at) VALUES ($1, $2, $3)";
    tx.execute(sql, &[(&hash).into(), mailbox.as_str().into(), Arg::Int(now)]).await?;
    Ok(Some(token))
}

/// Whether a token opens a mailbox. The hash is what is looked up, so that the time it takes says nothing about the token.
pub async fn opens(tx: &mut Tx, token: &str, mailbox: &str) -> Result<bool, StorageError> {
    let hash = hash(token);
    let sql = "SELECT 1 FROM (SELECT mailbox FROM mail_token WHERE token_hash = $1) AS known WHERE mailbox = $2";
    Ok(tx.row(sql, &[(&hash).into(), mailbox.into()]).await?.is_some())
}

/// The mailboxes that have tokens.
pub async fn all(tx: &mut Tx) -> Result<Vec<Known>, StorageError> {
    let rows = tx.rows("SELECT mailbox, count(*) FROM mail_token GROUP BY mailbox ORDER BY mailbox", &[]).await?;
    rows.iter().map(|row| Ok(Known { mailbox: row.text(0)?, tokens: row.int(1)? })).collect()
}

/// Takes a mailbox its tokens; how many it had.
pub async fn remove(tx: &mut Tx, mailbox: &str) -> Result<u64, StorageError> {
    tx.execute("DELETE FROM mail_token WHERE mailbox = $1", &[mailbox.into()]).await
}
