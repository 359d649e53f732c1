//! How long the ways of the day are: asked of the office for its places and vehicles; as long as it has not told, they are estimated here.

use super::Rounds;
use crate::{
    domain::position::Position,
    planning::day::{Pacing, Table},
    wire::travel::{MOST, TravelSource, TravelTimes, TravelTrouble},
};
use std::sync::Arc;

/// What the office is asked about ways.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The places, each once.
    pub positions: Vec<Position>,
    /// The kinds and speeds of vehicles.
    pub pacings: Vec<Pacing>,
}

/// What was asked about ways, and why a table service did not tell.
#[derive(Debug, Default)]
pub struct Ways {
    /// The table that the office told.
    pub told: crate::planning::day::Ways,
    asked: Option<Question>,
    /// Whether the day has changed since it was looked at for ways.
    pub(super) is_due: bool,
    trouble: Option<TravelTrouble>,
}

impl Ways {
    /// Why the house's table service did not tell; none if it did, or if there is none.
    pub const fn trouble(&self) -> Option<TravelTrouble> {
        self.trouble
    }
}

impl Rounds {
    /// Whether the day that is looked at is reckoned with a table that the office told.
    pub fn has_table(&self) -> bool {
        self.shown.as_ref().zip(self.ways.told.table.as_ref()).is_some_and(|(shown, table)| {
            let (positions, pacings) = shown.day.ways_needed();
            table.covers(&positions, &pacings)
        })
    }

    /// What the office is to be asked about the ways of the day that is looked at; none if it was, or if it has told already.
    pub fn ask_ways(&mut self) -> Option<Question> {
        if !std::mem::take(&mut self.ways.is_due) {
            return None;
        }
        let (positions, pacings) = self.shown.as_ref()?.day.ways_needed();
        let covers = |table: &Arc<Table>| table.covers(&positions, &pacings);
        // What the office only estimated because its service was silent is asked for again, once there is a reason to.
        let is_known = self.ways.trouble.is_none() && self.ways.told.table.as_ref().is_some_and(covers);
        let question = Question { positions, pacings };
        let is_fitting = (2..=MOST).contains(&question.positions.len()) && !question.pacings.is_empty();
        if is_known || !is_fitting || self.ways.asked.as_ref() == Some(&question) {
            return None;
        }
        self.ways.asked = Some(question.clone());
        Some(question)
    }

    /// The line is back, or a person wants it: what was asked before is not answered any more.
    pub fn ask_ways_again(&mut self) {
        (self.ways.asked, self.ways.is_due) = (None, true);
    }

    /// The office told the ways of a question, a table for each kind and speed; what is not of one source is not taken.
    pub fn ways_told(&mut self, question: Question, told: &[TravelTimes]) {
        let trouble = told.iter().find_map(|times| match times.source {
            TravelSource::FallBack { why, .. } => Some(why),
            TravelSource::Estimate | TravelSource::Service { .. } => None,
        });
        let is_one = told.array_windows().all(|[one, other]| one.source == other.source);
        let matrices = told.iter().map(TravelTimes::matrix).collect::<Result<Vec<_>, _>>();
        let Some(matrices) = matrices.ok().filter(|matrices| is_one && matrices.len() == question.pacings.len()) else {
            self.ways.trouble = trouble.or(Some(TravelTrouble::Wrong));
            return;
        };
        let is_of_them = matrices.iter().all(|matrix| matrix.size() == question.positions.len());
        if !is_of_them {
            self.ways.trouble = Some(TravelTrouble::Wrong);
            return;
        }
        self.ways.trouble = trouble;
        let matrices = question.pacings.into_iter().zip(matrices).collect();
        self.ways.told.turn += 1;
        self.ways.told.table = Some(Arc::new(Table { positions: question.positions, matrices }));
    }
}
