//! The bodies of commands on recurring orders.

use super::bodies::body;
use crate::domain::{
    ids::RequestId,
    recurring::RecurringState,
    request::{RequestNumber, RequestState},
    texts::ShortText,
    time::{deserialize_date, deserialize_date_or_none},
};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// What becomes of the dates that are made already and not given to anybody yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AlreadyMade {
    /// They stay.
    #[default]
    Keep,
    /// Their requests are cancelled, with the reason of the command.
    CallOff,
}

body! {
    /// No date of these days is made. What is made of them already and still open after the command is told in `aside.open`.
    PauseRecurring {
        /// The state that was seen.
        seen: RecurringState,
        /// The first day.
        #[serde(deserialize_with = "deserialize_date")]
        #[cfg_attr(feature = "office", schema(value_type = String, format = Date, example = "2026-12-21"))]
        from: Date,
        /// The last day; until it is resumed if none.
        #[serde(default, deserialize_with = "deserialize_date_or_none")]
        #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date, example = "2027-01-03"))]
        to: Option<Date>,
        /// What becomes of the dates of these days that are made already.
        #[serde(default)]
        made: AlreadyMade,
        /// Why; needed where something is called off.
        #[serde(default)]
        reason: Option<ShortText>,
    }
}

body! {
    /// It rests no more, from a day on.
    ResumeRecurring {
        /// The state that was seen.
        seen: RecurringState,
        /// The first day on which dates are made again; today if none.
        #[serde(default, deserialize_with = "deserialize_date_or_none")]
        #[cfg_attr(feature = "office", schema(value_type = Option<String>, format = Date, example = "2026-12-28"))]
        from: Option<Date>,
    }
}

body! {
    /// Nothing is made of it any more. What is made already and still open after the command is told in `aside.open`.
    EndRecurring {
        /// The state that was seen.
        seen: RecurringState,
        /// Why.
        reason: ShortText,
        /// What becomes of the dates that are made already.
        #[serde(default)]
        made: AlreadyMade,
    }
}

/// A date that is made and still open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenDate {
    /// Its request.
    pub request_id: RequestId,
    /// The request's number.
    pub number: RequestNumber,
    /// Which date.
    pub date: Date,
    /// Where the request stands.
    pub state: RequestState,
}
