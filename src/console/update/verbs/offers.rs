//! Offers: putting a request to a provider, its answer told by telephone, taking one back.

use super::{edit, proposal, said};
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            dispatch::{deadline_of, offers_of, policy, rank_all, ranking_of},
            prompt::{Act, Drawn, Prompt, Wording},
        },
        steps::rules,
        view::{paint::signs, recurring, words},
    },
    domain::{
        access::Role,
        assignment::{Assignment, AssignmentState, Doer},
        clock::Target,
        ess::Strain,
        ids::{OperatorId, ProviderId},
        offer::{Offer, OfferFields},
        operator::Operator,
        policy::ReasonKind,
        ranking::{Ranked, Ranking},
        register::Standing,
        request::{Request, RequestState},
        texts::ShortText,
        time::{Instant, When},
    },
    i18n::say,
    text::neutral,
    wire::{
        access::Verdict,
        bodies::{AssignOwnStaff, Step, StepBecause},
        catalogue::Command,
        desk_bodies::Settle,
        dispatch_bodies::{DeclineOffer, DeferOffer, TakeCounter},
    },
};
use std::{collections::BTreeMap, sync::Arc};

/// Providers that the prompt numbers beside the one that it names.
const OTHERS: usize = 4;

/// Proposes who is to do it: one request its own provider, several each the one that is recommended for it; of an offer the next in rank.
///
/// # Errors
/// A sentence that says why nobody can be asked.
pub fn assign(model: &mut Model, rows: &[Drawn]) -> Result<Prompt, String> {
    match rows {
        [] => Err(String::new()),
        [Drawn::Offer(offer)] => {
            let request = model.world.request(offer.fields.request_id).map(|shown| Arc::clone(shown.row));
            let request = request.ok_or_else(|| say(model.seat.language, "name-gone", &[]))?;
            beside(model, &request, rows)
        }
        [Drawn::Request(request)] if request.state == RequestState::Offered => beside(model, &request.clone(), rows),
        [Drawn::Request(request)] => one(model, &request.clone(), rows),
        _ => several(model, rows),
    }
}

/// The ranking of a request as it is now.
fn ranking(model: &Model, request: &Request) -> Ranking {
    let offers = offers_of(&model.world, request.id);
    ranking_of(&model.world, &model.dispatch.figures.loads, model.now, request, &offers).unwrap_or_default()
}

/// The command that asks a provider, everything filled in by the house's rules; none if its time is not known.
fn prepare(model: &mut Model, request: &Request, ranked: &Ranked, tier_reason: Option<ShortText>) -> Option<Command> {
    let provider = Arc::clone(model.world.provider(ranked.provider)?);
    let deadline = deadline_of(&model.world, model.now, request, &provider)?;
    let body = OfferFields {
        request_id: request.id,
        provider_id: provider.id,
        way: provider.fields.way(),
        deadline,
        price: ranked.price,
        note: None,
        tier_reason,
    };
    Some(Command::PrepareOffer { id: model.ids.fresh(), body })
}

/// The offer to a provider that passes over a higher tier, with its reason.
pub fn passing_over(model: &mut Model, request: &Request, provider: ProviderId, why: ShortText) -> Option<Command> {
    let ranking = ranking(model, request);
    prepare(model, request, &ranking.of(provider)?.clone(), Some(why))
}

