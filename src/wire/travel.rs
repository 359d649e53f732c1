//! How long the ways between places are: what a planner asks an office, and what it answers.

use super::bodies::body;
use crate::{
    domain::{position::Position, round::VehicleKind},
    planning::travel::{Matrix, Ragged, Source},
};
use serde::{Deserialize, Serialize};

/// Places of one question at most.
pub const MOST: usize = 250;

body! {
    /// Places between which all ways are asked for.
    AskTravel {
        /// How one goes.
        vehicle: VehicleKind,
        /// Average speed in km/h, 1 to 130, for an estimate; what is usual for the vehicle if none is told.
        #[serde(default)]
        speed_kmh: Option<u8>,
        /// The places; at most 250.
        positions: Vec<Position>,
    }
}

/// Who says how long ways are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum TravelSource {
    /// The office, by the great circle.
    Estimate,
    /// A table service.
    Service {
        /// The name of its machine.
        host: String,
    },
    /// The office, by the great circle, as the table service did not say.
    FallBack {
        /// The name of its machine.
        host: String,
        /// Why it did not.
        why: TravelTrouble,
    },
}

/// Why a table service did not say how long ways are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TravelTrouble {
    /// It took longer than two seconds.
    Slow,
    /// It cannot be reached, or says that it cannot answer.
    Gone,
    /// What it said is no table of these places.
    Wrong,
}

/// How long the ways are from each place (the rows) to each (the columns); none where no way leads.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct TravelTimes {
    /// Who says so: of the whole table, never of a part of it.
    pub source: TravelSource,
    /// In seconds.
    pub seconds: Vec<Vec<Option<u32>>>,
    /// In metres.
    pub metres: Vec<Vec<Option<u32>>>,
}

impl TravelTimes {
    /// The table as planning reckons with it.
    ///
    /// # Errors
    /// [`Ragged`] if it is not square.
    pub fn matrix(&self) -> Result<Matrix, Ragged> {
        let rows = |rows: &[Vec<Option<u32>>]| -> Vec<Vec<f64>> {
            rows.iter().map(|row| row.iter().map(|figure| figure.map_or(f64::INFINITY, f64::from)).collect()).collect()
        };
        let source = match &self.source {
            TravelSource::Service { host } => Source::Service { url: host.clone() },
            TravelSource::Estimate | TravelSource::FallBack { .. } => Source::Estimate,
        };
        Matrix::from_rows(source, &rows(&self.seconds), &rows(&self.metres))
    }
}
