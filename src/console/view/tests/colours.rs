//! What colour means: each meaning has a role of the theme and, for whoever sees no colour, a word or sign beside it.

use super::states::{Look, states};
use crate::{
    console::{
        fixtures::{self, drawn, lines, theme},
        message::Size,
        model::Model,
        terminal::{Capabilities, Depth},
        theme::{Role, Theme},
        view::{frame::Frame, view},
    },
    domain::operator::Language,
};
use ratatui::{
    buffer::Buffer,
    layout::Rect,
    style::{Color, Style},
};
use rstest::rstest;

const SIZE: Size = Size { columns: 120, rows: 40 };

/// The frame of a screen of that size.
fn frame() -> Frame {
    Frame::of(Rect::new(0, 0, SIZE.columns, SIZE.rows))
}

/// The lines of one of its places.
fn lines_of(place: Rect) -> std::ops::Range<u16> {
    place.top()..place.bottom()
}

/// The rows of the lanes, below their headings.
fn lanes() -> std::ops::Range<u16> {
    frame().body.top() + 2..frame().body.top() + 14
}

fn reached(name: &str) -> Model {
    let state = states().find(|state| state.name == name).unwrap();
    (state.reached)(Look { language: Language::Fr, size: SIZE })
}

fn screen(name: &str) -> Buffer {
    drawn(&mut reached(name), SIZE.columns, SIZE.rows).0
}

/// Where a text stands first, in these rows of the screen.
fn place(buffer: &Buffer, rows: impl Iterator<Item = u16>, text: &str) -> (u16, u16) {
    let stands = |x: u16, y: u16| {
        let cells = (x..buffer.area.width).map(|x| buffer[(x, y)].symbol());
        let mut rest = text;
        for symbol in cells {
            match rest.strip_prefix(symbol) {
                Some("") => return true,
                Some(left) => rest = left,
                None => return false,
            }
        }
        false
    };
    let mut places = rows.flat_map(|y| (0..buffer.area.width).map(move |x| (x, y)));
    places.find(|(x, y)| stands(*x, *y)).unwrap_or_else(|| panic!("{text}:\n{}", lines(buffer).join("\n")))
}

/// The role whose colour and weight a text has; the ground of the selected row is no part of either.
fn role(buffer: &Buffer, text: &str) -> Vec<Role> {
    role_in(buffer, 0..buffer.area.height, text)
}

fn role_in(buffer: &Buffer, rows: impl Iterator<Item = u16>, text: &str) -> Vec<Role> {
    let (x, y) = place(buffer, rows, text);
    let cell = &buffer[(x, y)];
    let looks = |style: Style| (style.fg.unwrap_or(Color::Reset), style.add_modifier);
    Role::ALL.iter().copied().filter(|role| looks(theme().style(*role)) == (cell.fg, cell.modifier)).collect()
}

fn mono() -> Theme {
    let terminal =
        Capabilities { depth: Depth::Mono, unicode: true, background: None, synchronized: true, remote: false };
    Theme::named(None, None, terminal).unwrap()
}

fn in_theme(model: &Model, theme: &Theme) -> Buffer {
    let mut buffer = Buffer::empty(Rect::new(0, 0, model.size.columns, model.size.rows));
    view(model, theme, &mut buffer);
    buffer
}

#[test]
fn every_state_says_the_same_without_colour() {
    for state in states() {
        let mut model = (state.reached)(Look { language: Language::Fr, size: SIZE });
        let (coloured, _) = drawn(&mut model, SIZE.columns, SIZE.rows);
        let plain = in_theme(&model, &mono());
        assert_eq!(lines(&plain), lines(&coloured), "{}", state.name);
        let colours = plain.content.iter().filter(|cell| cell.fg != Color::Reset || cell.bg != Color::Reset);
        assert_eq!(colours.count(), 0, "{}", state.name);
        assert_eq!(bare(&coloured), Vec::<u16>::new(), "{}: green, amber or red on nothing", state.name);
    }
}

/// Rows on which green, amber or red stand on no letter, figure or sign.
fn bare(buffer: &Buffer) -> Vec<u16> {
    let meanings = [Role::Ok, Role::Warn, Role::Danger].map(|role| theme().style(role).fg.unwrap());
    let is_bare = |y: &u16| {
        let row: Vec<_> = (0..buffer.area.width).map(|x| &buffer[(x, *y)]).collect();
        let mut runs = row.chunk_by(|one, other| one.fg == other.fg).filter(|run| meanings.contains(&run[0].fg));
        runs.any(|run| run.iter().all(|cell| cell.symbol().trim().is_empty()))
    };
    (0..buffer.area.height).filter(is_bare).collect()
}

