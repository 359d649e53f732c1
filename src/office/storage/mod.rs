//! Storage: SQL written once, run on SQLite and on PostgreSQL; one writer at a time on both, so that what holds on one holds on the other.

pub mod counter;
pub mod document;
pub mod feed;
pub mod idempotency;
pub mod many;
pub mod migrate;
mod postgres;
mod sqlite;

use crate::domain::{entity::EntityKind, holiday::Holiday};
use futures_util::TryStreamExt as _;
use jiff::SignedDuration;
use sqlx::{
    AssertSqlSafe, Row as _, Transaction,
    postgres::{PgPool, PgRow, Postgres},
    sqlite::{Sqlite, SqlitePool, SqliteRow},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    path::Path,
    sync::Arc,
};
use thiserror::Error;

/// What goes wrong with a database, as far as a caller can act on it.
#[derive(Debug, Error)]
pub enum StorageError {
    /// The file or server cannot be opened.
    #[error("the database {place} cannot be opened: {why}")]
    Open {
        /// The file or the server, without password.
        place: String,
        /// What the engine says.
        why: String,
    },
    /// Somebody else holds the file.
    #[error("the database is locked by another process; stop it, or use another file")]
    Locked,
    /// No room is left.
    #[error("the disk is full; free some room, nothing was lost")]
    DiskFull,
    /// The database was written by a newer Loge.
    #[error("the database has schema {found}, this Loge knows up to {known}; install the newer Loge")]
    NewerSchema {
        /// The schema found.
        found: i64,
        /// The newest schema that this program knows.
        known: i64,
    },
    /// A rule of the schema was broken; the command is refused.
    #[error("the schema refuses it: {0}")]
    Integrity(String),
    /// A stored row cannot be read.
    #[error("the stored {what} cannot be read: {why}")]
    Unreadable {
        /// The table.
        what: String,
        /// What is wrong.
        why: String,
    },
    /// Anything else that the engine says.
    #[error("the database says: {0}")]
    Engine(sqlx::Error),
}

impl From<sqlx::Error> for StorageError {
    fn from(error: sqlx::Error) -> Self {
        if let sqlx::Error::Database(database) = &error {
            let code = database.code().unwrap_or_default();
            if database.kind() != sqlx::error::ErrorKind::Other {
                return Self::Integrity(database.message().to_owned());
            }
            match code.as_ref() {
                // SQLite's primary result codes, https://sqlite.org/rescode.html, and PostgreSQL's appendix A.
                "5" | "6" | "261" | "517" | "55P03" => return Self::Locked,
                "13" | "53100" => return Self::DiskFull,
                _ => {}
            }
        }
        Self::Engine(error)
    }
}

/// A value bound to `$1`, `$2`…
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// Text.
    Text(&'a str),
    /// Text or nothing.
    TextOrNull(Option<&'a str>),
    /// A whole number: microseconds, sequence numbers, cents.
    Int(i64),
    /// A number or nothing.
    IntOrNull(Option<i64>),
    /// Bytes as they are.
    Bytes(&'a [u8]),
    /// A column of texts: an array on PostgreSQL, a JSON array on SQLite.
    Texts(&'a [Option<&'a str>]),
    /// A column of numbers, in the same way.
    Ints(&'a [Option<i64>]),
}

impl<'a> Arg<'a> {
    /// The text, if it is one.
    fn text(&self) -> Option<&'a str> {
        match *self {
            Self::Text(text) => Some(text),
            Self::TextOrNull(text) => text,
            _ => None,
        }
    }

    /// The number, if it is one.
    fn int(&self) -> Option<i64> {
        match *self {
            Self::Int(number) => Some(number),
            Self::IntOrNull(number) => number,
            _ => None,
        }
    }
}

impl<'a> From<&'a str> for Arg<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(text)
    }
}

impl<'a> From<&'a String> for Arg<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg<'_> {
    fn from(number: i64) -> Self {
        Self::Int(number)
    }
}

/// One row of an answer, columns by position.
pub enum Row {
    /// From SQLite.
    Sqlite(SqliteRow),
    /// From PostgreSQL.
    Postgres(PgRow),
}

