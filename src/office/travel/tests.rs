//! What a table service says is taken as a whole, or not at all.

use super::*;
use rstest::rstest;
use serde_json::{Value, json};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_partial_json, method, path, query_param},
};

fn asked() -> AskTravel {
    let place = |text: &str| text.parse().unwrap();
    AskTravel {
        vehicle: VehicleKind::CargoBike,
        speed_kmh: None,
        positions: vec![place("44.841250, -0.645700"), place("44.878400, -0.607900")],
    }
}

fn osrm(url: &str) -> Travel {
    Travel::new(Settings { service: Some(TableService::Osrm(url.parse().unwrap())), ..Settings::default() })
}

async fn answering(template: ResponseTemplate) -> (MockServer, TravelTimes) {
    let server = MockServer::start().await;
    Mock::given(method("GET")).respond_with(template).mount(&server).await;
    let times = osrm(&server.uri()).times(&asked()).await;
    (server, times)
}

fn table() -> Value {
    json!({ "code": "Ok", "durations": [[0, 1201.4], [1188.6, 0.0]], "distances": [[0, 6100.2], [6099.0, 0]] })
}

#[tokio::test]
async fn an_estimate_needs_nobody_and_is_longer_than_the_great_circle() {
    let times = Travel::new(Settings::default()).times(&asked()).await;
    assert_eq!(times.source, TravelSource::Estimate);
    // 5.1 km as the crow flies, 30 % more on the way, at 13 km/h.
    let (there, back) = (times.metres[0][1].unwrap(), times.metres[1][0].unwrap());
    assert!((6500..6700).contains(&there) && there == back, "{there}");
    assert!((1800..1860).contains(&times.seconds[0][1].unwrap()), "{:?}", times.seconds);
    assert_eq!((times.seconds[0][0], times.metres[1][1]), (Some(0), Some(0)));
    let faster = AskTravel { speed_kmh: Some(26), ..asked() };
    let faster = Travel::new(Settings::default()).times(&faster).await;
    assert!(faster.seconds[0][1] < times.seconds[0][1]);
}

#[tokio::test]
async fn an_estimate_goes_over_the_bridges_of_a_river() {
    let position = |text: &str| text.parse().unwrap();
    let ask = AskTravel { positions: vec![position("44.84, -0.57"), position("44.84, -0.55")], ..asked() };
    let straight = Travel::new(Settings::default()).times(&ask).await.metres[0][1].unwrap();
    let river = Barrier {
        course: vec![position("44.80, -0.56"), position("44.90, -0.56")],
        crossings: vec![position("44.87, -0.56")],
    };
    let settings = Settings { barriers: vec![river], ..Settings::default() };
    let over = Travel::new(settings).times(&ask).await.metres[0][1].unwrap();
    assert!(over > 3 * straight, "{over} m, and {straight} m straight");
}

#[tokio::test]
async fn a_service_of_osrm_is_asked_for_seconds_and_metres_by_the_profile_of_the_vehicle() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .and(path("/table/v1/bike/-0.645700,44.841250;-0.607900,44.878400"))
        .and(query_param("annotations", "duration,distance"))
        .respond_with(ResponseTemplate::new(200).set_body_json(table()))
        .expect(1)
        .mount(&server)
        .await;
    let times = osrm(&server.uri()).times(&asked()).await;
    assert_eq!(times.source, TravelSource::Service { host: "127.0.0.1".into() });
    assert_eq!(times.seconds, [[Some(0), Some(1201)], [Some(1189), Some(0)]]);
    assert_eq!(times.metres, [[Some(0), Some(6100)], [Some(6099), Some(0)]]);
}

#[tokio::test]
async fn a_service_of_valhalla_is_asked_and_answers_in_kilometres() {
    let server = MockServer::start().await;
    let way =
        |time: Value, distance: Value| json!({ "time": time, "distance": distance, "from_index": 0, "to_index": 0 });
    let rows = json!([
        [way(json!(0), json!(0)), way(json!(1201), json!(6.1))],
        [way(json!(null), json!(null)), way(json!(0), json!(0))]
    ]);
    Mock::given(method("POST"))
        .and(path("/sources_to_targets"))
        .and(body_partial_json(json!({ "costing": "bicycle" })))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "sources_to_targets": rows })))
        .mount(&server)
        .await;
    let service = Some(TableService::Valhalla(server.uri().parse().unwrap()));
    let times = Travel::new(Settings { service, ..Settings::default() }).times(&asked()).await;
    assert_eq!(times.metres, [[Some(0), Some(6100)], [None, Some(0)]]);
    assert_eq!(times.seconds[1][0], None, "no way leads there");
}

