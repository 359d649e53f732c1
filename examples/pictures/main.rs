//! Pictures of every screen, from the demonstration in a real pseudo-terminal: one SVG a screen, size, theme and language.
//!
//! `cargo run --release --example pictures -- [FOLDER]` writes all of them to FOLDER, target/pictures if none is said;
//! `--docs` writes the few that the documentation shows to docs/pictures.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a tool for the house may stop where it stands"
)]

#[path = "../../tests/console/pty.rs"]
mod pty;
mod svg;
mod tour;

use loge::domain::operator::Language;
use pty::Size;
use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};
use svg::Terminal;
use tour::{Tour, Wanted};

const DARK: Terminal = Terminal { ground: "#16181d", ink: "#d8dbe2" };
const LIGHT: Terminal = Terminal { ground: "#fbfbf9", ink: "#1d2027" };

/// A theme by its name, and the terminal it is seen in.
#[derive(Clone, Copy)]
pub struct Look {
    theme: &'static str,
    terminal: Terminal,
}

const SOMBRE: Look = Look { theme: "sombre", terminal: DARK };
const CLAIR: Look = Look { theme: "clair", terminal: LIGHT };
const MONO: Look = Look { theme: "mono", terminal: DARK };

/// The few that the documentation shows.
const SHOWN: &[&str] = &[
    "au-telephone.120x40.sombre.fr",
    "au-telephone.80x24.sombre.fr",
    "courriel.120x40.sombre.fr",
    "demandes.120x40.sombre.fr",
    "fiche.120x40.clair.fr",
    "accueil.120x40.sombre.en",
];

fn main() {
    let asked = env::args().nth(1);
    let (folder, wanted) = match asked.as_deref() {
        Some("--docs") => (PathBuf::from("docs/pictures"), Wanted::Only(SHOWN)),
        folder => (PathBuf::from(folder.unwrap_or("target/pictures")), Wanted::All),
    };
    std::fs::create_dir_all(&folder).unwrap();
    let loge = loge();
    let mut count = 0;
    for (look, language) in
        [(SOMBRE, Language::Fr), (CLAIR, Language::Fr), (MONO, Language::Fr), (SOMBRE, Language::En)]
    {
        count += Tour { loge: &loge, look, language, folder: &folder, wanted }.go();
    }
    println!("{count} pictures in {}", folder.display());
}

/// The program, made anew of what is here: a picture of yesterday's would lie.
fn loge() -> PathBuf {
    let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let profile: &[&str] = if cfg!(debug_assertions) { &[] } else { &["--release"] };
    let built = Command::new(cargo).args(["build", "--quiet", "--bin", "loge"]).args(profile).status().unwrap();
    assert!(built.success(), "cargo build --bin loge has to succeed first");
    // This program stands in target/<profile>/examples, the other one beside that folder.
    let me = env::current_exe().unwrap();
    let loge = me.parent().and_then(Path::parent).unwrap().join("loge");
    assert!(loge.is_file(), "{} is missing: cargo build --bin loge makes it", loge.display());
    loge
}

/// The sizes that every screen is seen at.
const SIZES: [Size; 3] = [Size::SMALL, Size::USUAL, Size(200, 60)];
