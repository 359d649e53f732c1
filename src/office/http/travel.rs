//! How long ways are: `POST /v1/travel-times`.

use super::{
    App,
    command::json,
    query::staff_only,
    session::{asked, parsed},
};
use crate::wire::{
    problem::{Problem, ProblemKind},
    travel::{AskTravel, MOST},
};
use axum::{
    Json,
    extract::{Request, State},
    response::{IntoResponse, Response},
};

/// `POST /v1/travel-times`
pub async fn times(State(app): State<App>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let headers = parts.headers.clone();
    asked(app, parts.headers, |app, account| async move {
        staff_only(&account.actor)?;
        let question: AskTravel = parsed(&json(&headers, body).await?)?;
        let invalid = |field: &str, why: String| Problem::new(ProblemKind::Invalid).with("why", why).at(field);
        if question.positions.len() > MOST {
            return Err(invalid("positions", format!("at most {MOST} places")).into());
        }
        if question.speed_kmh.is_some_and(|speed| !(1..=130).contains(&speed)) {
            return Err(invalid("speed_kmh", "a speed is 1 to 130 km/h".into()).into());
        }
        Ok(Json(app.travel.times(&question).await).into_response())
    })
    .await
}