#[rstest]
#[case::online("phone", "● connecté", Role::Ok)]
#[case::reconnecting("reconnecting", "· reconnexion dans 4 s", Role::Warn)]
#[case::as_of("as-of", "· ", Role::Warn)]
#[case::offline("offline", "✕ hors ligne depuis 14:32", Role::Danger)]
#[case::signed_out("signed-out", "✕ ", Role::Danger)]
#[case::taken_over("taken-over", "✕ ", Role::Danger)]
#[case::to_send("offline", "1 à envoyer", Role::Warn)]
#[case::to_settle("settle", "2 à régler", Role::Danger)]
fn the_connection_is_a_sign_words_and_a_colour(#[case] state: &str, #[case] text: &str, #[case] meaning: Role) {
    let roles = role_in(&screen(state), 0..1, text);
    assert!(roles.contains(&meaning), "{text}: {roles:?}");
}

#[rstest]
#[case::done("line-saved", Role::Ok)]
#[case::undone("undone", Role::Ok)]
#[case::refused("claim-lost", Role::Danger)]
#[case::partly_refused("bulk-partly-refused", Role::Danger)]
fn what_came_of_it_is_said_in_words_and_in_its_colour(#[case] state: &str, #[case] meaning: Role) {
    let mut model = reached(state);
    let words = model.notice.as_ref().unwrap().words.clone();
    let (buffer, _) = drawn(&mut model, SIZE.columns, SIZE.rows);
    let start: String = words.chars().take(20).collect();
    let roles = role_in(&buffer, lines_of(frame().result), &start);
    assert!(roles.contains(&meaning), "{words}: {roles:?}");
}

/// The state's word of a call, told apart from the others by colour too.
#[rstest]
#[case::mine("on-the-phone", "en ligne", Role::Ok)]
#[case::on_hold("on-the-phone", "en garde", Role::Warn)]
#[case::to_finish("to-finish", "à finir", Role::Warn)]
#[case::missed("missed", "manqué", Role::Danger)]
#[case::others("phone", "pris", Role::Dim)]
#[case::open("permanence-open", "ouverte", Role::Ok)]
#[case::not_held("not-held", "non tenue", Role::Danger)]
#[case::marked("prompt-cancel-marked", "×", Role::Marked)]
#[case::incomplete("incomplete", "nouvelle", Role::Warn)]
fn a_row_says_its_state_in_a_word_and_a_colour(#[case] state: &str, #[case] word: &str, #[case] meaning: Role) {
    let roles = role_in(&screen(state), lanes(), word);
    assert!(roles.contains(&meaning), "{word}: {roles:?}");
}

/// At the desk: what is owed, what is late, what is doubtful, what an Enter does, what is not the house's any more.
#[rstest]
#[case::owes("desk", "doit", Role::Warn)]
#[case::owes_nothing("desk", "rien à payer", Role::Dim)]
#[case::whose("desk", "M. Blanc", Role::Strong)]
#[case::late_locker("desk-lockers", "en retard ", Role::Danger)]
#[case::in_hand("desk-scanned", "En main", Role::Strong)]
#[case::does("desk-scanned", "Entrée\u{a0}: remettre", Role::Accent)]
#[case::doubtful("desk-scanned-elsewhere", "Attention", Role::Warn)]
#[case::gone("desk-scanned-gone", "Déjà remis", Role::Warn)]
fn a_desk_says_in_words_and_colour_what_counts(#[case] state: &str, #[case] text: &str, #[case] meaning: Role) {
    // Below its heading and its tabs.
    let roles = role_in(&screen(state), frame().body.top() + 2..frame().body.bottom(), text);
    assert!(roles.contains(&meaning), "{text}: {roles:?}");
}

#[test]
fn what_rings_looks_like_nothing_else_and_says_so() {
    let buffer = screen("phone");
    let strip = role_in(&buffer, lines_of(frame().strip), "SONNE");
    assert!(strip.iter().any(|role| matches!(role, Role::Accent | Role::Ring)), "{strip:?}");
    let row = role_in(&buffer, lanes(), "sonne");
    for other in [Role::Text, Role::Dim, Role::Ok, Role::Warn, Role::Danger, Role::Gone] {
        assert!(!row.contains(&other) && !strip.contains(&other), "{other:?}");
    }
}

#[test]
fn ones_own_rows_say_mine_and_those_of_others_their_name() {
    let buffer = screen("phone");
    let (mine, others) = (role_in(&buffer, lanes(), "moi"), role_in(&buffer, lanes(), "Paul"));
    assert!(mine.contains(&Role::Accent), "{mine:?}");
    assert!(!others.contains(&Role::Accent), "{others:?}");
}