fn one(model: &mut Model, request: &Arc<Request>, rows: &[Drawn]) -> Result<Prompt, String> {
    let language = model.seat.language;
    let ranking = ranking(model, request);
    let chosen = model.dispatch.chosen(request.id).and_then(|id| ranking.of(id)).or(ranking.ranked.first()).cloned();
    let staff = own_staff(model, request, rows);
    let Some(chosen) = chosen else {
        // Nobody outside can do it: the house itself is what is left.
        let nobody = say(language, "prompt-assign-nobody", &proposal::what(model, rows));
        let Some(mut staff) = staff else { return Err(nobody) };
        staff.sentence = format!("{nobody} {}", staff.sentence);
        return Ok(staff);
    };
    let mut prompt = asking(model, request, &ranking, &chosen, rows);
    if matches!(prompt.choices.first().map(|choice| &choice.act), Some(Act::Say)) {
        return Ok(prompt);
    }
    if let Some((words, act)) = all_dates(model, request, &chosen) {
        prompt = prompt.with(words, act);
    }
    let others: Vec<Ranked> =
        ranking.ranked.iter().filter(|other| other.provider != chosen.provider).take(OTHERS).cloned().collect();
    for other in others {
        let asked = asking(model, request, &ranking, &other, rows);
        let gives = asked.choices.first().map(|choice| choice.act.clone()).filter(|act| matches!(act, Act::Give(_)));
        let key = if gives.is_some() { "choice-assign" } else { "choice-assign-over" };
        // Who is not named in the sentence is asked about first where the share would suffer by it.
        let act = match gives {
            Some(act) if strained(model, &[(request, &other)]).is_none() => act,
            _ => Act::Ask(Box::new(asked)),
        };
        prompt = prompt.with(say(language, key, &[("provider", provider_name(model, other.provider))]), act);
    }
    Ok(match staff {
        Some(staff) => prompt.with(say(language, "choice-own-staff", &[]), Act::Ask(Box::new(staff))),
        None => prompt,
    })
}

/// All dates of the recurring order that wait to be given, to the same provider: those that it can do, this one with them.
fn all_dates(model: &mut Model, request: &Request, chosen: &Ranked) -> Option<(String, Act)> {
    let order = request.recurring?.order_id;
    let waiting = model.world.board.requests_in(RequestState::Triaged).map(|shown| Arc::clone(shown.row));
    let mut dates: Vec<Arc<Request>> =
        waiting.filter(|other| other.recurring.is_some_and(|of| of.order_id == order)).collect();
    dates.sort_by_key(|date| date.recurring.map(|of| of.date));
    let all = dates.len();
    let (mut commands, mut days) = (Vec::new(), Vec::new());
    for date in dates {
        let ranking = ranking(model, &date);
        let Some(ranked) = ranking.of(chosen.provider).filter(|_| !ranking.passes_over(chosen.tier)) else {
            continue;
        };
        commands.extend(prepare(model, &date, &ranked.clone(), None));
        days.extend(date.recurring.map(|of| of.date));
    }
    let language = model.seat.language;
    let parts = [
        ("count", commands.len().to_string()),
        ("all", all.to_string()),
        ("provider", provider_name(model, chosen.provider)),
        ("dates", recurring::dates(language, &days)),
    ];
    let key = if commands.len() == all { "choice-assign-dates" } else { "choice-assign-some-dates" };
    (commands.len() > 1).then(|| (say(language, key, &parts), Act::Give(commands)))
}

/// Asks for the go to put it to this provider; for the reason first where a higher tier is available.
fn asking(model: &mut Model, request: &Request, ranking: &Ranking, ranked: &Ranked, rows: &[Drawn]) -> Prompt {
    let language = model.seat.language;
    let provider = provider_name(model, ranked.provider);
    let [what, count] = proposal::what(model, rows);
    let warning = strained(model, &[(request, ranked)]);
    let warned = |sentence: String| match &warning {
        Some(warning) => format!("{sentence} {warning}"),
        None => sentence,
    };
    if ranking.passes_over(ranked.tier) {
        let first = ranking.ranked.first();
        let better = first.map(|first| provider_name(model, first.provider)).unwrap_or_default();
        let parts = [what, count, ("provider", provider), ("better", better)];
        let sentence = warned(say(language, "prompt-pass-over", &parts));
        let prompt =
            Prompt::about(Action::Assign, rows.to_vec(), sentence).or_words(Wording::PassOver(ranked.provider));
        let reasons = proposal::reasons(model, ReasonKind::PassOver).into_iter();
        return reasons.fold(prompt, |prompt, reason| prompt.with(reason, Act::Say));
    }
    let commands: Vec<Command> = prepare(model, request, ranked, None).into_iter().collect();
    let deadline = commands.first().and_then(|command| match command {
        Command::PrepareOffer { body, .. } => Some(body.deadline),
        _ => None,
    });
    let zone = model.world.zone(request.fields.site_id);
    let today = model.now.civil(&zone).date();
    let deadline = deadline.map(|at| words::moment(language, at.civil(&zone), today)).unwrap_or_default();
    let price =
        ranked.price.map_or_else(|| say(language, "dispatch-on-quote", &[]), |price| words::euros(language, price));
    let parts = [what, count, ("provider", provider.clone()), ("price", price), ("deadline", deadline)];
    Prompt::about(Action::Assign, rows.to_vec(), warned(say(language, "prompt-assign", &parts)))
        .with(say(language, "choice-assign", &[("provider", provider)]), Act::Give(commands))
}

