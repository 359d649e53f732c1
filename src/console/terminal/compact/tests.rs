use super::*;
use proptest::prelude::*;
use ratatui::{Terminal, buffer::Buffer, layout::Rect, style::Style, widgets::Widget};

const COLUMNS: u16 = 30;
const ROWS: u16 = 6;

/// A buffer drawn as it is.
struct Picture<'a>(&'a Buffer);

impl Widget for Picture<'_> {
    fn render(self, area: Rect, screen: &mut Buffer) {
        for position in area.positions() {
            screen[position] = self.0[position].clone();
        }
    }
}

fn terminal(columns: u16, rows: u16) -> Terminal<Compact<Vec<u8>>> {
    Terminal::new(Compact::new(Vec::new(), Size::new(columns, rows)).synchronized(true)).unwrap()
}

/// One that was cleared, as the console does it: what it shows is sure from the start.
fn cleared(columns: u16, rows: u16) -> Terminal<Compact<Vec<u8>>> {
    let mut terminal = terminal(columns, rows);
    terminal.clear().unwrap();
    terminal
}

/// Draws a picture; the bytes that it took.
fn draw(terminal: &mut Terminal<Compact<Vec<u8>>>, picture: &Buffer, cursor: (u16, u16)) -> Vec<u8> {
    let before = terminal.backend().writer().len();
    terminal
        .draw(|frame| {
            frame.render_widget(Picture(picture), frame.area());
            frame.set_cursor_position(cursor);
        })
        .unwrap();
    terminal.backend().writer()[before..].to_vec()
}

fn seen(colour: Color) -> vt100::Color {
    match colour {
        Color::Red => vt100::Color::Idx(1),
        Color::LightBlue => vt100::Color::Idx(12),
        Color::Indexed(index) => vt100::Color::Idx(index),
        Color::Rgb(red, green, blue) => vt100::Color::Rgb(red, green, blue),
        _ => vt100::Color::Default,
    }
}

fn assert_shows(screen: &vt100::Screen, picture: &Buffer) {
    let mut covered = 0;
    for position in picture.area.positions() {
        let (cell, there) = (&picture[position], screen.cell(position.y, position.x).unwrap());
        if position.x == 0 {
            covered = 0;
        }
        if covered > 0 {
            covered -= 1;
            continue;
        }
        covered = cell.cell_width().saturating_sub(1);
        let shown = if there.has_contents() { there.contents() } else { " " };
        assert_eq!(shown, cell.symbol(), "at {position}");
        assert_eq!(there.bgcolor(), seen(cell.bg), "ground at {position}");
        assert_eq!(there.inverse(), cell.modifier.contains(Modifier::REVERSED), "reverse at {position}");
        assert_eq!(there.underline(), cell.modifier.contains(Modifier::UNDERLINED), "underline at {position}");
        if !is_blank(cell) {
            assert_eq!(there.fgcolor(), seen(cell.fg), "colour at {position}");
            assert_eq!(there.bold(), cell.modifier.contains(Modifier::BOLD), "bold at {position}");
            assert_eq!(
                there.dim(),
                cell.modifier & (Modifier::BOLD | Modifier::DIM) == Modifier::DIM,
                "dim at {position}"
            );
            assert_eq!(there.italic(), cell.modifier.contains(Modifier::ITALIC), "italic at {position}");
        }
    }
}

fn style() -> impl Strategy<Value = Style> {
    let colour = || {
        proptest::sample::select(vec![
            Color::Reset,
            Color::Reset,
            Color::Red,
            Color::LightBlue,
            Color::Indexed(240),
            Color::Rgb(1, 22, 233),
        ])
    };
    let weights = vec![
        Modifier::empty(),
        Modifier::empty(),
        Modifier::BOLD,
        Modifier::DIM,
        Modifier::BOLD | Modifier::UNDERLINED,
        Modifier::REVERSED,
        Modifier::ITALIC | Modifier::DIM,
    ];
    (colour(), colour(), proptest::sample::select(weights))
        .prop_map(|(fg, bg, weight)| Style::new().fg(fg).bg(bg).add_modifier(weight))
}

