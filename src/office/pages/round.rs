//! The page on which a courier drives their round: the next stop first, and what came of it told by one press.

use super::{
    Tells,
    sheet::{self, Entry, Sheet, Stands},
    whole,
};
use crate::{
    domain::{
        leg::{FailureReason, Place},
        operator::Language,
        round::{RoundState, StopAct},
    },
    i18n::say,
};
use maud::{Markup, html};

/// What a page shows.
#[derive(Debug)]
pub struct View<'a> {
    /// The language it is read in.
    pub language: Language,
    /// The link under which it lies.
    pub link: &'a str,
    /// The round.
    pub sheet: &'a Sheet,
    /// What was just noted; a key of a sentence.
    pub noted: Option<&'static str>,
}

impl View<'_> {
    fn told(&self, key: &str) -> String {
        say(self.language, key, &[])
    }

    fn code(&self) -> &'static str {
        match self.language {
            Language::Fr => "fr",
            Language::En => "en",
        }
    }

    fn place(&self, rest: &str) -> String {
        format!("/r/{}{rest}?lang={}", self.link, self.code())
    }
}

/// The word of a reason in a form.
pub const fn word(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Absent => "absent",
        FailureReason::Closed => "closed",
        FailureReason::Damaged => "damaged",
        FailureReason::Refused => "refused",
        FailureReason::Missing => "missing",
        FailureReason::WrongAddress => "wrong_address",
        FailureReason::LockerFull => "locker_full",
        FailureReason::Vehicle => "vehicle",
    }
}

/// Every reason, in the order in which a page names them.
pub const REASONS: [FailureReason; 8] = [
    FailureReason::Absent,
    FailureReason::Closed,
    FailureReason::Missing,
    FailureReason::Refused,
    FailureReason::LockerFull,
    FailureReason::WrongAddress,
    FailureReason::Damaged,
    FailureReason::Vehicle,
];

fn said(reason: FailureReason) -> &'static str {
    match reason {
        FailureReason::Absent => "round-page-absent",
        FailureReason::Closed => "round-page-closed",
        FailureReason::Damaged => "round-page-damaged",
        FailureReason::Refused => "round-page-refused",
        FailureReason::Missing => "round-page-missing",
        FailureReason::WrongAddress => "round-page-wrong-address",
        FailureReason::LockerFull => "round-page-locker-full",
        FailureReason::Vehicle => "round-page-vehicle",
    }
}

/// What can go wrong at a stop.
fn reasons(entry: &Entry) -> impl Iterator<Item = FailureReason> {
    let (act, place) = (entry.stop.act, entry.place.clone());
    REASONS.into_iter().filter(move |reason| match reason {
        FailureReason::Missing => act == StopAct::Take,
        FailureReason::Refused => act == StopAct::Leave,
        FailureReason::LockerFull => act == StopAct::Leave && matches!(place, Place::Locker { .. }),
        FailureReason::WrongAddress => matches!(place, Place::Address { .. }),
        FailureReason::Absent => !matches!(place, Place::Locker { .. }),
        FailureReason::Closed | FailureReason::Damaged | FailureReason::Vehicle => true,
    })
}

/// The whole page.
pub fn page(view: &View<'_>) -> String {
    let title = sheet::title(view.sheet, view.language);
    let over = view.sheet.round.state == RoundState::Finished;
    let next = view.sheet.next().filter(|_| !over);
    let later = view.sheet.entries.iter().filter(|entry| {
        matches!(entry.stands, Stands::Ahead | Stands::Waits) && next.is_none_or(|next| next.number != entry.number)
    });
    let past: Vec<&Entry> =
        view.sheet.entries.iter().filter(|entry| !matches!(entry.stands, Stands::Ahead | Stands::Waits)).collect();
    let body = html! {
        h1 { (title) }
        @if let Some(noted) = view.noted { p.told role="status" { (view.told(noted)) } }
        @if over { p.told { (view.told("round-page-over")) } }
        @if let Some(next) = next { (stop(view, next, Open::Next)) }
        @else if !over { (all_done(view)) }
        @if !over { @for entry in later { (stop(view, entry, Open::Later)) } }
        @if !past.is_empty() {
            h2 { (view.told("round-page-past")) }
            ul.past { @for entry in &past { li { (sheet::short_text(entry, view.language)) } } }
        }
        footer {
            p { (sheet::way(view.sheet, view.language)) }
            p { a href=(view.place("/sheet.html")) { (view.told("round-page-sheet")) } }
            p { a href=(view.place("/sheet.ics")) { (view.told("round-page-calendar")) } }
            p { (view.told("round-page-contact")) }
            p { (other_language(view)) }
        }
    };
    whole(view.language, &title, Tells::Nothing, &body)
}

