//! Calls over a real softswitch: Kamailio tells the office, as `docs/kamailio/` sets it up; `SIPp` plays telephones, callers and the provider.

use crate::{
    common::{Engine, House, directory, until},
    kamailio::{Callee, Caller, Dialled, Kamailio, Line},
    recorded::{contacts, lines, named},
};
use loge::{
    domain::ids::OperatorId,
    office::intake::telephony::{Format, tokens},
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};
use std::{path::Path, time::Instant};
use tokio::net::TcpListener;
use wiremock::{Mock, MockServer, ResponseTemplate, matchers::method};

const PERSON: &str = "sip:+33536491234@trunk.example";
const ANONYMOUS: &str = "sip:anonymous@anonymous.invalid";
const HOUSE: &str = "0199000010";
const ELSEWHERE: &str = "0353010001";

/// How long telephones ring in stories where nobody waits for the end of it.
const LONG: u32 = 60_000;
/// And where somebody does.
const SHORT: u32 = 300;

/// An office that a softswitch tells of its calls.
struct Exchange {
    house: House,
    kamailio: Kamailio,
    /// Calls itself by a name of its own.
    first: Line,
    second: Line,
}

impl Exchange {
    async fn open(engine: Engine, ring_ms: u32) -> Self {
        let house = House::open(engine).await;
        directory(&house.manager).await;
        let name = "softswitch".parse().unwrap();
        let token = tokens::add(&house.office.app.store, &name, Format::Cti).await.unwrap();
        let kamailio = Kamailio::start(&format!("{}/v1/intake/calls/{token}", house.office.url()), ring_ms);
        let first = kamailio.register("204", "k3j9x").await;
        let second = kamailio.register("205", "205").await;
        Self { house, kamailio, first, second }
    }

    /// The call, once its line stands so.
    async fn call(&self, id: &str, line: &str) -> Value {
        let stands = async || lines(&self.house, "softswitch").await.contains(&(id.to_owned(), line.to_owned()));
        until(&format!("{id} is {line}; {}", self.kamailio.log()), stands).await;
        contacts(&self.house, "softswitch").await.into_iter().find(|(known, _)| known == id).unwrap().1
    }

