//! `[office.travel]`: how long ways are, as planning reckons: an estimate, or a table service of the house's own.

use super::{ConfigError, NotAccepted, OfficeUrl};
use crate::domain::position::Position;
use serde::Deserialize;

/// How much longer a way is than the great circle, in percent: 100 to 400, 130 by default.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "u16")]
pub struct DetourPercent(u16);

impl DetourPercent {
    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }
}

impl Default for DetourPercent {
    fn default() -> Self {
        Self(130)
    }
}

impl TryFrom<u16> for DetourPercent {
    type Error = NotAccepted;

    fn try_from(percent: u16) -> Result<Self, NotAccepted> {
        if (100..=400).contains(&percent) { Ok(Self(percent)) } else { Err(NotAccepted) }
    }
}

/// A table service: it answers how long all ways between some places are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableService {
    /// In OSRM's protocol.
    Osrm(OfficeUrl),
    /// In Valhalla's.
    Valhalla(OfficeUrl),
}

/// What cannot be crossed but in some places: a river with its bridges.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Barrier {
    /// Its course, point by point.
    pub course: Vec<Position>,
    /// Where it can be crossed.
    pub crossings: Vec<Position>,
}

/// How long ways are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Travel {
    /// What is in the way, where no service says.
    pub barriers: Vec<Barrier>,
    /// How much longer than the great circle, where no service says.
    pub detour: DetourPercent,
    /// Who says; an estimate if none.
    pub service: Option<TableService>,
}

/// `[office.travel]` as it is written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Table {
    osrm: Option<OfficeUrl>,
    valhalla: Option<OfficeUrl>,
    detour_percent: Option<DetourPercent>,
    barrier: Vec<Barrier>,
}

impl Table {
    /// The settings.
    pub(super) fn settle(self) -> Result<Travel, ConfigError> {
        let service = match (self.osrm, self.valhalla) {
            (Some(_), Some(_)) => return Err(ConfigError::TwoTableServices),
            (Some(url), None) => Some(TableService::Osrm(url)),
            (None, Some(url)) => Some(TableService::Valhalla(url)),
            (None, None) => None,
        };
        Ok(Travel { barriers: self.barrier, detour: self.detour_percent.unwrap_or_default(), service })
    }
}