#[test]
fn the_selected_row_has_a_bar_in_its_margin_and_a_ground() {
    for name in ["phone", "mail", "permanence-open", "palette", "settle", "filter-completed"] {
        let mut model = reached(name);
        let (buffer, _) = drawn(&mut model, SIZE.columns, SIZE.rows);
        let (x, y) = place(&buffer, lines_of(frame().body), "▌");
        let ground = theme().style(Role::Ground).bg.unwrap();
        assert_eq!(buffer[(x, y)].fg, theme().style(Role::Selection).fg.unwrap(), "{name}");
        assert_eq!(buffer[(x + 1, y)].bg, ground, "{name}");
        assert_eq!(buffer[(x + 1, y + 1)].bg, Color::Reset, "{name}: one row alone");
    }
}

#[rstest]
#[case("phone", "Ctrl-G", frame().strip)]
#[case("on-the-phone", "Ctrl-O", frame().own)]
#[case("line-complete", "Entrée", frame().hints)]
#[case("phone", "Entrée", frame().hints)]
#[case("prompt-outcome", "1 Rappelé", frame().body)]
#[case("help", "PgPréc", frame().body)]
fn keys_have_the_colour_of_what_can_be_acted_upon(#[case] state: &str, #[case] key: &str, #[case] within: Rect) {
    let roles = role_in(&screen(state), lines_of(within), key);
    assert!(roles.iter().any(|role| matches!(role, Role::Accent | Role::Key)), "{key}: {roles:?}");
}

#[test]
fn what_is_doubtful_or_missing_in_the_line_has_a_question_mark() {
    let mut model = reached("line-incomplete");
    let (buffer, _) = drawn(&mut model, SIZE.columns, SIZE.rows);
    let amber = theme().style(Role::Warn).fg.unwrap();
    let line = (0..SIZE.rows).find(|y| lines(&buffer)[usize::from(*y)].starts_with("Compris")).unwrap();
    let marked: String =
        (0..SIZE.columns).filter(|x| buffer[(*x, line)].fg == amber).map(|x| buffer[(x, line)].symbol()).collect();
    assert!(marked.contains('?'), "{marked}");
}

#[test]
fn a_row_that_another_took_away_is_greyed_and_stays() {
    let mut model = reached("mail-closed-by-another");
    let (buffer, cursor) = drawn(&mut model, SIZE.columns, SIZE.rows);
    let y = cursor.unwrap().y;
    let name = role_in(&buffer, y..=y, "Mme Martin");
    assert!(name.iter().any(|role| matches!(role, Role::Dim | Role::Gone)), "{name:?}");
    let other = role(&fixtures_buffer(), "Mme Martin");
    assert!(other.contains(&Role::Strong), "{other:?}");
}

fn fixtures_buffer() -> Buffer {
    let mut model = fixtures::day();
    fixtures::press(&mut model, &["Tab"]);
    drawn(&mut model, SIZE.columns, SIZE.rows).0
}

#[test]
fn a_reply_that_did_not_go_is_said_in_words_and_in_red() {
    let buffer = screen("reply-failed");
    assert_eq!(role_in(&buffer, lanes(), "non partie"), vec![Role::Danger]);
    assert_eq!(role_in(&buffer, 0..buffer.area.height, "550 5.1.1"), vec![Role::Danger]);
}

#[rstest]
#[case::on_the_persons_card("address-bounces", "✕ claire.durand@metropole.example n'arrive plus")]
#[case::where_one_writes("reply-bounces", "✕ s.martin@poste.example n'arrive plus")]
#[case::no_address_at_all("reply-recipient-wrong", "✕ «")]
#[case::on_the_requests_card("reply-failed-on-card", "✕ à s.martin@poste.example")]
fn what_does_not_arrive_is_said_in_words_with_a_sign_and_in_red(#[case] name: &str, #[case] words: &str) {
    for size in [Size { columns: 80, rows: 24 }, SIZE] {
        let state = states().find(|state| state.name == name).unwrap();
        let mut model = (state.reached)(Look { language: Language::Fr, size });
        let (buffer, _) = drawn(&mut model, size.columns, size.rows);
        assert_eq!(role(&buffer, words), vec![Role::Danger], "{size:?}");
    }
}

#[test]
fn what_the_program_said_by_itself_steps_back() {
    let buffer = screen("reply-acknowledged");
    let told = role_in(&buffer, 0..buffer.area.height, "Accusé de réception envoyé à s.martin@poste.example");
    assert!(told.contains(&Role::Dim), "{told:?}");
    assert!(
        !fixtures_text(&buffer).contains("C’est noté pour vendredi"),
        "its text is there for who unfolds the message"
    );
}

fn fixtures_text(buffer: &Buffer) -> String {
    lines(buffer).join("\n")
}

#[test]
fn what_is_proposed_in_an_empty_reply_is_quiet_and_what_sends_it_stands_out() {
    assert!(role(&screen("reply-blank"), "1 Bien reçu").contains(&Role::Dim));
    assert_eq!(role(&screen("reply-at-foot"), "Prête"), vec![Role::Accent]);
}

