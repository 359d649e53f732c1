//! The way through every screen: keys, what is waited for, and the picture that is taken then.

use crate::{
    Look, SIZES,
    pty::{Pty, Size, key},
    svg,
};
use loge::{domain::operator::Language, i18n::say};
use std::{fs, path::Path, time::Duration};
use tempfile::TempDir;

/// Which pictures are kept.
#[derive(Clone, Copy)]
pub enum Wanted {
    /// Every one.
    All,
    /// Those of these names.
    Only(&'static [&'static str]),
}

/// A way through the demonstration in one theme and language.
pub struct Tour<'a> {
    pub loge: &'a Path,
    pub look: Look,
    pub language: Language,
    pub folder: &'a Path,
    pub wanted: Wanted,
}

/// How long nothing is printed once a screen has been drawn.
const QUIET: Duration = Duration::from_millis(120);

/// The day that is shown.
const DAY: Day = Day { seed: "1", pace: "1", seat: "accueil" };
/// The same for who keeps the register.
const HOUSE: Day = Day { seed: "1", pace: "1", seat: "responsable" };
/// The same for who keeps a desk.
const DESK: Day = Day { seed: "1", pace: "1", seat: "concierge" };
/// One on which a call comes through a switchboard within minutes, and no colleague takes it; played faster, so as not to wait for it.
const SWITCHBOARD: Day = Day { seed: "5", pace: "20", seat: "accueil" };

/// Which day is played, and how fast.
#[derive(Clone, Copy)]
struct Day {
    seed: &'static str,
    pace: &'static str,
    seat: &'static str,
}

/// What is said on the telephone, twice: whole, and with the last word half typed.
struct Phrases {
    whole: &'static str,
    half: &'static str,
    doubtful: &'static str,
    filter: &'static str,
    providers: &'static str,
    cut: &'static str,
}

const FRENCH: Phrases = Phrases {
    whole: "pres 3 chemises ven midi casier",
    half: "pres 3 chemises ven midi cas",
    doubtful: "couture",
    filter: "/pressing",
    providers: "prestataires",
    cut: ":couper",
};

const ENGLISH: Phrases = Phrases {
    whole: "3 shirts fri noon locker",
    half: "3 shirts fri noon loc",
    doubtful: "basket",
    filter: "/shirt",
    providers: "providers",
    cut: ":cut",
};

impl Tour<'_> {
    /// Goes the whole way; says how many pictures were taken.
    pub fn go(&self) -> usize {
        if let Wanted::Only(names) = self.wanted
            && !names.iter().any(|name| name.ends_with(&self.ending()))
        {
            return 0;
        }
        let phrases = if self.language == Language::Fr { FRENCH } else { ENGLISH };
        let mut sight = self.sight(DAY);
        sight.reception(&phrases);
        sight.dispatch();
        sight.activity();
        sight.requests(&phrases);
        let mut house = self.sight(HOUSE);
        house.rounds();
        house.register(&phrases);
        sight.taken += house.taken;
        drop(house);
        let mut desk = self.sight(DESK);
        desk.desk();
        sight.taken += desk.taken;
        drop(desk);
        // The English day has no such call as early as the French one.
        if matches!(self.wanted, Wanted::Only(_)) || self.language == Language::En {
            return sight.taken;
        }
        let mut behind = self.sight(SWITCHBOARD);
        behind.switchboard();
        sight.taken + behind.taken
    }

    /// The demonstration on a day, always begun at the same hour.
    fn sight(&self, day: Day) -> Sight<'_> {
        let home = tempfile::tempdir().unwrap();
        let language = code(self.language);
        let theme = self.look.theme;
        let Day { seed, pace, seat } = day;
        let demo = ["--lang", language, "demo", "--seed", seed, "--speed", pace, "--from", "10:00", "--theme", theme];
        let demo: Vec<&str> = demo.into_iter().chain(["--as", seat]).collect();
        let colours = [("COLORTERM", "truecolor")];
        let pty = Pty::start(self.loge.to_str().unwrap(), &demo, home.path(), Size::USUAL, &colours);
        Sight { tour: self, _home: home, pty, taken: 0 }
    }

    fn ending(&self) -> String {
        format!(".{}.{}", self.look.theme, code(self.language))
    }
}

/// The demonstration as it is seen on the way.
struct Sight<'a> {
    tour: &'a Tour<'a>,
    pty: Pty,
    /// Goes when the program has ended.
    _home: TempDir,
    taken: usize,
}

