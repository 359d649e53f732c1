//! Offers that go by mail: they leave once, the provider answers on its page, and nothing that is not answered is taken for an answer.

use crate::{
    clients,
    common::{Answer, Engine, Hand, complete, in_days, until},
    house::{Sending, mail, office},
    server::header,
};
use icalendar::Component as _;
use loge::{
    domain::{
        beneficiary::Way,
        entity::EntityKind,
        ids::{CommandKey, OfferId, ProviderId, RequestId},
        offer::{Offer, OfferState},
        reply::{Automatic, Reply, ReplyState},
    },
    wire::fresh,
};
use rstest::rstest;
use serde_json::{Value, json};

/// Names that no page may hold before its offer is accepted.
const SECRET: [&str; 5] = ["Durand", "Claire", "rue des Tisserands", "sous-sol", "05 36 49 12 34"];

/// A house that sends mail, with providers of the directory's service and the street of its site.
pub struct Scene {
    pub sending: Sending,
    pub providers: [ProviderId; 3],
    pub hand: Hand,
}

/// What is offered to whom.
pub struct Told {
    pub request: RequestId,
    pub offer: OfferId,
}

impl Scene {
    pub async fn open(engine: Engine) -> Self {
        Self::held(engine, 0).await
    }

    /// One whose mails are held for so many seconds.
    pub async fn held(engine: Engine, hold_s: u16) -> Self {
        let sending = Sending::open(engine, hold_s).await;
        let manager = &sending.house.manager;
        let providers: [ProviderId; 3] = [fresh(), fresh(), fresh()];
        for (id, name) in providers.iter().zip(["Atelier", "Relais", "Fil"]) {
            let body = json!({ "name": name, "tier": "inclusion", "phones": ["05 36 49 00 10"], "prefers": "mail",
                "emails": [format!("contact@{}.example", name.to_lowercase())],
                "services": [{ "service_id": sending.directory.pressing, "lead_time_h": 0 }],
                "hours": { "weekly": "lun-dim 00:00-24:00" } });
            manager.gives("provider.create", *id, body).await;
        }
        let street = json!({ "fields": { "address": { "seen": null, "new": "4 rue des Tisserands, sous-sol" } } });
        manager.gives("site.edit", sending.directory.merignac, street).await;
        let hand = Hand::new(&sending.house.office);
        Self { sending, providers, hand }
    }

    /// A request that is to be given, due in a week.
    pub async fn request(&self) -> RequestId {
        let request: RequestId = fresh();
        let mut body = complete(&self.sending.directory);
        let due = in_days(7);
        body["when"] = json!({ "kind": "due", "at": format!("{due}T12:00:00") });
        body["detail"] = json!("chemises de Claire Durand");
        body["text"] = json!("Mme Durand, 05 36 49 12 34");
        body["handover"] = json!({ "kind": "home", "address": "4 rue des Tisserands" });
        let manager = &self.sending.house.manager;
        manager.gives("request.create", request, body).await;
        manager.gives("request.triage", request, json!({ "seen": "new" })).await;
        request
    }

    /// Offers requests to a provider, released together, and waits until they are out.
    pub async fn offers(&self, requests: &[RequestId], provider: ProviderId) -> Vec<Told> {
        let told: Vec<_> = requests.iter().map(|request| Told { request: *request, offer: fresh() }).collect();
        let row = |told: &Told| {
            json!({ "key": fresh::<CommandKey>(), "command": { "command": "offer.prepare", "id": told.offer.to_string(),
                    "body": asked(told.request, provider) } })
        };
        let rows: Vec<_> = told.iter().map(row).collect();
        let done = self.sending.house.manager.gives("bulk", "", json!({ "rows": rows })).await;
        assert!(done.outcomes.unwrap().iter().all(|outcome| outcome.problem.is_none()));
        for one in &told {
            until("it is out", || async { self.offer(one.offer).await.state == OfferState::Sent }).await;
        }
        told
    }

    /// Offers one request to a provider: the offer, and the path of its page.
    pub async fn offered(&self, provider: ProviderId) -> (Told, String) {
        let before = self.sending.server.mails().len();
        let request = self.request().await;
        let told = self.offers(&[request], provider).await.remove(0);
        (told, self.path(before).await)
    }

    /// The path of the page that a mail links, counted from 0.
    pub async fn path(&self, number: usize) -> String {
        until("the mail arrives", || async { self.sending.server.mails().len() > number }).await;
        path_in(&self.sending.server.mails()[number])
    }

