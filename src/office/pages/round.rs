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
