//! The days that a question is about: `from` and `to`, both included, in the house's zone.

use super::bad_id;
use crate::{
    domain::{ids::SiteId, time::Zone},
    office::failure::Failure,
    wire::problem::{Problem, ProblemKind},
};
use jiff::{ToSpan as _, civil::Date};
use std::collections::BTreeMap;

/// Days that are looked at in one question at most.
const DAYS: i32 = 400;

/// From a day to a day, of the house or a site.
#[derive(Clone, Copy, Debug)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
    /// Of this site alone.
    pub site: Option<SiteId>,
}

fn bad(name: &str, why: &str) -> Failure {
    Problem::new(ProblemKind::BadParameter).with("why", why).at(name).into()
}

impl Period {
    /// Reads it from the parameters `from`, `to` and `site`.
    ///
    /// # Errors
    /// A day that is none, an end before the start, too long.
    pub fn read(parameters: &BTreeMap<String, String>) -> Result<Self, Failure> {
        let day = |name: &str| {
            let text = parameters.get(name).ok_or_else(|| bad(name, "a day, such as 2026-03-29"))?;
            text.parse::<Date>().map_err(|_| bad(name, "a day, such as 2026-03-29"))
        };
        let (from, to) = (day("from")?, day("to")?);
        let site = match parameters.get("site") {
            Some(text) => Some(text.parse::<SiteId>().map_err(|_| bad_id("site"))?),
            None => None,
        };
        let days = to.since(from).map_or(-1, |span| span.get_days());
        if !(0..DAYS).contains(&days) {
            return Err(bad("to", "not before `from`, and at most 400 days"));
        }
        Ok(Self { from, to, site })
    }

    /// Its first instant, and the first one after it, as they stand in documents.
    ///
    /// # Errors
    /// It ends with time itself.
    pub fn bounds(&self, zone: &Zone) -> Result<[String; 2], Failure> {
        let after = self.to.checked_add(1.day()).map_err(|_| bad("to", "a day before the end of time"))?;
        let at = |day: Date| zone.first_instant(day.at(0, 0, 0, 0));
        Ok([at(self.from), at(after)].map(|at| at.to_string()))
    }
}