/// The page of a link that is not good, or no longer.
pub fn nothing(language: Language, key: &str) -> String {
    let title = say(language, "offer-page-nothing-title", &[]);
    let body = html! {
        h1 { (title) }
        p { (say(language, key, &[])) }
        p { (say(language, "round-page-contact", &[])) }
    };
    whole(language, &title, Tells::Nothing, &body)
}

fn other_language(view: &View<'_>) -> Markup {
    let (code, name) = match view.language {
        Language::Fr => ("en", "English"),
        Language::En => ("fr", "Français"),
    };
    html! { a href=(format!("/r/{}?lang={code}", view.link)) lang=(code) hreflang=(code) { (name) } }
}

/// Whether a stop is the one to drive to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Open {
    Next,
    Later,
}

fn stop(view: &View<'_>, entry: &Entry, open: Open) -> Markup {
    let id = format!("s{}", entry.number);
    html! {
        section.stop aria-labelledby=(id) {
            h2 id=(id) {
                @if open == Open::Next { span.next { (view.told("round-page-next")) } " " }
                (sheet::heading(entry, view.language))
            }
            (sheet::said(entry, view.language))
            @match (open, entry.stands) {
                (_, Stands::Waits) => p.soft { (view.told("round-page-waits")) },
                (Open::Next, _) => (reports(view, entry, &id)),
                (Open::Later, _) => details { summary { (view.told("round-page-already")) } (reports(view, entry, &id)) },
            }
        }
    }
}

/// What can be told of a stop, a press each.
fn reports(view: &View<'_>, entry: &Entry, heading: &str) -> Markup {
    let (done, words) = match entry.stop.act {
        StopAct::Take => ("taken", "round-page-taken"),
        StopAct::Leave => ("left", "round-page-left"),
    };
    html! {
        form method="post" action=(view.place("")) {
            input type="hidden" name="leg" value=(entry.stop.leg_id);
            button.main type="submit" name="told" value=(done) aria-describedby=(heading) { (view.told(words)) }
            fieldset {
                legend { (view.told("round-page-failed")) }
                div.reasons {
                    @for reason in reasons(entry) {
                        button type="submit" name="told" value=(word(reason)) aria-describedby=(heading) { (view.told(said(reason))) }
                    }
                }
            }
        }
    }
}

