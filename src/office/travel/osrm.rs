//! The table service of OSRM: `/table/v1/{profile}/{longitude},{latitude};…?annotations=duration,distance`, in its HTTP API of version 5.

use super::{Table, profile};
use crate::{config::OfficeUrl, wire::travel::AskTravel};
use reqwest::{Client, RequestBuilder};
use serde::Deserialize;

pub(super) fn request(http: &Client, url: &OfficeUrl, asked: &AskTravel) -> RequestBuilder {
    let profile = profile(asked.vehicle, ["foot", "bike", "car"]);
    let places: Vec<String> =
        asked.positions.iter().map(|place| format!("{:.6},{:.6}", place.lon(), place.lat())).collect();
    let base = url.url().as_str().trim_end_matches('/');
    http.get(format!("{base}/table/v1/{profile}/{}?annotations=duration,distance", places.join(";")))
}

#[derive(Deserialize)]
struct Answer {
    code: String,
    durations: Vec<Vec<Option<f64>>>,
    distances: Vec<Vec<Option<f64>>>,
}

pub(super) fn read(bytes: &[u8]) -> Option<Table> {
    let answer: Answer = serde_json::from_slice(bytes).ok()?;
    (answer.code == "Ok").then_some(Table { seconds: answer.durations, metres: answer.distances })
}