impl Row {
    /// A text column that is never null.
    pub fn text(&self, column: usize) -> Result<String, StorageError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A text column.
    pub fn text_or_null(&self, column: usize) -> Result<Option<String>, StorageError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A column of bytes that is never null.
    pub fn bytes(&self, column: usize) -> Result<Vec<u8>, StorageError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A number column that is never null.
    pub fn int(&self, column: usize) -> Result<i64, StorageError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }

    /// A number column.
    pub fn int_or_null(&self, column: usize) -> Result<Option<i64>, StorageError> {
        Ok(match self {
            Self::Sqlite(row) => row.try_get(column)?,
            Self::Postgres(row) => row.try_get(column)?,
        })
    }
}

/// An open transaction; dropped without [`Tx::commit`] it rolls back.
pub struct Tx {
    handle: Handle,
    /// When it began, if it writes.
    now_us: Option<i64>,
    /// Documents read or written so far: nobody else writes while a transaction writes, so they hold until it ends. A batch of commands reads
    /// the site, service and person that they share once.
    documents: HashMap<(EntityKind, String), Option<String>>,
    /// Rows that wait to be written: see [`document::put`].
    waiting: BTreeMap<EntityKind, Vec<(String, String)>>,
    /// The days on which house and sites are closed or open, once they were asked for.
    holidays: Option<Arc<[Holiday]>>,
    /// What is written once, at the end.
    kept: Kept,
    /// The same as it was at the savepoint.
    kept_before: Kept,
    /// How far the clock goes ahead of the machine's.
    ahead_us: i64,
}

/// What a transaction gathers and writes once, at its end.
#[derive(Clone, Default)]
struct Kept {
    /// Search words, by the number order of their request.
    words: BTreeMap<i64, String>,
    /// The last value drawn of each running number.
    numbers: BTreeMap<String, i64>,
}

/// The engine's own transaction.
enum Handle {
    /// On SQLite.
    Sqlite(Transaction<'static, Sqlite>),
    /// On PostgreSQL.
    Postgres(Transaction<'static, Postgres>),
}

impl From<Transaction<'static, Sqlite>> for Tx {
    fn from(transaction: Transaction<'static, Sqlite>) -> Self {
        Self::over(Handle::Sqlite(transaction))
    }
}

impl From<Transaction<'static, Postgres>> for Tx {
    fn from(transaction: Transaction<'static, Postgres>) -> Self {
        Self::over(Handle::Postgres(transaction))
    }
}

macro_rules! bind {
    ($query:expr, $args:expr, $texts:expr, $numbers:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match *arg {
                Arg::Text(text) => query.bind(text.to_owned()),
                Arg::TextOrNull(text) => query.bind(text.map(str::to_owned)),
                Arg::Int(number) => query.bind(number),
                Arg::IntOrNull(number) => query.bind(number),
                Arg::Bytes(bytes) => query.bind(bytes.to_vec()),
                Arg::Texts(texts) => query.bind($texts(texts)),
                Arg::Ints(numbers) => query.bind($numbers(numbers)),
            };
        }
        query
    }};
}

/// A column of texts as PostgreSQL takes it.
fn owned(column: &[Option<&str>]) -> Vec<Option<String>> {
    column.iter().map(|text| text.map(str::to_owned)).collect()
}

/// A column as SQLite takes it.
fn json<T: serde::Serialize>(column: &[T]) -> String {
    serde_json::to_string(column).unwrap_or_default()
}

impl Tx {
    fn over(handle: Handle) -> Self {
        Self {
            handle,
            now_us: None,
            documents: HashMap::new(),
            waiting: BTreeMap::new(),
            holidays: None,
            kept: Kept::default(),
            kept_before: Kept::default(),
            ahead_us: 0,
        }
    }

