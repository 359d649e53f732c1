//! What is told afterwards: how long each step took, which took long, what was put right, and where to read more.

use super::{Progress, Step, progress::Mark};
use crate::{domain::operator::Language, i18n::say};
use jiff::SignedDuration;

impl Progress {
    /// The report, line by line.
    pub fn report(&self, language: Language) -> Vec<String> {
        let told =
            |key: &str, variables: &[(&str, String)]| say(language, &format!("practice-report-{key}"), variables);
        let done = Step::ALL.into_iter().filter(|step| self.is_done(*step)).count();
        let head = [
            ("done", done.to_string()),
            ("count", Step::ALL.len().to_string()),
            ("seconds", self.lasted().as_secs().to_string()),
        ];
        let mut lines = vec![told("head", &head)];
        lines.extend(Step::ALL.map(|step| {
            let key = match self.marks.get(&step) {
                Some(Mark::Done) => "done",
                Some(Mark::Skipped) => "skipped",
                None => "left",
            };
            let parts = [
                ("number", step.number().to_string()),
                ("what", what(step, language)),
                ("seconds", self.seconds(step).to_string()),
                ("usual", step.usual_s().to_string()),
            ];
            told(key, &parts)
        }));
        let counts = [
            ("mistakes", self.mistakes.to_string()),
            ("right", self.put_right.to_string()),
            ("undone", self.taken_back().to_string()),
        ];
        lines.push(told("mistakes", &counts));
        lines.push(match self.longest() {
            Some(step) => {
                let section = say(language, &format!("practice-section-{}", step.word()), &[]);
                told("longest", &[("what", what(step, language)), ("section", section)])
            }
            None => told("usual", &[]),
        });
        lines
    }

    fn seconds(&self, step: Step) -> i64 {
        self.spent.get(&step).copied().unwrap_or(SignedDuration::ZERO).as_secs()
    }

    /// The step that took the longest, set against what is usual; none if none took longer than that.
    fn longest(&self) -> Option<Step> {
        let over = |step: &Step| self.seconds(*step) * 100 / step.usual_s();
        let done = Step::ALL.into_iter().filter(|step| self.is_done(*step));
        done.filter(|step| self.seconds(*step) > step.usual_s()).max_by_key(over)
    }
}

fn what(step: Step, language: Language) -> String {
    say(language, &format!("practice-what-{}", step.word()), &[])
}
