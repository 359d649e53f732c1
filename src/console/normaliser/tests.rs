use super::*;
use proptest::prelude::*;
use rstest::rstest;

fn keys(inputs: &[Input]) -> String {
    let one = |input: &Input| match input {
        Input::Key(key) => key.label(crate::domain::operator::Language::En),
        Input::Paste(text) => format!("paste {text:?}"),
    };
    inputs.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// What parts make that come `gap_ms` apart, and then silence.
fn typed(parts: &[&[u8]], gap_ms: u64) -> String {
    let mut normaliser = Normaliser::new(ESC_WAIT);
    let mut now = Instant::now();
    let mut inputs = Vec::new();
    for part in parts {
        inputs.extend(normaliser.feed(part, now));
        now += Duration::from_millis(gap_ms);
    }
    if let Some(deadline) = normaliser.deadline() {
        inputs.extend(normaliser.expire(deadline));
    }
    assert_eq!(normaliser.deadline(), None, "nothing is held for ever");
    keys(&inputs)
}

/// Keys as terminals send them, and what they are.
const RECORDED: &[(&[u8], &str)] = &[
    (b"a", "a"),
    (b"G", "G"),
    ("é".as_bytes(), "é"),
    ("ç".as_bytes(), "ç"),
    ("€".as_bytes(), "€"),
    ("🦊".as_bytes(), "🦊"),
    (b"\r", "Enter"),
    (b"\t", "Tab"),
    (b"\x7f", "Backspace"),
    (b"\x08", "Backspace"),
    (b"\x07", "Ctrl-G"),
    (b"\x0f", "Ctrl-O"),
    (b"\x03", "Esc"),
    (b"\x00", "Ctrl-Space"),
    (b"\x1b[A", "↑"),
    (b"\x1bOB", "↓"),
    (b"\x1b[H", "Home"),
    (b"\x1b[1~", "Home"),
    (b"\x1bOF", "End"),
    (b"\x1b[8~", "End"),
    (b"\x1b[3~", "Del"),
    (b"\x1b[5~", "PgUp"),
    (b"\x1b[6~", "PgDn"),
    (b"\x1b[Z", "Shift-Tab"),
    (b"\x1b[1;5D", "Ctrl-←"),
    (b"\x1b[1;2A", "Shift-↑"),
    (b"\x1bOP", "F1"),
    (b"\x1bOS", "F4"),
    (b"\x1b[11~", "F1"),
    (b"\x1b[12~", "F2"),
    (b"\x1b[[B", "F2"),
    (b"\x1b[15~", "F5"),
    (b"\x1b[17~", "F6"),
    (b"\x1b[24~", "F12"),
    (b"\x1b[64;7u", "@"),
    (b"\x1b[27;7;123~", "{"),
    (b"\x1b[103;5u", "Ctrl-G"),
    (b"\x1b[97;3u", "Esc a"),
    (b"\x1b[200~un\r\ndeux\x1b[201~", "paste \"un\\ndeux\""),
];

#[test]
fn every_recorded_key_is_itself_whole_and_cut_anywhere_within_the_wait() {
    for (bytes, key) in RECORDED {
        assert_eq!(typed(&[bytes], 0), *key);
        for cut in 1..bytes.len() {
            let (start, rest) = bytes.split_at(cut);
            assert_eq!(typed(&[start, rest], 40), *key, "{bytes:?} cut after {cut}");
        }
        let each: Vec<&[u8]> = bytes.chunks(1).collect();
        assert_eq!(typed(&each, 49), *key, "{bytes:?} byte by byte");
    }
}

#[test]
fn any_two_keys_glued_are_the_two() {
    for (first, one) in RECORDED {
        for (second, other) in RECORDED {
            let glued = [*first, *second].concat();
            assert_eq!(typed(&[&glued], 0), format!("{one} {other}"), "{first:?} {second:?}");
        }
    }
}

#[rstest]
#[case(b"\x1bu", "Esc u")]
#[case(b"\x1b\x07", "Esc Ctrl-G")]
#[case(b"\x1b\r", "Esc Enter")]
#[case(b"\x1b\x1b[B", "Esc ↓")]
#[case(b"\x1b\x1b", "Esc Esc")]
#[case(b"\x1b\x1bOP", "Esc F1")]
#[case("\x1bé".as_bytes(), "Esc é")]
#[case(b"\x1bOu", "Esc O u")]
#[case(b"\x1b[u", "")]
fn esc_glued_to_what_follows_is_esc_and_what_follows(#[case] bytes: &[u8], #[case] expected: &str) {
    assert_eq!(typed(&[bytes], 0), expected);
}

#[test]
fn an_esc_is_one_after_the_wait_and_not_before() {
    let mut normaliser = Normaliser::new(ESC_WAIT);
    let now = Instant::now();
    assert!(normaliser.feed(b"\x1b", now).is_empty());
    assert_eq!(normaliser.deadline(), Some(now + ESC_WAIT));
    assert!(normaliser.expire(now + Duration::from_millis(49)).is_empty());
    assert_eq!(keys(&normaliser.expire(now + ESC_WAIT)), "Esc");
    assert_eq!(normaliser.deadline(), None);
}

#[test]
fn what_comes_after_the_wait_was_typed() {
    assert_eq!(typed(&[b"\x1b", b"[A"], 60), "Esc [ A");
    assert_eq!(typed(&[b"\x1b", b"OP"], 60), "Esc O P");
    assert_eq!(typed(&[b"\x1b[", b"A"], 60), "Esc [ A");
    assert_eq!(typed(&[b"\x1b["], 0), "Esc [");
    assert_eq!(typed(&[b"\x1b]"], 0), "Esc ]");
}

#[test]
fn a_late_byte_first_settles_what_was_held() {
    let mut normaliser = Normaliser::new(ESC_WAIT);
    let now = Instant::now();
    normaliser.feed(b"\x1b", now);
    assert_eq!(keys(&normaliser.feed(b"u", now + Duration::from_millis(10))), "Esc u");
    assert_eq!(normaliser.deadline(), None);
}

#[test]
fn a_line_feed_right_after_enter_is_part_of_it() {
    assert_eq!(typed(&[b"\r\n"], 0), "Enter");
    assert_eq!(typed(&[b"\r", b"\n"], 30), "Enter");
    assert_eq!(typed(&[b"\r\na\n"], 0), "Enter a Ctrl-J");
    assert_eq!(typed(&[b"\r\r\n"], 0), "Enter Enter");
}

#[test]
fn a_paste_is_text_without_control_characters_and_never_submits() {
    let pasted = typed(&[b"\x1b[200~deux\tpains\x1b[31m\r\nmerci\x07\r\x1b[201~\r"], 0);
    assert_eq!(pasted, "paste \"deux pains[31m\\nmerci\\n\" Enter");
    assert_eq!(typed(&[b"\x1b[200~\x1b[201~x"], 0), "x");
    assert_eq!(typed(&[b"\x1b[200~lost"], 0), "paste \"lost\"", "its end never came");
}

#[test]
fn what_a_terminal_says_by_itself_is_no_key() {
    assert_eq!(
        typed(&[b"\x1b[I\x1b[O\x1b]11;rgb:0000/0000/0000\x07a\x1b]11;x\x1b\\b\x1b[?62;22c\x1b[12;40R"], 0),
        "a b"
    );
}

#[test]
fn latin_letters_of_an_old_terminal_are_letters() {
    assert_eq!(typed(&[b"caf\xe9 !"], 0), "c a f é Space !");
    assert_eq!(typed(&[b"\xe9"], 0), "é");
}

proptest! {
    #[test]
    fn no_bytes_whatever_are_held_for_ever_or_make_a_control_character(parts in proptest::collection::vec(any::<Vec<u8>>(), 0..6)) {
        let mut normaliser = Normaliser::new(ESC_WAIT);
        let mut now = Instant::now();
        let mut inputs = Vec::new();
        for part in &parts {
            inputs.extend(normaliser.feed(part, now));
            now += Duration::from_millis(20);
        }
        inputs.extend(normaliser.expire(now + PASTE_WAIT));
        prop_assert_eq!(normaliser.deadline(), None);
        for input in inputs {
            match input {
                Input::Key(key) => prop_assert!(!matches!(key.code, KeyCode::Char(c) if c.is_control())),
                Input::Paste(text) => prop_assert!(!text.chars().any(|c| c.is_control() && c != '\n')),
            }
        }
    }

    #[test]
    fn text_is_the_same_however_it_is_cut(text in "[a-zéèç€🦊 ]{1,12}", cuts in proptest::collection::vec(0_usize..40, 0..5)) {
        let bytes = text.as_bytes();
        let mut cuts: Vec<_> = cuts.into_iter().filter(|cut| *cut < bytes.len()).chain([0, bytes.len()]).collect();
        cuts.sort_unstable();
        let parts: Vec<&[u8]> = cuts.windows(2).map(|cut| &bytes[cut[0]..cut[1]]).collect();
        prop_assert_eq!(typed(&parts, 10), typed(&[bytes], 0));
    }
}
