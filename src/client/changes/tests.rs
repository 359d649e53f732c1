use super::*;
use crate::{
    client::tests::{client, nobody},
    wire::fresh,
};
use proptest::prelude::*;
use serde_json::json;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::mpsc,
};

/// An office that streams what it is told to.
struct Office {
    address: String,
    lines: mpsc::UnboundedReceiver<(String, TcpStream)>,
}

impl Office {
    async fn open() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (told, lines) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            while let Ok((mut line, _)) = listener.accept().await {
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(line.read_u8().await.unwrap());
                }
                let _ = told.send((String::from_utf8(head).unwrap().to_lowercase(), line));
            }
        });
        Self { address, lines }
    }

    /// The next request's head, and the line to answer on.
    async fn asked(&mut self) -> (String, TcpStream) {
        self.lines.recv().await.unwrap()
    }

    /// The next request is answered with a stream that begins so.
    async fn streams(&mut self, events: impl AsRef<str>) -> (String, TcpStream) {
        let (head, mut line) = self.asked().await;
        let answer = format!(
            "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n{}",
            events.as_ref()
        );
        line.write_all(answer.as_bytes()).await.unwrap();
        (head, line)
    }

    async fn refuses(&mut self, kind: ProblemKind) {
        let (_, mut line) = self.asked().await;
        let body = serde_json::to_string(&Problem::new(kind)).unwrap();
        let status = kind.status();
        let length = body.len();
        let answer = format!(
            "HTTP/1.1 {status} No\r\ncontent-type: application/problem+json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        line.write_all(answer.as_bytes()).await.unwrap();
    }
}

fn change(seq: i64) -> String {
    let data = json!({
        "seq": seq, "at": "2026-11-24T13:00:00Z", "author": { "kind": "system" }, "command": fresh::<uuid::Uuid>(), "kind": "put",
        "entity": "request", "id": uuid::Uuid::nil(), "version": 1, "state": { "name": "Zoé Fictive, 12 €" }, "newer": 1,
    });
    format!("event: change\nid: {seq}\ndata: {data}\n\n")
}

fn alive(seq: i64) -> String {
    format!("event: alive\nid: {seq}\ndata: {{\"seq\":{seq}}}\n\n")
}

/// An event in a few characters.
fn short(event: &StreamEvent) -> String {
    match event {
        StreamEvent::Connected { seq, .. } => format!("connected {}", seq.0),
        StreamEvent::Change(change) => format!("change {}", change.seq.0),
        StreamEvent::Alive { seq } => format!("alive {}", seq.0),
        StreamEvent::Reset(problem) => format!("reset {}", problem.status),
        StreamEvent::Disconnected { why, .. } => match why {
            ClientError::Problem(problem) => format!("disconnected {}", problem.status),
            ClientError::Unreachable(Outage::NoConnection(_)) => "disconnected nobody".to_owned(),
            ClientError::Unreachable(Outage::TimedOut) => "disconnected silence".to_owned(),
            ClientError::Unreachable(_) => "disconnected cut".to_owned(),
            ClientError::Protocol(why) => format!("disconnected senseless: {why}"),
        },
        StreamEvent::Ended(problem) => format!("ended {}", problem.status),
    }
}

async fn next(stream: &mut ChangeStream, count: usize) -> Vec<String> {
    let mut told = Vec::new();
    for _ in 0..count {
        told.push(stream.next().await.as_ref().map_or("nothing".to_owned(), short));
    }
    told
}

#[tokio::test]
async fn a_cut_stream_goes_on_where_it_was() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(4));
    let first = async {
        // The last change is cut in its middle: it was not told.
        let half = change(7);
        let (head, line) = office.streams([change(5), change(6), half[..half.len() / 2].to_owned()].concat()).await;
        assert!(head.starts_with("get /v1/changes?after=4 ") && head.contains("last-event-id: 4\r\n"), "{head}");
        drop(line);
        let (head, line) = office.streams(change(7)).await;
        assert!(head.starts_with("get /v1/changes?after=6 ") && head.contains("last-event-id: 6\r\n"), "{head}");
        line
    };
    let (_line, told) = tokio::join!(first, next(&mut stream, 6));
    assert_eq!(told, ["connected 4", "change 5", "change 6", "disconnected cut", "connected 6", "change 7"]);
    assert_eq!(stream.at(), Seq(7));
}

#[tokio::test]
async fn a_sign_of_life_moves_the_place_from_which_it_resumes() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let server = async {
        office.streams(alive(9)).await;
        office.streams("").await.0
    };
    let (head, told) = tokio::join!(server, next(&mut stream, 4));
    assert_eq!(told, ["connected 0", "alive 9", "disconnected cut", "connected 9"]);
    assert!(head.contains("last-event-id: 9\r\n"), "{head}");
}

