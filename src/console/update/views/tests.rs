use crate::{
    console::{
        fixtures::*,
        keymap::Action,
        model::{Model, Screen, layer::Layer},
        steps,
        update::Effects,
    },
    domain::operator::Language,
    wire::catalogue::Command,
};
use rstest::rstest;

/// Types a command and Enter.
fn command(model: &mut Model, typed: &str) -> Effects {
    press(model, &["Esc", ":"]);
    let mut effects = type_in(model, typed);
    effects.extend(press(model, &["Enter"]));
    effects
}

fn filtered(filter: &str) -> Model {
    let mut model = day();
    press(&mut model, &["4"]);
    filter.clone_into(&mut model.requests.filter);
    model
}

/// The view that a command keeps, or drops.
fn view(command: &Command) -> (&str, Option<&str>) {
    let Command::SetView { body } = command else { panic!("{command:?}") };
    (&body.name, body.filter.as_deref())
}

fn notice(model: &Model) -> &str {
    model.notice.as_ref().map_or("", |notice| &notice.words)
}

#[rstest]
#[case("vue du jour", Language::Fr)]
#[case("view du jour", Language::Fr)]
#[case("vue du jour", Language::En)]
#[case("VIEW du jour", Language::En)]
fn the_present_filter_is_kept_under_a_name_with_the_account(#[case] typed: &str, #[case] language: Language) {
    let mut model = filtered("site:Bruges auj");
    model.seat.language = language;
    let effects = command(&mut model, typed);
    let given = given(&effects);
    assert_eq!(given.len(), 1, "{:?}", model.notice);
    assert_eq!(view(&given[0]), ("du jour", Some("site:Bruges auj")));
    assert!(notice(&model).contains("du jour") && model.notice.as_ref().unwrap().undo.is_some());
}

#[test]
fn offline_several_are_kept_one_upon_the_other_and_found_at_once() {
    let mut model = filtered("site:Bruges");
    model.connection = crate::console::model::connection::Connection::Reconnecting { since: ago(2), retry_at: now() };
    command(&mut model, "vue bruges");
    "pressing".clone_into(&mut model.requests.filter);
    let effects = command(&mut model, "vue linge");
    assert_eq!(view(&given(&effects)[0]), ("linge", Some("pressing")));
    press(&mut model, &["/", "Ctrl-U", "Tab"]);
    assert_eq!(model.requests.filter, "site:Bruges", "Tab in an empty line offers the views first");
    press(&mut model, &["Tab"]);
    assert_eq!(model.requests.filter, "pressing");
}

#[test]
fn the_same_name_replaces_and_undo_brings_the_filter_before_back() {
    let mut model = filtered("site:Bruges");
    command(&mut model, "vue à moi");
    "urgent".clone_into(&mut model.requests.filter);
    let effects = command(&mut model, "vue A MOI");
    assert_eq!(view(&given(&effects)[0]), ("A MOI", Some("urgent")));
    assert!(notice(&model).contains("remplacée"), "{}", notice(&model));
    press(&mut model, &["u"]);
    assert_eq!(super::saved(&model), [("à moi".to_owned(), "site:Bruges".to_owned())]);
    assert!(given(&command(&mut model, "vue à moi")).len() == 1);
    assert!(given(&command(&mut model, "vue à moi")).is_empty(), "nothing changes the second time");
}

#[rstest]
#[case("oublier bru")]
#[case("oublier bruges")]
#[case("forget Bruges")]
fn a_view_is_dropped_by_its_name(#[case] typed: &str) {
    let mut model = filtered("site:Bruges");
    command(&mut model, "vue Bruges");
    let effects = command(&mut model, typed);
    assert_eq!(view(&given(&effects)[0]), ("Bruges", None));
    assert!(notice(&model).contains("Bruges"));
}

#[rstest]
#[case("", "vue jour", "filtre")]
#[case("urgent", "vue une vue dont le nom est bien trop long pour une liste", "40")]
#[case("urgent", "vue a\u{202e}b", "signes")]
#[case("urgent", "oublier personne", "personne")]
fn what_cannot_be_kept_or_dropped_is_said_and_nothing_is_given(
    #[case] filter: &str,
    #[case] typed: &str,
    #[case] said: &str,
) {
    let mut model = filtered(filter);
    assert!(given(&command(&mut model, typed)).is_empty());
    assert!(notice(&model).contains(said), "{}", notice(&model));
}

#[test]
fn without_a_name_the_line_waits_for_one() {
    let mut model = filtered("urgent");
    assert!(given(&command(&mut model, "vue")).is_empty());
    let Some(Layer::Palette(line)) = model.layers.last() else { panic!("{:?}", model.layers) };
    assert_eq!(line.field.text(), "vue ");
    let effects = {
        let mut effects = type_in(&mut model, "vite");
        effects.extend(press(&mut model, &["Enter"]));
        effects
    };
    assert_eq!(view(&given(&effects)[0]), ("vite", Some("urgent")));
}

#[test]
fn the_palette_lists_views_and_leads_to_them() {
    let mut model = filtered("site:Bruges");
    command(&mut model, "vue le matin");
    press(&mut model, &["1", ":"]);
    type_in(&mut model, "mati");
    let screen = screen(&mut model, 120, 40);
    assert!(screen.contains("vue «\u{a0}le matin\u{a0}»"), "{screen}");
    model.requests.filter.clear();
    press(&mut model, &["Enter"]);
    assert_eq!((model.screen, model.requests.filter.as_str()), (Screen::Requests, "site:Bruges"));
}

#[test]
fn what_would_do_nothing_is_told_so() {
    let mut model = filtered("");
    assert!(!steps::enabled(&model, Action::KeepView) && !steps::enabled(&model, Action::ForgetView));
    "urgent".clone_into(&mut model.requests.filter);
    assert!(steps::enabled(&model, Action::KeepView));
    command(&mut model, "vue vite");
    assert!(steps::enabled(&model, Action::ForgetView));
}
