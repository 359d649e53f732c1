use super::*;
use crate::{
    domain::{
        entity::EntityKind,
        ids::{ClaimId, CommandKey},
        operator::Operator,
    },
    wire::{
        bodies::{Nothing, Renew},
        catalogue::{CATALOGUE, Command},
        fresh,
        problem::ProblemKind,
        query::SetPassword,
    },
};
use rstest::rstest;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpSocket},
};
use wiremock::{
    Mock, MockServer, ResponseTemplate,
    matchers::{body_json, header, method, path, query_param},
};

/// Waits short enough for a test.
pub(super) fn options() -> Options {
    let pace = Pace { first: Duration::from_millis(1), longest: Duration::from_millis(2), ..Pace::default() };
    Options { pace, ..Options::default() }
}

pub(super) fn client(addresses: &[String]) -> Client {
    Client::new(addresses.iter().map(|address| address.parse().unwrap()).collect(), options()).unwrap()
}

/// An address at which nobody listens; the socket keeps it from others.
pub(super) fn nobody() -> (String, TcpSocket) {
    let socket = TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    (format!("http://{}", socket.local_addr().unwrap()), socket)
}

/// An address at which the first connection gets this text, whatever it asks, and the line is closed.
async fn raw(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        let (mut line, _) = listener.accept().await.unwrap();
        let mut asked = [0; 4096];
        assert!(line.read(&mut asked).await.unwrap() > 0);
        line.write_all(answer.as_bytes()).await.unwrap();
    });
    address
}

fn release() -> (CommandKey, ClaimId, Command) {
    let id: ClaimId = fresh();
    (fresh(), id, Command::ReleaseClaim { id, body: Nothing {} })
}

fn done(key: CommandKey) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_json(json!({ "key": key, "changes": [] }))
}

fn problem(kind: ProblemKind) -> ResponseTemplate {
    let body = serde_json::to_vec(&Problem::new(kind)).unwrap();
    ResponseTemplate::new(kind.status()).set_body_raw(body, "application/problem+json; charset=utf-8")
}

async fn always(answer: ResponseTemplate) -> MockServer {
    let server = MockServer::start().await;
    Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    server
}

fn operator() -> serde_json::Value {
    let fields = json!({ "login": "lea", "name": "Léa Fictive", "roles": ["operator"], "sites": "all" });
    serde_json::to_value(Operator::create(fresh(), serde_json::from_value(fields).unwrap()).unwrap()).unwrap()
}

#[tokio::test]
async fn a_command_goes_to_its_route_with_key_token_language_and_body() {
    let (key, id, command) = release();
    let office = MockServer::start().await;
    Mock::given(method("POST"))
        .and(path(format!("/v1/claims/{id}/release")))
        .and(header("idempotency-key", key.to_string()))
        .and(header("authorization", "Bearer abc"))
        .and(header("accept-language", "fr"))
        .and(header("content-type", "application/json"))
        .and(body_json(json!({})))
        .respond_with(done(key))
        .expect(1)
        .mount(&office)
        .await;
    let client = client(&[office.uri()]).with_token(Token::try_from("abc").unwrap());
    assert_eq!(client.send(key, &command).await.unwrap().key, key);
}

#[tokio::test]
async fn a_command_without_subject_goes_to_a_route_without_id() {
    let key = fresh();
    let office = MockServer::start().await;
    Mock::given(path("/loge/v1/claims/renew")).respond_with(done(key)).expect(1).mount(&office).await;
    let client = client(&[format!("{}/loge/", office.uri())]);
    client.send(key, &Command::RenewClaims { body: Renew { claims: Vec::new() } }).await.unwrap();
}

#[test]
fn every_route_of_a_command_has_no_other_placeholder_than_its_subject() {
    for entry in CATALOGUE {
        assert!(!entry.path.replacen("{id}", "", 1).contains('{'), "{entry:?}");
    }
}

