//! What is told beside the work: what goes on in front of the desk, and what can be done about it.

use super::{Errand, Fault, Progress, Step};
use crate::{
    domain::{item::Holder, operator::Language},
    i18n::job::euros,
};

/// A sentence by its key, with what stands in it. Keys of the keyboard are put in by who shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Its key.
    pub key: String,
    /// What stands in it.
    pub variables: Vec<(&'static str, String)>,
}

/// Where what is proposed begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Begins {
    /// In the field of labels.
    Field,
    /// Anywhere.
    Anywhere,
}

/// What is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cue {
    /// The step at hand, from 1; none once it is over.
    pub step: Option<usize>,
    /// Who stands there, and what they say or do.
    pub scene: Sentence,
    /// What can be done.
    pub advice: Sentence,
    /// Where that begins.
    pub begins: Begins,
}

type Variables = Vec<(&'static str, String)>;

fn said(key: &str, variables: Variables) -> Sentence {
    Sentence { key: format!("practice-{key}"), variables }
}

fn of(errand: &Errand) -> Variables {
    vec![("who", errand.who.clone()), ("label", errand.label().to_owned())]
}

fn by_name(errand: &Errand) -> Variables {
    vec![("who", errand.who.clone()), ("name", errand.name.clone())]
}

impl Progress {
    /// What is told now.
    pub fn cue(&self, language: Language) -> Cue {
        let step = self.step();
        let (scene, advice, begins) = match step {
            None => (said("over", vec![]), said("over-do", vec![]), Begins::Anywhere),
            Some(_) if let Some(fault) = self.faults().next() => self.wrong(fault),
            Some(_) if self.waits_for_code => self.code(),
            Some(step) => self.at(step, language),
        };
        Cue { step: step.map(Step::number), scene, advice, begins }
    }

    fn at(&self, step: Step, language: Language) -> (Sentence, Sentence, Begins) {
        let story = &self.story;
        match step {
            Step::Open => {
                (said("open", vec![("place", story.place.clone())]), said("open-do", vec![]), Begins::Anywhere)
            }
            Step::Label => {
                (said("label", of(&story.labelled)), said("label-do", of_label(&story.labelled)), Begins::Field)
            }
            Step::Tab => self.tab(language),
            Step::Deposit => {
                let pieces = || ("count", story.pieces.to_string());
                let fresh = || ("label", story.fresh.clone());
                let scene = vec![("who", story.bringing.who.clone()), pieces(), fresh()];
                let advice = vec![("name", story.bringing.name.clone()), pieces(), fresh()];
                (said("deposit", scene), said("deposit-do", advice), Begins::Field)
            }
            Step::Order => {
                let day = || ("day", story.day.clone());
                let scene = vec![("who", story.asking.who.clone()), day()];
                let advice = vec![("name", story.asking.name.clone()), day()];
                (said("order", scene), said("order-do", advice), Begins::Anywhere)
            }
            Step::Locker => {
                (said("locker", of(&story.hurried)), said("locker-do", of_label(&story.hurried)), Begins::Field)
            }
            Step::TakeBack if self.left_of(&story.mistaken).is_empty() => {
                let scene = vec![("who", story.mistaken.who.clone())];
                (said("mistaken", scene), said("mistaken-do", of_label(&story.mistaken)), Begins::Anywhere)
            }
            Step::TakeBack => {
                (said("fetched", of(&story.mistaken)), said("label-do", of_label(&story.mistaken)), Begins::Field)
            }
            Step::Close => {
                let cash = euros(language, self.rows.cash(story.permanence));
                (said("close", vec![("sum", cash)]), said("close-do", vec![]), Begins::Anywhere)
            }
        }
    }

    /// Things go back by a name; then what is owed is paid.
    fn tab(&self, language: Language) -> (Sentence, Sentence, Begins) {
        let owing = &self.story.owing;
        let left = self.left_of(owing);
        if left.is_empty() {
            let sum = euros(language, self.rows.owed_by(owing.person));
            let scene = vec![("who", owing.who.clone()), ("sum", sum)];
            return (said("pay", scene), said("pay-do", vec![("who", owing.who.clone())]), Begins::Anywhere);
        }
        let count = left.len().to_string();
        let scene = vec![("who", owing.who.clone()), ("count", count)];
        let key = if left.len() == owing.things.len() { "tab" } else { "tab-rest" };
        (said(key, scene), said("tab-do", by_name(owing)), Begins::Field)
    }

    /// Somebody waits for the code of their locker.
    fn code(&self) -> (Sentence, Sentence, Begins) {
        let hurried = &self.story.hurried;
        let holder = hurried.things.first().and_then(|(id, _)| self.item(*id)).map(|item| &item.fields.holder);
        let locker = match holder {
            Some(Holder::Locker { locker_id }) => self.rows.lockers.get(locker_id),
            _ => None,
        };
        let name = locker.map(|locker| locker.fields.name.to_string()).unwrap_or_default();
        let both = vec![("who", hurried.who.clone()), ("locker", name)];
        (said("code", both.clone()), said("code-do", both), Begins::Field)
    }

    /// What went wrong, and how it is put right.
    fn wrong(&self, fault: Fault) -> (Sentence, Sentence, Begins) {
        let story = &self.story;
        let errands = [&story.labelled, &story.owing, &story.hurried, &story.mistaken];
        let whose = |item| {
            let found = errands.into_iter().find_map(|errand| {
                let (_, label) = errand.things.iter().find(|(id, _)| *id == item)?;
                Some((errand.who.clone(), label.clone()))
            });
            found.unwrap_or_default()
        };
        let thing = |key, advice, item| {
            let (who, label) = whose(item);
            let scene = vec![("who", who), ("label", label.clone())];
            (said(key, scene), said(advice, vec![("label", label)]), Begins::Anywhere)
        };
        let undo = || said("undo-do", vec![]);
        match fault {
            Fault::WrongHands(item) => thing("wrong-hands", "mistaken-do", item),
            Fault::NotTaken(item) => thing("not-taken", "mistaken-do", item),
            Fault::WrongLocker(item) => thing("wrong-locker", "wrong-locker-do", item),
            Fault::Payment(_) => (said("payment", vec![("who", story.owing.who.clone())]), undo(), Begins::Anywhere),
            Fault::Order(_) => {
                let scene = vec![("who", story.asking.who.clone()), ("day", story.day.clone())];
                (said("other-order", scene), undo(), Begins::Anywhere)
            }
            Fault::Count(_) => {
                let scene = vec![("who", story.bringing.who.clone()), ("count", story.pieces.to_string())];
                (said("miscounted", scene), said("miscounted-do", vec![]), Begins::Anywhere)
            }
            // The desk is closed by then, and the practice over.
            Fault::Cash => (said("over", vec![]), said("over-do", vec![]), Begins::Anywhere),
        }
    }
}

fn of_label(errand: &Errand) -> Variables {
    vec![("label", errand.label().to_owned())]
}