prop_compose! {
    fn picture()(pieces in proptest::collection::vec((0..COLUMNS, 0..ROWS, "[a-e é─●✕漢👍 ]{1,25}|a {10,30}b| {4,30}", style()), 0..14)) -> Buffer {
        let mut picture = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS));
        for (x, y, text, style) in pieces {
            picture.set_stringn(x, y, text, usize::from(COLUMNS - x), style);
        }
        crate::console::terminal::blank_broken(&mut picture);
        picture
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_terminal_shows_what_was_drawn(
        pictures in proptest::collection::vec((picture(), 0..COLUMNS, 0..ROWS), 1..6),
        is_cleared in any::<bool>(),
    ) {
        let mut terminal = if is_cleared { cleared(COLUMNS, ROWS) } else { terminal(COLUMNS, ROWS) };
        let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        for (picture, x, y) in pictures {
            screen.process(&draw(&mut terminal, &picture, (x, y)));
            assert_shows(screen.screen(), &picture);
            prop_assert_eq!(screen.screen().cursor_position(), (y, x));
            prop_assert!(draw(&mut terminal, &picture, (x, y)).is_empty(), "nothing changed");
        }
    }

    #[test]
    fn a_terminal_shows_what_was_scrolled(
        lines in proptest::collection::vec(("[a-f é─●漢]{0,30}", style(), style()), 24),
        fixed in 0..4_usize,
        tops in proptest::collection::vec((0..18_usize, 0..ROWS), 1..12),
    ) {
        // Rows that stay above, and a list below them of which another part is shown each time, with another row selected.
        let mut terminal = cleared(COLUMNS, ROWS * 2);
        let mut screen = vt100::Parser::new(ROWS * 2, COLUMNS, 0);
        for (top, selected) in tops {
            let mut picture = Buffer::empty(Rect::new(0, 0, COLUMNS, ROWS * 2));
            for y in 0..ROWS * 2 {
                let place = if usize::from(y) < fixed { usize::from(y) } else { (top + usize::from(y)) % lines.len() };
                let (text, one, other) = &lines[place];
                picture.set_stringn(0, y, text, usize::from(COLUMNS) / 2, *one);
                picture.set_stringn(COLUMNS / 2, y, text, usize::from(COLUMNS) / 2, *other);
                if y == selected {
                    picture.set_style(Rect::new(0, y, COLUMNS, 1), Style::new().add_modifier(Modifier::BOLD));
                }
            }
            for step in [picture.clone(), picture] {
                screen.process(&draw(&mut terminal, &step, (0, selected)));
                assert_shows(screen.screen(), &step);
                prop_assert_eq!(screen.screen().cursor_position(), (selected, 0));
            }
        }
    }

    #[test]
    fn a_terminal_shows_what_moved_sideways(
        words in proptest::collection::vec(("[a-f é─●漢]{1,9}", style()), 6),
        shown in proptest::collection::vec((any::<[bool; 6]>(), 0..ROWS), 1..12),
    ) {
        // Words in a line, of which some come and go before the others.
        let mut terminal = cleared(COLUMNS * 2, ROWS);
        let mut screen = vt100::Parser::new(ROWS, COLUMNS * 2, 0);
        let mut picture = Buffer::empty(Rect::new(0, 0, COLUMNS * 2, ROWS));
        for (is_shown, y) in shown {
            picture.set_style(Rect::new(0, y, COLUMNS * 2, 1), Style::reset());
            picture.set_string(0, y, " ".repeat(usize::from(COLUMNS) * 2), Style::reset());
            let mut x = 0;
            for ((word, style), _) in words.iter().zip(is_shown).filter(|(_, is_shown)| *is_shown) {
                x = picture.set_stringn(x, y, word, usize::from(COLUMNS * 2 - x), *style).0 + 1;
            }
            screen.process(&draw(&mut terminal, &picture, (0, y)));
            assert_shows(screen.screen(), &picture);
        }
    }

    #[test]
    fn a_terminal_that_shows_something_else_is_drawn_whole(picture in picture(), garbage in "[a-z漢]{0,150}") {
        let mut terminal = terminal(COLUMNS, ROWS);
        let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        screen.process(&draw(&mut terminal, &picture, (0, 0)));
        screen.process(format!("\x1b[7;31m{garbage}").as_bytes());
        terminal.backend_mut().forget();
        terminal.clear().unwrap();
        let before = terminal.backend().writer().len();
        terminal.backend_mut().flush().unwrap();
        let cleared = terminal.backend().writer()[before..].to_vec();
        screen.process(&cleared);
        screen.process(&draw(&mut terminal, &picture, (0, 0)));
        assert_shows(screen.screen(), &picture);
    }

    #[test]
    fn an_ascii_terminal_gets_nothing_else_in_the_same_columns(picture in picture()) {
        let backend = Compact::new(Vec::new(), Size::new(COLUMNS, ROWS)).ascii(true);
        let mut terminal = Terminal::new(backend).unwrap();
        let bytes = draw(&mut terminal, &picture, (0, 0));
        prop_assert!(bytes.is_ascii());
        let mut screen = vt100::Parser::new(ROWS, COLUMNS, 0);
        screen.process(&bytes);
        for position in picture.area.positions().filter(|position| picture[*position].symbol().is_ascii()) {
            let after_wide = position.x > 0 && picture[(position.x - 1, position.y)].cell_width() > 1;
            let there = screen.screen().cell(position.y, position.x).unwrap();
            let shown = if there.has_contents() { there.contents() } else { " " };
            prop_assert!(after_wide || shown == picture[position].symbol(), "at {position}: {shown:?}");
        }
    }
}