/// On the screen of who does what.
#[rstest]
#[case::late("dispatch", "0:10", Role::Danger)]
#[case::warned("dispatch", "0:20", Role::Warn)]
#[case::recommended("dispatch", "Crèche des Lilas", Role::Strong)]
#[case::left_out("dispatch", "complet ; libre mer.", Role::Dim)]
#[case::leaving("dispatch-offers", "15 s", Role::Accent)]
#[case::marked("dispatch-marked", "×", Role::Marked)]
#[case::takes_a_reason("dispatch-other", "demandé", Role::Warn)]
#[case::under_the_target("dispatch-under", "! passe sous l'objectif", Role::Warn)]
#[case::in_the_way("dispatch-problem", "!problème", Role::Danger)]
#[case::what_is_in_the_way("dispatch-problem", "machine en panne", Role::Danger)]
#[case::came_back("dispatch-held-came-back", "Reprendre", Role::Heading)]
#[case::what_to_do_better("dispatch-held-came-back", "Rappeler d'abord", Role::Warn)]
#[case::taken_by_another("dispatch-taken", "proposée", Role::Gone)]
fn dispatching_says_in_words_what_its_colours_mean(#[case] state: &str, #[case] text: &str, #[case] meaning: Role) {
    let roles = role_in(&screen(state), lines_of(frame().body), &text.replace(" ;", "\u{a0};"));
    assert!(roles.contains(&meaning), "{text}: {roles:?}");
}

/// On the screen of who carries it, when.
#[rstest]
#[case::the_day("rounds", "Tournées d'aujourd'hui", Role::Strong)]
#[case::who("rounds", "Inès", Role::Strong)]
#[case::without_a_round("rounds", "Paul", Role::Dim)]
#[case::the_plan("rounds", "Plan trouvé", Role::Accent)]
#[case::why_not("rounds", "Couture des Lilas est fermé", Role::Danger)]
#[case::a_place("rounds", "possible :", Role::Accent)]
#[case::on_its_way("rounds-underway", "✓", Role::Ok)]
#[case::late("rounds-late", "!", Role::Danger)]
#[case::nobody("rounds-empty", "Personne ne roule", Role::Dim)]
fn rounds_say_in_words_or_signs_what_their_colours_mean(
    #[case] state: &str,
    #[case] text: &str,
    #[case] meaning: Role,
) {
    let roles = role_in(&screen(state), lines_of(frame().body), &text.replace(" :", "\u{a0}:"));
    assert!(roles.contains(&meaning), "{text}: {roles:?}");
}

/// On the screen of what happened.
#[rstest]
#[case::too_late("activity-clocks", "!1", Role::Danger)]
#[case::missed("activity-clocks", "4        3", Role::Warn)]
#[case::under_the_target("activity-ess", "! sous l'objectif de 80 % : 2026", Role::Warn)]
#[case::a_site_under_it("activity-ess", "!70 %", Role::Warn)]
#[case::full("activity-providers", "!12/12", Role::Warn)]
#[case::nobody_came("activity-permanences", "!1", Role::Warn)]
#[case::last_figures("activity-offline", "hors ligne : derniers chiffres", Role::Warn)]
#[case::the_time("activity", "Mar. 24 nov. 2026", Role::Strong)]
#[case::why_nothing("activity-empty", "Aucun contact", Role::Dim)]
fn figures_say_in_words_or_signs_what_their_colours_mean(
    #[case] state: &str,
    #[case] text: &str,
    #[case] meaning: Role,
) {
    let text = text.replace(" :", "\u{a0}:").replace(" %", "\u{a0}%");
    let roles = role_in(&screen(state), lines_of(frame().body), &text);
    assert!(roles.contains(&meaning), "{text}: {roles:?}");
}

#[test]
fn channels_are_told_apart_by_their_filling_in_sixteen_colours_and_without_any() {
    let sixteen =
        Capabilities { depth: Depth::Sixteen, unicode: true, background: None, synchronized: true, remote: false };
    let sixteen = Theme::named(None, None, sixteen).unwrap();
    let model = reached("activity");
    let (x, y) = {
        let buffer = in_theme(&model, &mono());
        place(&buffer, lines_of(frame().body), "█ téléphone")
    };
    for theme in [sixteen, mono()] {
        let buffer = in_theme(&model, &theme);
        let fillings: String =
            (0..70).map(|column| buffer[(x + column, y)].symbol()).filter(|s| "█▒░▓▞".contains(s)).collect();
        assert_eq!(fillings, "█▒░▓");
        let below: std::collections::BTreeSet<_> = (y + 1..y + 12)
            .flat_map(|y| (0..70).map(move |column| (x + column, y)))
            .map(|at| buffer[at].symbol().to_owned())
            .collect();
        assert!(["█", "▒", "░", "▓"].iter().all(|sign| below.contains(*sign)), "{below:?}");
    }
}