#[tokio::test]
async fn an_office_that_lags_behind_does_not_take_the_place_back() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(5));
    let (_line, told) = tokio::join!(office.streams(alive(3)), next(&mut stream, 2));
    assert_eq!(told, ["connected 5", "alive 5"]);
}

#[tokio::test]
async fn a_stream_may_be_followed_on_any_thread() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let follower = tokio::spawn(async move { next(&mut stream, 2).await });
    let _line = office.streams(change(1)).await;
    assert_eq!(follower.await.unwrap(), ["connected 0", "change 1"]);
}

#[tokio::test]
async fn doubles_are_dropped_and_counted() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(1));
    let events = [change(1), change(2), change(2), change(1), change(4)].concat();
    let (_line, told) = tokio::join!(office.streams(events), next(&mut stream, 3));
    assert_eq!(told, ["connected 1", "change 2", "change 4"]);
    assert_eq!(stream.doubles(), 3);
}

#[tokio::test]
async fn the_second_office_takes_over_where_the_first_is_not_there() {
    let mut office = Office::open().await;
    let (absent, _socket) = nobody();
    let mut stream = client(&[absent, office.address.clone()]).changes(Seq(3));
    let (_line, told) = tokio::join!(office.streams(change(4)), next(&mut stream, 3));
    assert_eq!(told, ["disconnected nobody", "connected 3", "change 4"]);
}

#[tokio::test]
async fn the_second_office_takes_over_where_the_first_stops() {
    let (mut first, mut second) = (Office::open().await, Office::open().await);
    let mut stream = client(&[first.address.clone(), second.address.clone()]).changes(Seq(3));
    let server = async {
        first.refuses(ProblemKind::Unavailable).await;
        second.streams(change(4)).await
    };
    let (_line, told) = tokio::join!(server, next(&mut stream, 3));
    assert_eq!(told, ["disconnected 503", "connected 3", "change 4"]);
}

#[tokio::test]
async fn a_silent_office_is_left_for_another() {
    let (mut first, mut second) = (Office::open().await, Office::open().await);
    let mut stream = client(&[first.address.clone(), second.address.clone()]).changes(Seq(0));
    let (_silent, told) = tokio::join!(first.streams(alive(1)), next(&mut stream, 2));
    assert_eq!(told, ["connected 0", "alive 1"]);
    // All that was sent is received: the clock may jump to whatever is waited for.
    tokio::time::pause();
    let since = Instant::now();
    assert_eq!(next(&mut stream, 1).await, ["disconnected silence"]);
    assert!((44..=46).contains(&since.elapsed().as_secs()), "{:?}", since.elapsed());
    tokio::time::resume();
    let (_line, told) = tokio::join!(second.streams(change(2)), next(&mut stream, 2));
    assert_eq!(told, ["connected 1", "change 2"]);
}

#[tokio::test]
async fn after_a_reset_nothing_follows() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let problem = serde_json::to_string(&Problem::new(ProblemKind::FeedReset)).unwrap();
    let events = format!("event: reset\ndata: {problem}\n\n{}", change(1));
    let (_line, told) = tokio::join!(office.streams(events), next(&mut stream, 4));
    assert_eq!(told, ["connected 0", "reset 410", "nothing", "nothing"]);
}

#[tokio::test]
async fn a_feed_that_no_longer_reaches_back_is_a_reset() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let ((), told) = tokio::join!(office.refuses(ProblemKind::FeedReset), next(&mut stream, 2));
    assert_eq!(told, ["reset 410", "nothing"]);
}

#[rstest::rstest]
#[case(ProblemKind::NotLoggedIn, "ended 401")]
#[case(ProblemKind::NotAllowed, "ended 403")]
#[tokio::test]
async fn who_may_not_read_the_feed_is_told_once(#[case] kind: ProblemKind, #[case] told: &str) {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let ((), events) = tokio::join!(office.refuses(kind), next(&mut stream, 2));
    assert_eq!(events, [told, "nothing"]);
}

#[tokio::test]
async fn an_event_under_another_number_than_its_change_is_not_believed() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let events = change(5).replace("id: 5\n", "id: 6\n");
    let (_line, told) = tokio::join!(office.streams(events), next(&mut stream, 2));
    assert_eq!(told[1], "disconnected senseless: the event 6 holds the change 5");
    assert_eq!(stream.at(), Seq(0));
}