    pub async fn offer(&self, id: OfferId) -> Offer {
        self.sending.house.manager.row(EntityKind::Offer, id).await
    }

    async fn state(&self, kind: EntityKind, id: impl ToString) -> String {
        self.sending.house.state(kind, id).await
    }

    /// The provider sends a form of its page.
    pub async fn posts(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        posts(&self.hand, path, fields).await
    }

    /// The page as it is now, in French.
    pub async fn page(&self, path: &str) -> String {
        let page = self.hand.get(path).await;
        assert_eq!(page.status, 200, "{}", page.text);
        assert!(!page.text.contains(">offer-"), "a sentence is missing: {}", page.text);
        page.text
    }

    async fn close(self) {
        self.sending.house.office.stop().await;
    }
}

/// What an offer of a request to a provider says.
fn asked(request: RequestId, provider: ProviderId) -> Value {
    let deadline = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(5);
    json!({ "request_id": request, "provider_id": provider, "way": "mail", "deadline": deadline,
            "price": 1350, "note": "à prendre <b>par la cour</b>" })
}

pub async fn posts(hand: &Hand, path: &str, fields: &[(&str, &str)]) -> Answer {
    let body = fields
        .iter()
        .map(|(name, value)| {
            let bytes = value.bytes().map(|byte| {
                if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            });
            format!("{name}={}", bytes.collect::<String>())
        })
        .collect::<Vec<_>>()
        .join("&");
    let headers = [("content-type", "application/x-www-form-urlencoded")];
    hand.ask("POST", path, &headers, Some(body.into_bytes())).await
}