/// What giving these requests to these providers does to the month's share of ESS, where the house's target would have it otherwise.
fn strained(model: &Model, given: &[(&Request, &Ranked)]) -> Option<String> {
    let language = model.seat.language;
    let share = model.dispatch.figures.share?;
    let policy = policy(&model.world);
    let with = given.iter().fold(share, |share, (request, ranked)| {
        // The office counts what the request costs.
        share.with(ranked.tier, request.fields.price.or(ranked.price), &policy.ess_tiers)
    });
    let key = match share.strain(&with, policy.ess_target_percent)? {
        Strain::TakesUnder => "prompt-ess-takes-under",
        Strain::StaysUnder => "prompt-ess-stays-under",
    };
    let percent = |value: Option<u16>| {
        value.map_or_else(|| "—".to_owned(), |value| say(language, "percent", &[("value", value.to_string())]))
    };
    let parts = [
        ("jobs", percent(with.jobs_percent())),
        ("euros", percent(with.euros_percent())),
        ("target", percent(Some(policy.ess_target_percent))),
    ];
    Some(format!("{} {}", signs::PRESSING, say(language, key, &parts)))
}

/// Asks the next in rank, beside those that are asked.
fn beside(model: &mut Model, request: &Request, rows: &[Drawn]) -> Result<Prompt, String> {
    let ranking = ranking(model, request);
    let chosen = model.dispatch.chosen(request.id).and_then(|id| ranking.of(id)).or(ranking.ranked.first()).cloned();
    match chosen {
        Some(chosen) => Ok(asking(model, request, &ranking, &chosen, rows)),
        None => Err(say(model.seat.language, "prompt-assign-nobody", &proposal::what(model, rows))),
    }
}