#[tokio::test]
async fn what_a_newer_office_tells_besides_is_passed_over() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let events = format!(": hello\n\nevent: weather\nid: 99\ndata: rain\n\n{}", change(1));
    let (_line, told) = tokio::join!(office.streams(events), next(&mut stream, 2));
    assert_eq!(told, ["connected 0", "change 1"]);
}

#[tokio::test]
async fn waiting_may_be_given_up_at_any_moment_without_loss() {
    let mut office = Office::open().await;
    let mut stream = client(&[office.address.clone()]).changes(Seq(0));
    let server = async {
        let (_, mut line) = office.streams("").await;
        for piece in (1..=20).map(change).collect::<String>().as_bytes().chunks(100) {
            line.write_all(piece).await.unwrap();
            tokio::task::yield_now().await;
        }
        line
    };
    let reader = async {
        let mut told = Vec::new();
        while told.len() < 21 {
            tokio::select! {
                biased;
                Some(event) = stream.next() => told.push(short(&event)),
                () = tokio::task::yield_now() => {}
            }
        }
        told
    };
    let (_line, told) = tokio::join!(server, reader);
    let expected: Vec<_> =
        std::iter::once("connected 0".to_owned()).chain((1..=20).map(|seq| format!("change {seq}"))).collect();
    assert_eq!(told, expected);
}

/// What a line tells that brings these pieces and then ends.
async fn heard(pieces: Vec<Bytes>) -> Vec<String> {
    let mut events = Events::new(futures_util::stream::iter(pieces.into_iter().map(Ok)));
    let mut stream = ChangeStream { line: Line::Ended, ..client(&["http://127.0.0.1:1".to_owned()]).changes(Seq(0)) };
    let mut told = Vec::new();
    loop {
        match events.next().await {
            Ok(event) => told.extend(stream.take(&event).unwrap().as_ref().map(short)),
            Err(ClientError::Unreachable(_)) => return told,
            Err(error) => panic!("{error}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn events_may_be_split_at_any_byte(mut cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..12)) {
        let whole = Bytes::from([alive(1), change(2), change(3)].concat());
        let mut rest = whole.clone();
        let mut pieces = Vec::new();
        for cut in cuts.drain(..) {
            if !rest.is_empty() {
                pieces.push(rest.split_to(cut.index(rest.len())));
            }
        }
        pieces.push(rest);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        prop_assert_eq!(runtime.block_on(heard(pieces)), ["alive 1", "change 2", "change 3"]);
    }
}

#[tokio::test]
async fn events_may_come_byte_by_byte() {
    let whole = [alive(1), change(2), change(3)].concat();
    let bytes = whole.bytes().map(|byte| Bytes::copy_from_slice(&[byte])).collect();
    assert_eq!(heard(bytes).await, ["alive 1", "change 2", "change 3"]);
}

#[tokio::test]
async fn an_event_without_end_is_not_kept() {
    let endless = futures_util::stream::repeat_with(|| Ok(Bytes::from(vec![b'x'; 1 << 20])));
    let error = Events::new(endless).next().await.unwrap_err();
    assert!(matches!(error, ClientError::Protocol(_)), "{error:?}");
}

#[tokio::test]
async fn an_event_of_endless_lines_is_not_kept() {
    let endless = futures_util::stream::repeat_with(|| Ok(Bytes::from("data: x\n".repeat(1 << 15))));
    let error = Events::new(endless).next().await.unwrap_err();
    assert!(matches!(error, ClientError::Protocol(_)), "{error:?}");
}

#[tokio::test]
async fn what_is_no_text_is_refused() {
    let bytes = futures_util::stream::iter([Ok(Bytes::from_static(b"data: \xff\n\n"))]);
    let error = Events::new(bytes).next().await.unwrap_err();
    assert!(matches!(error, ClientError::Protocol(_)), "{error:?}");
}

#[tokio::test]
async fn an_event_of_the_largest_row_is_read() {
    let name = "é".repeat(1 << 19);
    let event = change(1).replace("Zoé Fictive, 12 €", &name);
    let pieces: Vec<_> = event.as_bytes().chunks(4096).map(Bytes::copy_from_slice).collect();
    assert_eq!(heard(pieces).await, ["change 1"]);
}

#[tokio::test]
async fn many_events_together_may_be_larger_than_one_may_be() {
    let alive = Bytes::from(alive(1).repeat(1 << 15));
    let mut events = Events::new(futures_util::stream::iter((0..6).map(move |_| Ok(alive.clone()))));
    let mut count = 0;
    while events.next().await.is_ok() {
        count += 1;
    }
    assert_eq!(count, 6 << 15);
}
