//! What each letter proposes: a sentence, its best choice ready, the others numbered, words of one's own where the verb takes words.

use super::{edit, held, offers, said};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            prompt::{Act, Drawn, Prompt, Wording},
            reception::Item,
        },
        steps::rules,
        view,
    },
    domain::{
        contact::Contact,
        exception::{ContradictionKind, Exception},
        ids::RequestId,
        offer::OfferState,
        policy::ReasonKind,
        request::{Request, RequestState},
        texts::ShortText,
    },
    i18n::say,
    text::neutral,
    wire::{
        access::Verdict,
        bodies::{Fact, Merge, Step, WrapUp},
        catalogue::Command,
    },
};

/// Choices that a prompt numbers.
const NUMBERED: usize = 9;

/// Reasons of a kind that the console has.
const REASONS: usize = 6;

/// What a verb proposes on rows that it may act on; `left_out` of those marked it may not.
pub fn of(model: &Model, action: Action, rows: Vec<Drawn>, left_out: usize) -> Option<Prompt> {
    if let Some(Drawn::Offer(offer)) = rows.first() {
        let offer = std::sync::Arc::clone(offer);
        return match action {
            Action::Accept if offer.state == OfferState::Accepted => offers::problem(model, &offer, rows),
            Action::Accept => Some(offers::answer(model, &offer, rows)),
            Action::Edit => Some(offers::deadline(model, &offer, rows)),
            Action::Cancel => Some(because(model, action, rows, Wording::Withdraw, ReasonKind::Withdraw)),
            _ => None,
        };
    }
    if let Some(Drawn::Held(prepared)) = rows.first() {
        let prepared = std::sync::Arc::clone(prepared);
        return held::review(model, action, &prepared, rows);
    }
    if let Some(Drawn::Exception(exception)) = rows.first() {
        let exception = std::sync::Arc::clone(exception);
        return (action == Action::Outcome).then(|| settle(model, &exception, rows));
    }
    let contact = rows.first()?.contact().map(|(_, contact)| contact.clone());
    let mut prompt = match (action, contact) {
        (Action::Outcome, Some(contact)) => wrap_up(model, &contact, rows),
        (Action::Merge, Some(contact)) => same_as(model, &contact, rows)?,
        (Action::Outcome, None) => because(model, action, rows, Wording::Answer, ReasonKind::Answer),
        (Action::Suspend, _) => suspend(model, rows),
        (Action::Merge, None) => merge(model, &rows)?,
        (Action::Divide, _) => divide(model, rows),
        (Action::Cancel, _) => because(model, action, rows, Wording::Cancel, ReasonKind::Cancel),
        (Action::Refuse, _) => because(model, action, rows, Wording::Refuse, ReasonKind::Refuse),
        (Action::Release, _) => because(model, action, rows, Wording::Release, ReasonKind::Release),
        (Action::Accept, _) => accept(model, rows),
        (Action::Edit, _) => edit::which_field(model, &rows)?,
        _ => return None,
    };
    prompt.choices.truncate(NUMBERED);
    if left_out > 0 {
        let count = [("count", left_out.to_string())];
        prompt.sentence = format!("{} {}", prompt.sentence, say(model.seat.language, "prompt-left-out", &count));
    }
    Some(prompt)
}

/// What is acted upon, for a sentence: the one row's name, and how many there are.
pub fn what(model: &Model, rows: &[Drawn]) -> [(&'static str, String); 2] {
    let name = rows.first().map_or_else(String::new, |row| said::name(model, row.item()));
    [("what", name), ("count", rows.len().to_string())]
}

/// The word of a kind of reason in the names of its sentences.
const fn word(kind: ReasonKind) -> &'static str {
    match kind {
        ReasonKind::Outcome => "outcome",
        ReasonKind::CallBack => "call-back",
        ReasonKind::Drop => "drop",
        ReasonKind::Answer => "answer",
        ReasonKind::Question => "question",
        ReasonKind::Cancel => "cancel",
        ReasonKind::Refuse => "refuse",
        ReasonKind::Release => "release",
        ReasonKind::Merge => "merge",
        ReasonKind::TakeOver => "take-over",
        ReasonKind::Decline => "decline",
        ReasonKind::Withdraw => "withdraw",
        ReasonKind::PassOver => "pass-over",
        ReasonKind::GiveBack => "give-back",
        ReasonKind::Leftover => "leftover",
    }
}

