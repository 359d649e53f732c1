//! How long ways are: a table service of the house's own if it has one and that answers in time, else an estimate. The source is always
//! that of the whole table, so that no plan mixes both. What the service told last is remembered for who cannot wait for it.

mod osrm;
mod valhalla;

use crate::{
    client::tls,
    config::travel::{Barrier, TableService, Travel as Settings},
    domain::{
        position::Position,
        round::{Vehicle, VehicleKind},
    },
    planning::travel::{self, Pace, Point},
    wire::travel::{AskTravel, MOST, TravelSource, TravelTimes, TravelTrouble},
};
use futures_util::StreamExt as _;
use reqwest::{RequestBuilder, redirect::Policy};
use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// The longest that a table service may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// The most that is read of its answer.
const LARGEST: usize = 8 * 1024 * 1024;

/// Tables of the service that are remembered.
const REMEMBERED: usize = 8;

/// Who knows how long ways are.
#[derive(Clone, Debug)]
pub struct Travel {
    settings: Settings,
    http: Option<reqwest::Client>,
    /// What the service told, the newest first.
    told: Arc<Mutex<VecDeque<Told>>>,
}

/// A table that the service told.
#[derive(Debug)]
struct Told {
    vehicle: VehicleKind,
    positions: Vec<Position>,
    times: TravelTimes,
}

impl Told {
    /// The ways between some of its places; none if it has not all of them.
    fn between(&self, positions: &[Position]) -> Option<TravelTimes> {
        let place = |position: &Position| self.positions.iter().position(|known| known == position);
        let places: Vec<usize> = positions.iter().map(place).collect::<Option<_>>()?;
        let part = |rows: &Rows| -> Option<Rows> {
            let cell = |row: usize, column: &usize| rows.get(row)?.get(*column).copied();
            places.iter().map(|row| places.iter().map(|column| cell(*row, column)).collect()).collect()
        };
        let source = self.times.source.clone();
        Some(TravelTimes { source, seconds: part(&self.times.seconds)?, metres: part(&self.times.metres)? })
    }
}

/// A table as a service answers: rows of seconds and of metres.
#[derive(Debug, PartialEq)]
struct Table {
    seconds: Vec<Vec<Option<f64>>>,
    metres: Vec<Vec<Option<f64>>>,
}

impl Travel {
    /// By these settings. Only addresses of the configuration are ever asked, and no other that they point to.
    pub fn new(settings: Settings) -> Self {
        tls::install();
        let client = || reqwest::Client::builder().redirect(Policy::none()).no_proxy().timeout(PATIENCE);
        let http = settings.service.is_some().then(|| client().build().ok()).flatten();
        Self { settings, http, told: Arc::default() }
    }

    /// How long all ways between some places are.
    pub async fn times(&self, asked: &AskTravel) -> TravelTimes {
        let Some((service, http)) = self.settings.service.as_ref().zip(self.http.as_ref()) else {
            return self.estimate(asked, TravelSource::Estimate);
        };
        let (TableService::Osrm(url) | TableService::Valhalla(url)) = service;
        let host = url.url().host_str().unwrap_or_default().to_owned();
        if asked.positions.is_empty() || asked.positions.len() > MOST {
            return self.estimate(asked, TravelSource::Estimate);
        }
        let request = match service {
            TableService::Osrm(url) => osrm::request(http, url, asked),
            TableService::Valhalla(url) => valhalla::request(http, url, asked),
        };
        let read = match service {
            TableService::Osrm(_) => osrm::read,
            TableService::Valhalla(_) => valhalla::read,
        };
        let answered = async {
            let answer = answer(request).await?;
            let table = read(&answer).ok_or(TravelTrouble::Wrong)?;
            whole(table, asked.positions.len()).ok_or(TravelTrouble::Wrong)
        };
        match answered.await {
            Ok((seconds, metres)) => {
                let times = TravelTimes { source: TravelSource::Service { host }, seconds, metres };
                self.remember(asked, &times);
                times
            }
            Err(why) => {
                tracing::warn!(host, ?why, "the table service does not say how long ways are; they are estimated");
                self.estimate(asked, TravelSource::FallBack { host, why })
            }
        }
    }

    /// How long they are as the service told of all of these places lately; asked of it if it did not.
    pub async fn lately(&self, asked: &AskTravel) -> TravelTimes {
        match self.remembered(asked) {
            Some(times) => times,
            None => self.times(asked).await,
        }
    }