/// A list as it is drawn, with a bar and bold on the selected row.
fn list(selected: u16) -> Buffer {
    let mut picture = Buffer::empty(Rect::new(0, 0, 120, 40));
    for row in 0..36 {
        let line = format!(
            "  26-1{row:03}  attribuée  pressing, 3 chemises   Mme Durand-{row:02}   Mérignac   ven. 27 nov. 12:00   Lavoir Solidaire"
        );
        picture.set_string(0, row + 2, line, Style::new().fg(Color::Rgb(200, 200, 200)));
    }
    picture.set_string(0, selected + 2, "▌", Style::new().fg(Color::Rgb(90, 160, 250)).add_modifier(Modifier::BOLD));
    picture.set_style(Rect::new(2, selected + 2, 7, 1), Style::new().add_modifier(Modifier::BOLD));
    picture.set_string(60, 1, format!("{}-36 sur 10000", selected + 1), Style::new().add_modifier(Modifier::DIM));
    picture
}

#[test]
fn a_move_of_the_selection_takes_few_bytes() {
    let mut terminal = terminal(120, 40);
    draw(&mut terminal, &list(0), (0, 2));
    let mut taken: Vec<_> = (1..35).map(|row| draw(&mut terminal, &list(row), (0, row + 2)).len()).collect();
    taken.sort_unstable();
    let median = taken[taken.len() / 2];
    println!("selection move: median {median}, most {} bytes", taken[taken.len() - 1]);
    assert!(median <= 150, "{median} bytes");
}

/// A list whose rows have nothing in common, scrolled to a place.
fn scrolled(top: u32) -> Buffer {
    let mut picture = Buffer::empty(Rect::new(0, 0, 120, 40));
    picture.set_string(0, 0, "Loge   1 Accueil  4 Demandes", Style::new());
    for row in 0..36_u32 {
        let text: String = (0..90_u32).map(|x| char::from(b'a' + ((row + top + 7) * (x + 13) % 25) as u8)).collect();
        picture.set_string(3, u16::try_from(row).unwrap() + 2, text, Style::new().fg(Color::Rgb(200, 200, 200)));
    }
    picture.set_string(60, 1, format!("{}-{} sur 10000", top + 1, top + 36), Style::new());
    picture.set_string(0, 37, "▌", Style::new().fg(Color::Rgb(90, 160, 250)).add_modifier(Modifier::BOLD));
    picture
}

#[test]
fn a_list_that_scrolls_by_a_row_takes_the_bytes_of_that_row() {
    for back in [false, true] {
        let mut terminal = cleared(120, 40);
        let place = |step: u32| if back { 40 - step } else { step };
        draw(&mut terminal, &scrolled(place(0)), (0, 37));
        for step in 1..20 {
            let bytes = draw(&mut terminal, &scrolled(place(step)), (0, 37)).len();
            assert!(bytes <= 300, "{bytes} bytes");
        }
    }
}

#[test]
fn nothing_depends_on_where_a_terminal_leaves_the_cursor_once_a_region_has_gone() {
    let mut terminal = cleared(120, 40);
    draw(&mut terminal, &scrolled(0), (0, 37));
    let mut next = scrolled(1);
    next.set_string(0, 0, "Hors ligne", Style::new());
    let drawn = String::from_utf8(draw(&mut terminal, &next, (0, 37))).unwrap();
    let (_, after) = drawn.split_once("\x1b[r").expect("it scrolls");
    assert!(after.starts_with("\x1b[H"), "{after:?}");
}