/// The house's reasons of a kind; those of the console where the house lists none.
pub fn reasons(model: &Model, kind: ReasonKind) -> Vec<String> {
    let policy = model.world.board.replica().policy();
    let own = policy.map_or(&[][..], |policy| policy.fields.reasons.of(kind));
    if !own.is_empty() {
        return own.iter().map(|reason| neutral(reason.as_str()).into_owned()).collect();
    }
    let kind = word(kind);
    let reason = |number| {
        let key = format!("reason-{kind}-{number}");
        Some(say(model.seat.language, &key, &[])).filter(|said| *said != key)
    };
    (1..=REASONS).map_while(reason).collect()
}

/// A prompt that asks why, or for other words of the house's list.
fn because(model: &Model, action: Action, rows: Vec<Drawn>, wording: Wording, kind: ReasonKind) -> Prompt {
    let sentence = say(model.seat.language, &format!("prompt-{}", word(kind)), &what(model, &rows));
    let prompt = Prompt::about(action, rows, sentence).or_words(wording);
    reasons(model, kind).into_iter().fold(prompt, |prompt, reason| prompt.with(reason, Act::Say))
}

/// How a contradiction was settled; of a desk that nobody opened why, and what became of those who came.
pub fn settle(model: &Model, exception: &Exception, rows: Vec<Drawn>) -> Prompt {
    let language = model.seat.language;
    let sentence = say(language, "prompt-exception", &[("what", view::desk::exception(model, exception))]);
    let prompt = Prompt::about(Action::Outcome, rows, sentence).or_words(Wording::Settled);
    let choices = match exception.fields.kind {
        ContradictionKind::NotHeld => ["not-held-told", "not-held-put-off", "not-held-closed", "not-held-offline"],
        _ => ["recounted", "found", "typing", "told"],
    };
    let words = choices.map(|key| say(language, &format!("settled-{key}"), &[]));
    words.into_iter().fold(prompt, |prompt, words| prompt.with(words, Act::Say))
}

/// How what came in at a desk ended; of a missed call how calling back did.
pub fn outcome(model: &Model, rows: Vec<Drawn>) -> Option<Prompt> {
    let contact = rows.first()?.contact().map(|(_, contact)| contact.clone())?;
    Some(wrap_up(model, &contact, rows))
}

fn wrap_up(model: &Model, contact: &Contact, rows: Vec<Drawn>) -> Prompt {
    let (wording, kind) = if rules::is_missed(contact) {
        (Wording::CallBack, ReasonKind::CallBack)
    } else {
        (Wording::WrapUp, ReasonKind::Outcome)
    };
    let drop = because(model, Action::Outcome, rows.clone(), Wording::Drop, ReasonKind::Drop);
    let prompt = because(model, Action::Outcome, rows, wording, kind);
    if rules::verdict(model, "contact.drop") == Verdict::Denied {
        return prompt;
    }
    prompt.with(say(model.seat.language, "choice-drop", &[]), Act::Ask(Box::new(drop)))
}