/// Nothing is left to drive to.
fn all_done(view: &View<'_>) -> Markup {
    let (key, told, words) = if view.sheet.entries.is_empty() {
        ("round-sheet-empty", None, "")
    } else if view.sheet.round.state == RoundState::Started {
        ("round-page-all-done", Some("finish"), "round-page-finish")
    } else {
        ("round-page-all-done", None, "")
    };
    html! {
        section {
            p { (view.told(key)) }
            @if let Some(told) = told {
                form method="post" action=(view.place("")) {
                    button.main type="submit" name="told" value=(told) { (view.told(words)) }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        domain::{
            ids::LegId,
            round::{Round, Stop},
            time::{Window, Zone},
        },
        office::pages::sheet::{Hour, Spot, Sure},
    };
    use jiff::civil::{date, time};
    use serde_json::json;
    use uuid::Uuid;

    fn entry(number: usize, act: StopAct, stands: Stands, place: Place, name: &str) -> Entry {
        let leg_id: LegId = Uuid::from_u128(u128::try_from(number).unwrap()).into();
        let hours = Window::new(date(2026, 12, 1), time(11, 30, 0, 0), time(14, 0, 0, 0)).unwrap();
        let door = matches!(place, Place::Address { .. });
        let (at, lasts) = ("2026-12-01T08:00:00Z".parse().unwrap(), jiff::SignedDuration::from_mins(2));
        let sure = if stands == Stands::Passed { Sure::Done } else { Sure::Planned };
        Entry {
            number,
            stop: Stop { leg_id, act },
            hour: Some(Hour { at, clock: time(9 + i8::try_from(number).unwrap(), 40, 0, 0), lasts, sure }),
            hours: vec![hours],
            spot: Spot {
                name: name.into(),
                address: (!door).then(|| "1 esplanade des Deux Rives, Mérignac".into()),
                notice: (!door)
                    .then(|| "Badge visiteur à demander à l’accueil ; bureau au rez-de-chaussée, porte B.".into()),
            },
            place,
            job: "26-1031 · Chemise lavée et repassée".into(),
            pieces: 2,
            labels: vec!["4012345".into(), "4012346".into()],
            person: door.then(|| "Mme Claire Durand".into()),
            stands,
        }
    }

    fn sheet(stands: [Stands; 4]) -> Sheet {
        let site = Place::Site { site_id: Uuid::nil().into() };
        let locker = Place::Locker { locker_id: Uuid::nil().into() };
        let door = Place::Address { address: "12 rue des Acacias".parse().unwrap(), position: None };
        let fields = json!({ "courier_id": Uuid::nil(), "vehicle": { "kind": "cargo_bike", "speed_kmh": 13, "capacity_items": 20 },
            "shift": { "date": "2026-12-01", "from": "08:30", "to": "16:30" }, "start": site, "end": site });
        let at = "2026-11-30T08:00:00Z".parse().unwrap();
        let mut round = Round::create(Uuid::nil().into(), serde_json::from_value(fields).unwrap(), at, None).unwrap();
        round.go("publish", RoundState::Published, at).unwrap();
        let [first, second, third, fourth] = stands;
        let desk = Spot { name: "Mérignac, permanence".into(), ..Spot::default() };
        Sheet {
            courier: "Malo Trébuchet".into(),
            zone: Zone::default(),
            start: desk.clone(),
            end: desk,
            entries: vec![
                entry(1, StopAct::Take, first, site, "Mérignac, permanence"),
                entry(2, StopAct::Leave, second, door, "12 rue des Acacias"),
                entry(3, StopAct::Take, third, Place::Provider { provider_id: Uuid::nil().into() }, "Lavoir Solidaire"),
                entry(4, StopAct::Leave, fourth, locker, "Bruges, casier 7"),
            ],
            gone: Vec::new(),
            round,
        }
    }

    fn drawn(language: Language, sheet: &Sheet) -> String {
        page(&View { language, link: "0123", sheet, noted: Some("round-page-noted-taken") })
    }

    #[test]
    fn the_next_stop_comes_first_and_each_report_is_one_press() {
        use Stands::{Ahead, Passed, Waits};
        let sheet = sheet([Passed, Ahead, Ahead, Waits]);
        insta::assert_snapshot!(drawn(Language::Fr, &sheet).replace("><", ">\n<"));
        for language in [Language::Fr, Language::En] {
            let page = drawn(language, &sheet);
            assert!(!page.contains(">round-"), "{page}");
            assert_eq!(page.matches("value=\"left\"").count(), 1, "what waits cannot be left yet");
            // At a door nobody may be there, or the address be wrong; nothing is full there.
            let next = page.split("<section").nth(1).unwrap();
            assert!(next.contains("wrong_address") && !next.contains("locker_full") && !next.contains("missing"));
        }
    }

    #[test]
    fn a_round_that_is_driven_asks_whether_the_courier_is_back() {
        let mut over = sheet([Stands::Passed, Stands::Failed, Stands::Passed, Stands::Off]);
        assert!(!drawn(Language::Fr, &over).contains("<form"), "it was not started");
        over.round.go("start", RoundState::Started, over.round.created_at).unwrap();
        assert!(drawn(Language::Fr, &over).contains("value=\"finish\""));
        over.round.go("finish", RoundState::Finished, over.round.created_at).unwrap();
        assert!(!drawn(Language::Fr, &over).contains("<form"));
    }
}