    async fn close(self) {
        drop(self.kamailio);
        self.house.office.stop().await;
    }
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn of_two_telephones_that_ring_the_one_that_is_answered_has_the_call_until_it_ends(#[case] engine: Engine) {
    let exchange = Exchange::open(engine, LONG).await;
    let Exchange { house, kamailio, first, second } = &exchange;
    let karim: OperatorId = fresh();
    let body =
        json!({ "login": "karim", "name": "Karim", "roles": ["operator"], "sites": "all", "extensions": ["204"] });
    house.manager.gives("operator.create", karim, body).await;
    for (call, caller, callee) in
        [("caller", Caller::HangsUp, Callee::Answers), ("callee", Caller::Listens, Callee::HangsUp)]
    {
        let answered = kamailio.takes(first, callee, 1).await;
        let told_to_stop = kamailio.takes(second, Callee::Rings, 1).await;
        kamailio.call_in(caller, Dialled::one(call, PERSON, HOUSE)).done().await;
        answered.done().await;
        told_to_stop.done().await;
        let row = exchange.call(&format!("{call}-1"), "ended").await;
        let origin = &row["origin"];
        assert_eq!(origin["from"], json!({ "kind": "number", "value": "+33536491234" }));
        assert_eq!((&origin["ring"]["to"], &origin["direction"]), (&json!(HOUSE), &json!("in")));
        assert_eq!(origin["answer"]["extension"], "204", "whatever the telephone calls itself");
        assert_eq!(origin["answered_by"], json!(karim));
        assert_eq!(origin["hangup"]["cause"], "normal_clearing");
        assert_eq!(origin.get("others"), None, "that the other telephone was told to stop is no end of the call");
        let claims = format!(
            "SELECT count(*) FROM claim WHERE subject_id = '{}' AND doc ->> 'operator_id' = '{karim}'",
            row["id"].as_str().unwrap()
        );
        assert_eq!(house.number(&claims).await, 1, "who answers has it");
    }
    exchange.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_calls_in_vain_is_to_be_called_back_whatever_came_between(#[case] engine: Engine) {
    let exchange = Exchange::open(engine, SHORT).await;
    let Exchange { kamailio, first, second, .. } = &exchange;
    for (call, caller, callee, cause) in [
        ("gave-up", Caller::GivesUp, Callee::Rings, "cancel"),
        ("unanswered", Caller::IsRefused, Callee::Rings, "no_answer"),
        ("away", Caller::IsRefused, Callee::Refuses("480 Temporarily Unavailable"), "no_answer"),
        ("busy", Caller::IsRefused, Callee::Refuses("486 Busy Here"), "busy"),
        ("no-such-number", Caller::IsRefused, Callee::Refuses("404 Not Found"), "not_found"),
        ("congested", Caller::IsRefused, Callee::Refuses("503 Service Unavailable"), "congestion"),
        ("passed-on", Caller::IsRefused, Callee::Refuses("302 Moved Temporarily"), "forwarded"),
    ] {
        let ringing = [kamailio.takes(first, callee, 1).await, kamailio.takes(second, callee, 1).await];
        kamailio.call_in(caller, Dialled::one(call, PERSON, HOUSE)).done().await;
        for telephone in ringing {
            telephone.done().await;
        }
        let row = exchange.call(&format!("{call}-1"), "missed").await;
        assert_eq!(row["origin"]["hangup"]["cause"], cause, "{call}");
        assert_eq!(row["origin"].get("others"), None, "{call}: it ends once");
        assert_eq!(row["state"], "open", "{call}");
        let clocks: Vec<_> = row["clocks"].as_array().unwrap().iter().map(|clock| &clock["kind"]).collect();
        assert!(clocks.contains(&&json!("callback")), "{call}: {clocks:?}");
    }
    exchange.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_hides_their_number_stays_hidden(#[case] engine: Engine) {
    let exchange = Exchange::open(engine, LONG).await;
    let Exchange { kamailio, first, second, .. } = &exchange;
    let callers = [
        Dialled::one("hidden", ANONYMOUS, HOUSE),
        Dialled { privacy: "user;critical", ..Dialled::one("asks", PERSON, HOUSE) },
        Dialled::one("nameless", "sip:trunk.example", HOUSE),
    ];
    for dialled in callers {
        let ringing = [kamailio.takes(first, Callee::Rings, 1).await, kamailio.takes(second, Callee::Rings, 1).await];
        kamailio.call_in(Caller::GivesUp, dialled).done().await;
        for telephone in ringing {
            telephone.done().await;
        }
        let row = exchange.call(&format!("{}-1", dialled.name), "missed").await;
        assert_eq!(row["origin"]["from"], json!({ "kind": "hidden" }), "{}", dialled.name);
    }
    exchange.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn calls_that_go_out_are_told_and_calls_within_the_house_are_not(#[case] engine: Engine) {
    let exchange = Exchange::open(engine, SHORT).await;
    let Exchange { house, kamailio, first, second } = &exchange;
    let busy = Callee::Refuses("486 Busy Here");
    let ringing = [kamailio.takes(first, busy, 1).await, kamailio.takes(second, busy, 1).await];
    kamailio.call_in(Caller::IsRefused, Dialled::one("in", PERSON, HOUSE)).done().await;
    for telephone in ringing {
        telephone.done().await;
    }
    let missed = exchange.call("in-1", "missed").await;
    let provider = kamailio.provider();
    let answered = kamailio.takes(&provider, Callee::Answers, 1).await;
    kamailio.call_out(Caller::HangsUp, Dialled::one("back", "sip:204@house.example", "0536491234")).done().await;
    answered.done().await;
    let back = exchange.call("back-1", "ended").await;
    assert_eq!(back["origin"]["direction"], "out");
    assert_eq!(back["origin"]["from"], json!({ "kind": "number", "value": "+33536491234" }), "the other end");
    assert_eq!(back["origin"]["answer"]["extension"], "204", "who speaks is who called");
    assert_eq!(back["origin"]["callback_of"], missed["id"]);
    let refused = kamailio.takes(&provider, Callee::Refuses("404 Not Found"), 1).await;
    kamailio.call_out(Caller::IsRefused, Dialled::one("wrong", "sip:204@house.example", ELSEWHERE)).done().await;
    refused.done().await;
    let wrong = exchange.call("wrong-1", "missed").await;
    assert_eq!(
        (&wrong["origin"]["direction"], &wrong["origin"]["hangup"]["cause"]),
        (&json!("out"), &json!("not_found"))
    );
    let answered = kamailio.takes(second, Callee::Answers, 1).await;
    kamailio.call_out(Caller::HangsUp, Dialled::one("within", "sip:204@house.example", "205")).done().await;
    answered.done().await;
    // What is told is told in order: nothing of the call before comes after this one.
    let answered = kamailio.takes(&provider, Callee::Answers, 1).await;
    kamailio.call_out(Caller::HangsUp, Dialled::one("last", "sip:205@house.example", "3949")).done().await;
    answered.done().await;
    let last = exchange.call("last-1", "ended").await;
    assert_eq!(last["origin"]["from"], json!({ "kind": "internal", "value": "3949" }), "no telephone of the house");
    assert_eq!(
        [&wrong["state"], &last["state"]],
        ["wrapped_up"; 2],
        "a call that the house made asks nothing of anybody"
    );
    let told: Vec<_> = lines(house, "softswitch").await.into_iter().map(|(id, _)| id).collect();
    assert_eq!(told, ["back-1", "in-1", "last-1", "wrong-1"]);
    exchange.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn twenty_calls_at_once_are_twenty_calls(#[case] engine: Engine) {
    let exchange = Exchange::open(engine, LONG).await;
    let Exchange { house, kamailio, first, second } = &exchange;
    let answered = kamailio.takes(first, Callee::Answers, 20).await;
    let told_to_stop = kamailio.takes(second, Callee::Rings, 20).await;
    kamailio.call_in(Caller::HangsUp, Dialled { calls: 20, ..Dialled::one("many", PERSON, HOUSE) }).done().await;
    answered.done().await;
    told_to_stop.done().await;
    let mut expected: Vec<_> = (1..=20).map(|call| (format!("many-{call}"), "ended".to_owned())).collect();
    expected.sort();
    until("every call is over", async || lines(house, "softswitch").await == expected).await;
    for (id, row) in contacts(house, "softswitch").await {
        assert_eq!(row["origin"]["answer"]["extension"], "204", "{id}");
        assert_eq!(row["origin"].get("others"), None, "{id}");
    }
    exchange.close().await;
}

#[tokio::test]
async fn an_office_that_says_nothing_delays_no_call() {
    // Takes connections, and never a word on them.
    let deaf = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let kamailio = Kamailio::start(&format!("http://{}/", deaf.local_addr().unwrap()), LONG);
    let telephone = kamailio.register("204", "204").await;
    let answered = kamailio.takes(&telephone, Callee::Answers, 3).await;
    let begun = Instant::now();
    kamailio.call_in(Caller::HangsUp, Dialled { calls: 3, ..Dialled::one("while-deaf", PERSON, HOUSE) }).done().await;
    answered.done().await;
    assert!(begun.elapsed().as_secs() < 3, "Kamailio waits four seconds for an answer, and no call waits with it");
    let (_held, _) = deaf.accept().await.unwrap();
}

#[tokio::test]
async fn the_address_is_a_secret_also_while_nobody_is_there() {
    let closed = TcpListener::bind(("127.0.0.1", 0)).await.unwrap().local_addr().unwrap();
    let kamailio = Kamailio::start(&format!("http://{closed}/v1/intake/calls/a-secret"), LONG);
    kamailio.call_in(Caller::IsRefused, Dialled::one("c", PERSON, HOUSE)).done().await;
    until("it is told", async || kamailio.log().contains("Loge does not answer (7): what there is to tell waits"))
        .await;
    assert!(!kamailio.log().contains("a-secret"), "{}", kamailio.log());
}

/// What was sent, in its order.
async fn bodies(office: &MockServer) -> Vec<String> {
    let requests = office.received_requests().await.unwrap();
    requests.into_iter().map(|request| String::from_utf8(request.body).unwrap()).collect()
}

#[tokio::test]
async fn what_an_office_could_not_take_is_told_again_in_its_order_and_what_it_refuses_is_not() {
    let office = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(503)).up_to_n_times(1).mount(&office).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(422)).up_to_n_times(1).mount(&office).await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&office).await;
    let kamailio = Kamailio::start(&office.uri(), LONG);
    let telephone = kamailio.register("204", "204").await;
    let answered = kamailio.takes(&telephone, Callee::Answers, 1).await;
    kamailio.call_in(Caller::HangsUp, Dialled::one("c", PERSON, HOUSE)).done().await;
    answered.done().await;
    until("all is told", async || bodies(&office).await.len() == 4).await;
    let told = bodies(&office).await;
    let kinds: Vec<_> = told.iter().map(|body| body.split('&').next().unwrap()).collect();
    assert_eq!(kinds, ["event=newCall", "event=newCall", "event=answer", "event=hangup"]);
    assert!(kamailio.log().contains("Loge refuses (422) what there was to tell of call c-1"), "{}", kamailio.log());
    assert!(!kamailio.log().contains("536491234"), "the log names calls, and nobody's number");
}

/// A session, call after call: `UPDATE_RECORDED=1` writes down anew what Kamailio sends in it.
#[tokio::test]
async fn the_recorded_session_is_what_kamailio_sends() {
    let office = MockServer::start().await;
    Mock::given(method("POST")).respond_with(ResponseTemplate::new(200)).mount(&office).await;
    let kamailio = Kamailio::start(&office.uri(), SHORT);
    let begun = Instant::now();
    let mut text: Vec<(u64, String)> = Vec::new();
    let first = kamailio.register("204", "k3j9x").await;
    let second = kamailio.register("205", "205").await;
    let provider = kamailio.provider();
    let busy = Callee::Refuses("486 Busy Here");
    let unknown = Callee::Refuses("404 Not Found");
    let (out, answers) = (Dialled::one("out", "sip:204@house.example", "0536491234"), Callee::Answers);
    for (caller, dialled, callees, events) in [
        (
            Caller::HangsUp,
            Dialled::one("answered", PERSON, HOUSE),
            vec![(&first, answers), (&second, Callee::Rings)],
            3,
        ),
        (
            Caller::GivesUp,
            Dialled::one("gave-up", ANONYMOUS, HOUSE),
            vec![(&first, Callee::Rings), (&second, Callee::Rings)],
            2,
        ),
        (
            Caller::IsRefused,
            Dialled::one("unanswered", PERSON, HOUSE),
            vec![(&first, Callee::Rings), (&second, Callee::Rings)],
            2,
        ),
        (Caller::IsRefused, Dialled::one("busy", PERSON, HOUSE), vec![(&first, busy), (&second, busy)], 2),
        (Caller::IsRefused, Dialled::one("unknown", PERSON, HOUSE), vec![(&first, unknown), (&second, unknown)], 2),
        (Caller::HangsUp, out, vec![(&provider, answers)], 3),
    ] {
        let mut ringing = Vec::new();
        for (line, callee) in callees {
            ringing.push(kamailio.takes(line, callee, 1).await);
        }
        let call =
            if dialled.name == "out" { kamailio.call_out(caller, dialled) } else { kamailio.call_in(caller, dialled) };
        call.done().await;
        for telephone in ringing {
            telephone.done().await;
        }
        let expected = text.len() + events;
        until("the call is told", async || bodies(&office).await.len() == expected).await;
        let second = begun.elapsed().as_secs();
        text.extend(bodies(&office).await.split_off(text.len()).into_iter().map(|body| (second, body)));
    }
    let requests = office.received_requests().await.unwrap();
    assert!(requests.iter().all(|request| request.headers["content-type"] == "application/x-www-form-urlencoded"));
    if std::env::var_os("UPDATE_RECORDED").is_some() {
        let parts: Vec<_> = text.iter().map(|(second, body)| format!("at {second}\n{body}\n")).collect();
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/intake/recorded/cti/kamailio.txt");
        std::fs::write(file, parts.join("---\n")).unwrap();
    }
    let sent: Vec<_> = text.into_iter().map(|(_, body)| body).collect();
    let recorded: Vec<_> = named("cti", "kamailio").deliveries().into_iter().map(|(_, body)| body).collect();
    assert_eq!(sent, recorded);
}