/// Each of several requests to the provider that is recommended for it.
fn several(model: &mut Model, rows: &[Drawn]) -> Result<Prompt, String> {
    let language = model.seat.language;
    let requests: Vec<Arc<Request>> = rows
        .iter()
        .filter_map(|row| match row {
            Drawn::Request(request) => Some(Arc::clone(request)),
            _ => None,
        })
        .collect();
    let ranked = rank_all(&model.world, &model.dispatch.figures.loads, model.now, &requests);
    let (mut commands, mut able) = (Vec::new(), Vec::new());
    let mut shares: BTreeMap<ProviderId, usize> = BTreeMap::new();
    let given: Vec<(&Request, &Ranked)> =
        requests.iter().zip(&ranked).filter_map(|(request, ranked)| Some((&**request, ranked.as_ref()?))).collect();
    let warning = strained(model, &given);
    for (request, ranked) in requests.iter().zip(ranked) {
        let Some(ranked) = ranked else { continue };
        let Some(command) = prepare(model, request, &ranked, None) else { continue };
        commands.push(command);
        able.push(Drawn::Request(Arc::clone(request)));
        *shares.entry(ranked.provider).or_default() += 1;
    }
    let left_out = rows.len() - able.len();
    if commands.is_empty() {
        return Err(say(language, "prompt-assign-nobody", &proposal::what(model, rows)));
    }
    let mut shares: Vec<(usize, String)> =
        shares.into_iter().map(|(provider, count)| (count, provider_name(model, provider))).collect();
    shares.sort_by(|one, other| other.0.cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
    let told: Vec<String> = shares.iter().take(4).map(|(count, name)| format!("{name} {count}")).collect();
    let more = if shares.len() > told.len() { ", …" } else { "" };
    let parts = [("count", commands.len().to_string()), ("shares", format!("{}{more}", told.join(", ")))];
    let mut sentence = say(language, "prompt-assign-several", &parts);
    if left_out > 0 {
        let count = [("count", left_out.to_string())];
        sentence = format!("{sentence} {}", say(language, "prompt-assign-left-out", &count));
    }
    if let Some(warning) = warning {
        sentence = format!("{sentence} {warning}");
    }
    Ok(Prompt::about(Action::Assign, able, sentence)
        .with(say(language, "choice-assign-several", &[]), Act::Give(commands)))
}

/// Who of the house could do it: oneself, then concierges and dispatchers; none if the account may not say so.
fn own_staff(model: &mut Model, request: &Request, rows: &[Drawn]) -> Option<Prompt> {
    if rules::verdict(model, "request.assign") == Verdict::Denied || request.state != RequestState::Triaged {
        return None;
    }
    let language = model.seat.language;
    let me = model.seat.me();
    let works = |operator: &Operator| {
        let roles = &operator.fields.roles;
        operator.standing == Standing::Active && (roles.contains(&Role::Concierge) || operator.id == me)
    };
    let all = model.world.board.all::<Operator>().map(|shown| Arc::clone(shown.row));
    let mut staff: Vec<Arc<Operator>> = all.filter(|operator| works(operator)).collect();
    staff.sort_by(|one, other| (one.id == me, &one.fields.name).cmp(&(other.id == me, &other.fields.name)));
    let sentence = say(language, "prompt-own-staff", &proposal::what(model, rows));
    let prompt = Prompt::about(Action::Assign, rows.to_vec(), sentence);
    let prompt = staff.into_iter().take(9).fold(prompt, |prompt, operator| {
        let assignment_id = model.ids.fresh();
        let body = AssignOwnStaff { seen: request.state, assignment_id, operator_id: operator.id };
        let command = Command::AssignRequest { id: request.id, body };
        let count = in_hand(model, operator.id);
        let parts = [("name", neutral(operator.fields.name.as_str()).into_owned()), ("count", count.to_string())];
        prompt.with(say(language, "choice-staff", &parts), Act::Give(vec![command]))
    });
    (!prompt.choices.is_empty()).then_some(prompt)
}

/// The open jobs that somebody of the house does.
fn in_hand(model: &Model, operator: OperatorId) -> usize {
    let theirs = |row: &Assignment| {
        row.state == AssignmentState::Active && row.fields.by == Doer::OwnStaff { operator_id: operator }
    };
    model.world.board.all::<Assignment>().filter(|shown| theirs(shown.row)).count()
}

/// The provider's answer, told on its behalf: yes, no, another time.
pub fn answer(model: &Model, offer: &Offer, rows: Vec<Drawn>) -> Prompt {
    let language = model.seat.language;
    let what = request_words(model, offer);
    let parts = [("provider", provider_name(model, offer.fields.provider_id)), ("what", what)];
    let why =
        Prompt::about(Action::Accept, rows.clone(), say(language, "prompt-decline", &parts)).or_words(Wording::Decline);
    let no = proposal::reasons(model, ReasonKind::Decline)
        .into_iter()
        .fold(why, |prompt, reason| prompt.with(reason, Act::Say));
    let other =
        Prompt::about(Action::Accept, rows.clone(), say(language, "prompt-counter", &parts)).or_words(Wording::Counter);
    let yes = Command::AcceptOffer { id: offer.id, body: Step { seen: offer.state } };
    Prompt::about(Action::Accept, rows, say(language, "prompt-provider-answer", &parts))
        .with(say(language, "choice-answer-yes", &[]), Act::Give(vec![yes]))
        .with(say(language, "choice-answer-no", &[]), Act::Ask(Box::new(no)))
        .with(say(language, "choice-answer-other", &[]), Act::Ask(Box::new(other)))
}

/// Hours that its provider is given beside what it has: of its opening hours.
const LONGER_H: [u32; 2] = [1, 4];

/// Asks until when the provider has to answer from now on.
pub fn deadline(model: &Model, offer: &Offer, rows: Vec<Drawn>) -> Prompt {
    let language = model.seat.language;
    let zone = model.world.zone(offer.site_id);
    let today = model.now.civil(&zone).date();
    let said = |at: Instant| words::moment(language, at.civil(&zone), today);
    let parts = [
        ("provider", provider_name(model, offer.fields.provider_id)),
        ("what", request_words(model, offer)),
        ("deadline", said(offer.fields.deadline)),
    ];
    let sentence = say(language, "prompt-deadline", &parts);
    let other = Prompt::about(Action::Edit, rows.clone(), sentence.clone()).or_words(Wording::Deadline);
    let from = offer.fields.deadline.max(model.now);
    let request = model.world.request(offer.fields.request_id);
    let wanted = request.and_then(|shown| shown.row.fields.when).map(|when| when.end(&zone));
    let policy = policy(&model.world);
    let calendar = model.world.provider(offer.fields.provider_id).map(|row| row.fields.calendar(policy));
    let longer = LONGER_H.iter().filter_map(|hours| {
        let at = Target::Open { minutes: hours * 60 }.due(from, calendar.as_ref()?)?;
        let parts = [("count", hours.to_string()), ("deadline", said(at))];
        Some((at, say(language, "choice-deadline-longer", &parts)))
    });
    let longer = longer.filter(|(at, _)| wanted.is_none_or(|wanted| *at < wanted));
    let whole = wanted.filter(|at| *at > from);
    let whole = whole.map(|at| (at, say(language, "choice-deadline-wanted", &[("deadline", said(at))])));
    let give = |at: Instant| {
        Act::Give(vec![Command::DeferOffer { id: offer.id, body: DeferOffer { seen: offer.state, deadline: at } }])
    };
    let prompt = Prompt::about(Action::Edit, rows, sentence);
    let prompt = longer.chain(whole).fold(prompt, |prompt, (at, words)| prompt.with(words, give(at)));
    prompt.with(say(language, "choice-deadline-other", &[]), Act::Ask(Box::new(other)))
}

/// The command that gives a provider until the time that was typed.
///
/// # Errors
/// A sentence that says that the time was not understood, or cannot be.
pub fn deadline_said(model: &Model, prompt: &Prompt, typed: &str) -> Result<Command, String> {
    let language = model.seat.language;
    let unread = || say(language, "deadline-not-read", &[]);
    let (id, offer) = prompt.drawn.first().and_then(Drawn::offer).ok_or_else(unread)?;
    let request = model.world.request(offer.fields.request_id).ok_or_else(unread)?;
    let zone = model.world.zone(offer.site_id);
    let (until, today) = (offer.fields.deadline.civil(&zone), model.now.civil(&zone).date());
    let when = edit::time_said_near(model, request.row, &When::Due { at: until }, typed).ok_or_else(unread)?;
    let at = when.end(&zone);
    let refused = |key: &str| {
        let parts = [
            ("provider", provider_name(model, offer.fields.provider_id)),
            ("deadline", words::moment(language, until, today)),
            ("typed", words::moment(language, at.civil(&zone), today)),
        ];
        Err(say(language, key, &parts))
    };
    match offer.clone().defer(at, model.now) {
        Ok(()) => Ok(Command::DeferOffer { id, body: DeferOffer { seen: offer.state, deadline: at } }),
        Err(_) if at <= model.now.max(offer.hold_until) => refused("deadline-passed"),
        Err(_) => refused("deadline-only-later"),
    }
}

/// Something is in the way of a job that is given: the provider is let go, did not do it, or does it after all.
pub fn problem(model: &Model, offer: &Offer, rows: Vec<Drawn>) -> Option<Prompt> {
    let language = model.seat.language;
    let problem = Arc::clone(model.dispatch.problem(offer.fields.request_id)?);
    let why = problem.fields.what.clone().unwrap_or_else(|| ShortText::fitted(&say(language, "dispatch-problem", &[])));
    let parts = [("provider", provider_name(model, offer.fields.provider_id)), ("why", why.to_string())];
    let settled = |key: &str| {
        let settlement = say(language, key, &parts).parse().ok()?;
        Some(Command::CloseException { id: problem.id, body: Settle { settlement } })
    };
    let because = || StepBecause { seen: offer.state, reason: why.clone() };
    let mut prompt = Prompt::about(Action::Accept, rows, say(language, "prompt-problem", &parts));
    let ends = [
        ("offer.release", "choice-problem-release", Command::ReleaseOffer { id: offer.id, body: because() }),
        ("offer.fail", "choice-problem-fail", Command::FailOffer { id: offer.id, body: because() }),
    ];
    for (name, words, command) in ends {
        if rules::verdict(model, name) != Verdict::Denied {
            let close = settled("settlement-given-anew");
            prompt = prompt.with(say(language, words, &[]), Act::Give([command].into_iter().chain(close).collect()));
        }
    }
    if let Some(close) = settled("settlement-does-it") {
        prompt = prompt.with(say(language, "choice-problem-settled", &parts), Act::Give(vec![close]));
    }
    Some(prompt)
}

/// What a request is called and about, as the other side of the telephone knows it.
fn request_words(model: &Model, offer: &Offer) -> String {
    let shown = model.world.request(offer.fields.request_id);
    shown.map_or_else(String::new, |shown| proposal::described(model, shown.row))
}

/// Another time was told: it is taken, or only written down, which goes on to the next provider.
///
/// # Errors
/// A sentence that says that the time was not understood.
pub fn countered(model: &mut Model, prompt: &Prompt, words_typed: &str) -> Result<Prompt, String> {
    let language = model.seat.language;
    let unread = || say(language, "value-not-read", &[("field", say(language, "field-when", &[]))]);
    let offer = prompt.drawn.first().and_then(Drawn::offer).map(|(_, offer)| offer.clone()).ok_or_else(unread)?;
    let request = model.world.request(offer.fields.request_id).map(|shown| Arc::clone(shown.row)).ok_or_else(unread)?;
    let when = edit::time_said(model, &request, words_typed).ok_or_else(unread)?;
    let reason: ShortText = say(language, "reason-other-time", &[]).parse().map_err(|_| unread())?;
    let body = DeclineOffer { seen: offer.state, reason, counter: Some(when) };
    let noted = Command::DeclineOffer { id: offer.id, body };
    let taken = Command::TakeCounter { id: offer.id, body: TakeCounter { offer_id: model.ids.fresh() } };
    let parts = [
        ("provider", provider_name(model, offer.fields.provider_id)),
        ("when", words::when(language, &when)),
        ("what", said::request_name(model, &request)),
    ];
    Ok(Prompt::about(Action::Accept, prompt.drawn.clone(), say(language, "prompt-countered", &parts))
        .with(say(language, "choice-counter-take", &parts), Act::Give(vec![noted.clone(), taken]))
        .with(say(language, "choice-counter-note", &parts), Act::Give(vec![noted])))
}

/// What words make of an offer: a no with its reason, a withdrawal.
pub fn worded(offer: &Offer, wording: Wording, reason: ShortText) -> Option<Command> {
    let (id, seen) = (offer.id, offer.state);
    match wording {
        Wording::Decline => Some(Command::DeclineOffer { id, body: DeclineOffer { seen, reason, counter: None } }),
        Wording::Withdraw => Some(Command::WithdrawOffer { id, body: StepBecause { seen, reason } }),
        _ => None,
    }
}

/// A provider by name; one that is not here by a word.
pub fn provider_name(model: &Model, id: ProviderId) -> String {
    let name = model.world.provider(id).map(|provider| neutral(provider.fields.name.as_str()).into_owned());
    name.unwrap_or_else(|| say(model.seat.language, "name-gone", &[]))
}
