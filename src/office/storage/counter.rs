//! Running numbers: drawn in memory, written once a transaction.

use super::{Arg, StorageError, Tx};

/// Draws the next value of a running number, from 1. The transaction is the only one that writes, so nobody else draws it.
pub async fn next(tx: &mut Tx, name: &str) -> Result<i64, StorageError> {
    let known = tx.kept.numbers.get(name).copied();
    let last = if let Some(last) = known {
        last
    } else {
        let rows = tx.rows_now("SELECT value FROM counter WHERE name = $1".into(), &[name.into()]).await?;
        rows.first().map_or(Ok(0), |row| row.int(0))?
    };
    tx.kept.numbers.insert(name.to_owned(), last + 1);
    Ok(last + 1)
}

/// Writes what was drawn.
pub(super) async fn write(tx: &mut Tx) -> Result<(), StorageError> {
    for (name, value) in std::mem::take(&mut tx.kept.numbers) {
        let sql =
            "INSERT INTO counter (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        tx.execute(sql, &[(&name).into(), Arg::Int(value)]).await?;
    }
    Ok(())
}