    /// Runs a statement; answers how many rows it changed.
    pub async fn execute(&mut self, sql: impl Into<Cow<'static, str>>, args: &[Arg<'_>]) -> Result<u64, StorageError> {
        document::write_waiting(self).await?;
        self.execute_now(sql.into(), args).await
    }

    /// Runs a statement that rows that wait do not concern.
    async fn execute_now(&mut self, sql: Cow<'static, str>, args: &[Arg<'_>]) -> Result<u64, StorageError> {
        let sql = AssertSqlSafe(sql.into_owned());
        Ok(match &mut self.handle {
            Handle::Sqlite(tx) => {
                bind!(sqlx::query::<Sqlite>(sql), args, json, json).execute(&mut **tx).await?.rows_affected()
            }
            Handle::Postgres(tx) => bind!(sqlx::query::<Postgres>(sql), args, owned, <[_]>::to_vec)
                .execute(&mut **tx)
                .await?
                .rows_affected(),
        })
    }

    /// Every row of a query.
    pub async fn rows(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        args: &[Arg<'_>],
    ) -> Result<Vec<Row>, StorageError> {
        document::write_waiting(self).await?;
        self.rows_now(sql.into(), args).await
    }

    /// Every row of a query that rows that wait do not concern.
    async fn rows_now(&mut self, sql: Cow<'static, str>, args: &[Arg<'_>]) -> Result<Vec<Row>, StorageError> {
        let sql = AssertSqlSafe(sql.into_owned());
        Ok(match &mut self.handle {
            Handle::Sqlite(tx) => bind!(sqlx::query::<Sqlite>(sql), args, json, json)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Handle::Postgres(tx) => bind!(sqlx::query::<Postgres>(sql), args, owned, <[_]>::to_vec)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    /// Hands over the rows of a query as they come.
    pub async fn each(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        mut take: impl FnMut(Row) -> Result<(), StorageError>,
    ) -> Result<(), StorageError> {
        document::write_waiting(self).await?;
        let sql = AssertSqlSafe(sql.into().into_owned());
        match &mut self.handle {
            Handle::Sqlite(tx) => {
                let mut rows = sqlx::query::<Sqlite>(sql).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(Row::Sqlite(row))?;
                }
            }
            Handle::Postgres(tx) => {
                let mut rows = sqlx::query::<Postgres>(sql).fetch(&mut **tx);
                while let Some(row) = rows.try_next().await? {
                    take(Row::Postgres(row))?;
                }
            }
        }
        Ok(())
    }

    /// The first row of a query, if there is one.
    pub async fn row(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        args: &[Arg<'_>],
    ) -> Result<Option<Row>, StorageError> {
        Ok(self.rows(sql, args).await?.into_iter().next())
    }

    /// Keeps the search words of a request for the end.
    pub(super) fn keep_words(&mut self, order: i64, words: String) {
        self.kept.words.insert(order, words);
    }

    /// The search words kept so far, which the caller writes.
    pub(super) fn take_words(&mut self) -> BTreeMap<i64, String> {
        std::mem::take(&mut self.kept.words)
    }

    /// Wakes the other offices when this is committed.
    pub async fn wake_others(&mut self) -> Result<(), StorageError> {
        if self.engine() == Engine::Postgres {
            self.execute(postgres::WAKE, &[]).await?;
        }
        Ok(())
    }

    /// Runs what follows so that it can be taken back alone.
    pub async fn savepoint(&mut self) -> Result<(), StorageError> {
        self.kept_before = self.kept.clone();
        self.execute("SAVEPOINT alone", &[]).await.map(drop)
    }

    /// Keeps what was done since the savepoint.
    pub async fn keep_savepoint(&mut self) -> Result<(), StorageError> {
        self.execute("RELEASE SAVEPOINT alone", &[]).await.map(drop)
    }

    /// Takes back what was done since the savepoint.
    pub async fn roll_back_to_savepoint(&mut self) -> Result<(), StorageError> {
        self.documents.clear();
        self.waiting.clear();
        self.holidays = None;
        self.kept = std::mem::take(&mut self.kept_before);
        self.execute("ROLLBACK TO SAVEPOINT alone", &[]).await?;
        self.keep_savepoint().await
    }

    /// Writes the rows that wait, so that what the schema refuses is refused here.
    pub async fn settle(&mut self) -> Result<(), StorageError> {
        document::write_waiting(self).await
    }

    /// Makes it durable: when this returns, it is on disk.
    pub async fn commit(mut self) -> Result<(), StorageError> {
        document::write_waiting(&mut self).await?;
        counter::write(&mut self).await?;
        match self.handle {
            Handle::Sqlite(tx) => tx.commit().await?,
            Handle::Postgres(tx) => tx.commit().await?,
        }
        Ok(())
    }

    /// Takes everything back.
    pub async fn rollback(self) -> Result<(), StorageError> {
        match self.handle {
            Handle::Sqlite(tx) => tx.rollback().await?,
            Handle::Postgres(tx) => tx.rollback().await?,
        }
        Ok(())
    }

    /// Now on the database's clock, in microseconds since 1970: offices on several machines agree on it. In a transaction that writes, the
    /// moment from which it is the only one.
    pub async fn now_us(&mut self) -> Result<i64, StorageError> {
        if let Some(began) = self.now_us {
            return Ok(began);
        }
        let sql = match &self.handle {
            Handle::Sqlite(_) => sqlite::NOW_US,
            Handle::Postgres(_) => postgres::NOW_US,
        };
        let row = self.row(sql, &[]).await?.ok_or(StorageError::Engine(sqlx::Error::RowNotFound))?;
        Ok(row.int(0)?.saturating_add(self.ahead_us))
    }

    /// Which engine this is, for the few statements that differ.
    pub fn engine(&self) -> Engine {
        match self.handle {
            Handle::Sqlite(_) => Engine::Sqlite,
            Handle::Postgres(_) => Engine::Postgres,
        }
    }
}

/// The engine behind a store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// One file, one office.
    Sqlite,
    /// A server, several offices.
    Postgres,
}

/// An opened database: a connection that writes and a pool that reads.
#[derive(Clone, Debug)]
pub enum Store {
    /// On SQLite.
    Sqlite {
        /// The one connection that writes.
        writer: SqlitePool,
        /// Connections that only read.
        readers: SqlitePool,
        /// How far its clock goes ahead of the machine's, in microseconds.
        ahead_us: i64,
    },
    /// On PostgreSQL.
    Postgres {
        /// The one connection of this office that writes.
        writer: PgPool,
        /// Connections that only read.
        readers: PgPool,
    },
}

impl Store {
    /// Opens a SQLite file, made if it is missing, and brings its schema up to date.
    pub async fn open_file(path: &Path) -> Result<Self, StorageError> {
        let store = sqlite::open(path).await?;
        migrate::run(&store).await?;
        Ok(store)
    }

    /// Opens a PostgreSQL database by URL and brings its schema up to date.
    pub async fn open_url(url: &str) -> Result<Self, StorageError> {
        let store = postgres::open(url).await?;
        migrate::run(&store).await?;
        Ok(store)
    }

    /// The same SQLite database with a clock that goes ahead of the machine's, or behind: a house that is tried at another hour.
    /// A PostgreSQL server's clock is its own.
    #[must_use]
    pub fn ahead(self, by: SignedDuration) -> Self {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                let ahead_us = i64::try_from(by.as_micros()).unwrap_or_default();
                Self::Sqlite { writer, readers, ahead_us }
            }
            server @ Self::Postgres { .. } => server,
        }
    }

    /// A transaction that sees one state of everything and writes nothing.
    pub async fn read(&self) -> Result<Tx, StorageError> {
        Ok(match self {
            Self::Sqlite { readers, ahead_us, .. } => Tx { ahead_us: *ahead_us, ..readers.begin().await?.into() },
            Self::Postgres { readers, .. } => {
                readers.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?.into()
            }
        })
    }

    /// A transaction that writes; it is the only one of all offices until it ends.
    ///
    /// Run it in a task of its own: a cancelled wait for the connection would lose it.
    pub async fn write(&self) -> Result<Tx, StorageError> {
        match self {
            Self::Sqlite { writer, ahead_us, .. } => {
                Ok(Tx { ahead_us: *ahead_us, ..writer.begin_with("BEGIN IMMEDIATE").await?.into() })
            }
            Self::Postgres { writer, .. } => {
                let mut tx = Tx::from(writer.begin().await?);
                tx.now_us = tx.row(postgres::LOCK_WRITER, &[]).await?.map(|row| row.int(0)).transpose()?;
                Ok(tx)
            }
        }
    }

    /// Which engine this is.
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite { .. } => Engine::Sqlite,
            Self::Postgres { .. } => Engine::Postgres,
        }
    }

    /// Closes every connection after what runs on it.
    pub async fn close(&self) {
        match self {
            Self::Sqlite { writer, readers, .. } => {
                readers.close().await;
                writer.close().await;
            }
            Self::Postgres { writer, readers } => {
                readers.close().await;
                writer.close().await;
            }
        }
    }

    /// A copy of the whole database in a new file (SQLite only; a PostgreSQL server has its own tools).
    pub async fn backup_to(&self, path: &Path) -> Result<(), StorageError> {
        match self {
            Self::Sqlite { writer, .. } => sqlite::backup(writer, path).await,
            Self::Postgres { .. } => Err(StorageError::Open {
                place: path.display().to_string(),
                why: "a PostgreSQL database is backed up by pg_dump".into(),
            }),
        }
    }
}

/// Waits for other offices' commits and wakes the feed. SQLite has one office, which wakes itself.
pub async fn listen_for_wakes(store: Store, feed: super::feed::Feed, stop: tokio_util::sync::CancellationToken) {
    if let Store::Postgres { readers, .. } = store {
        postgres::listen_for_wakes(readers, feed, stop).await;
    }
}
