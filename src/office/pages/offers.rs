//! The page on which a provider answers its offers, and tells how the jobs go that it took.

use super::{
    Tells,
    card::{self, Card, Standing},
    whole,
};
use crate::{
    domain::{ids::OfferId, operator::Language, time::Instant},
    i18n::{job, say},
};
use maud::{Markup, html};

/// What a page shows.
#[derive(Debug)]
pub struct View<'a> {
    /// The language it is read in.
    pub language: Language,
    /// The house's name.
    pub house: &'a str,
    /// The link under which it lies.
    pub link: &'a str,
    /// Now.
    pub now: Instant,
    /// Why siblings of an accepted offer are withdrawn.
    pub taken: &'a str,
    /// Whether the provider still works with the house.
    pub partner: Partner,
    /// Its offers.
    pub cards: &'a [Card],
    /// What a form said that could not be read.
    pub fault: Option<&'a Fault>,
    /// What was just noted; a key of a sentence.
    pub noted: Option<&'static str>,
}

/// Whether a provider still works with the house.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Partner {
    /// It does.
    Active,
    /// No longer.
    Archived,
}

/// A field of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// Why not.
    Reason,
    /// At which other time.
    When,
    /// What there is to say of a delay.
    Late,
    /// What is in the way.
    Problem,
}

/// A form that could not be read: it is shown again with what was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Of which offer.
    pub offer: OfferId,
    /// Which field.
    pub field: Field,
    /// The text that was typed.
    pub text: String,
    /// The day that was typed.
    pub date: String,
    /// The time that was typed.
    pub time: String,
}

impl View<'_> {
    fn told(&self, key: &str) -> String {
        say(self.language, key, &[])
    }

    /// What is typed in a field still, and the sentence beside it.
    fn fault(&self, offer: OfferId, field: Field) -> Option<&Fault> {
        self.fault.filter(|fault| fault.offer == offer && fault.field == field)
    }

    fn action(&self) -> String {
        let language = if self.language == Language::En { "?lang=en" } else { "?lang=fr" };
        format!("/o/{}{language}", self.link)
    }

    fn open(&self) -> usize {
        self.cards.iter().filter(|card| card.standing(self.now, self.taken) == Standing::Open).count()
    }
}

/// The whole page.
pub fn page(view: &View<'_>) -> String {
    let house = [("house", view.house.to_owned()), ("count", view.cards.len().to_string())];
    let title = say(view.language, "offer-page-title", &house);
    let active = view.partner == Partner::Active;
    let body = html! {
        h1 { (title) }
        @if let Some(noted) = view.noted { p.told role="status" { (view.told(noted)) } }
        @if !active { p.told { (view.told("offer-page-archived")) } }
        @for (place, card) in view.cards.iter().enumerate() { (section(view, place, card)) }
        @if active && view.open() > 1 { (all(view)) }
        footer {
            p { (view.told("offer-page-contact")) }
            p { (other_language(view)) }
        }
    };
    let tells = if active && view.open() > 0 { Tells::Opened } else { Tells::Nothing };
    whole(view.language, &title, tells, &body)
}

/// The page of a link that is not good, or no longer.
pub fn nothing(language: Language, key: &str) -> String {
    let title = say(language, "offer-page-nothing-title", &[]);
    let body = html! {
        h1 { (title) }
        p { (say(language, key, &[])) }
        p { (say(language, "offer-page-contact", &[])) }
    };
    whole(language, &title, Tells::Nothing, &body)
}

fn other_language(view: &View<'_>) -> Markup {
    let (code, name) = match view.language {
        Language::Fr => ("en", "English"),
        Language::En => ("fr", "Français"),
    };
    html! { a href=(format!("/o/{}?lang={code}", view.link)) lang=(code) hreflang=(code) { (name) } }
}

fn section(view: &View<'_>, place: usize, card: &Card) -> Markup {
    let standing = card.standing(view.now, view.taken);
    let id = format!("o{place}");
    html! {
        section aria-labelledby=(id) {
            // Two offers may be of the same service: a number tells them apart, also to who hears the page.
            h2 id=(id) { @if view.cards.len() > 1 { (place + 1) ". " } (card.terms.service) }
            dl {
                @for (name, said) in card::lines(&card.terms, view.language) { dt { (name) } dd { (said) } }
            }
            @if standing != Standing::Open { p.standing { (stands(view, card, standing)) } }
            @if let Some(confided) = &card.confided {
                dl {
                    @for (key, said) in [
                        ("offer-number", Some(&confided.number)),
                        ("offer-member", confided.member.as_ref()),
                        ("offer-person", confided.person.as_ref()),
                        ("offer-place", confided.place.as_ref()),
                        ("offer-handover", confided.handover.as_ref()),
                        ("offer-detail", confided.detail.as_ref()),
                    ] {
                        @if let Some(said) = said { dt { (view.told(key)) } dd { (said) } }
                    }
                }
                @if card.terms.when.is_some() {
                    p { a href=(format!("/o/{}/{}.ics", view.link, card.offer.id)) { (view.told("offer-page-calendar")) } }
                }
            }
            @if view.partner == Partner::Active {
                @match standing {
                    Standing::Open => (answers(view, card, &id)),
                    Standing::Accepted => (reports(view, card, &id)),
                    _ => {}
                }
            }
        }
    }
}

