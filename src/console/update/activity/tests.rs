use crate::{
    client::{ClientError, Outage},
    console::{
        effect::Effect,
        fixtures::{activity::*, comes, dispatch::dispatching, id, known::*, press},
        message::Message,
        model::{
            Model, Screen,
            activity::{Pane, Period, Span},
            layer::Layer,
        },
        update::update,
    },
    domain::{ids::SiteId, request::Request},
    replica::link::LinkEvent,
    wire::{activity::Journal, change::Seq},
};
use jiff::{SignedDuration, civil::date};

/// What the office is asked for.
fn asked(effects: &[Effect]) -> Vec<String> {
    effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::ReadActivity(period) => {
                let (from, to) = period.days();
                Some(format!("{from} {to}{}", period.site.map(|_| " site").unwrap_or_default()))
            }
            Effect::ReadJournal(None) => Some("newest".into()),
            Effect::ReadJournal(Some(seq)) => Some(format!("before {}", seq.0)),
            _ => None,
        })
        .collect()
}

fn later(model: &mut Model, seconds: i64) -> Vec<Effect> {
    let at = model.now.plus(SignedDuration::from_secs(seconds));
    update(model, at, Message::Woke)
}

fn request(model: &Model) -> Request {
    let mut request = (**model.world.request(id(WARNED)).unwrap().row).clone();
    request.version = request.version.next();
    request
}

fn wakes_within(effects: &[Effect], model: &Model, seconds: i64) -> bool {
    let by = model.now.plus(SignedDuration::from_secs(seconds));
    effects.iter().any(|effect| matches!(effect, Effect::WakeAt(at) if *at <= by))
}

#[test]
fn opening_the_screen_asks_for_the_day_and_on_a_wide_one_for_the_journal() {
    let mut model = dispatching();
    assert_eq!(asked(&press(&mut model, &["5"])), ["2026-11-24 2026-11-24", "newest"]);
    assert_eq!((model.screen, model.activity.pane), (Screen::Activity, Pane::Arrivals));
    let mut model = dispatching();
    let size = crate::console::message::Size { columns: 80, rows: 24 };
    let at = model.now;
    update(&mut model, at, Message::Resized(size));
    assert_eq!(asked(&press(&mut model, &["5"])), ["2026-11-24 2026-11-24"]);
    assert_eq!(asked(&press(&mut model, &["Shift-Tab"])), ["newest"]);
}

#[test]
fn the_unshifted_bracket_of_azerty_opens_it_too() {
    let mut model = dispatching();
    press(&mut model, &["("]);
    assert_eq!(model.screen, Screen::Activity);
}

#[test]
fn sideways_keys_change_the_length_and_angle_brackets_the_time() {
    let mut model = active();
    assert_eq!(asked(&press(&mut model, &["Right"])), ["2026-11-01 2026-11-30"]);
    tells(&mut model, Period { span: Span::Month, ..today() }, figures(today(), 20));
    assert_eq!(asked(&press(&mut model, &["Right"])), ["2026-01-01 2026-12-31"]);
    tells(&mut model, Period { span: Span::Year, ..today() }, figures(today(), 200));
    assert_eq!(asked(&press(&mut model, &["<"])), ["2025-01-01 2025-12-31"]);
    let before = Period { span: Span::Year, day: date(2025, 11, 24), site: None };
    tells(&mut model, before, figures(before, 200));
    // The year that runs follows the calendar again.
    press(&mut model, &[">"]);
    assert_eq!(model.activity.day, None);
    assert_eq!(asked(&press(&mut model, &[">"])), Vec::<String>::new(), "nothing has happened yet of what is to come");
}

#[test]
fn an_answer_of_another_time_is_let_go_and_that_time_is_asked_for() {
    let mut model = active();
    press(&mut model, &["<"]);
    // One goes on before the answer is there.
    assert_eq!(asked(&press(&mut model, &["<"])), Vec::<String>::new());
    let yesterday = Period { day: date(2026, 11, 23), ..today() };
    let at = model.now;
    let told = Message::ActivityTold { period: yesterday, told: Ok(Box::new(figures(yesterday, 3))) };
    assert_eq!(asked(&update(&mut model, at, told)), ["2026-11-22 2026-11-22"]);
    assert!(model.activity.figures(date(2026, 11, 24)).is_none());
}