#[tokio::test]
async fn what_cannot_be_reached_by_any_way_is_none() {
    let mut said = table();
    said["durations"][0][1] = json!(null);
    let (_server, times) = answering(ResponseTemplate::new(200).set_body_json(said)).await;
    assert_eq!((times.seconds[0][1], times.metres[0][1]), (None, Some(6100)));
}

#[rstest]
#[case::no_json(ResponseTemplate::new(200).set_body_string("<html>"), TravelTrouble::Wrong)]
#[case::another_code(ResponseTemplate::new(200).set_body_json(json!({ "code": "NoTable", "durations": [], "distances": [] })), TravelTrouble::Wrong)]
#[case::another_size(ResponseTemplate::new(200).set_body_json(json!({ "code": "Ok", "durations": [[0]], "distances": [[0]] })), TravelTrouble::Wrong)]
#[case::ragged(ResponseTemplate::new(200).set_body_json(json!({ "code": "Ok", "durations": [[0, 1], [2]], "distances": [[0, 1], [2, 0]] })), TravelTrouble::Wrong)]
#[case::below_zero(ResponseTemplate::new(200).set_body_json(json!({ "code": "Ok", "durations": [[0, -1], [2, 0]], "distances": [[0, 1], [2, 0]] })), TravelTrouble::Wrong)]
#[case::distances_missing(ResponseTemplate::new(200).set_body_json(json!({ "code": "Ok", "durations": [[0, 1], [2, 0]] })), TravelTrouble::Wrong)]
#[case::too_large(ResponseTemplate::new(200).set_body_bytes(vec![b' '; LARGEST + 1]), TravelTrouble::Wrong)]
#[case::broken(ResponseTemplate::new(500), TravelTrouble::Gone)]
#[case::elsewhere(ResponseTemplate::new(302).insert_header("location", "http://127.0.0.1:9/table"), TravelTrouble::Gone)]
#[tokio::test]
async fn what_a_service_says_that_is_no_table_is_estimated_as_a_whole(
    #[case] template: ResponseTemplate,
    #[case] why: TravelTrouble,
) {
    let (_server, times) = answering(template).await;
    assert_eq!(times.source, TravelSource::FallBack { host: "127.0.0.1".into(), why });
    let estimated = Travel::new(Settings::default()).times(&asked()).await;
    assert_eq!((times.seconds, times.metres), (estimated.seconds, estimated.metres));
}

#[tokio::test]
async fn a_service_that_is_slow_or_gone_is_not_waited_for() {
    let late = ResponseTemplate::new(200).set_body_json(table()).set_delay(Duration::from_secs(30));
    let began = std::time::Instant::now();
    let (_server, times) = answering(late).await;
    assert!(began.elapsed() < Duration::from_secs(10));
    assert!(matches!(times.source, TravelSource::FallBack { why: TravelTrouble::Slow, .. }), "{:?}", times.source);
    // Nobody listens on the port that was just let go.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let times = osrm(&format!("http://{free}")).times(&asked()).await;
    assert!(matches!(times.source, TravelSource::FallBack { why: TravelTrouble::Gone, .. }), "{:?}", times.source);
}

#[tokio::test]
async fn who_cannot_wait_is_told_what_the_service_told_before_and_else_an_estimate() {
    let server = MockServer::start().await;
    Mock::given(method("GET"))
        .respond_with(ResponseTemplate::new(200).set_body_json(table()))
        .expect(1)
        .mount(&server)
        .await;
    let travel = osrm(&server.uri());
    let estimated = Travel::new(Settings::default()).times(&asked()).await;
    assert_eq!(travel.at_once(&asked()), estimated, "nobody has asked yet");
    let told = travel.times(&asked()).await;
    assert_eq!(travel.at_once(&asked()), told);
    assert_eq!(travel.lately(&asked()).await, told, "it is not asked twice");
    // Some of its places, in another order.
    let back = AskTravel { positions: asked().positions.into_iter().rev().collect(), ..asked() };
    assert_eq!(travel.at_once(&back).seconds, [[Some(0), Some(1189)], [Some(1201), Some(0)]]);
    let van = AskTravel { vehicle: VehicleKind::Van, ..asked() };
    assert_eq!(travel.at_once(&van).source, TravelSource::Estimate, "of a van it has told nothing");
}

#[tokio::test]
async fn nothing_is_asked_about_no_place() {
    let none = AskTravel { positions: Vec::new(), ..asked() };
    let times = osrm("http://127.0.0.1:9").times(&none).await;
    assert_eq!((times.source, times.seconds.len()), (TravelSource::Estimate, 0));
}
