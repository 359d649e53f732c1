//! Damaged copies of the inputs that are kept, by chance of a fixed seed: the same ones in each run.

use crate::{checks, corpora};

/// Copies of each target: as many as an unoptimised build checks in some seconds.
const CASES: &[(&str, usize)] = &[("letter", 1_500), ("telephone", 6_000), ("entry", 400), ("text", 1_500)];

/// A copy that is longer is cut: long inputs have a test of their own.
const LONGEST: usize = 4_000;

/// What means something to one reader or another.
const WORDS: &[&[u8]] = &[
    b"\r\n",
    b"\n\n",
    b"\r",
    b"\0",
    b"--x",
    b"--x--",
    b"=?utf-8?q?",
    b"=?utf-8?b?",
    b"?=",
    b"Content-Type: message/rfc822\r\n\r\n",
    b"Content-Type: multipart/mixed; boundary=x\r\n\r\n",
    b"Content-Transfer-Encoding: base64\r\n",
    b"; charset=utf-7",
    b"; filename*1*=%FF",
    b"<",
    b">",
    b"\"",
    b"\\",
    b"{",
    b"}",
    b"[",
    b"]",
    b":",
    b",",
    b"null",
    b"-1",
    b"1e999",
    b"9223372036854775807",
    b"\xff\xfe",
    b"\xe2\x80\xae",
    b"\xcc\x81",
    b"\xf0\x9f\x91\xa9\xe2\x80\x8d",
    b"%",
    b"+",
    b"&",
    b"demain ",
    b"avant ",
    b"chaque ",
    b"pas ",
    b"sauf ",
    b"le 31 ",
    b"12h30-",
    b"et ",
    b"> ",
    b"-- \n",
    b"Le 3, A a \xc3\xa9crit :\n",
];

/// Chance of a fixed seed: `SplitMix64` (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below `end`; 0 if there is none.
    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(end.max(1)).unwrap()).unwrap()
    }

    /// A range within so many bytes, mostly short.
    fn range(&mut self, length: usize) -> std::ops::Range<usize> {
        let start = self.below(length);
        let most = if self.below(4) == 0 { length } else { 16 };
        start..(start + 1 + self.below(most)).min(length)
    }

    /// Damages an input a little.
    fn damage(&mut self, input: &mut Vec<u8>, other: &[u8]) {
        let range = self.range(input.len());
        match self.below(8) {
            0 if !input.is_empty() => input[range.start] ^= 1 << self.below(8),
            1 if !input.is_empty() => input[range.start] = u8::try_from(self.below(256)).unwrap(),
            2 => input.truncate(range.start),
            3 => drop(input.drain(range)),
            4 => {
                let again = input[range.clone()].repeat(1 + self.below(20));
                input.splice(range.end..range.end, again);
            }
            5 => {
                let part = self.range(other.len());
                input.splice(range, other[part].iter().copied());
            }
            6 => input.splice(range.start..range.start, WORDS[self.below(WORDS.len())].iter().copied()).for_each(drop),
            _ => input.splice(range, WORDS[self.below(WORDS.len())].iter().copied()).for_each(drop),
        }
        input.truncate(LONGEST);
    }
}

#[test]
fn no_damaged_copy_breaks_a_check() {
    for (target, cases) in CASES {
        let (_, check) = checks::ALL.iter().find(|(name, _)| name == target).unwrap();
        let inputs = corpora::inputs(target);
        let mut chance = Chance(0x10_6e);
        let begun = std::time::Instant::now();
        for case in 0..*cases {
            let mut input = inputs[chance.below(inputs.len())].1.clone();
            let other = &inputs[chance.below(inputs.len())].1;
            for _ in 0..=chance.below(6) {
                chance.damage(&mut input, other);
            }
            let passed = std::panic::catch_unwind(|| check(&input));
            assert!(passed.is_ok(), "{target}, copy {case}: b\"{}\"", input.escape_ascii());
        }
        println!("{target}: {cases} copies in {:?}", begun.elapsed());
    }
}

#[test]
fn every_target_has_its_copies() {
    let names = |list: &mut dyn Iterator<Item = &'static str>| list.collect::<Vec<_>>();
    assert_eq!(names(&mut CASES.iter().map(|(name, _)| *name)), names(&mut checks::ALL.iter().map(|(name, _)| *name)));
}