fn suspend(model: &Model, rows: Vec<Drawn>) -> Prompt {
    let waiting = |row: &Drawn| {
        let (id, request) = row.request()?;
        let body = Step { seen: request.state };
        (request.state == RequestState::Waiting).then_some(Command::ResumeRequest { id, body })
    };
    let resumed: Vec<Command> = rows.iter().filter_map(waiting).collect();
    if resumed.len() == rows.len() {
        let question = rows.first().and_then(Drawn::request).and_then(|(_, request)| request.waiting.as_ref());
        let question = question.map(|asked| asked.question.to_string()).unwrap_or_default();
        let [name, count] = what(model, &rows);
        let sentence = say(model.seat.language, "prompt-resume", &[name, count, ("question", question)]);
        return Prompt::about(Action::Suspend, rows, sentence)
            .with(say(model.seat.language, "choice-resume", &[]), Act::Give(resumed));
    }
    let rows: Vec<Drawn> = rows.into_iter().filter(|row| waiting(row).is_none()).collect();
    // What is missing is what is most likely asked.
    let missing = match rows.as_slice() {
        [row] => row.request().map(|(_, request)| request.missing()).unwrap_or_default(),
        _ => Vec::new(),
    };
    let asked = missing.iter().map(|field| say(model.seat.language, &format!("question-{field}"), &[]));
    let asked: Vec<String> = asked.chain(reasons(model, ReasonKind::Question)).collect();
    let sentence = say(model.seat.language, "prompt-question", &what(model, &rows));
    let prompt = Prompt::about(Action::Suspend, rows, sentence).or_words(Wording::Question);
    asked.into_iter().fold(prompt, |prompt, question| prompt.with(question, Act::Say))
}

fn merged(row: &Drawn, into: RequestId, reason: &ShortText) -> Option<Command> {
    let (id, request) = row.request()?;
    (id != into)
        .then(|| Command::MergeRequest { id, body: Merge { seen: request.state, into, reason: reason.clone() } })
}

/// The same job as another: one with those that it probably is, several into the oldest of them.
fn merge(model: &Model, rows: &[Drawn]) -> Option<Prompt> {
    let language = model.seat.language;
    let reason: ShortText = reasons(model, ReasonKind::Merge).first()?.parse().ok()?;
    let targets = match rows {
        [row] => rules::alike(&model.world, row.request()?.1),
        _ => rows
            .iter()
            .filter_map(Drawn::request)
            .min_by_key(|(id, row)| (row.created_at, *id))
            .map(|(id, _)| id)
            .into_iter()
            .collect(),
    };
    let sentence = say(language, "prompt-merge", &what(model, rows));
    let mut prompt = Prompt::about(Action::Merge, rows.to_vec(), sentence).or_words(Wording::Merge(*targets.first()?));
    for target in targets.into_iter().take(NUMBERED) {
        let Some(shown) = model.world.request(target) else { continue };
        let commands = rows.iter().filter_map(|row| merged(row, target, &reason)).collect();
        prompt = prompt.with(described(model, shown.row), Act::Give(commands));
    }
    Some(prompt)
}

/// A contact about something that is known already: it is closed as such.
fn same_as(model: &Model, contact: &Contact, rows: Vec<Drawn>) -> Option<Prompt> {
    let language = model.seat.language;
    if let Some(request) = rules::only_request(&model.world, contact.id) {
        return merge(model, &[Drawn::Request(request)]);
    }
    let sentence = say(language, "prompt-same-as", &what(model, &rows));
    let mut prompt = Prompt::about(Action::Merge, rows, sentence);
    for request in rules::open_of(&model.world, contact).take(NUMBERED) {
        let name = said::request_name(model, request);
        let outcome: ShortText = say(language, "outcome-same-as", &[("what", name)]).parse().ok()?;
        let command = Command::WrapUpContact { id: contact.id, body: WrapUp { outcome } };
        prompt = prompt.with(described(model, request), Act::Give(vec![command]));
    }
    Some(prompt)
}

