//! Replies: they arrive once and in their thread, what does not go is seen, and what is taken back is never sent.

use crate::{
    common::{Engine, House, directory, until, word},
    house::{Sending, THEIRS, answer_to},
    server::header,
};
use loge::{
    config::mail::Outlet,
    domain::{access::Role, entity::EntityKind, reply::ReplyState},
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_reply_arrives_once_in_its_thread_under_our_id_and_closes_the_message(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let id = sending.answer("wrap_up").await;
    let reply = sending.reaches(id, ReplyState::Sent).await;
    let mails = sending.server.mails();
    assert_eq!(mails.len(), 1);
    let mail = &mails[0];
    assert_eq!(header(mail, "Message-ID"), format!("<{}>", reply.message_id));
    assert!(reply.message_id.starts_with("loge.reply.") && reply.message_id.ends_with("@conciergerie.example"));
    assert_eq!(header(mail, "In-Reply-To"), format!("<{THEIRS}>"));
    assert_eq!(header(mail, "References"), format!("<avant@metropole.example> <{THEIRS}>"));
    assert_eq!(header(mail, "From"), "\"La Conciergerie\" <bonjour@conciergerie.example>");
    assert_eq!(header(mail, "To"), "claire.durand@metropole.example");
    assert_eq!(header(mail, "Subject"), "Re: Deux vestes");
    assert!(!header(mail, "Date").is_empty());
    assert_eq!(header(mail, "Auto-Submitted"), "", "a person wrote it");
    assert!(
        mail.contains("Oui, c=E2=80=99est possible.\r\n") && mail.contains("\r\n--=20\r\nLa Conciergerie"),
        "{mail}"
    );
    let contact: Value = sending.house.manager.row(EntityKind::Contact, sending.message).await;
    assert_eq!((&contact["state"], &contact["outcome"]), (&json!("wrapped_up"), &json!("répondu")));
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_is_undone_or_withdrawn_in_its_moments_of_grace_is_never_sent(#[case] engine: Engine) {
    let sending = Sending::open(engine, 15).await;
    let manager = &sending.house.manager;
    let open = || async { sending.house.state(EntityKind::Contact, sending.message).await == "open" };
    let undone = fresh();
    let done = manager.gives("reply.prepare", undone, answer_to(sending.message, "wrap_up")).await;
    assert!(!open().await);
    manager.gives("undo", "", json!({ "command": done.key })).await;
    assert_eq!(sending.reply(undone).await.state, ReplyState::Withdrawn);
    assert!(open().await, "the message is open again");
    let withdrawn = sending.answer("wrap_up").await;
    manager.gives("reply.withdraw", withdrawn, json!({})).await;
    assert!(open().await);
    let left = "SELECT count(*) FROM timer WHERE kind IN ('send_reply', 'lose_reply')";
    assert_eq!(sending.house.number(left).await, 0, "nothing is left that would send them");
    // Even a timer that comes too early or too late sends neither.
    for id in [undone, withdrawn] {
        let sql = format!("INSERT INTO timer (kind, subject_id, due_at) VALUES ('send_reply', '{id}', 0)");
        sending.house.sql(&sql).await;
    }
    until("the timers are gone", || async { sending.house.number(left).await == 0 }).await;
    assert!(sending.server.mails().is_empty());
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_the_server_puts_off_is_tried_again_under_the_same_id(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    sending.server.set("defer");
    let id = sending.answer("keep").await;
    until("it was tried", || async { sending.reply(id).await.retry_at.is_some() }).await;
    let waiting = sending.reply(id).await;
    assert_eq!((waiting.state, waiting.attempts), (ReplyState::Sending, 1));
    assert_eq!(waiting.trouble.unwrap().as_str(), "451 4.3.2 Come back later");
    sending.server.set("take");
    sending.let_time_pass("send_reply").await;
    let sent = sending.reaches(id, ReplyState::Sent).await;
    assert_eq!((sent.attempts, &sent.message_id), (2, &waiting.message_id));
    assert_eq!(sending.server.mails().len(), 1);
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn what_the_server_refuses_is_shown_with_its_words_and_the_message_is_open_again(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    for (mood, words) in [("refuse", "550 5.1.1 Nobody of that name here"), ("spoil", "554 5.7.1 Not with that text")] {
        sending.server.set(mood);
        let id = sending.answer("wrap_up").await;
        let failed = sending.reaches(id, ReplyState::Failed).await;
        assert_eq!(failed.trouble.unwrap().as_str(), words);
        assert_eq!(sending.house.state(EntityKind::Contact, sending.message).await, "open");
        sending.house.manager.gives("reply.let_be", id, json!({})).await;
        assert_eq!(sending.reply(id).await.state, ReplyState::Withdrawn);
    }
    sending.server.set("defer");
    let id = sending.answer("keep").await;
    until("it was tried", || async { sending.reply(id).await.retry_at.is_some() }).await;
    sending.house.manager.gives("contact.wrap_up", sending.message, json!({ "outcome": "répondu par courriel" })).await;
    sending.server.set("spoil");
    sending.let_time_pass("send_reply").await;
    sending.reaches(id, ReplyState::Failed).await;
    until("it calls", || async { sending.house.state(EntityKind::Contact, sending.message).await == "open" }).await;
    assert!(sending.server.mails().is_empty());
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_line_that_breaks_after_the_text_leaves_a_doubt_that_a_person_settles(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    sending.server.set("dropped");
    let id = sending.answer("wrap_up").await;
    let doubtful = sending.reaches(id, ReplyState::Doubtful).await;
    assert_eq!(sending.house.state(EntityKind::Contact, sending.message).await, "open");
    assert!(sending.server.mails().is_empty(), "this time it was lost");
    sending.server.set("take");
    sending.house.manager.gives("reply.send_again", id, json!({})).await;
    let sent = sending.reaches(id, ReplyState::Sent).await;
    assert_eq!(sent.message_id, doubtful.message_id);
    assert_eq!(sending.server.mails().len(), 1);
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_question_to_the_requester_makes_the_request_wait_and_is_taken_back_with_it(#[case] engine: Engine) {
    let sending = Sending::open(engine, 15).await;
    let manager = &sending.house.manager;
    let request: uuid::Uuid = fresh();
    manager.gives("request.create", request, crate::common::complete(&sending.directory)).await;
    let id: uuid::Uuid = fresh();
    let body = json!({ "request_id": request, "to": "claire.durand@metropole.example", "subject": "Quelle taille ?",
                       "text": "Quelle taille ?", "then": "suspend" });
    manager.gives("reply.prepare", id, body).await;
    assert_eq!(sending.house.state(EntityKind::Request, request).await, "waiting");
    manager.gives("reply.withdraw", id, json!({})).await;
    assert_eq!(sending.house.state(EntityKind::Request, request).await, "new");
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_trainees_reply_is_held_and_leaves_once_it_is_released(#[case] engine: Engine) {
    let sending = Sending::open(engine, 0).await;
    let learner = sending.house.person("karim", &[Role::Operator, Role::Trainee]).await;
    let done = learner.gives("reply.prepare", fresh::<uuid::Uuid>(), answer_to(sending.message, "wrap_up")).await;
    assert_eq!(done.changes[0].entity, EntityKind::Held);
    sending.house.manager.gives("held.release", done.key, json!({})).await;
    until("it arrives", || async { sending.server.mails().len() == 1 }).await;
    sending.house.office.stop().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn an_office_that_sends_no_mail_says_what_to_configure(#[case] engine: Engine) {
    let house = House::open(engine).await;
    let (_, message) = (directory(&house.manager).await, fresh::<uuid::Uuid>());
    let came_in =
        json!({ "occurred_at": "2026-11-20T08:00:00Z", "what": { "mailbox": "bonjour", "message_id": "1@x.example" } });
    house.manager.gives("contact.message", message, came_in).await;
    let problem =
        house.manager.refused("reply.prepare", fresh::<uuid::Uuid>(), answer_to(message.into(), "keep")).await;
    assert_eq!(word(&problem), "busy");
    assert_eq!(problem.params["cause"], "no_mail_server");
    assert!(problem.detail.contains("[office.smtp]"), "{}", problem.detail);
    house.office.stop().await;
}

#[tokio::test]
async fn a_pickup_folder_gets_one_file_a_mail() {
    let database = crate::common::Database::new(Engine::Sqlite).await;
    let folder = database.folder().join("outgoing");
    let mail = loge::config::mail::Mail { outlet: Outlet::Folder(folder.clone()), ..crate::house::mail(1) };
    let office = crate::house::office(&database, mail).await;
    let manager = crate::common::person_with(
        &office,
        "responsable",
        &[Role::Manager, Role::Operator],
        loge::domain::access::Sites::All,
        None,
    )
    .await;
    let (_, message) = crate::house::prepare(&manager, 0).await;
    let id: uuid::Uuid = fresh();
    manager.gives("reply.prepare", id, answer_to(message, "keep")).await;
    let file = folder.join(format!("{id}.eml"));
    until("the file is there", || async { file.exists() }).await;
    assert!(std::fs::read_to_string(file).unwrap().contains("Subject: Re: Deux vestes"));
    office.stop().await;
}
