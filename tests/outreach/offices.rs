//! Offices that are killed in the middle of a mail, and offices that share one database: nothing is lost, and nothing goes twice by itself.

use crate::{
    common::{Engine, Person, token, until},
    house::{Sending, mail, office},
    process::OfficeProcess,
};
use loge::{
    domain::{entity::EntityKind, ids::ReplyId, reply::ReplyState},
    wire::fresh,
};
use rstest::rstest;
use serde_json::json;

async fn state(person: &Person, id: ReplyId) -> ReplyState {
    person.row::<loge::domain::reply::Reply>(EntityKind::Reply, id).await.state
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_office_killed_while_the_server_has_the_text_leaves_a_question_and_sends_nothing_twice(
    #[case] engine: Engine,
) {
    let Sending { house, server, message, .. } = Sending::open(engine, 0).await;
    let token = token(&house.office, "responsable").await;
    house.office.stop().await;
    server.set("hold");
    let mut first = OfficeProcess::start(&house.database, server.port);
    let person = Person { client: first.client(token.clone()), ..house.manager.clone() };
    let id: ReplyId = fresh();
    person.gives("reply.prepare", id, crate::house::answer_to(message, "wrap_up")).await;
    until("the server has the text", || async { server.mails().len() == 1 }).await;
    assert_eq!(state(&person, id).await, ReplyState::Sending, "it is on disk before a word is spoken");
    first.kill();
    server.set("take");
    let second = OfficeProcess::start(&house.database, server.port);
    let person = Person { client: second.client(token), ..house.manager.clone() };
    assert_eq!(state(&person, id).await, ReplyState::Sending);
    // Nobody is left who could tell; the longest that an attempt takes goes by.
    let store = house.database.open().await;
    let mut tx = store.write().await.unwrap();
    tx.execute("UPDATE timer SET due_at = 0 WHERE kind = 'lose_reply'", &[]).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
    until("a person is asked", || async { state(&person, id).await == ReplyState::Doubtful }).await;
    assert_eq!(server.mails().len(), 1, "it did not go twice by itself");
    person.gives("reply.let_be", id, json!({})).await;
    assert_eq!(state(&person, id).await, ReplyState::Sent);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_office_killed_before_it_speaks_to_the_server_has_lost_nothing(#[case] engine: Engine) {
    let Sending { house, server, message, .. } = Sending::open(engine, 1).await;
    let token = token(&house.office, "responsable").await;
    house.office.stop().await;
    let mut first = OfficeProcess::start(&house.database, server.port);
    let person = Person { client: first.client(token.clone()), ..house.manager.clone() };
    let id: ReplyId = fresh();
    person.gives("reply.prepare", id, crate::house::answer_to(message, "keep")).await;
    first.kill();
    let second = OfficeProcess::start(&house.database, server.port);
    let person = Person { client: second.client(token), ..house.manager.clone() };
    until("it is sent", || async { state(&person, id).await == ReplyState::Sent }).await;
    assert_eq!(server.mails().len(), 1);
}

#[tokio::test]
async fn of_two_offices_on_one_database_one_sends() {
    let sending = Sending::open(Engine::Postgres, 0).await;
    let second = office(&sending.house.database, mail(sending.server.port)).await;
    let mut replies = Vec::new();
    for _ in 0..20 {
        replies.push(sending.answer("keep").await);
    }
    for id in replies {
        sending.reaches(id, ReplyState::Sent).await;
    }
    assert_eq!(sending.server.mails().len(), 20);
    second.stop().await;
    sending.house.office.stop().await;
}