/// A request by number, job, time and state, as a choice shows it.
pub fn described(model: &Model, request: &Request) -> String {
    let language = model.seat.language;
    let state = crate::domain::machine::State::name(request.state);
    let state = say(language, &format!("state-request-{state}"), &[]);
    let (name, words) = (said::request_name(model, request), said::request_words(model, request));
    let job = if name == words { words } else { format!("{name} {words}") };
    let today = model.now.civil(&model.world.zone(request.fields.site_id)).date();
    let when = request.fields.when.as_ref().map(|when| view::words::when_short(language, when, today));
    [Some(job), when, Some(state)].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Several jobs in one: what becomes a request of its own is one of the text's lines, or typed.
fn divide(model: &Model, rows: Vec<Drawn>) -> Prompt {
    let rows: Vec<Drawn> = match rows.first() {
        Some(Drawn::Contact(contact)) => {
            rules::only_request(&model.world, contact.id).into_iter().map(Drawn::Request).collect()
        }
        _ => rows.into_iter().take(1).collect(),
    };
    let sentence = say(model.seat.language, "prompt-divide", &what(model, &rows));
    let request = rows.first().and_then(Drawn::request).map(|(_, request)| request);
    let pieces = request.map(|request| edit::pieces(model, request)).unwrap_or_default();
    let prompt = Prompt::about(Action::Divide, rows, sentence).or_words(Wording::SplitOff);
    // The first piece is what the request itself keeps.
    pieces.into_iter().skip(1).fold(prompt, |prompt, piece| prompt.with(piece, Act::Say))
}

/// Says yes: a complete request can go on, a desk opens.
fn accept(model: &Model, rows: Vec<Drawn>) -> Prompt {
    let language = model.seat.language;
    if let Some((id, _)) = rows.first().and_then(Drawn::permanence) {
        let sentence = say(language, "prompt-open", &what(model, &rows));
        let command = Command::OpenPermanence { id, body: Fact { occurred_at: model.now } };
        return Prompt::about(Action::Accept, rows, sentence)
            .with(say(language, "choice-open", &[]), Act::Give(vec![command]));
    }
    let complete: Vec<Drawn> =
        rows.iter().filter(|row| row.request().is_some_and(|(_, row)| row.missing().is_empty())).cloned().collect();
    if let (true, Some((id, request))) = (complete.is_empty(), rows.first().and_then(Drawn::request)) {
        return incomplete(model, id, request);
    }
    let left_out = rows.len() - complete.len();
    let triage =
        |(id, request): (RequestId, &Request)| Command::TriageRequest { id, body: Step { seen: request.state } };
    let commands = complete.iter().filter_map(Drawn::request).map(triage).collect();
    let mut sentence = say(language, "prompt-triage", &what(model, &complete));
    if let ([_], Some((_, request))) = (complete.as_slice(), complete.first().and_then(Drawn::request)) {
        sentence = format!("{sentence} {}", said::request_words(model, request));
    }
    if left_out > 0 {
        let count = [("count", left_out.to_string())];
        sentence = format!("{sentence} {}", say(language, "prompt-incomplete-left-out", &count));
    }
    Prompt::about(Action::Accept, complete, sentence).with(say(language, "choice-triage", &[]), Act::Give(commands))
}

/// What a request lacks, and the first of it asked for.
fn incomplete(model: &Model, id: RequestId, request: &Request) -> Prompt {
    let language = model.seat.language;
    let missing = request.missing();
    let words: Vec<String> = missing.iter().map(|field| say(language, &format!("field-{field}"), &[])).collect();
    let what = said::request_name(model, request);
    let lacks = say(language, "prompt-missing", &[("what", what), ("missing", words.join(", "))]);
    let rows: Vec<Drawn> = rules::drawn(&model.world, Item::Request(id)).into_iter().collect();
    let field = missing.first().and_then(|field| crate::console::model::prompt::Edited::named(field));
    let mut prompt = match field {
        Some(field) => edit::value_of(model, &rows, field),
        None => Prompt::about(Action::Edit, rows, String::new()),
    };
    prompt.sentence = format!("{lacks} {}", prompt.sentence);
    prompt
}