#[test]
fn one_site_is_found_by_its_name_and_the_same_key_shows_all_of_them_again() {
    let mut model = active();
    press(&mut model, &["/"]);
    assert!(matches!(model.layers.last(), Some(Layer::Palette(_))));
    crate::console::fixtures::type_in(&mut model, "bruges");
    let effects = press(&mut model, &["Enter"]);
    assert_eq!((model.screen, model.activity.site), (Screen::Activity, Some(id::<SiteId>(BRUGES))));
    assert_eq!(asked(&effects), ["2026-11-24 2026-11-24 site"]);
    tells(&mut model, Period { site: Some(id(BRUGES)), ..today() }, figures(today(), 1));
    assert_eq!(asked(&press(&mut model, &["/"])), ["2026-11-24 2026-11-24"]);
}

#[test]
fn what_changes_is_counted_anew_after_a_while_and_only_while_one_looks() {
    let mut model = active();
    let change = request(&model);
    comes(&mut model, &change);
    let effects = later(&mut model, 1);
    assert_eq!(asked(&effects), Vec::<String>::new());
    assert!(wakes_within(&effects, &model, 3));
    assert_eq!(asked(&later(&mut model, 2)), ["newest"]);
    assert_eq!(asked(&later(&mut model, 2)), ["2026-11-24 2026-11-24"]);
    // Nothing new: nothing is asked.
    tells(&mut model, today(), figures(today(), 1));
    let at = model.now;
    update(&mut model, at, Message::JournalTold { before: None, told: Ok(journal()) });
    assert_eq!(asked(&later(&mut model, 600)), Vec::<String>::new());
    press(&mut model, &["1"]);
    let change = request(&model);
    comes(&mut model, &change);
    assert_eq!(asked(&later(&mut model, 60)), Vec::<String>::new());
    assert_eq!(asked(&press(&mut model, &["5"])), ["2026-11-24 2026-11-24", "newest"]);
}

#[test]
fn the_journal_comes_in_above_without_moving_the_selection_and_reads_on_below() {
    let mut model = active();
    press(&mut model, &["Shift-Tab", "Down", "Down"]);
    assert_eq!(model.activity.journal.selected(), Some(Seq(815)));
    let line = model.activity.journal.line();
    let mut newer = journal();
    newer.lines.truncate(2);
    newer.lines[0].seq = Seq(900);
    newer.lines[1].seq = Seq(820);
    let at = model.now;
    update(&mut model, at, Message::JournalTold { before: None, told: Ok(newer) });
    assert_eq!((model.activity.journal.selected(), model.activity.journal.line()), (Some(Seq(815)), line));
    assert_eq!(model.activity.lines.len(), 7);
    // Where it does not end, older lines are read as one comes near the last.
    let mut model = dispatching();
    press(&mut model, &["5", "Shift-Tab"]);
    let more = Journal { next: Some(Seq(790)), ..journal() };
    let effects = update(&mut model, at, Message::JournalTold { before: None, told: Ok(more) });
    assert_eq!(asked(&effects), ["before 790"]);
    let end = Journal { lines: Vec::new(), next: None };
    let effects = update(&mut model, at, Message::JournalTold { before: Some(Seq(790)), told: Ok(end) });
    assert_eq!(asked(&effects), Vec::<String>::new());
}

#[test]
fn enter_on_a_line_about_a_request_opens_its_card() {
    let mut model = active();
    press(&mut model, &["Shift-Tab", "Enter"]);
    assert!(matches!(model.layers.last(), Some(Layer::Card(card)) if card.request == id(WARNED)));
    press(&mut model, &["q", "Down", "Down", "Enter"]);
    assert!(model.layers.is_empty(), "a contact has no card");
    assert_eq!(model.screen, Screen::Activity);
}

#[test]
fn without_the_office_the_last_figures_stay_and_are_asked_for_once_it_is_back() {
    let mut model = active();
    let at = model.now;
    let lost = LinkEvent::Disconnected {
        retry_in: std::time::Duration::from_secs(4),
        why: ClientError::Unreachable(Outage::TimedOut),
    };
    update(&mut model, at, Message::Link(lost));
    assert!(model.activity.figures(date(2026, 11, 24)).is_some());
    assert_eq!(asked(&press(&mut model, &["<"])), Vec::<String>::new());
    assert!(model.activity.figures(date(2026, 11, 24)).is_none());
    press(&mut model, &[">"]);
    assert!(model.activity.figures(date(2026, 11, 24)).is_some());
}

#[test]
fn figures_that_are_refused_are_asked_for_again_after_half_a_minute() {
    let mut model = dispatching();
    press(&mut model, &["5"]);
    let at = model.now;
    let refused = Err(ClientError::Protocol("503".into()));
    let effects = update(&mut model, at, Message::ActivityTold { period: today(), told: refused });
    assert_eq!(asked(&effects), Vec::<String>::new());
    assert!(model.activity.refused);
    assert_eq!(asked(&later(&mut model, 30)), ["2026-11-24 2026-11-24"]);
}