#[test]
fn a_hint_that_comes_before_others_costs_its_own_letters() {
    let hints = |first: &str| {
        let mut picture = Buffer::empty(Rect::new(0, 0, 120, 40));
        let mut x = 0;
        for hint in [first, "Entrée ouvrir", "e modifier", "x marquer", "n nouvelle demande", "/ filtrer"] {
            for (place, word) in hint.split_whitespace().enumerate() {
                let key = if place == 0 { Color::Rgb(124, 183, 255) } else { Color::Reset };
                x = picture.set_stringn(x, 39, word, 40, Style::new().fg(key)).0 + 1;
            }
        }
        picture
    };
    let mut terminal = cleared(120, 40);
    draw(&mut terminal, &hints(""), (0, 10));
    let comes = draw(&mut terminal, &hints("o oui, OK"), (0, 10)).len();
    let goes = draw(&mut terminal, &hints(""), (0, 10)).len();
    assert!(comes <= 80 && goes <= 50, "{comes} and {goes} bytes");
}

#[test]
fn nothing_but_blanks_is_pushed_over_the_edge_of_a_line() {
    let line = |text: &str| {
        let mut picture = Buffer::empty(Rect::new(0, 0, 60, 3));
        picture.set_stringn(0, 1, text, 60, Style::new());
        picture
    };
    let moves_right = |before: &str, after: &str| {
        let mut terminal = cleared(60, 3);
        draw(&mut terminal, &line(before), (0, 0));
        draw(&mut terminal, &line(after), (0, 0)).contains(&b'@')
    };
    let hints = "n nouvelle demande  x marquer  / filtrer  ? aide";
    assert!(moves_right(hints, &format!("e modifier  {hints}")), "it fits beside");
    let full = format!("{hints}  : commande");
    assert!(!moves_right(&full, &format!("e modifier  {full}")), "its end is written over the edge");
}

#[test]
fn columns_that_change_together_are_written_together() {
    // Two columns of signs, each with a pen of its own, beside what stays.
    let card = |sign: &str| {
        let mut picture = Buffer::empty(Rect::new(0, 0, 120, 40));
        for y in 10..27 {
            picture.set_string(2, y, "ce qui reste de la ligne", Style::new());
            picture.set_string(30, y, sign, Style::new().fg(Color::Rgb(124, 183, 255)));
            picture.set_string(44, y, sign, Style::new().fg(Color::Rgb(200, 200, 200)));
        }
        picture
    };
    let mut terminal = cleared(120, 40);
    draw(&mut terminal, &card("1"), (0, 10));
    let bytes = draw(&mut terminal, &card("2"), (0, 10)).len();
    assert!(bytes <= 200, "{bytes} bytes");
}

#[test]
fn a_frame_is_one_write_between_the_marks_of_an_update() {
    struct Count(Vec<Vec<u8>>);
    impl Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.push(bytes.to_vec());
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut terminal = Terminal::new(Compact::new(Count(Vec::new()), Size::new(120, 40)).synchronized(true)).unwrap();
    terminal.draw(|frame| frame.render_widget(Picture(&list(3)), frame.area())).unwrap();
    let writes = &terminal.backend().writer().0;
    assert_eq!(writes.len(), 1);
    assert!(writes[0].starts_with(b"\x1b[?2026h") && writes[0].ends_with(b"\x1b[?2026l"));
    assert_eq!(terminal.backend().written(), writes[0].len() as u64);
}

#[test]
fn what_follows_a_sign_of_doubtful_width_is_placed_by_its_column() {
    let mut terminal = terminal(30, 3);
    let mut picture = Buffer::empty(Rect::new(0, 0, 30, 3));
    picture.set_string(0, 0, "👍│", Style::new());
    let bytes = String::from_utf8(draw(&mut terminal, &picture, (0, 0))).unwrap();
    assert!(bytes.contains("👍\u{1b}[3G│"), "{bytes:?}");
}

#[test]
fn a_ring_is_heard_with_the_frame() {
    let mut terminal = terminal(30, 3);
    terminal.backend_mut().ring();
    assert!(draw(&mut terminal, &Buffer::empty(Rect::new(0, 0, 30, 3)), (0, 0)).contains(&7));
}