/// How it stands, in a sentence.
fn stands(view: &View<'_>, card: &Card, standing: Standing) -> String {
    match standing {
        Standing::Open => String::new(),
        Standing::Expired => view.told("offer-page-expired"),
        Standing::Taken => view.told("offer-page-taken"),
        Standing::Withdrawn => view.told("offer-page-withdrawn"),
        Standing::Accepted => view.told("offer-page-accepted"),
        Standing::Fulfilled => view.told("offer-page-fulfilled"),
        Standing::Over => view.told("offer-page-over"),
        Standing::Declined => match (&card.offer.counter, &card.offer.reason) {
            (Some(when), _) => say(view.language, "offer-page-countered", &[("when", job::when(view.language, when))]),
            (None, Some(reason)) => say(view.language, "offer-page-declined", &[("reason", reason.to_string())]),
            (None, None) => view.told("offer-page-over"),
        },
    }
}

/// What every form of an offer carries.
fn hidden(card: &Card, answer: &str) -> Markup {
    html! {
        input type="hidden" name="offer" value=(card.offer.id);
        input type="hidden" name="answer" value=(answer);
    }
}

fn answers(view: &View<'_>, card: &Card, heading: &str) -> Markup {
    let when = view.fault(card.offer.id, Field::When);
    let (date, time) = (format!("date-{}", card.offer.id), format!("time-{}", card.offer.id));
    let wrong = format!("when-{}", card.offer.id);
    let described = when.map(|_| wrong.as_str());
    let invalid = when.map(|_| "true");
    html! {
        form method="post" action=(view.action()) {
            (hidden(card, "yes"))
            button.main type="submit" aria-describedby=(heading) { (view.told("offer-page-yes")) }
        }
        (worded(view, card, Field::Reason))
        details open[when.is_some()] {
            summary { (view.told("offer-page-other-open")) }
            form method="post" action=(view.action()) {
                (hidden(card, "other"))
                label for=(date) { (view.told("offer-page-date")) }
                input type="date" id=(date) name="date" required value=(when.map_or("", |it| it.date.as_str()))
                    aria-invalid=[invalid] aria-describedby=[described];
                label for=(time) { (view.told("offer-page-time")) }
                input type="time" id=(time) name="time" required value=(when.map_or("", |it| it.time.as_str()))
                    aria-invalid=[invalid] aria-describedby=[described];
                @if when.is_some() { p.fault id=(wrong) { (view.told("offer-page-when-wrong")) } }
                button type="submit" { (view.told("offer-page-other")) }
            }
        }
    }
}

fn reports(view: &View<'_>, card: &Card, heading: &str) -> Markup {
    html! {
        form method="post" action=(view.action()) {
            (hidden(card, "ready"))
            button.main type="submit" aria-describedby=(heading) { (view.told("offer-page-ready")) }
        }
        (worded(view, card, Field::Late))
        (worded(view, card, Field::Problem))
    }
}

/// A form that asks for a few words.
fn worded(view: &View<'_>, card: &Card, field: Field) -> Markup {
    let (answer, opens, asks, sends) = match field {
        Field::Reason | Field::When => ("no", "offer-page-no-open", "offer-page-reason", "offer-page-no"),
        Field::Late => ("late", "offer-page-late-open", "offer-page-late-text", "offer-page-late"),
        Field::Problem => ("problem", "offer-page-problem-open", "offer-page-problem-text", "offer-page-problem"),
    };
    let fault = view.fault(card.offer.id, field);
    let id = format!("{answer}-{}", card.offer.id);
    let wrong = format!("{id}-fault");
    html! {
        details open[fault.is_some()] {
            summary { (view.told(opens)) }
            form method="post" action=(view.action()) {
                (hidden(card, answer))
                label for=(id) { (view.told(asks)) }
                input type="text" id=(id) name="text" maxlength="200" required autocomplete="off"
                    value=(fault.map_or("", |it| it.text.as_str()))
                    aria-invalid=[fault.map(|_| "true")] aria-describedby=[fault.map(|_| wrong.as_str())];
                @if fault.is_some() { p.fault id=(wrong) { (view.told("offer-page-text-wrong")) } }
                button type="submit" { (view.told(sends)) }
            }
        }
    }
}

/// One answer for all offers that are open.
fn all(view: &View<'_>) -> Markup {
    let count = [("count", view.open().to_string())];
    html! {
        section aria-labelledby="all" {
            h2 id="all" { (view.told("offer-page-all")) }
            form method="post" action=(view.action()) {
                input type="hidden" name="answer" value="yes";
                button.main type="submit" { (say(view.language, "offer-page-all-yes", &count)) }
            }
            details {
                summary { (view.told("offer-page-all-no-open")) }
                form method="post" action=(view.action()) {
                    input type="hidden" name="answer" value="no";
                    label for="all-reason" { (view.told("offer-page-reason")) }
                    input type="text" id="all-reason" name="text" maxlength="200" required autocomplete="off";
                    button type="submit" { (say(view.language, "offer-page-all-no", &count)) }
                }
            }
        }
    }
}
