//! Reads the files of Li & Lim: pickup and delivery with time windows, as benchmarks are told everywhere.

use super::{
    problem::{Job, Load, PlaceIndex, Problem, Skills, Stop, Vehicle, Window},
    travel::{Matrix, Source, Travel},
};
use std::collections::HashMap;

/// Why a file is not of that format. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum InstanceError {
    /// Nothing stands in it.
    #[error("the file is empty: its first line tells the number of vehicles, their capacity and speed")]
    Empty,
    /// A line has other than so many figures.
    #[error("line {line}: {expected} figures are expected, {found} were found")]
    Figures {
        /// Which line.
        line: usize,
        /// How many there should be.
        expected: usize,
        /// How many there are.
        found: usize,
    },
    /// Something is no number, or not one that can stand there.
    #[error("line {line}: \"{word}\" is not {expected}")]
    NotANumber {
        /// Which line.
        line: usize,
        /// What stands there.
        word: String,
        /// What should.
        expected: &'static str,
    },
    /// The stops are not numbered one after the other.
    #[error("line {line}: stop {expected} is expected, {found} was found")]
    Order {
        /// Which line.
        line: usize,
        /// The number that should stand there.
        expected: usize,
        /// The number that does.
        found: usize,
    },
    /// There is no depot.
    #[error("line 2: the depot is missing: stop 0, whose latest time is the end of the day")]
    NoDepot,
    /// A pickup and its delivery do not name each other.
    #[error("line {line}: stop {stop} names {other} as the other end of its job, which does not name it")]
    Unpaired {
        /// Which line.
        line: usize,
        /// The stop.
        stop: usize,
        /// What it names.
        other: usize,
    },
    /// A delivery brings something else than was picked up.
    #[error("line {line}: the delivery brings {delivered}, its pickup took {taken}")]
    Unbalanced {
        /// The delivery's line.
        line: usize,
        /// How much it brings.
        delivered: i64,
        /// How much was taken.
        taken: i64,
    },
}

/// One line of stops.
struct Row {
    line: usize,
    at: (f64, f64),
    demand: i64,
    window: Window,
    service: f64,
    pickup: usize,
    delivery: usize,
}

/// A problem as a file tells it, with the file's numbers of both stops of each job.
#[derive(Clone, Debug, PartialEq)]
pub struct Instance {
    /// The problem; its first place is the depot.
    pub problem: Problem,
    /// For each job the file's numbers of its pickup and of its delivery.
    pub numbers: Vec<(usize, usize)>,
}

impl Instance {
    /// Reads a file.
    ///
    /// # Errors
    /// [`InstanceError`] with the line at fault.
    pub fn read(text: &str) -> Result<Self, InstanceError> {
        let mut lines =
            text.lines().enumerate().map(|(at, line)| (at + 1, line)).filter(|(_, line)| !line.trim().is_empty());
        let (line, head) = lines.next().ok_or(InstanceError::Empty)?;
        let [vehicles, capacity, _speed] = figures(line, head)?;
        let count: usize = number(line, vehicles, "a number of vehicles")?;
        let capacity: u32 = number(line, capacity, "a capacity")?;
        let mut rows = Vec::new();
        for (line, text) in lines {
            rows.push(row(line, text, rows.len())?);
        }
        let depot = rows.first().ok_or(InstanceError::NoDepot)?;

        let mut places: Vec<(f64, f64)> = Vec::new();
        let mut known: HashMap<(u64, u64), PlaceIndex> = HashMap::new();
        let mut place = |at: (f64, f64)| {
            *known.entry((at.0.to_bits(), at.1.to_bits())).or_insert_with(|| {
                places.push(at);
                PlaceIndex::from_at(places.len() - 1)
            })
        };
        let home = place(depot.at);
        let (mut jobs, mut numbers) = (Vec::new(), Vec::new());
        for (pickup, row) in rows.iter().enumerate().skip(1) {
            let (Some(other), true) =
                (rows.get(row.delivery.max(row.pickup)), (row.delivery == 0) != (row.pickup == 0))
            else {
                return Err(unpaired(row, pickup));
            };
            if row.delivery == 0 {
                if other.delivery != pickup {
                    return Err(unpaired(row, pickup));
                }
                continue;
            }
            if other.pickup != pickup {
                return Err(unpaired(row, pickup));
            }
            let (taken, delivered) = (row.demand, other.demand.saturating_neg());
            let load = u32::try_from(taken).ok().filter(|_| taken == delivered);
            let load = load.ok_or(InstanceError::Unbalanced { line: other.line, delivered, taken })?;
            let mut stop =
                |row: &Row| Stop { place: Some(place(row.at)), windows: vec![row.window], service: row.service };
            jobs.push(Job::new(stop(row), stop(other), Load::of(load)));
            numbers.push((pickup, row.delivery));
        }
        let matrix = Matrix::new(places.len(), Source::Given, |from, to| match (places.get(from), places.get(to)) {
            (Some(from), Some(to)) => {
                let (east, north) = (from.0 - to.0, from.1 - to.1);
                let long = (east * east + north * north).sqrt();
                Travel { time: long, distance: long }
            }
            _ => Travel::NEVER,
        });
        let vehicle = Vehicle {
            profile: 0,
            capacity: Load::of(capacity),
            skills: Skills::default(),
            shift: depot.window,
            start: Some(home),
            end: Some(home),
            begun: Vec::new(),
        };
        let problem = Problem { matrices: vec![matrix], vehicles: vec![vehicle; count], jobs };
        Ok(Self { problem, numbers })
    }
}

fn unpaired(row: &Row, stop: usize) -> InstanceError {
    InstanceError::Unpaired { line: row.line, stop, other: row.delivery.max(row.pickup) }
}

fn row(line: usize, text: &str, expected: usize) -> Result<Row, InstanceError> {
    let [stop, x, y, demand, earliest, latest, service, pickup, delivery] = figures(line, text)?;
    let found: usize = number(line, stop, "the number of a stop")?;
    if found != expected {
        return Err(InstanceError::Order { line, expected, found });
    }
    Ok(Row {
        line,
        at: (real(line, x, "a coordinate")?, real(line, y, "a coordinate")?),
        demand: number(line, demand, "a demand")?,
        window: Window::new(real(line, earliest, "a time")?, real(line, latest, "a time")?),
        service: real(line, service, "a time")?,
        pickup: number(line, pickup, "the number of a stop")?,
        delivery: number(line, delivery, "the number of a stop")?,
    })
}

fn figures<const N: usize>(line: usize, text: &str) -> Result<[&str; N], InstanceError> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let found = words.len();
    words.try_into().map_err(|_| InstanceError::Figures { line, expected: N, found })
}

fn number<T: std::str::FromStr>(line: usize, word: &str, expected: &'static str) -> Result<T, InstanceError> {
    word.parse().map_err(|_| InstanceError::NotANumber { line, word: word.to_owned(), expected })
}

fn real(line: usize, word: &str, expected: &'static str) -> Result<f64, InstanceError> {
    number(line, word, expected).and_then(|figure: f64| {
        if figure.is_finite() {
            Ok(figure)
        } else {
            Err(InstanceError::NotANumber { line, word: word.to_owned(), expected })
        }
    })
}
