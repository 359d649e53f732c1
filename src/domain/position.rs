//! A position on the Earth, as precise as a doorstep: what planning measures distances between.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A position in WGS 84, kept in millionths of a degree (about a tenth of a metre); written as `{"lat": 44.837789, "lon": -0.57918}`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Degrees", into = "Degrees")]
pub struct Position {
    lat_e6: i32,
    lon_e6: i32,
}

/// A position as it is written.
#[derive(Clone, Copy, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct Degrees {
    /// Degrees north, -90 to 90.
    #[cfg_attr(feature = "office", schema(minimum = -90, maximum = 90))]
    lat: f64,
    /// Degrees east, -180 to 180.
    #[cfg_attr(feature = "office", schema(minimum = -180, maximum = 180))]
    lon: f64,
}

/// Why a position was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "a position is a latitude of -90 to 90 and a longitude of -180 to 180 degrees: write it as 44.837789, -0.579180"
)]
pub struct NotAPosition;

impl Position {
    /// The position at so many degrees north and east.
    ///
    /// # Errors
    /// Out of range, or no number.
    pub fn new(lat: f64, lon: f64) -> Result<Self, NotAPosition> {
        let in_range = (-90.0..=90.0).contains(&lat) && (-180.0..=180.0).contains(&lon);
        if !in_range {
            return Err(NotAPosition);
        }
        #[expect(clippy::cast_possible_truncation, reason = "at most 180,000,000, as was just checked")]
        let millionths = |degrees: f64| (degrees * 1e6).round() as i32;
        Ok(Self { lat_e6: millionths(lat), lon_e6: millionths(lon) })
    }

    /// Degrees north.
    pub fn lat(self) -> f64 {
        f64::from(self.lat_e6) / 1e6
    }

    /// Degrees east.
    pub fn lon(self) -> f64 {
        f64::from(self.lon_e6) / 1e6
    }
}

impl TryFrom<Degrees> for Position {
    type Error = NotAPosition;

    fn try_from(degrees: Degrees) -> Result<Self, NotAPosition> {
        Self::new(degrees.lat, degrees.lon)
    }
}

impl From<Position> for Degrees {
    fn from(position: Position) -> Self {
        Self { lat: position.lat(), lon: position.lon() }
    }
}

#[cfg(feature = "office")]
impl utoipa::PartialSchema for Position {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        <Degrees as utoipa::PartialSchema>::schema()
    }
}

#[cfg(feature = "office")]
impl utoipa::ToSchema for Position {}

impl std::str::FromStr for Position {
    type Err = NotAPosition;

    /// Reads `44.837789, -0.579180`, as maps give it: latitude first.
    fn from_str(text: &str) -> Result<Self, NotAPosition> {
        let (lat, lon) = text.split_once([',', ';']).ok_or(NotAPosition)?;
        let degrees = |text: &str| text.trim().parse().map_err(|_| NotAPosition);
        Self::new(degrees(lat)?, degrees(lon)?)
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.6}, {:.6}", self.lat(), self.lon())
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Position({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_position_off_the_earth_is_refused() {
        for wrong in ["90.1, 0", "0, 180.5", "NaN, 0", "inf, 0", "44.8", "", "north, east"] {
            assert_eq!(wrong.parse::<Position>(), Err(NotAPosition), "{wrong}");
        }
        assert!(serde_json::from_str::<Position>(r#"{"lat": 91, "lon": 0}"#).is_err());
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(lat in -90.0..=90.0_f64, lon in -180.0..=180.0_f64) {
            let position = Position::new(lat, lon).unwrap();
            prop_assert_eq!(position.to_string().parse(), Ok(position));
            let json = serde_json::to_string(&position).unwrap();
            prop_assert_eq!(serde_json::from_str::<Position>(&json).unwrap(), position);
        }
    }
}
