//! The matrix of Valhalla: `/sources_to_targets`, in its HTTP API of version 3.

use super::{Table, profile};
use crate::{config::OfficeUrl, wire::travel::AskTravel};
use reqwest::{Client, RequestBuilder};
use serde::Deserialize;
use serde_json::json;

pub(super) fn request(http: &Client, url: &OfficeUrl, asked: &AskTravel) -> RequestBuilder {
    let costing = profile(asked.vehicle, ["pedestrian", "bicycle", "auto"]);
    let places: Vec<_> =
        asked.positions.iter().map(|place| json!({ "lat": place.lat(), "lon": place.lon() })).collect();
    let base = url.url().as_str().trim_end_matches('/');
    let body = json!({ "sources": places, "targets": places, "costing": costing, "units": "kilometers" });
    http.post(format!("{base}/sources_to_targets")).json(&body)
}

#[derive(Deserialize)]
struct Answer {
    sources_to_targets: Vec<Vec<Way>>,
}

#[derive(Deserialize)]
struct Way {
    /// Seconds.
    time: Option<f64>,
    /// Kilometres.
    distance: Option<f64>,
}

pub(super) fn read(bytes: &[u8]) -> Option<Table> {
    let answer: Answer = serde_json::from_slice(bytes).ok()?;
    let rows = |figure: fn(&Way) -> Option<f64>| {
        answer.sources_to_targets.iter().map(|row| row.iter().map(figure).collect()).collect()
    };
    Some(Table { seconds: rows(|way| way.time), metres: rows(|way| way.distance.map(|km| km * 1000.0)) })
}
