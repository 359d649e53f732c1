//! Many rows in one statement: PostgreSQL takes a column as one array, SQLite, where a statement costs no way, a few rows at a time.

use super::{Arg, Engine, StorageError, Tx};

/// Rows of one statement on SQLite: as many as fit of these, the largest first, so that few statements need preparing.
pub const CHUNKS: [usize; 4] = [64, 16, 4, 1];

/// The condition that a column is one of the texts bound as [`Arg::Texts`] at a place.
pub fn any_of(engine: Engine, place: usize) -> String {
    match engine {
        Engine::Sqlite => format!("IN (SELECT value FROM json_each(${place}))"),
        Engine::Postgres => format!("= ANY(${place})"),
    }
}

/// Inserts rows, in their order; `into` is the statement up to its columns. A column is of text or of numbers throughout.
pub async fn insert(tx: &mut Tx, into: &str, rows: &[Vec<Arg<'_>>]) -> Result<(), StorageError> {
    match tx.engine() {
        Engine::Sqlite => in_chunks(tx, into, rows).await,
        Engine::Postgres => in_columns(tx, into, rows).await,
    }
}

async fn in_chunks(tx: &mut Tx, into: &str, rows: &[Vec<Arg<'_>>]) -> Result<(), StorageError> {
    let mut rest = rows;
    while !rest.is_empty() {
        let size = CHUNKS.into_iter().find(|size| *size <= rest.len()).unwrap_or(1);
        let (now, later) = rest.split_at(size);
        let width = now.first().map_or(0, Vec::len);
        let place = |row: usize, column: usize| format!("${}", row * width + column + 1);
        let row =
            |row: usize| format!("({})", (0..width).map(|column| place(row, column)).collect::<Vec<_>>().join(", "));
        let sql = format!("{into} VALUES {}", (0..size).map(row).collect::<Vec<_>>().join(", "));
        let args: Vec<Arg<'_>> = now.iter().flatten().copied().collect();
        tx.execute(sql, &args).await?;
        rest = later;
    }
    Ok(())
}

/// A column of many rows.
enum Column<'a> {
    Texts(Vec<Option<&'a str>>),
    Ints(Vec<Option<i64>>),
}

impl<'a> Column<'a> {
    fn of(rows: &[Vec<Arg<'a>>], place: usize) -> Self {
        let cells = || rows.iter().filter_map(|row| row.get(place));
        let is_text = cells().any(|cell| matches!(cell, Arg::Text(_) | Arg::TextOrNull(_)));
        if is_text {
            Self::Texts(cells().map(Arg::text).collect())
        } else {
            Self::Ints(cells().map(Arg::int).collect())
        }
    }

    fn arg(&self) -> Arg<'_> {
        match self {
            Self::Texts(texts) => Arg::Texts(texts),
            Self::Ints(numbers) => Arg::Ints(numbers),
        }
    }
}

async fn in_columns(tx: &mut Tx, into: &str, rows: &[Vec<Arg<'_>>]) -> Result<(), StorageError> {
    let Some(first) = rows.first() else { return Ok(()) };
    let columns: Vec<Column<'_>> = (0..first.len()).map(|place| Column::of(rows, place)).collect();
    let args: Vec<Arg<'_>> = columns.iter().map(Column::arg).collect();
    let places: Vec<String> = (1..=args.len()).map(|place| format!("${place}")).collect();
    tx.execute(format!("{into} SELECT * FROM unnest({})", places.join(", ")), &args).await.map(drop)
}