#[tokio::test]
async fn a_held_command_of_a_trainee_is_done() {
    let (key, _, command) = release();
    let held = ResponseTemplate::new(202).set_body_json(json!({ "key": key, "changes": [] }));
    let office = always(held).await;
    assert_eq!(client(&[office.uri()]).send(key, &command).await.unwrap().key, key);
}

#[rstest]
#[case::no(ProblemKind::FieldsMoved)]
#[case::login(ProblemKind::NotLoggedIn)]
#[case::fault(ProblemKind::Fault)]
#[tokio::test]
async fn the_offices_no_is_a_problem(#[case] kind: ProblemKind) {
    let office = always(problem(kind)).await;
    let (key, _, command) = release();
    let Err(ClientError::Problem(told)) = client(&[office.uri()]).send(key, &command).await else {
        panic!("no problem")
    };
    assert_eq!(told.known(), Some(kind));
    assert_eq!(told.status, kind.status());
}

#[rstest]
#[case::gateway(ResponseTemplate::new(502).set_body_string("<h1>Bad Gateway</h1>"), true)]
#[case::page(ResponseTemplate::new(404).set_body_string("<h1>Not Found</h1>"), false)]
#[case::redirect(ResponseTemplate::new(307).insert_header("location", "/elsewhere"), false)]
#[case::no_json(ResponseTemplate::new(200).set_body_string("done"), false)]
#[case::no_problem(ResponseTemplate::new(409).set_body_raw("{}", "application/problem+json"), false)]
#[tokio::test]
async fn what_is_no_offices_answer_is_undecided_or_senseless(
    #[case] answer: ResponseTemplate,
    #[case] undecided: bool,
) {
    let office = always(answer).await;
    let (key, _, command) = release();
    let error = client(&[office.uri()]).send(key, &command).await.unwrap_err();
    assert_eq!(error.is_undecided(), undecided, "{error:?}");
    assert_eq!(matches!(error, ClientError::Protocol(_)), !undecided, "{error:?}");
    assert_eq!(office.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_answer_that_breaks_off_leaves_the_outcome_open() {
    let cut = raw("HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{\"key\":").await;
    let (key, _, command) = release();
    let error = client(&[cut]).send(key, &command).await.unwrap_err();
    assert!(matches!(error, ClientError::Unreachable(Outage::Cut(_))), "{error:?}");
}

#[tokio::test]
async fn an_office_that_is_not_there_is_unreachable() {
    let (key, _, command) = release();
    let (absent, _socket) = nobody();
    let error = client(&[absent]).send(key, &command).await.unwrap_err();
    assert!(matches!(error, ClientError::Unreachable(Outage::NoConnection(_))), "{error:?}");
}

#[tokio::test]
async fn the_next_office_is_asked_when_one_is_not_there_or_stops_and_then_stays_the_first() {
    let (key, _, command) = release();
    let stopping = always(problem(ProblemKind::Unavailable)).await;
    let working = always(done(key)).await;
    let (absent, _socket) = nobody();
    let client = client(&[absent, stopping.uri(), working.uri()]);
    client.send(key, &command).await.unwrap();
    client.send(key, &command).await.unwrap();
    assert_eq!(stopping.received_requests().await.unwrap().len(), 1);
    assert_eq!(working.received_requests().await.unwrap().len(), 2);
}

#[tokio::test]
async fn an_office_that_says_no_is_not_passed_over() {
    let (key, _, command) = release();
    let refusing = always(problem(ProblemKind::Busy)).await;
    let other = always(done(key)).await;
    let error = client(&[refusing.uri(), other.uri()]).send(key, &command).await.unwrap_err();
    assert!(matches!(error, ClientError::Problem(_)), "{error:?}");
    assert!(other.received_requests().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_command_is_repeated_under_its_key_until_an_office_decides() {
    let (key, _, command) = release();
    let office = MockServer::start().await;
    Mock::given(method("POST")).respond_with(problem(ProblemKind::Unavailable)).up_to_n_times(2).mount(&office).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(504)).up_to_n_times(1).mount(&office).await;
    Mock::given(header("idempotency-key", key.to_string())).respond_with(done(key)).expect(1).mount(&office).await;
    client(&[office.uri()]).send_until_answered(key, &command).await.unwrap();
    assert_eq!(office.received_requests().await.unwrap().len(), 4);
}

#[tokio::test]
async fn a_no_to_the_session_before_says_nothing_of_the_one_that_has_taken_its_place() {
    let office = MockServer::start().await;
    let (key, _, command) = release();
    let client = client(&[office.uri()]).with_token(Token::try_from("before").unwrap());
    let clone = client.clone();
    let late = move |_: &wiremock::Request| {
        clone.go_on_with(Token::try_from("now").unwrap());
        problem(ProblemKind::NotLoggedIn)
    };
    Mock::given(header("authorization", "Bearer before")).respond_with(late).expect(1).mount(&office).await;
    Mock::given(header("authorization", "Bearer now")).respond_with(done(key)).expect(1).mount(&office).await;
    client.send(key, &command).await.unwrap();
    client.go_on_with(Token::try_from("over").unwrap());
    Mock::given(header("authorization", "Bearer over"))
        .respond_with(problem(ProblemKind::NotLoggedIn))
        .expect(1)
        .mount(&office)
        .await;
    assert!(matches!(client.send(key, &command).await, Err(ClientError::Problem(_))), "a no to this session stands");
}

#[tokio::test]
async fn a_no_is_not_repeated() {
    let (key, _, command) = release();
    let office = always(problem(ProblemKind::IllegalMove)).await;
    client(&[office.uri()]).send_until_answered(key, &command).await.unwrap_err();
    assert_eq!(office.received_requests().await.unwrap().len(), 1);
}

#[tokio::test]
async fn who_logs_in_is_known_until_they_log_out() {
    let office = MockServer::start().await;
    let operator = operator();
    let session = json!({ "token": "tok-1", "expires_at": "2026-11-25T13:00:00Z", "operator": operator });
    Mock::given(method("POST"))
        .and(path("/v1/login"))
        .and(body_json(json!({ "login": "lea", "password": "correct horse" })))
        .respond_with(ResponseTemplate::new(200).set_body_json(session))
        .mount(&office)
        .await;
    Mock::given(path("/v1/me"))
        .and(header("authorization", "Bearer tok-1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(&operator))
        .mount(&office)
        .await;
    Mock::given(path("/v1/me")).respond_with(problem(ProblemKind::NotLoggedIn)).mount(&office).await;
    Mock::given(method("DELETE"))
        .and(path("/v1/session"))
        .respond_with(ResponseTemplate::new(204))
        .mount(&office)
        .await;

    let client = client(&[office.uri()]);
    let clone = client.clone();
    client.log_in("lea".parse().unwrap(), "correct horse".to_owned()).await.unwrap();
    assert_eq!(clone.me().await.unwrap().fields.name.as_str(), "Léa Fictive");
    clone.log_in("lea".parse().unwrap(), "correct horse".to_owned()).await.unwrap();
    let asked = office.received_requests().await.unwrap();
    assert!(
        asked
            .iter()
            .filter(|asked| asked.url.path() == "/v1/login")
            .all(|asked| !asked.headers.contains_key("authorization"))
    );
    clone.log_out().await.unwrap();
    assert!(matches!(client.me().await, Err(ClientError::Problem(_))));
}

#[tokio::test]
async fn no_secret_is_in_what_is_shown_of_a_client() {
    let token = Token::try_from("s3cr3t").unwrap();
    let client = client(&["https://office.example".to_owned()]).with_token(token.clone());
    let shown = format!("{client:?} {token:?}");
    assert!(shown.contains("office.example") && !shown.contains("s3cr3t"), "{shown}");
}

#[rstest]
#[case("")]
#[case("a b")]
#[case("a\nb")]
#[case("é")]
fn what_could_break_a_header_is_no_token(#[case] text: &str) {
    assert_eq!(Token::try_from(text), Err(BadToken));
}

#[test]
fn plain_http_beyond_loopback_is_refused() {
    let made = Client::new(vec!["http://office.example".parse().unwrap()], options());
    assert!(matches!(made, Err(SetupError::Refused { why: RefusedUrl::PlainHttp, .. })));
}

#[test]
fn a_file_without_certificates_is_named() {
    let file = tempfile::NamedTempFile::new().unwrap();
    let options = Options { ca_file: Some(file.path().to_owned()), ..options() };
    let Err(error) = Client::new(vec!["https://office.example".parse().unwrap()], options) else { panic!("accepted") };
    assert!(error.to_string().contains(file.path().to_str().unwrap()), "{error}");
}

#[tokio::test]
async fn a_snapshot_of_many_rows_is_read_as_it_is() {
    let row = r#"{"id":1,"name":"café  "}"#;
    let rows = vec![row; 20_000].join(",");
    let body = format!(r#"{{"seq":7,"at":"2026-11-24T13:00:00Z","rows":{{"request":[{rows}]}},"newer":true}}"#);
    let office = always(ResponseTemplate::new(200).set_body_raw(body, "application/json")).await;
    let snapshot = client(&[office.uri()]).snapshot().await.unwrap();
    assert_eq!(snapshot.seq.0, 7);
    let requests = &snapshot.rows[&EntityKind::Request];
    assert_eq!(requests.len(), 20_000);
    assert_eq!(requests[19_999].get(), row);
}

#[tokio::test]
async fn a_snapshot_that_breaks_off_is_no_answer() {
    let cut = raw("HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\n{\"seq\":7,").await;
    let error = client(&[cut]).snapshot().await.unwrap_err();
    assert!(matches!(error, ClientError::Unreachable(Outage::Cut(_))), "{error:?}");
}

#[tokio::test]
async fn rows_pages_and_searches_are_asked_for_by_their_routes() {
    let office = MockServer::start().await;
    let id = uuid::Uuid::nil();
    let page = ResponseTemplate::new(200).set_body_json(json!({ "rows": [{ "id": 1 }], "next": "c2" }));
    Mock::given(path("/v1/requests"))
        .and(query_param("limit", "50"))
        .and(query_param("after", "c1"))
        .and(query_param("state", "new & open"))
        .respond_with(page.clone())
        .expect(1)
        .mount(&office)
        .await;
    Mock::given(path("/v1/search"))
        .and(query_param("q", "pressing é+"))
        .respond_with(page)
        .expect(1)
        .mount(&office)
        .await;
    Mock::given(path(format!("/v1/beneficiaries/{id}")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!({ "id": id })))
        .expect(1)
        .mount(&office)
        .await;
    Mock::given(path(format!("/v1/requests/{id}/history")))
        .respond_with(ResponseTemplate::new(200).set_body_json(json!([])))
        .expect(1)
        .mount(&office)
        .await;
    Mock::given(method("POST"))
        .and(path(format!("/v1/operators/{id}/password")))
        .and(body_json(json!({ "present": null, "new": "long enough" })))
        .respond_with(ResponseTemplate::new(204))
        .expect(1)
        .mount(&office)
        .await;

    let client = client(&[office.uri()]);
    let filters = [Filter { field: "state", value: "new & open".to_owned() }];
    let got = client.page(EntityKind::Request, Some("c1"), 50.try_into().unwrap(), &filters).await.unwrap();
    assert_eq!(got.next.as_deref(), Some("c2"));
    assert_eq!(client.search("pressing é+").await.unwrap().rows.len(), 1);
    assert!(client.row(EntityKind::Beneficiary, id).await.unwrap().get().contains("0000"));
    assert!(client.history(EntityKind::Request, id).await.unwrap().is_empty());
    client.set_password(id.into(), &SetPassword { present: None, new: "long enough".to_owned() }).await.unwrap();
}