impl Sight<'_> {
    /// What comes in, from the first ring to the last lane.
    fn reception(&mut self, phrases: &Phrases) {
        self.sees("connection-online");
        self.sees("strip-rings");
        self.picture("accueil");
        self.pty.press(key::CLAIM);
        self.sees("line-title");
        self.sees("call-on-line");
        self.sees("line-usual");
        self.picture("appel-pris");
        self.pty.press(phrases.half);
        self.sees("line-understood");
        self.shows(phrases.half);
        self.picture("a-moitie");
        self.pty.press(phrases.whole.strip_prefix(phrases.half).unwrap());
        self.shows(phrases.whole);
        self.picture("au-telephone");
        self.pty.press(key::ENTER);
        self.loses(phrases.whole);
        self.pty.press(phrases.whole);
        self.shows(phrases.whole);
        self.sees("line-attention");
        self.picture("doublon");
        self.pty.press(key::DOWN);
        self.sees("sheet-state");
        self.picture("comparer");
        self.pty.press(key::ESCAPE);
        self.shows(phrases.whole);
        self.pty.press(key::DOWN);
        self.sees("line-why");
        self.picture("corriger");
        self.pty.press(key::UP);
        self.loses_sentence("line-why");
        self.pty.press("\x15");
        self.loses(phrases.whole);
        self.pty.press(phrases.doubtful);
        self.shows(phrases.doubtful);
        self.pty.press(key::ENTER);
        self.sees("line-as-it-is");
        self.picture("question");
        self.does("\x15");
        self.does(key::ESCAPE);
        self.picture("liste");
        self.does(key::TAB);
        self.picture("courriel");
        self.does(key::TAB);
        self.picture("permanences");
    }

    /// Who does it: what is to be given with its ranking, what is out.
    fn dispatch(&mut self) {
        self.pty.press("2");
        self.sees("dispatch-why-none");
        self.sees("dispatch-ess-jobs");
        self.does(key::DOWN);
        self.picture("repartition");
        self.does(key::TAB);
        self.picture("propositions");
        self.does(key::TAB);
        self.picture("a-telephoner");
        self.does(key::TAB);
    }

    /// Who carries it, when: the rounds, the stops of one, what has none, the map.
    fn rounds(&mut self) {
        self.sees("connection-online");
        self.pty.settle(QUIET);
        self.pty.press("3");
        self.sees("rounds-better");
        self.does(key::TAB);
        self.picture("non-planifies");
        self.does("o");
        self.picture("plan");
        self.does("2");
        self.does("\x1b[Z");
        self.picture("tournees");
        self.does(key::TAB);
        self.does(key::TAB);
        self.picture("carte");
        self.does(key::TAB);
    }

    /// The desk of a permanence: what lies there, how something is handed back, how it closes, who is expected, its lockers; then the lock.
    fn desk(&mut self) {
        self.sees("connection-online");
        self.pty.settle(QUIET);
        self.does(key::TAB);
        self.does(key::TAB);
        self.does(key::ENTER);
        self.sees("desk-scan-title");
        self.picture("comptoir");
        self.does(key::ESCAPE);
        self.does(key::ENTER);
        self.picture("comptoir-remettre");
        self.does(key::ESCAPE);
        self.does("o");
        self.picture("comptoir-fermer");
        self.does(key::ESCAPE);
        self.does(key::TAB);
        self.picture("comptoir-attendus");
        self.does(key::TAB);
        self.does(key::TAB);
        self.picture("comptoir-casiers");
        self.does(key::ESCAPE);
        self.does(":");
        self.does(if self.tour.language == Language::Fr { "verrou" } else { "lock" });
        self.does(key::ENTER);
        self.sees("lock-title");
        self.picture("verrou");
    }

    /// What happened: pane by pane, then the year.
    fn activity(&mut self) {
        self.pty.press("5");
        self.sees("activity-contacts");
        for scene in ["activite", "delais", "ess", "charge", "tenue", "journal"] {
            self.picture(scene);
            self.does(key::TAB);
        }
        self.does("\x1b[C");
        self.does("\x1b[C");
        self.picture("activite-annee");
    }

    /// The register: its list, an entry, a line of it being typed, a new one.
    fn register(&mut self, phrases: &Phrases) {
        self.sees("connection-online");
        self.pty.settle(QUIET);
        self.does(":");
        self.does(phrases.providers);
        self.does(key::ENTER);
        self.sees("register-providers");
        self.picture("prestataires");
        self.does("/");
        self.does("ensemble");
        self.does(key::ENTER);
        self.does(key::ENTER);
        self.picture("prestataire");
        self.does(&key::DOWN.repeat(5));
        self.does(key::ENTER);
        self.does("cou");
        self.picture("prestataire-service");
        self.does(key::ESCAPE);
        self.does(&key::DOWN.repeat(4));
        self.does(key::ENTER);
        self.does("24/12");
        self.does(key::ENTER);
        self.picture("prestataire-conges");
        self.does(key::ESCAPE);
        self.does("n");
        self.does("Lavoir du Parc, ins");
        self.picture("prestataire-nouveau");
        self.does(key::ESCAPE);
        self.does(key::ESCAPE);
        self.does(key::ESCAPE);
        self.does(":services");
        self.does(key::ENTER);
        self.does(key::DOWN);
        self.picture("services");
        self.does(key::ENTER);
        self.picture("service");
        self.does(key::ESCAPE);
        self.does(key::ESCAPE);
    }

    /// Every request, and what lies over it.
    fn requests(&mut self, phrases: &Phrases) {
        self.pty.press("4");
        self.sees("requests-filter-none");
        self.picture("demandes");
        self.does(phrases.filter);
        self.shows(phrases.filter.trim_start_matches('/'));
        self.picture("filtre");
        self.does(key::ENTER);
        self.picture("demandes-filtrees");
        self.does("/");
        self.does("\x15");
        self.does(key::ENTER);
        self.sees("requests-filter-none");
        self.does("g");
        self.does("xxx");
        self.picture("marques");
        self.does("s");
        self.picture("en-nombre");
        self.does(key::ESCAPE);
        self.does(key::ENTER);
        self.sees("sheet-history");
        self.picture("fiche");
        self.does(key::ESCAPE);
        self.does(":re");
        self.picture("palette");
        self.does(key::ESCAPE);
        self.does("?");
        self.picture("aide");
        self.does(key::ESCAPE);
        self.does(phrases.cut);
        self.does(key::ENTER);
        self.sees("strip-offline");
        self.picture("hors-ligne");
    }

    /// Presses, and waits until that has changed the screen.
    fn does(&mut self, keys: &str) {
        let before = self.pty.text();
        self.pty.press(keys);
        self.pty.until("something happens", |screen| screen != before);
        self.pty.settle(QUIET);
    }

    /// A switchboard calls: who is it?
    fn switchboard(&mut self) {
        let rings = say(self.tour.language, "strip-rings", &[]);
        let behind = say(self.tour.language, "caller-switchboard", &[("name", String::new())]);
        let is_it = |line: &str| line.contains(&rings) && line.contains(&behind);
        self.pty.until("a switchboard calls", |screen| screen.lines().any(is_it));
        self.pty.press(key::CLAIM);
        self.sees("party-type-name");
        self.picture("qui");
        self.does("ma");
        self.picture("qui-nom");
    }

    /// Waits until a sentence is on the screen.
    fn sees(&mut self, key: &str) {
        let sentence = say(self.tour.language, key, &[]);
        self.pty.sees(&sentence);
    }

    /// Waits until a text is on the screen.
    fn shows(&mut self, text: &str) {
        self.pty.sees(text);
    }

    fn loses_sentence(&mut self, key: &str) {
        let sentence = say(self.tour.language, key, &[]);
        self.pty.loses(&sentence);
    }

    fn loses(&mut self, text: &str) {
        self.pty.loses(text);
    }

    /// Takes a picture at every size, and ends at the usual one.
    fn picture(&mut self, scene: &str) {
        self.pty.settle(QUIET);
        for size in SIZES {
            let Size(columns, rows) = size;
            let name = format!("{scene}.{columns}x{rows}{}", self.tour.ending());
            if matches!(self.tour.wanted, Wanted::Only(names) if !names.contains(&name.as_str())) {
                continue;
            }
            self.resize(size);
            let svg = svg::draw(self.pty.screen(), self.tour.look.terminal, &format!("Loge, {scene}"));
            fs::write(self.tour.folder.join(format!("{name}.svg")), svg).unwrap();
            self.taken += 1;
        }
        self.resize(Size::USUAL);
    }

    /// Another size: drawn once the first line, which ends at the right border, does so.
    fn resize(&mut self, size: Size) {
        let (rows, columns) = self.pty.screen().size();
        if (columns, rows) == (size.0, size.1) {
            return;
        }
        self.pty.resize(size);
        let is_drawn = |screen: &str| {
            screen.lines().next().is_some_and(|line| line.trim_end().chars().count() == usize::from(size.0))
        };
        self.pty.until("the screen is drawn at its new size", is_drawn);
        self.pty.settle(QUIET);
    }
}

const fn code(language: Language) -> &'static str {
    match language {
        Language::Fr => "fr",
        Language::En => "en",
    }
}
