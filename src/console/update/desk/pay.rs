//! Money at the desk: the whole tab by one of four means, or another sum; each payment names who took it and in which permanence.

use super::{hand::who, session};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model, Tone,
            layer::Layer,
            prompt::{Act, Prompt, Wording},
        },
        view::words,
    },
    domain::{
        ids::{BeneficiaryId, PostingId},
        money::Cents,
        posting::{self, Account, PostingFields, PostingKind},
    },
    i18n::say,
    wire::catalogue::Command,
};

/// How one pays at a desk, in the order of the numbers.
const MEANS: [(Account, &str); 4] = [
    (Account::Cash, "means-cash"),
    (Account::Card, "means-card"),
    (Account::Cheque, "means-cheque"),
    (Account::Voucher, "means-voucher"),
];

/// Proposes to take all that a person owes; who owes nothing may pay in advance.
pub fn propose(model: &mut Model, person: BeneficiaryId) {
    let language = model.seat.language;
    let owed = model.desk.here.owed(&model.world, person);
    let other = Prompt::new(Action::Pay, Vec::new(), say(language, "prompt-sum", &[("who", who(model, Some(person)))]))
        .or_words(Wording::Sum(person));
    if owed <= Cents::ZERO {
        let parts = [("who", who(model, Some(person)))];
        let prompt = Prompt::new(Action::Pay, Vec::new(), say(language, "prompt-pay-nothing", &parts))
            .with(say(language, "choice-pay-nothing", &[]), Act::Nothing)
            .with(say(language, "choice-other-sum", &[]), Act::Ask(Box::new(other)));
        model.layers.push(Layer::Prompt(prompt));
        return;
    }
    let prompt = by_means(model, person, owed).with(say(language, "choice-other-sum", &[]), Act::Ask(Box::new(other)));
    model.layers.push(Layer::Prompt(prompt));
}

/// Asks how so much is paid.
fn by_means(model: &mut Model, person: BeneficiaryId, sum: Cents) -> Prompt {
    let language = model.seat.language;
    let parts = [("who", who(model, Some(person))), ("sum", words::euros(language, sum))];
    let mut prompt = Prompt::new(Action::Pay, Vec::new(), say(language, "prompt-pay", &parts));
    for (means, key) in MEANS {
        let means_words = say(language, key, &[]);
        let [who, sum_words] = parts.clone();
        let said = say(language, "desk-paid", &[who, sum_words, ("means", means_words.clone())]);
        let act = Act::Hand { commands: vec![payment(model, person, means, sum)], said };
        prompt = prompt.with(means_words, act);
    }
    prompt
}

fn payment(model: &mut Model, person: BeneficiaryId, means: Account, amount: Cents) -> Command {
    let session = session(model);
    let id: PostingId = model.ids.fresh();
    let body = PostingFields {
        kind: PostingKind::Payment,
        lines: posting::payment(Account::Person { beneficiary_id: person }, means, amount),
        occurred_at: model.now,
        request_id: None,
        site_id: session.as_ref().map(|session| session.fields.site_id),
        taken_by: Some(model.seat.me()),
        permanence_id: session.map(|session| session.id),
        reverses: None,
        text: None,
    };
    Command::PostPosting { id, body }
}

/// Another sum was typed.
pub fn sum(model: &mut Model, person: BeneficiaryId, words: &str) -> Result<Act, String> {
    let sum = read(words).filter(|sum| *sum > Cents::ZERO);
    let sum = sum.ok_or_else(|| say(model.seat.language, "desk-sum-not-read", &[("words", words.to_owned())]))?;
    if model.notice.as_ref().is_some_and(|notice| notice.tone == Tone::Trouble) {
        model.notice = None;
    }
    Ok(Act::Ask(Box::new(by_means(model, person, sum))))
}

/// A sum as people type it: `12`, `12,5`, `12.50 €`.
pub fn read(words: &str) -> Option<Cents> {
    let words = words.trim().trim_end_matches('€').trim();
    let (euros, cents) = words.split_once([',', '.']).unwrap_or((words, ""));
    let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if euros.is_empty() || !is_digits(euros) || !is_digits(cents) || cents.len() > 2 {
        return None;
    }
    let cents = format!("{cents:0<2}").parse::<i64>().ok()?;
    let whole = euros.parse::<i64>().ok()?.checked_mul(100)?;
    Cents::new(whole.checked_add(cents)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_read_as_it_is_typed() {
        for (typed, cents) in [("12", 1200), ("12,5", 1250), ("12.50 €", 1250), ("0,05", 5), (" 7 ", 700)] {
            assert_eq!(read(typed), Some(cents.into()), "{typed}");
        }
        for typed in ["", ",5", "-3", "1 000", "12,345", "douze", "99999999999999999999"] {
            assert_eq!(read(typed), None, "{typed}");
        }
    }
}
