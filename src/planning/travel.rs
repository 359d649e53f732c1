//! How long every way is: a matrix, from wherever its figures come, and the estimate that needs nothing but coordinates.

use super::problem::PlaceIndex;
use serde::{Deserialize, Serialize};

/// How long a way is.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Travel {
    /// In the problem's unit of time.
    pub time: f64,
    /// In the problem's unit of distance.
    pub distance: f64,
}

impl Travel {
    /// To where one is.
    pub const NONE: Self = Self { time: 0.0, distance: 0.0 };

    /// To where no way leads.
    pub const NEVER: Self = Self { time: f64::INFINITY, distance: f64::INFINITY };

    /// As it was told; what is no number, or below zero, is no way.
    pub fn told(time: f64, distance: f64) -> Self {
        let fine = |figure: f64| figure.is_finite() && figure >= 0.0;
        if fine(time) && fine(distance) { Self { time, distance } } else { Self::NEVER }
    }

    /// Whether a way leads there.
    pub fn is_possible(self) -> bool {
        self.time.is_finite()
    }
}

/// Where the figures of a matrix come from; shown with the plan.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Source {
    /// Given with the problem.
    Given,
    /// Great circle, detour and speed.
    Estimate,
    /// A table service.
    Service {
        /// Which one.
        url: String,
    },
}

/// A table of figures that is not as wide as it is high.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{rows} rows of times and {distances} of distances, all {rows} long, were expected; row {row} is not")]
pub struct Ragged {
    /// How many rows of times there are.
    pub rows: usize,
    /// How many rows of distances there are.
    pub distances: usize,
    /// The first row at fault.
    pub row: usize,
}

/// The ways between all places for one kind of vehicle; there and back may differ.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Matrix {
    size: usize,
    ways: Vec<Travel>,
    source: Source,
}

impl Matrix {
    /// Asks for every way between so many places.
    pub fn new(size: usize, source: Source, mut way: impl FnMut(usize, usize) -> Travel) -> Self {
        let ways = (0..size)
            .flat_map(|from| (0..size).map(move |to| (from, to)))
            .map(|(from, to)| {
                let told = way(from, to);
                Travel::told(told.time, told.distance)
            })
            .collect();
        Self { size, ways, source }
    }

    /// From a table of times and one of distances, as a table service answers.
    ///
    /// # Errors
    /// [`Ragged`] if they are not square, or not of one size.
    pub fn from_rows(source: Source, times: &[Vec<f64>], distances: &[Vec<f64>]) -> Result<Self, Ragged> {
        let rows = times.len();
        let ragged = |row| Ragged { rows, distances: distances.len(), row };
        if distances.len() != rows {
            return Err(ragged(rows.min(distances.len())));
        }
        let mut ways = Vec::with_capacity(rows * rows);
        for (row, (times, distances)) in times.iter().zip(distances).enumerate() {
            if times.len() != rows || distances.len() != rows {
                return Err(ragged(row));
            }
            ways.extend(times.iter().zip(distances).map(|(time, distance)| Travel::told(*time, *distance)));
        }
        Ok(Self { size: rows, ways, source })
    }

    /// How many places it knows.
    pub const fn size(&self) -> usize {
        self.size
    }

    /// Where its figures come from.
    pub const fn source(&self) -> &Source {
        &self.source
    }

    /// The way from one place to another; none leads to a place that it does not know.
    pub fn between(&self, from: PlaceIndex, to: PlaceIndex) -> Travel {
        if to.at() < self.size {
            self.ways.get(from.at() * self.size + to.at()).copied().unwrap_or(Travel::NEVER)
        } else {
            Travel::NEVER
        }
    }
}

/// A point on the globe.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// Degrees north.
    pub latitude: f64,
    /// Degrees east.
    pub longitude: f64,
}

/// The mean radius of the earth in metres.
const EARTH: f64 = 6_371_008.8;

impl Point {
    /// A point by its degrees.
    pub const fn new(latitude: f64, longitude: f64) -> Self {
        Self { latitude, longitude }
    }

    /// Metres along the great circle, by the haversine formula.
    pub fn metres_to(self, other: Self) -> f64 {
        let (from, to) = (self.latitude.to_radians(), other.latitude.to_radians());
        let (north, east) = (to - from, (other.longitude - self.longitude).to_radians());
        let chord = (north / 2.0).sin().powi(2) + from.cos() * to.cos() * (east / 2.0).sin().powi(2);
        2.0 * EARTH * chord.sqrt().min(1.0).asin()
    }

    /// On which side of the line from `a` to `b` it lies: above, below or at zero.
    fn side(self, a: Self, b: Self) -> f64 {
        (b.longitude - a.longitude) * (self.latitude - a.latitude)
            - (b.latitude - a.latitude) * (self.longitude - a.longitude)
    }
}

/// What cannot be crossed but in some places: a river with its bridges, a railway with its underpasses.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Barrier {
    /// Its course, point by point.
    pub course: Vec<Point>,
    /// Where it can be crossed.
    pub crossings: Vec<Point>,
}

impl Barrier {
    /// Whether the straight way between two points crosses it.
    fn parts(&self, from: Point, to: Point) -> bool {
        self.course
            .array_windows()
            .any(|[a, b]| from.side(*a, *b) * to.side(*a, *b) < 0.0 && a.side(from, to) * b.side(from, to) <= 0.0)
    }
}

/// How an estimate reckons for one kind of vehicle.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Pace {
    /// Average speed in km/h.
    pub speed_kmh: f64,
    /// How much longer the way is than the great circle: 1.3 in a town.
    pub detour: f64,
    /// What is in the way.
    pub barriers: Vec<Barrier>,
}

impl Pace {
    /// The way between two points in seconds and metres. Over a barrier it goes by the crossing with the shortest way; over several, by the one
    /// that takes it furthest out of its way, for they mostly lie along each other.
    pub fn between(&self, from: Point, to: Point) -> Travel {
        let straight = from.metres_to(to);
        let by_crossings = |barrier: &Barrier| {
            let ways = barrier.crossings.iter().map(|over| from.metres_to(*over) + over.metres_to(to));
            ways.fold(f64::INFINITY, f64::min)
        };
        let parted = self.barriers.iter().filter(|barrier| barrier.parts(from, to));
        let metres = self.detour * parted.map(by_crossings).fold(straight, f64::max);
        Travel::told(metres * 3.6 / self.speed_kmh, metres)
    }

    /// The ways between all points in seconds and metres; none leads to a point that is not known.
    pub fn matrix(&self, points: &[Option<Point>]) -> Matrix {
        Matrix::new(points.len(), Source::Estimate, |from, to| match (points.get(from), points.get(to)) {
            (Some(Some(_)), Some(Some(_))) if from == to => Travel::NONE,
            (Some(Some(from)), Some(Some(to))) => self.between(*from, *to),
            _ => Travel::NEVER,
        })
    }
}