    /// How long they are without waiting for anybody: as the service told lately, else estimated.
    pub fn at_once(&self, asked: &AskTravel) -> TravelTimes {
        self.remembered(asked).unwrap_or_else(|| self.estimate(asked, TravelSource::Estimate))
    }

    fn remembered(&self, asked: &AskTravel) -> Option<TravelTimes> {
        let told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.iter().filter(|told| told.vehicle == asked.vehicle).find_map(|told| told.between(&asked.positions))
    }

    fn remember(&self, asked: &AskTravel, times: &TravelTimes) {
        let AskTravel { vehicle, positions, .. } = asked.clone();
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        told.retain(|known| (known.vehicle, &known.positions) != (vehicle, &positions));
        told.push_front(Told { vehicle, positions, times: times.clone() });
        told.truncate(REMEMBERED);
    }

    /// By the great circle, so much longer than it, over the bridges of what is in the way, at the vehicle's speed.
    fn estimate(&self, asked: &AskTravel, source: TravelSource) -> TravelTimes {
        let speed = asked.speed_kmh.filter(|speed| *speed > 0).unwrap_or(Vehicle::usual(asked.vehicle).speed_kmh);
        let points = |positions: &[Position]| positions.iter().copied().map(point).collect();
        let barrier = |barrier: &Barrier| travel::Barrier {
            course: points(&barrier.course),
            crossings: points(&barrier.crossings),
        };
        let pace = Pace {
            speed_kmh: speed.into(),
            detour: f64::from(self.settings.detour.get()) / 100.0,
            barriers: self.settings.barriers.iter().map(barrier).collect(),
        };
        let way = |from: &Position, to: &Position| {
            if from == to { travel::Travel::NONE } else { pace.between(point(*from), point(*to)) }
        };
        let rows = |figure: fn(travel::Travel) -> f64| -> Rows {
            let row = |from| asked.positions.iter().map(|to| whole_number(figure(way(from, to)))).collect();
            asked.positions.iter().map(row).collect()
        };
        TravelTimes { source, seconds: rows(|way| way.time), metres: rows(|way| way.distance) }
    }
}

fn point(position: Position) -> Point {
    Point::new(position.lat(), position.lon())
}

/// The name of a vehicle's way, as services call it: on foot, by bicycle, by car.
fn profile(vehicle: VehicleKind, names: [&'static str; 3]) -> &'static str {
    let [foot, bike, car] = names;
    match vehicle {
        VehicleKind::Foot => foot,
        VehicleKind::Bike | VehicleKind::CargoBike => bike,
        VehicleKind::Van => car,
    }
}

/// What a service answers, if it does in time and with no more than is read.
async fn answer(request: RequestBuilder) -> Result<Vec<u8>, TravelTrouble> {
    let trouble = |error: reqwest::Error| if error.is_timeout() { TravelTrouble::Slow } else { TravelTrouble::Gone };
    let response = request.send().await.map_err(trouble)?;
    if !response.status().is_success() {
        return Err(TravelTrouble::Gone);
    }
    let mut bytes = Vec::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        bytes.extend_from_slice(&piece.map_err(trouble)?);
        if bytes.len() > LARGEST {
            return Err(TravelTrouble::Wrong);
        }
    }
    Ok(bytes)
}

type Rows = Vec<Vec<Option<u32>>>;

/// A table of so many places in whole numbers; none if it is of others, or a way is no length.
fn whole(table: Table, places: usize) -> Option<(Rows, Rows)> {
    let rows = |rows: Vec<Vec<Option<f64>>>| -> Option<Rows> {
        let square = rows.len() == places && rows.iter().all(|row| row.len() == places);
        let cell = |cell: Option<f64>| match cell {
            None => Some(None),
            Some(figure) => whole_number(figure).map(Some),
        };
        if !square {
            return None;
        }
        rows.into_iter().map(|row| row.into_iter().map(cell).collect::<Option<Vec<_>>>()).collect()
    };
    Some((rows(table.seconds)?, rows(table.metres)?))
}

/// A length in whole units; none if it is none.
fn whole_number(figure: f64) -> Option<u32> {
    let fits = figure.is_finite() && (0.0..=f64::from(u32::MAX)).contains(&figure);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "in range, as was just checked")]
    let whole = figure.round() as u32;
    fits.then_some(whole)
}

#[cfg(test)]
mod tests;
