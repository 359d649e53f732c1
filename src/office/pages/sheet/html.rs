//! The sheet as a page that prints well.

use super::{Entry, Sheet, Stands, act, limits, standing, time, title, way, what};
use crate::{
    domain::operator::Language,
    i18n::say,
    office::pages::{Tells, whole},
};
use maud::{Markup, html};

/// The whole page.
pub fn page(sheet: &Sheet, language: Language) -> String {
    let title = title(sheet, language);
    let body = html! {
        h1 { (title) }
        p { (way(sheet, language)) }
        @if sheet.entries.is_empty() { p.told { (say(language, "round-sheet-empty", &[])) } }
        @for entry in &sheet.entries { (section(entry, language)) }
    };
    whole(language, &title, Tells::Nothing, &body)
}

fn section(entry: &Entry, language: Language) -> Markup {
    html! {
        section.stop {
            h2 { (heading(entry, language)) }
            (said(entry, language))
        }
    }
}

/// Number, time, act and place of a stop.
pub fn heading(entry: &Entry, language: Language) -> Markup {
    html! {
        (entry.number) ". "
        @if let Some(time) = time(entry, language) { (time) " " }
        (act(entry.stop.act, language)) " " (entry.spot.name)
    }
}

/// All that is to be known at a stop.
pub fn said(entry: &Entry, language: Language) -> Markup {
    html! {
        @if let Some(address) = &entry.spot.address { p { (address) } }
        @if let Some(person) = &entry.person { p { (person) } }
        @if let Some(limits) = limits(entry, language) { p { (limits) } }
        @if let Some(notice) = &entry.spot.notice { p.notice { (notice) } }
        p.what { (what(entry, language)) }
        @if entry.stands != Stands::Waits {
            @if let Some(word) = standing(entry.stands, language) { p.standing { (word) } }
        }
    }
}
