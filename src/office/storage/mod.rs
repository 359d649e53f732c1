//! Storage: SQL written once, run on SQLite and on PostgreSQL; one writer at a time on both, so that what holds on one holds on the other.

pub mod document;
pub mod feed;
pub mod idempotency;
pub mod migrate;
mod postgres;
mod sqlite;

use crate::domain::entity::EntityKind;
use sqlx::{
    AssertSqlSafe, Row as _, Transaction,
    postgres::{PgPool, PgRow, Postgres},
    sqlite::{Sqlite, SqlitePool, SqliteRow},
};
use std::{
    borrow::Cow,
    collections::{BTreeMap, HashMap},
    path::Path,
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
    /// Documents read or written so far: nobody else writes while a transaction writes, so they hold until it ends. A batch of commands reads
    /// the site, service and person that they share once.
    documents: HashMap<(EntityKind, String), Option<String>>,
    /// Search words that are written at the end, by the number order of their request.
    pub(super) words: BTreeMap<i64, String>,
    /// The search words as they were at the savepoint.
    words_before: BTreeMap<i64, String>,
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
    ($query:expr, $args:expr) => {{
        let mut query = $query;
        for arg in $args {
            query = match *arg {
                Arg::Text(text) => query.bind(text.to_owned()),
                Arg::TextOrNull(text) => query.bind(text.map(str::to_owned)),
                Arg::Int(number) => query.bind(number),
                Arg::IntOrNull(number) => query.bind(number),
            };
        }
        query
    }};
}

impl Tx {
    fn over(handle: Handle) -> Self {
        Self { handle, documents: HashMap::new(), words: BTreeMap::new(), words_before: BTreeMap::new() }
    }

    /// Runs a statement; answers how many rows it changed.
    pub async fn execute(&mut self, sql: impl Into<Cow<'static, str>>, args: &[Arg<'_>]) -> Result<u64, StorageError> {
        let sql = AssertSqlSafe(sql.into().into_owned());
        Ok(match &mut self.handle {
            Handle::Sqlite(tx) => bind!(sqlx::query::<Sqlite>(sql), args).execute(&mut **tx).await?.rows_affected(),
            Handle::Postgres(tx) => bind!(sqlx::query::<Postgres>(sql), args).execute(&mut **tx).await?.rows_affected(),
        })
    }

    /// Every row of a query.
    pub async fn rows(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        args: &[Arg<'_>],
    ) -> Result<Vec<Row>, StorageError> {
        let sql = AssertSqlSafe(sql.into().into_owned());
        Ok(match &mut self.handle {
            Handle::Sqlite(tx) => bind!(sqlx::query::<Sqlite>(sql), args)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Sqlite)
                .collect(),
            Handle::Postgres(tx) => bind!(sqlx::query::<Postgres>(sql), args)
                .fetch_all(&mut **tx)
                .await?
                .into_iter()
                .map(Row::Postgres)
                .collect(),
        })
    }

    /// The first row of a query, if there is one.
    pub async fn row(
        &mut self,
        sql: impl Into<Cow<'static, str>>,
        args: &[Arg<'_>],
    ) -> Result<Option<Row>, StorageError> {
        Ok(self.rows(sql, args).await?.into_iter().next())
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
        self.words_before = self.words.clone();
        self.execute("SAVEPOINT alone", &[]).await.map(drop)
    }

    /// Keeps what was done since the savepoint.
    pub async fn keep_savepoint(&mut self) -> Result<(), StorageError> {
        self.execute("RELEASE SAVEPOINT alone", &[]).await.map(drop)
    }

    /// Takes back what was done since the savepoint.
    pub async fn roll_back_to_savepoint(&mut self) -> Result<(), StorageError> {
        self.documents.clear();
        self.words = std::mem::take(&mut self.words_before);
        self.execute("ROLLBACK TO SAVEPOINT alone", &[]).await?;
        self.keep_savepoint().await
    }

    /// Makes it durable: when this returns, it is on disk.
    pub async fn commit(self) -> Result<(), StorageError> {
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

    /// Now on the database's clock, in microseconds since 1970: offices on several machines agree on it.
    pub async fn now_us(&mut self) -> Result<i64, StorageError> {
        let sql = match &self.handle {
            Handle::Sqlite(_) => sqlite::NOW_US,
            Handle::Postgres(_) => postgres::NOW_US,
        };
        self.row(sql, &[]).await?.map_or(Err(StorageError::Engine(sqlx::Error::RowNotFound)), |row| row.int(0))
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

    /// A transaction that sees one state of everything and writes nothing.
    pub async fn read(&self) -> Result<Tx, StorageError> {
        Ok(match self {
            Self::Sqlite { readers, .. } => readers.begin().await?.into(),
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
            Self::Sqlite { writer, .. } => Ok(writer.begin_with("BEGIN IMMEDIATE").await?.into()),
            Self::Postgres { writer, .. } => {
                let mut tx = Tx::from(writer.begin().await?);
                tx.execute(postgres::LOCK_WRITER, &[]).await?;
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
            Self::Sqlite { writer, readers } => {
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
