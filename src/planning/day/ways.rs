//! How long the ways of a day are: those that an office told, else an estimate.

use crate::{
    domain::{leg::Place, position::Position, round::VehicleKind},
    planning::{
        problem::PlaceIndex,
        travel::{Matrix, Pace, Point},
    },
};
use std::sync::Arc;

/// How long ways are reckoned to be.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// How often the table was told anew.
    pub turn: u64,
    /// What an office told; all of a day's ways are taken from it, or none.
    pub table: Option<Arc<Table>>,
}

/// A kind of vehicle and its average speed in km/h.
pub type Pacing = (VehicleKind, u8);

/// The ways between some positions, for some kinds and speeds of vehicles.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The positions, in the order of the matrices' rows.
    pub positions: Vec<Position>,
    /// A matrix for each kind and speed.
    pub matrices: Vec<(Pacing, Matrix)>,
}

impl Table {
    /// Whether it has every way between some positions by some vehicles.
    pub fn covers(&self, positions: &[Position], pacings: &[Pacing]) -> bool {
        let has = |pacing: &Pacing| self.matrices.iter().any(|(known, _)| known == pacing);
        positions.iter().all(|position| self.positions.contains(position)) && pacings.iter().all(has)
    }
}

/// How much longer the way is than the great circle in a town, by what is driven.
const fn detour(kind: VehicleKind) -> f64 {
    match kind {
        VehicleKind::Foot => 1.2,
        VehicleKind::Bike | VehicleKind::CargoBike => 1.25,
        VehicleKind::Van => 1.35,
    }
}

/// A matrix for each kind and speed: of the table if it has every place and every kind, else estimated, one like the other.
pub(super) fn matrices(ways: &Ways, places: &[(Place, Position)], profiles: &[Pacing]) -> Vec<Matrix> {
    let told = ways.table.as_ref().and_then(|table| {
        let rows: Option<Vec<PlaceIndex>> = places
            .iter()
            .map(|(_, at)| table.positions.iter().position(|known| known == at).map(PlaceIndex::from_at))
            .collect();
        let rows = rows?;
        let row = |at: usize| rows.get(at).copied().unwrap_or(PlaceIndex(u32::MAX));
        let of_kind = |pacing: &Pacing| {
            let (_, whole) = table.matrices.iter().find(|(known, _)| known == pacing)?;
            Some(Matrix::new(rows.len(), whole.source().clone(), |from, to| whole.between(row(from), row(to))))
        };
        profiles.iter().map(of_kind).collect::<Option<Vec<_>>>()
    });
    told.unwrap_or_else(|| {
        let points: Vec<Option<Point>> = places.iter().map(|(_, at)| Some(Point::new(at.lat(), at.lon()))).collect();
        let travelling = profiles.iter().map(|(kind, speed)| Pace {
            speed_kmh: f64::from(*speed),
            detour: detour(*kind),
            barriers: Vec::new(),
        });
        travelling.map(|pace| pace.matrix(&points)).collect()
    })
}
