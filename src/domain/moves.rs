//! How an entity moves: by a row of its table, and with the reason that the row asks for.

use super::{
    machine::{Machine, Reason, State},
    refusal::Refusal,
    texts::ShortText,
};

impl<S: State> Machine<S> {
    /// Whether the table allows this move with this reason.
    ///
    /// # Errors
    /// An illegal move with the legal ones, or a missing reason.
    pub fn allow(&self, from: S, name: &'static str, to: S, reason: Option<&ShortText>) -> Result<(), Refusal> {
        let step = self.step(from, name, to)?;
        if step.reason == Reason::Required && reason.is_none() {
            return Err(Refusal::ReasonMissing { asked: name });
        }
        Ok(())
    }
}

/// What the tests of all entities share.
#[cfg(test)]
pub(crate) mod walk {
    use super::*;
    use crate::domain::{
        ids::Id,
        machine::Trainee,
        time::{Instant, Window},
    };
    use jiff::SignedDuration;
    use proptest::prelude::*;
    use uuid::Uuid;

    /// An identifier that is the same in every run.
    pub fn id<I: Id>(number: u128) -> I {
        Uuid::from_u128(number).into()
    }

    /// A short text.
    pub fn text(text: &str) -> ShortText {
        text.parse().unwrap()
    }

    /// So many seconds into the test's day.
    pub fn at(seconds: i64) -> Instant {
        "2026-03-09T08:00:00Z".parse::<Instant>().unwrap().plus(SignedDuration::from_secs(seconds))
    }

    /// The day of [`at`] from `from` to `to` o'clock, where the first second is nine o'clock in Paris.
    pub fn window(from: i8, to: i8) -> Window {
        let hour = |hour| jiff::civil::time(hour, 0, 0, 0);
        Window::new(jiff::civil::date(2026, 3, 9), hour(from), hour(to)).unwrap()
    }

    /// Any verb of the table towards any state: mostly illegal, now and then not.
    pub fn any_move<S: State>(machine: &Machine<S>) -> impl Strategy<Value = (&'static str, S)> + use<S> {
        let names: Vec<_> = machine.moves.iter().map(|step| step.name).collect();
        let likely: Vec<_> =
            machine.moves.iter().flat_map(|step| step.to.iter().map(move |to| (step.name, *to))).collect();
        prop_oneof![3 => prop::sample::select(likely), 1 => (prop::sample::select(names), prop::sample::select(S::ALL))]
    }

    /// Whether some row leads from one state to another, or nothing moved: what an entity's methods did must stand in its table.
    pub fn in_table<S: State>(machine: &Machine<S>, from: S, to: S) -> bool {
        from == to || machine.moves.iter().any(|step| step.from.contains(&from) && step.to.contains(&to))
    }

    /// What is wrong with a table: states that no move reaches, rows that lead nowhere, trainees who may do what no operator may.
    pub fn faults<S: State>(machine: &Machine<S>) -> Vec<String> {
        let mut reached = machine.start.to_vec();
        for _ in S::ALL {
            for step in machine.moves {
                if step.from.iter().any(|from| reached.contains(from)) {
                    reached.extend(step.to);
                }
            }
        }
        let mut faults: Vec<_> = S::ALL
            .iter()
            .filter(|state| !reached.contains(state))
            .map(|state| format!("{} is never reached", state.name()))
            .collect();
        for step in machine.moves {
            if step.from.is_empty() || step.to.is_empty() || step.who.is_empty() {
                faults.push(format!("{} has an empty row", step.name));
            }
            if step.trainee != Trainee::Never
                && !step.who.iter().any(|who| matches!(who, crate::domain::access::Who::Role(_)))
            {
                faults.push(format!("{} lets a trainee do what no operator may", step.name));
            }
        }
        faults
    }
}
