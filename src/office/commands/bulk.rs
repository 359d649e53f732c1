//! Many commands in one, with a true outcome a row; undone as one.

use super::context::{Context, Dirty};
use crate::{
    domain::refusal::Refusal,
    office::{failure::Failure, storage::StorageError},
    wire::{bodies::Bulk, catalogue::Command, change::RowOutcome, problem::Problem},
};
use std::collections::HashSet;

/// Rows of one bulk.
const ROWS: usize = 500;

/// `POST /v1/bulk`: a row that is refused leaves no trace and stops no other.
pub async fn run(context: &mut Context<'_>, body: &Bulk) -> Result<(), Failure> {
    let invalid = |why: String| Failure::from(Refusal::FieldInvalid { field: "rows".into(), why });
    if body.rows.is_empty() || body.rows.len() > ROWS {
        return Err(invalid(format!("1 to {ROWS} rows")));
    }
    let mut keys = HashSet::new();
    if !body.rows.iter().all(|row| keys.insert(row.key)) {
        return Err(invalid("each key once".into()));
    }
    if body.rows.iter().any(|row| matches!(*row.command, Command::Bulk { .. } | Command::Undo { .. })) {
        return Err(invalid("no bulk and no undo inside of a bulk".into()));
    }
    let key = context.key;
    let mut outcomes = Vec::with_capacity(body.rows.len());
    for row in &body.rows {
        let before = context.written.len();
        context.verb = row.command.name();
        // What a row keeps for release is found under the row's key.
        context.key = row.key;
        context.write().savepoint().await?;
        let mut done = Box::pin(super::execute(context, &row.command)).await;
        if done.is_ok() {
            // What the schema refuses is this row's outcome.
            done = context.write().settle().await.map_err(Failure::from);
        }
        let problem = match done {
            Ok(()) => {
                context.write().keep_savepoint().await?;
                None
            }
            // A database in trouble is no row's fault: the whole is taken back.
            Err(Failure::Storage(error)) if !matches!(error, StorageError::Integrity(_)) => return Err(error.into()),
            Err(failure) => {
                context.write().roll_back_to_savepoint().await?;
                context.written.truncate(before);
                Some(Problem::from(&failure))
            }
        };
        outcomes.push(RowOutcome { key: row.key, problem });
    }
    context.key = key;
    context.dirty = Dirty::Wrote;
    context.aside = None;
    context.outcomes = Some(outcomes);
    Ok(())
}