/// The text of a mail, as a person reads it.
pub fn text_of(mail: &str) -> String {
    let body = mail.split_once("\r\n\r\n").unwrap().1.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = body.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'=' {
            let digits = [rest.next().unwrap(), rest.next().unwrap()];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    // Soft breaks (RFC 3676).
    String::from_utf8(bytes).unwrap().replace(" \r\n", " ")
}

fn path_in(mail: &str) -> String {
    let text = text_of(mail);
    let link = text.split_whitespace().find(|word| word.starts_with("http")).expect("the mail links its page");
    format!("/o/{}", link.split("/o/").nth(1).unwrap())
}

/// Follows the redirect that reqwest has followed already: what is shown after a form is the page.
fn is_page(answer: &Answer, sentence: &str) {
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert!(answer.text.contains(sentence), "{sentence} in {}", answer.text);
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn offers_released_together_to_one_provider_leave_as_one_mail_with_what_it_needs_to_decide(
    #[case] engine: Engine,
) {
    let scene = Scene::open(engine).await;
    let requests = [scene.request().await, scene.request().await];
    let told = scene.offers(&requests, scene.providers[0]).await;
    let path = scene.path(0).await;
    let page: Value = Hand::of(&scene.sending.house.office, "responsable").await.get("/v1/replies").await.json();
    let letters: Vec<Reply> =
        page["rows"].as_array().unwrap().iter().map(|row| serde_json::from_value(row.clone()).unwrap()).collect();
    let [letter] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(letter.automatic, Some(Automatic::Offers));
    assert_eq!(letter.offer_ids.len(), 2);
    scene.sending.reaches(letter.id, ReplyState::Sent).await;
    let mails = scene.sending.server.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(header(&mails[0], "To"), "contact@atelier.example");
    assert_eq!(header(&mails[0], "Auto-Submitted"), "auto-generated");
    assert_eq!(header(&mails[0], "Message-ID"), format!("<{}>", letter.message_id));
    let text = text_of(&mails[0]);
    for said in [
        "La Conciergerie vous propose 2 prestations",
        "1. Pressing × 3",
        "2. Pressing × 3",
        "Mérignac",
        "13,50",
        "par la cour",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let shown = scene.page(&path).await;
    for secret in SECRET {
        assert!(!text.contains(secret) && !shown.contains(secret), "{secret}");
    }
    assert!(shown.contains("&lt;b&gt;par la cour&lt;/b&gt;"), "what people write stays text: {shown}");
    // The times of a mail that is tried again change nothing of its offers.
    for one in told {
        assert_eq!(scene.offer(one.offer).await.fields.way, Way::Mail);
    }
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_yes_on_the_page_gives_the_request_and_names_the_person(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (told, path) = scene.offered(scene.providers[0]).await;
    let id = told.offer.to_string();
    assert_eq!(scene.hand.get(&format!("{path}/{id}.ics")).await.status, 404, "it is not accepted yet");
    let yes = [("offer", id.as_str()), ("answer", "yes")];
    is_page(&scene.posts(&path, &yes).await, "c'est pour vous");
    let offer = scene.offer(told.offer).await;
    assert_eq!(offer.state, OfferState::Accepted);
    assert!(offer.seen_at.is_some(), "who answers has seen it");
    assert_eq!(scene.state(EntityKind::Request, told.request).await, "assigned");
    let shown = scene.page(&path).await;
    for confided in ["Claire Durand", "4 rue des Tisserands, sous-sol", "chemises de Claire Durand", ".ics"] {
        assert!(shown.contains(confided), "{confided} in {shown}");
    }
    let history: Value = Hand::of(&scene.sending.house.office, "responsable")
        .await
        .get(&format!("/v1/offers/{id}/history"))
        .await
        .json();
    let accepted = history.as_array().unwrap().iter();
    let accepted = accepted.filter(|entry| entry["verb"] == json!("offer.accept")).collect::<Vec<_>>();
    assert_eq!(accepted.len(), 1, "{history}");
    assert_eq!(accepted[0]["author"], json!({ "kind": "provider", "id": scene.providers[0] }));
    // A second click, and a no that comes after the yes.
    let version = scene.offer(told.offer).await.version;
    is_page(&scene.posts(&path, &yes).await, "c'est pour vous");
    is_page(&scene.posts(&path, &[("offer", &id), ("answer", "no"), ("text", "complet")]).await, "c'est pour vous");
    assert_eq!(scene.offer(told.offer).await.version, version, "one final answer");

    let entry = scene.hand.get(&format!("{path}/{id}.ics")).await;
    assert_eq!((entry.status, entry.header("content-type")), (200, "text/calendar; charset=utf-8"));
    assert!(entry.text.lines().all(|line| line.len() <= 75), "{}", entry.text);
    let calendar: icalendar::Calendar = entry.text.parse().unwrap();
    let [icalendar::CalendarComponent::Event(event)] = calendar.components.as_slice() else { panic!("{calendar:?}") };
    assert_eq!(event.property_value("LOCATION").unwrap().replace('\\', ""), "Mérignac, 4 rue des Tisserands, sous-sol");
    assert!(event.get_uid().unwrap().starts_with(&id) && event.property_value("DTSTAMP").is_some());
    assert!(event.property_value("DTEND").unwrap().ends_with('Z'));
    // A program of the provider's own reads the same.
    let read = clients::event(&entry.text);
    assert_eq!(read["location"], json!("Mérignac, 4 rue des Tisserands, sous-sol"));
    assert!(read["uid"].as_str().unwrap().starts_with(&id), "{read}");
    let at = |name: &str| read[name].as_str().unwrap().parse::<jiff::Timestamp>().unwrap();
    assert!(at("start") < at("end") && at("stamp") <= jiff::Timestamp::now(), "{read}");
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_page_of_a_consortium_names_the_member_that_does_the_work_once_it_is_accepted(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let members = json!([{ "provider_id": scene.providers[1], "capacity_per_day": 2 }]);
    let body = json!({ "name": "Linge ensemble", "tier": "inclusion", "prefers": "mail", "members": members,
        "emails": ["contact@ensemble.example"], "hours": { "weekly": "24/7" },
        "services": [{ "service_id": scene.sending.directory.pressing, "lead_time_h": 0 }] });
    let consortium: ProviderId = fresh();
    scene.sending.house.manager.gives("provider.create", consortium, body).await;
    let (told, path) = scene.offered(consortium).await;
    assert!(!scene.page(&path).await.contains("Relais"));
    scene.sending.house.manager.gives("offer.accept", told.offer, json!({ "seen": "sent" })).await;
    let shown = scene.page(&path).await;
    assert!(shown.contains("Membre du groupement") && shown.contains("Relais"), "{shown}");
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_no_goes_on_to_the_next_who_is_mailed_in_turn_and_who_declined_is_not_asked_again(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (told, path) = scene.offered(scene.providers[0]).await;
    let id = told.offer.to_string();
    let without = scene.posts(&path, &[("offer", &id), ("answer", "no"), ("text", "  ")]).await;
    assert_eq!(without.status, 422);
    assert!(
        without.text.contains("Écrivez quelques mots") && without.text.contains("aria-invalid"),
        "{}",
        without.text
    );
    assert_eq!(scene.offer(told.offer).await.state, OfferState::Seen);
    let no = scene.posts(&path, &[("offer", &id), ("answer", "no"), ("text", "complet & fermé")]).await;
    is_page(&no, "Vous avez décliné\u{a0}: complet &amp; fermé");
    assert_eq!(scene.offer(told.offer).await.reason.unwrap().as_str(), "complet & fermé");
    let next = scene.path(1).await;
    assert_ne!(header(&scene.sending.server.mails()[1], "To"), "contact@atelier.example");
    assert_eq!(scene.state(EntityKind::Request, told.request).await, "offered");
    // A yes to what was declined is no answer any more.
    is_page(&scene.posts(&path, &[("offer", &id), ("answer", "yes")]).await, "Vous avez décliné");
    let again = asked(told.request, scene.providers[0]);
    let problem = scene.sending.house.manager.refused("offer.prepare", fresh::<OfferId>(), again).await;
    assert_eq!(problem.params["cause"], "exists");
    assert!(scene.page(&next).await.contains("Oui, nous nous en chargeons"));
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn another_time_is_kept_for_the_dispatcher_and_one_that_cannot_be_read_is_asked_again(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (told, path) = scene.offered(scene.providers[0]).await;
    let id = told.offer.to_string();
    for (date, time) in [("lundi", "14:30"), ("27/11/2020", "14:30"), ("", "")] {
        let fields = [("offer", id.as_str()), ("answer", "other"), ("date", date), ("time", time)];
        let wrong = scene.posts(&path, &fields).await;
        assert_eq!(wrong.status, 422);
        assert!(wrong.text.contains("Écrivez un jour et une heure à venir"), "{}", wrong.text);
        assert!(wrong.text.contains(&format!("value=\"{date}\"")), "what was typed is kept: {}", wrong.text);
    }
    let fields = [("offer", id.as_str()), ("answer", "other"), ("date", "2036-12-01"), ("time", "16h30")];
    is_page(&scene.posts(&path, &fields).await, "Vous avez proposé une autre heure");
    let offer: Value = scene.sending.house.manager.row(EntityKind::Offer, told.offer).await;
    assert_eq!(
        (&offer["state"], &offer["counter"]),
        (&json!("declined"), &json!({ "kind": "due", "at": "2036-12-01T16:30:00" }))
    );
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn to_look_changes_nothing_and_seen_is_the_pages_own_act(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (told, path) = scene.offered(scene.providers[0]).await;
    let feed = || scene.sending.house.number("SELECT value FROM counter WHERE name = 'feed'");
    until("the mail is settled", || async {
        scene.sending.house.number("SELECT count(*) FROM timer WHERE kind = 'lose_reply'").await == 0
    })
    .await;
    let (before, version) = (feed().await, scene.offer(told.offer).await.version);
    for method in ["GET", "HEAD"] {
        for end in ["", "?lang=en", "/seen", &format!("/{}.ics", told.offer)] {
            scene.hand.ask(method, &format!("{path}{end}"), &[], None).await;
        }
    }
    assert_eq!((feed().await, scene.offer(told.offer).await.version), (before, version));
    let page = scene.hand.get(&path).await;
    for (name, value) in [
        ("referrer-policy", "no-referrer"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("x-robots-tag", "noindex, nofollow"),
        ("content-type", "text/html; charset=utf-8"),
    ] {
        assert_eq!(page.header(name), value, "{name}");
    }
    let policy = page.header("content-security-policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-") && !policy.contains("unsafe"), "{policy}");
    assert!(policy.contains("form-action 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    let seen = scene.hand.ask("POST", &format!("{path}/seen"), &[], None).await;
    assert_eq!(seen.status, 204);
    assert_eq!(scene.offer(told.offer).await.state, OfferState::Seen);
    assert_eq!(scene.hand.ask("POST", &format!("{path}/seen"), &[], None).await.status, 204, "twice is once");
    let english = scene.hand.ask("GET", &path, &[("accept-language", "en-GB")], None).await.text;
    assert!(english.contains("<html lang=\"en\">") && english.contains("Yes, we will do it"), "{english}");
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_link_that_is_not_good_opens_a_page_that_says_so_and_an_offer_of_another_mail_is_out_of_reach(
    #[case] engine: Engine,
) {
    let scene = Scene::open(engine).await;
    let (own, path) = scene.offered(scene.providers[0]).await;
    let (other, _) = scene.offered(scene.providers[1]).await;
    let link = path.trim_start_matches("/o/");
    let last = if link.ends_with('0') { '1' } else { '0' };
    let forged = format!("/o/{}{last}", &link[..link.len() - 1]);
    for wrong in [forged.as_str(), &path[..path.len() - 4], "/o/", "/o", "/o/x", "/o/%FF", &format!("{path}/nothing")] {
        let page = scene.hand.get(wrong).await;
        assert_eq!(page.status, 404, "{wrong}");
        assert!(page.text.contains("Ce lien n'est pas valable"), "{wrong}: {}", page.text);
        assert_eq!(page.header("referrer-policy"), "no-referrer", "{wrong}");
    }
    assert_eq!(scene.posts(&forged, &[("offer", &own.offer.to_string()), ("answer", "yes")]).await.status, 404);
    for fields in [
        vec![("offer", other.offer.to_string()), ("answer", "yes".into())],
        vec![("offer", other.offer.to_string()), ("answer", "ready".into())],
        vec![("offer", "7".into()), ("answer", "yes".into())],
        vec![("offer", own.offer.to_string()), ("answer", "withdraw".into())],
        vec![("offer", own.offer.to_string()), ("answer", "ready".into())],
        vec![("answer", "ready".into())],
        vec![],
    ] {
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        assert_eq!(scene.posts(&path, &fields).await.status, 200, "{fields:?}");
    }
    assert_eq!(scene.offer(other.offer).await.state, OfferState::Sent);
    assert!(matches!(scene.offer(own.offer).await.state, OfferState::Sent | OfferState::Seen));
    let large = vec![b'a'; 17 * 1024];
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(scene.hand.ask("POST", &path, &form, Some(large)).await.status, 413);
    let json = [("content-type", "application/json")];
    assert_eq!(scene.hand.ask("POST", &path, &json, Some(b"{}".to_vec())).await.status, 415);
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn of_simultaneous_yeses_one_wins_and_the_others_are_told_politely(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    // Two offices on one database, where there can be two.
    let second = match engine {
        Engine::Postgres => Some(office(&scene.sending.house.database, mail(scene.sending.server.port)).await),
        Engine::Sqlite => None,
    };
    let other = second.as_ref().map_or_else(|| scene.hand.clone(), Hand::new);
    for _ in 0..8 {
        let before = scene.sending.server.mails().len();
        let request = scene.request().await;
        let one = scene.offers(&[request], scene.providers[0]).await.remove(0);
        let path_one = scene.path(before).await;
        let two = scene.offers(&[request], scene.providers[1]).await.remove(0);
        let path_two = scene.path(before + 1).await;
        let (id_one, id_two) = (one.offer.to_string(), two.offer.to_string());
        let fields_one = [("offer", id_one.as_str()), ("answer", "yes")];
        let fields_two = [("offer", id_two.as_str()), ("answer", "yes")];
        let (first, twice, last) = tokio::join!(
            posts(&scene.hand, &path_one, &fields_one),
            posts(&other, &path_one, &fields_one),
            posts(&other, &path_two, &fields_two),
        );
        for answer in [&first, &twice, &last] {
            assert_eq!(answer.status, 200, "{}", answer.text);
        }
        let states = [scene.offer(one.offer).await.state, scene.offer(two.offer).await.state];
        let accepted = states.iter().filter(|state| **state == OfferState::Accepted).count();
        assert_eq!(accepted, 1, "{states:?}");
        let loser = if states[0] == OfferState::Accepted { &path_two } else { &path_one };
        let page = scene.page(loser).await;
        assert!(page.contains("déjà confiée") && !page.contains("Durand"), "{page}");
        let active = format!("SELECT count(*) FROM assignment WHERE request_id = '{request}' AND state = 'active'");
        assert_eq!(scene.sending.house.number(&active).await, 1);
    }
    if let Some(second) = second {
        second.stop().await;
    }
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn one_answer_counts_for_all_offers_of_a_mail_that_are_still_open(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let requests = [scene.request().await, scene.request().await, scene.request().await];
    let told = scene.offers(&requests, scene.providers[0]).await;
    let path = scene.path(0).await;
    let taken = json!({ "seen": "sent", "reason": "annulé par la personne" });
    scene.sending.house.manager.gives("offer.withdraw", told[1].offer, taken).await;
    let page = scene.page(&path).await;
    assert!(page.contains("Oui aux 2 propositions") && page.contains("n'est plus d'actualité"), "{page}");
    assert!(!page.contains("annulé par la personne"), "the house's reasons stay in the house");
    scene.posts(&path, &[("answer", "yes")]).await;
    let mut states = Vec::new();
    for one in &told {
        states.push(scene.offer(one.offer).await.state);
    }
    assert_eq!(states, [OfferState::Accepted, OfferState::Withdrawn, OfferState::Accepted]);
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_took_a_job_tells_on_the_page_how_it_goes(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (told, path) = scene.offered(scene.providers[0]).await;
    let id = told.offer.to_string();
    scene.posts(&path, &[("offer", &id), ("answer", "yes")]).await;
    let late = [("offer", id.as_str()), ("answer", "late"), ("text", "une heure, panne de four")];
    is_page(&scene.posts(&path, &late).await, "le retard est noté");
    scene.posts(&path, &late).await;
    let problem = [("offer", id.as_str()), ("answer", "problem"), ("text", "une tache reste")];
    is_page(&scene.posts(&path, &problem).await, "le problème est noté");
    let request: Value = scene.sending.house.manager.row(EntityKind::Request, told.request).await;
    let notes: Vec<_> =
        request["notes"].as_array().unwrap().iter().map(|note| note["text"].as_str().unwrap()).collect();
    assert_eq!(
        notes,
        [
            "Atelier annonce un retard\u{a0}: une heure, panne de four",
            "Atelier signale un problème\u{a0}: une tache reste"
        ]
    );
    let open = "SELECT count(*) FROM exception WHERE state = 'open'";
    assert_eq!(scene.sending.house.number(open).await, 1, "a person settles it");
    is_page(&scene.posts(&path, &[("offer", &id), ("answer", "ready")]).await, "Vous avez dit que c'est prêt");
    assert_eq!(scene.offer(told.offer).await.state, OfferState::Fulfilled);
    assert!(!scene.page(&path).await.contains("Durand"), "the job is over: nobody is named any more");
    // Long after, the link opens nothing.
    let sql = match engine {
        Engine::Sqlite => format!(
            "UPDATE offer SET doc = json_set(doc, '$.ended_at', '2020-01-01T00:00:00.000000Z') WHERE id = '{id}'"
        ),
        Engine::Postgres => format!(
            "UPDATE offer SET doc = jsonb_set(doc, '{{ended_at}}', '\"2020-01-01T00:00:00.000000Z\"') WHERE id = '{id}'"
        ),
    };
    scene.sending.house.sql(&sql).await;
    assert_eq!(scene.hand.get(&path).await.status, 410);
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn offers_whose_mail_fails_or_cannot_be_written_are_told_by_telephone(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    scene.sending.server.set("refuse");
    let request = scene.request().await;
    let refused = scene.offers(&[request], scene.providers[0]).await.remove(0);
    until("a person is to call", || async { scene.offer(refused.offer).await.fields.way == Way::Telephone }).await;
    let offer = scene.offer(refused.offer).await;
    assert_eq!(
        (offer.state, offer.trouble.unwrap().as_str()),
        (OfferState::Sent, "550 5.1.1 Nobody of that name here")
    );
    // A server that does not take it for a while: by then a person has to call, and the mail does not follow.
    scene.sending.server.set("defer");
    let request = scene.request().await;
    let waiting = scene.offers(&[request], scene.providers[1]).await.remove(0);
    until("a person is to call", || async {
        scene.sending.let_time_pass("send_reply").await;
        scene.offer(waiting.offer).await.fields.way == Way::Telephone
    })
    .await;
    assert_eq!(scene.offer(waiting.offer).await.trouble.unwrap().as_str(), "451 4.3.2 Come back later");
    let withdrawn = "SELECT count(*) FROM reply WHERE state = 'withdrawn'";
    assert_eq!(scene.sending.house.number(withdrawn).await, 1);
    scene.sending.server.set("take");
    // Without an address nothing pretends to have been sent.
    let gone = json!({ "fields": { "emails": { "seen": ["contact@fil.example"], "new": [] } } });
    scene.sending.house.manager.gives("provider.edit", scene.providers[2], gone).await;
    let request = scene.request().await;
    let told = scene.offers(&[request], scene.providers[2]).await.remove(0);
    let offer = scene.offer(told.offer).await;
    assert_eq!((offer.fields.way, offer.trouble.is_some()), (Way::Telephone, true));
    assert!(scene.sending.server.mails().is_empty());
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn late_answers_and_those_of_a_former_partner_meet_a_polite_page(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (late, path) = scene.offered(scene.providers[0]).await;
    let (former, other) = scene.offered(scene.providers[1]).await;
    let past = match engine {
        Engine::Sqlite => {
            "UPDATE offer SET doc = json_set(doc, '$.deadline', '2026-01-01T00:00:00.000000Z') WHERE id = "
        }
        Engine::Postgres => {
            "UPDATE offer SET doc = jsonb_set(doc, '{deadline}', '\"2026-01-01T00:00:00.000000Z\"') WHERE id = "
        }
    };
    scene.sending.house.sql(&format!("{past}'{}'", late.offer)).await;
    let id = late.offer.to_string();
    is_page(&scene.posts(&path, &[("offer", &id), ("answer", "yes")]).await, "Le délai de réponse est passé");
    assert_ne!(scene.offer(late.offer).await.state, OfferState::Accepted);
    scene.sending.house.manager.gives("provider.archive", scene.providers[1], json!({})).await;
    let id = former.offer.to_string();
    let page = scene.posts(&other, &[("offer", &id), ("answer", "yes")]).await;
    is_page(&page, "Notre partenariat est terminé");
    assert!(!page.text.contains("<form"), "{}", page.text);
    assert_eq!(scene.offer(former.offer).await.state, OfferState::Sent);
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_plain_yes_or_no_by_mail_is_an_answer_and_all_else_is_read_by_a_person(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let manager = &scene.sending.house.manager;
    // What the provider writes, from where, and what becomes of its offer and of the message.
    for (number, (text, from, wanted, contact)) in [
        ("Bonjour, oui pas de problème", "contact@atelier.example", OfferState::Accepted, "wrapped_up"),
        ("Non, complet.\n\n> Pour répondre oui, non", "contact@atelier.example", OfferState::Declined, "wrapped_up"),
        ("Oui mais lundi", "contact@atelier.example", OfferState::Sent, "open"),
        ("Oui", "quelquun@ailleurs.example", OfferState::Sent, "open"),
        ("Oui", "contact@relais.example", OfferState::Sent, "open"),
    ]
    .into_iter()
    .enumerate()
    {
        let before = scene.sending.server.mails().len();
        let (told, _) = scene.offered(scene.providers[0]).await;
        let signed = header(&scene.sending.server.mails()[before], "Message-ID");
        let id: loge::domain::ids::ContactId = fresh();
        let what = json!({ "mailbox": "bonjour", "message_id": format!("<{number}@atelier.example>"), "from": from,
            "subject": "Re: Proposition", "text": text, "references": [signed] });
        manager.gives("contact.message", id, json!({ "occurred_at": "2026-11-20T09:00:00Z", "what": what })).await;
        assert_eq!(scene.offer(told.offer).await.state, wanted, "{text}");
        let row: Value = manager.row(EntityKind::Contact, id).await;
        assert_eq!(row["state"], json!(contact), "{text}");
        if from.contains("atelier") {
            assert_eq!(row["origin"]["request_id"], json!(told.request), "{text}");
        }
        if wanted == OfferState::Declined {
            // The next in rank is mailed in turn.
            scene.path(before + 1).await;
        }
    }
    // Two offers in one mail: one word cannot answer both.
    let before = scene.sending.server.mails().len();
    let requests = [scene.request().await, scene.request().await];
    let told = scene.offers(&requests, scene.providers[0]).await;
    scene.path(before).await;
    let signed = header(&scene.sending.server.mails()[before], "Message-ID");
    let id: loge::domain::ids::ContactId = fresh();
    let what = json!({ "mailbox": "bonjour", "message_id": "<deux@atelier.example>", "from": "contact@atelier.example",
        "subject": "Re: 2 propositions", "text": "Oui", "references": [signed] });
    manager.gives("contact.message", id, json!({ "occurred_at": "2026-11-20T09:00:00Z", "what": what })).await;
    assert_eq!(scene.state(EntityKind::Contact, id).await, "open");
    assert_eq!(scene.offer(told[0].offer).await.state, OfferState::Sent);
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn a_program_of_mail_shows_an_offer_and_its_answer_as_one_thread_and_two_offers_as_two(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    scene.offered(scene.providers[0]).await;
    scene.offered(scene.providers[1]).await;
    let mails = scene.sending.server.mails();
    let [first, second] = mails.as_slice() else { panic!("{mails:?}") };
    // The provider's own program answers as RFC 5322, 3.6.4, says, and changes the subject as such programs do.
    let id = header(first, "Message-ID");
    let answer = format!(
        "From: <contact@atelier.example>\r\nTo: <bonjour@conciergerie.example>\r\nDate: Mon, 30 Nov 2026 10:00:00 +0100\r\n\
         Message-ID: <oui@atelier.example>\r\nIn-Reply-To: {id}\r\nReferences: {id}\r\nSubject: AW: autre chose\r\n\r\nOui.\r\n"
    );
    let threads = clients::threads(&[first.clone(), second.clone(), answer]);
    let (one, two) = (header(first, "Subject"), header(second, "Subject"));
    assert_eq!(one, two, "the subject alone would make them one thread");
    assert_eq!(threads.len(), 2, "{threads:?}");
    assert!(
        threads.iter().any(|thread| thread.len() == 2 && thread.contains(&"AW: autre chose".to_owned())),
        "{threads:?}"
    );
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn who_was_mailed_an_offer_is_mailed_its_new_deadline_and_either_page_takes_the_answer(#[case] engine: Engine) {
    let scene = Scene::open(engine).await;
    let (told, path) = scene.offered(scene.providers[0]).await;
    let manager = &scene.sending.house.manager;
    let later = jiff::civil::date(2036, 12, 1).at(14, 30, 0, 0).in_tz("Europe/Paris").unwrap().timestamp();
    manager.gives("offer.defer", told.offer, json!({ "seen": "sent", "deadline": later })).await;
    let again = scene.path(1).await;
    let mails = scene.sending.server.mails();
    assert_eq!(header(&mails[1], "To"), "contact@atelier.example");
    let text = text_of(&mails[1]);
    assert!(text.contains("La Conciergerie vous laisse plus de temps") && text.contains("1 déc. 14:30"), "{text}");
    for secret in SECRET {
        assert!(!text.contains(secret), "{secret}");
    }
    for page in [&path, &again] {
        assert!(scene.page(page).await.contains("1 déc. 14:30"), "both pages tell how things stand");
    }
    let yes = [("offer", told.offer.to_string()), ("answer", "yes".to_owned())];
    let yes: Vec<(&str, &str)> = yes.iter().map(|(name, value)| (*name, value.as_str())).collect();
    is_page(&scene.posts(&again, &yes).await, "c'est pour vous");
    assert_eq!(scene.offer(told.offer).await.state, OfferState::Accepted);
    scene.close().await;
}

#[rstest]
#[case::sqlite(Engine::Sqlite)]
#[case::postgres(Engine::Postgres)]
#[tokio::test]
async fn the_mail_of_a_new_deadline_is_taken_back_by_an_undo_and_does_not_leave_after_the_answer(
    #[case] engine: Engine,
) {
    let scene = Scene::open(engine).await;
    let (told, _) = scene.offered(scene.providers[0]).await;
    let manager = &scene.sending.house.manager;
    let hold = json!({ "fields": { "send_hold_s": { "seen": 0, "new": 300 } } });
    manager.gives("policy.edit", loge::domain::policy::policy_id(), hold).await;
    let before = scene.offer(told.offer).await.fields.deadline;
    let defer = |hours| {
        let later = jiff::Timestamp::now() + jiff::SignedDuration::from_hours(hours);
        json!({ "seen": "sent", "deadline": later })
    };
    let letters = async |state: &str| {
        scene.sending.house.number(&format!("SELECT count(*) FROM reply WHERE state = '{state}'")).await
    };
    let done = manager.gives("offer.defer", told.offer, defer(8)).await;
    assert_eq!(letters("prepared").await, 1);
    manager.gives("undo", "", json!({ "command": done.key })).await;
    assert_eq!((letters("prepared").await, letters("withdrawn").await), (0, 1));
    assert_eq!(scene.offer(told.offer).await.fields.deadline, before);

    let hold = json!({ "fields": { "send_hold_s": { "seen": 300, "new": 3 } } });
    manager.gives("policy.edit", loge::domain::policy::policy_id(), hold).await;
    manager.gives("offer.defer", told.offer, defer(9)).await;
    manager.gives("offer.accept", told.offer, json!({ "seen": "sent" })).await;
    until("it is taken back", || async { letters("withdrawn").await == 2 }).await;
    assert_eq!(scene.sending.server.mails().len(), 1, "the offer itself alone was mailed");
    scene.close().await;
}
