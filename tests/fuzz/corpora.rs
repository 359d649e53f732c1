//! The inputs that are kept: those of `fuzz/corpus/`, and what other tests have recorded. Each passes its check.

use crate::checks;
use std::{
    fs,
    path::{Path, PathBuf},
};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The files of a folder and of those in it, by name. What a fuzzer left there by itself has no extension.
fn files(folder: &Path, extension: Option<&str>) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.extension() {
            _ if path.is_dir() => found.extend(files(&path, extension)),
            Some(own) if extension.is_none_or(|asked| own == asked) => found.push(path),
            _ => {}
        }
    }
    found.sort();
    found
}

/// A recording's deliveries: between lines of hyphens, each maybe after the second at which it came.
fn deliveries(file: &Path) -> Vec<Vec<u8>> {
    let text = fs::read_to_string(file).unwrap();
    let body = |part: &str| match part.strip_prefix("at ").and_then(|rest| rest.split_once('\n')) {
        Some((_, body)) => body.trim_end().as_bytes().to_vec(),
        None => part.trim_end().as_bytes().to_vec(),
    };
    text.split("---\n").map(body).collect()
}

/// The inputs of a target, with where they come from.
pub fn inputs(target: &str) -> Vec<(String, Vec<u8>)> {
    let named = |file: &PathBuf| (file.display().to_string(), fs::read(file).unwrap());
    let mut all: Vec<_> = files(&here("fuzz/corpus").join(target), None).iter().map(named).collect();
    match target {
        "letter" => all.extend(files(&here("tests/mail/corpus"), Some("eml")).iter().map(named)),
        "telephone" => {
            for file in files(&here("tests/intake/recorded"), Some("txt")) {
                all.extend(deliveries(&file).into_iter().map(|body| (file.display().to_string(), body)));
            }
        }
        "entry" => {
            let phrases = fs::read_to_string(here("tests/entry/corpus.txt")).unwrap();
            let phrases =
                phrases.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').next());
            all.extend(phrases.map(|phrase| ("tests/entry/corpus.txt".to_owned(), phrase.as_bytes().to_vec())));
        }
        _ => {}
    }
    all
}

#[test]
fn every_kept_input_passes_its_check() {
    let mut failed = Vec::new();
    for (target, check) in checks::ALL {
        let inputs = inputs(target);
        assert!(inputs.len() >= 10, "the corpus of {target} was not found");
        for (from, input) in inputs {
            if std::panic::catch_unwind(|| check(&input)).is_err() {
                failed.push(format!("{target}: {from}"));
            }
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn no_input_is_kept_twice() {
    for (target, _) in checks::ALL {
        let mut inputs = inputs(target);
        inputs.sort_by(|one, other| one.1.cmp(&other.1));
        for pair in inputs.windows(2) {
            // A recording repeats what its system repeats.
            assert!(
                pair[0].1 != pair[1].1
                    || pair[0].0.contains("/tests/") && pair[1].0.contains("/tests/")
                    || pair[0].0 == pair[1].0,
                "{} and {}",
                pair[0].0,
                pair[1].0
            );
        }
    }
}
