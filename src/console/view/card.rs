//! The card: all about one request, its timeline below.

use super::{
    frame::Frame,
    paint::{Paint, Piece, signs},
    requests::{channel, doing, late_by, provider_name, time_left, what, who},
    words,
};
use crate::{
    console::{
        keymap::{Action, Context, KeyCode},
        model::{Model, card::Card, layer::Layer, reception::Item, requests::Standing},
        theme::Role,
    },
    domain::{
        access::Author,
        client::Client,
        clock::{Clock, ClockKind, ClockState},
        courier::Courier,
        entity::EntityKind,
        ids::{OperatorId, RequestId},
        machine::State as _,
        offer::Offer,
        operator::Language,
        request::{Handover, Payer, Request, Requester},
        time::Instant,
    },
    i18n::{say, worded},
    replica::{Entry, Mark, RowRef, Status},
    text::wrap,
    wire::query::HistoryEntry,
};
use ratatui::layout::Rect;
use std::sync::Arc;

/// Columns of the names of facts.
const LABEL: u16 = 14;

/// From this height on sections have a line of air between them.
const ROOMY: u16 = 30;

/// From this width on what was said and done stands beside the facts.
const SIDE_BY_SIDE: u16 = 160;

/// Lines of a text that is folded.
const FOLDED: usize = 4;

/// What another program said, with nothing in it but letters.
fn clean(text: &str) -> String {
    crate::text::neutral(text).into_owned()
}

/// A line of the card.
enum Line {
    /// A heading.
    Rule(String),
    /// A fact with its name.
    Fact(String, Vec<(String, Role)>),
    /// Text over the whole width.
    Text(Vec<(String, Role)>),
}

/// How many lines the card has, and how many of them fit on the glass.
pub fn length(model: &Model, card: &Card) -> (usize, usize) {
    let screen = Rect { x: 0, y: 0, width: model.size.columns, height: model.size.rows };
    let body = Frame::around(model, screen).body;
    let panes = request(model, card).map(|request| panes(model, card, &request, body)).unwrap_or_default();
    let lines = panes.iter().map(|pane| pane.lines.len()).max().unwrap_or_default();
    (lines, usize::from(body.height.saturating_sub(1)))
}

/// The request as it is shown; where the replica has none, as it was found.
fn request(model: &Model, card: &Card) -> Option<Arc<Request>> {
    model.world.request(card.request).map(|shown| Arc::clone(shown.row)).or_else(|| card.found.clone())
}

/// Draws the card.
pub fn draw(model: &Model, card: &Card, paint: &mut Paint<'_>, area: Rect) {
    paint.clear(area);
    let language = model.seat.language;
    let Some(request) = request(model, card) else {
        paint.rule(area, area.y, &[], "");
        paint.text(area.x, area.y + 1, area.width, &say(language, "requests-gone", &[]), Role::Gone);
        return;
    };
    let (number, what) = (request.number.to_string(), what(model, &request));
    let state = say(language, &format!("state-request-{}", request.state.name()), &[]);
    paint.rule(area, area.y, &[(&number, Role::Strong), ("  ", Role::Dim), (&what, Role::Strong)], &state);
    for pane in panes(model, card, &request, area) {
        pane.draw(paint, card.scrolled);
    }
    if matches!(model.layers.last(), Some(Layer::Card(_))) {
        paint.set_cursor(area.x, area.y);
    }
}

/// A part of the card with its place on the glass.
struct Pane {
    area: Rect,
    /// Whether another stands at its left.
    is_beside: bool,
    lines: Vec<Line>,
}

/// The card below its heading, in one pane, or in two where there is room: the facts, and beside them what was said and done.
fn panes(model: &Model, card: &Card, request: &Request, area: Rect) -> Vec<Pane> {
    let roomy = area.height >= ROOMY;
    let area = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
    let sheet = |width: u16| Sheet { model, request, width, roomy, lines: Vec::new() };
    if area.width < SIDE_BY_SIDE {
        let lines = sheet(area.width).facts().told(card).lines;
        return vec![Pane { area, is_beside: false, lines }];
    }
    let (facts, told) = super::side_by_side(area);
    vec![
        Pane { area: facts, is_beside: false, lines: sheet(facts.width).facts().lines },
        Pane { area: told, is_beside: true, lines: sheet(told.width).told(card).lines },
    ]
}

impl Pane {
    fn draw(&self, paint: &mut Paint<'_>, scrolled: usize) {
        let area = self.area;
        if self.is_beside {
            paint.upright(area.x - 2, area.top(), area.bottom());
        }
        for (line, y) in self.lines.iter().skip(scrolled).zip(area.top()..area.bottom()) {
            match line {
                // The rule between the panes parts enough.
                Line::Rule(title) if self.is_beside => _ = paint.text(area.x, y, area.width, title, Role::Heading),
                Line::Rule(title) => paint.rule(area, y, &[(title, Role::Heading)], ""),
                Line::Fact(name, pieces) => {
                    paint.text(area.x, y, LABEL - 1, name, Role::Dim);
                    let pieces: Vec<Piece<'_>> = pieces.iter().map(|(text, role)| (text.as_str(), *role)).collect();
                    paint.line(area.x + LABEL, y, area.width.saturating_sub(LABEL), &pieces);
                }
                Line::Text(pieces) => {
                    let pieces: Vec<Piece<'_>> = pieces.iter().map(|(text, role)| (text.as_str(), *role)).collect();
                    paint.line(area.x, y, area.width, &pieces);
                }
            }
        }
    }
}

/// The card being written.
struct Sheet<'a> {
    model: &'a Model,
    request: &'a Request,
    width: u16,
    roomy: bool,
    lines: Vec<Line>,
}

impl Sheet<'_> {
    /// What is so.
    fn facts(mut self) -> Self {
        self.pending();
        self.standing();
        self.asked();
        self.kin();
        self
    }

    /// What was said and done.
    fn told(mut self, card: &Card) -> Self {
        self.texts(card.unfolded);
        self.timeline(card);
        self
    }

    fn say(&self, key: &str, variables: &[(&str, String)]) -> String {
        say(self.model.seat.language, key, variables)
    }

    fn rule(&mut self, key: &str) {
        if self.roomy && !self.lines.is_empty() {
            self.lines.push(Line::Text(Vec::new()));
        }
        self.lines.push(Line::Rule(self.say(key, &[])));
    }

    /// A fact that may take several lines, under a name that stands once.
    fn fact(&mut self, key: &str, text: &str, role: Role) {
        let room = usize::from(self.width.saturating_sub(LABEL)).max(1);
        let mut name = self.say(key, &[]);
        for line in wrap(text, room) {
            self.lines.push(Line::Fact(std::mem::take(&mut name), vec![(line, role)]));
        }
    }

    fn moment(&self, at: Instant) -> String {
        let zone = self.model.world.zone(self.request.fields.site_id);
        words::moment(self.model.seat.language, at.civil(&zone), self.model.now.civil(&zone).date())
    }

    fn operator(&self, id: OperatorId) -> String {
        let name = self.model.world.operator(id).map(|row| row.fields.name.to_string());
        name.unwrap_or_else(|| self.say("requests-somebody", &[]))
    }

    /// One's own commands on it that the office has not carried out: what waits, what came back and why, both values of a conflict.
    fn pending(&mut self) {
        let model = self.model;
        let row = RowRef { kind: EntityKind::Request, id: self.request.id.into() };
        let entries: Vec<&Entry> = model.world.board.entries_on(row).collect();
        for entry in entries {
            let what = verb_words(self.model.seat.language, entry.given.command.name());
            match &entry.status {
                Status::Queued | Status::InFlight => self.fact("requests-mark-pending", &what, Role::Accent),
                Status::Unkept => self.fact("requests-mark-unkept", &what, Role::Danger),
                Status::Refused(problem) => {
                    let why = worded((**problem).clone(), model.seat.language).detail;
                    let text = self.say("sheet-came-back", &[("what", what), ("why", why)]);
                    self.fact("requests-mark-refused", &text, Role::Danger);
                }
                Status::Conflicting(problem) => {
                    let why = worded((**problem).clone(), model.seat.language).detail;
                    let text = self.say("sheet-came-back", &[("what", what), ("why", why)]);
                    self.fact("requests-mark-conflicting", &text, Role::Danger);
                    for conflict in &problem.conflicts {
                        let field = self.field(&conflict.field);
                        let both = [
                            ("field", field),
                            ("mine", self.value(&conflict.new)),
                            ("theirs", self.value(&conflict.present)),
                        ];
                        let text = self.say("sheet-conflict", &both);
                        self.fact("sheet-nothing", &text, Role::Danger);
                    }
                }
            }
        }
    }

    /// A value of a field as words: names for what has one.
    fn value(&self, value: &serde_json::Value) -> String {
        let named = value.as_str().and_then(|text| text.parse::<uuid::Uuid>().ok()).and_then(|id| {
            let world = &self.model.world;
            let service = world.service(id.into()).map(|row| row.fields.name.to_string());
            service.or_else(|| world.site(id.into()).map(|row| row.fields.name.to_string()))
        });
        named.unwrap_or_else(|| match value {
            serde_json::Value::Null => self.say("sheet-no-value", &[]),
            serde_json::Value::String(text) => text.clone(),
            serde_json::Value::Object(map) => {
                map.values().filter_map(serde_json::Value::as_str).collect::<Vec<_>>().join(" ")
            }
            other => other.to_string(),
        })
    }

    fn field(&self, name: &str) -> String {
        match name {
            "requester" => self.say("sheet-who", &[]),
            "service_id" | "quantity" | "detail" => self.say("sheet-what", &[]),
            "site_id" => self.say("sheet-where", &[]),
            "payer" => self.say("sheet-payer", &[]),
            "when" => self.say("sheet-when", &[]),
            "handover" => self.say("sheet-handover", &[]),
            "price" => self.say("sheet-price", &[]),
            "text" => self.say("sheet-text", &[]),
            other => other.to_owned(),
        }
    }

    /// Where it stands: state, who does it or is asked, clocks in words, the question that is out, who works on it.
    fn standing(&mut self) {
        let (model, request) = (self.model, self.request);
        let language = model.seat.language;
        let state = self.say(&format!("state-request-{}", request.state.name()), &[]);
        let by = doing(model, request).map(|name| self.say("sheet-by", &[("name", name)]));
        let text = [Some(state), by].into_iter().flatten().collect::<Vec<_>>().join(" ");
        self.fact("sheet-state", &text, Role::Strong);
        if request.fields.urgency == crate::domain::clock::Urgency::Urgent {
            self.fact("sheet-nothing", &self.say("sheet-urgent", &[]), Role::Danger);
        }
        let missing = request.missing();
        if Standing::of(request).0 < Standing::Done && !missing.is_empty() {
            let missing: Vec<String> = missing.into_iter().map(|name| self.field(name)).collect();
            self.fact("sheet-missing", &missing.join(", "), Role::Warn);
        }
        for clock in &request.clocks {
            let (text, role) = self.clock(clock);
            self.fact("sheet-clock", &text, role);
        }
        if let Some(question) = &request.waiting {
            let variables = [("question", question.question.to_string()), ("since", self.moment(question.since))];
            self.fact("sheet-question", &self.say("sheet-question-out", &variables), Role::Text);
        }
        let mut offers: Vec<&Arc<Offer>> = (model.world.board.all::<Offer>())
            .map(|shown| shown.row)
            .filter(|offer| offer.fields.request_id == request.id)
            .collect();
        offers.sort_by_key(|offer| offer.created_at);
        for offer in offers {
            let state = self.say(&format!("state-offer-{}", offer.state.name()), &[]);
            let name = provider_name(model, offer.fields.provider_id).unwrap_or_default();
            let mut text = format!("{name}{}{state}", words::colon(language));
            if offer.is_live() && offer.answered_at.is_none() {
                let before = self.say("sheet-answer-before", &[("time", self.moment(offer.fields.deadline))]);
                text = format!("{text}, {before}");
            }
            if let Some(reason) = &offer.reason {
                text = format!("{text} ({reason})");
            }
            self.fact("sheet-offer", &text, Role::Text);
        }
        for reply in model.world.replies_to(Item::Request(request.id)).iter().filter(|reply| reply.calls()) {
            let why = reply.trouble.as_ref().map_or_else(|| self.say("reply-no-word", &[]), |why| clean(why.as_str()));
            let told = [
                ("to", clean(reply.fields.to.as_str())),
                ("state", words::reply_state(language, reply, model.now)),
                ("why", why),
            ];
            let line = format!("{} {}", signs::CROSS, self.say("sheet-reply-calls", &told));
            self.fact("sheet-reply", &line, Role::Danger);
            if let Some(hint) = model.keymap.hint(Context::List, Action::Reply, true, language) {
                self.fact("sheet-nothing", &self.say("sheet-reply-decide", &[("key", hint.key)]), Role::Accent);
            }
        }
        if let Some(claim) = model.world.claim_on(request.id.into()) {
            let since = words::age(language, model.now.since(claim.since));
            let text = self.say("sheet-claimed", &[("name", self.operator(claim.operator_id)), ("since", since)]);
            self.fact("sheet-claim", &text, Role::Text);
        }
        if let Some(ending) = &request.ending {
            self.fact("sheet-ending", ending.as_str(), Role::Text);
        }
    }

    /// A clock in words: what for, until when, what is left of it.
    fn clock(&self, clock: &Clock) -> (String, Role) {
        let what = self.say(
            match clock.kind() {
                ClockKind::FirstAnswer => "sheet-clock-first-answer",
                ClockKind::Callback => "sheet-clock-callback",
                ClockKind::Assignment => "sheet-clock-assignment",
                ClockKind::Pickup => "sheet-clock-pickup",
                ClockKind::HandBack => "sheet-clock-hand-back",
            },
            &[],
        );
        let now = self.model.now;
        let due = self.moment(clock.due_at());
        let language = self.model.seat.language;
        let is_over = now > clock.due_at();
        let left =
            if is_over { late_by(language, clock.due_at(), now) } else { time_left(language, clock.due_at(), now) };
        let variables = [("what", what), ("due", due), ("left", left)];
        let (key, role) = match clock.state() {
            ClockState::Running { .. } if is_over => ("sheet-clock-late", Role::Danger),
            ClockState::Running { .. } if now >= clock.warn_at() => ("sheet-clock-soon", Role::Warn),
            ClockState::Running { .. } => ("sheet-clock-runs", Role::Text),
            ClockState::Paused { .. } => ("sheet-clock-paused", Role::Dim),
            ClockState::Met { .. } => ("sheet-clock-met", Role::Ok),
            ClockState::Missed { .. } => ("sheet-clock-missed", Role::Danger),
        };
        (self.say(key, &variables), role)
    }

    /// What is asked for: by whom, what, where, when, how it comes back, who pays what, how it came in.
    fn asked(&mut self) {
        let (model, request) = (self.model, self.request);
        let language = model.seat.language;
        let fields = &request.fields;
        let dot = signs::BETWEEN;
        let requester = self.requester();
        self.fact("sheet-who", &requester, Role::Strong);
        self.fact("sheet-what", &what(model, request), Role::Text);
        if let Some(site) = fields.site_id.and_then(|id| model.world.site(id)) {
            let (name, commune) = (site.fields.name.to_string(), site.fields.commune.to_string());
            let place = if name == commune { name } else { format!("{name}{dot}{commune}") };
            self.fact("sheet-where", &place, Role::Text);
        }
        if let Some(when) = &fields.when {
            self.fact("sheet-when", &words::when(language, when), Role::Text);
        }
        if let Some(handover) = &fields.handover {
            let text = match handover {
                Handover::Permanence => self.say("sheet-handover-permanence", &[]),
                Handover::Locker => self.say("sheet-handover-locker", &[]),
                Handover::Home { address } => self.say("sheet-handover-home", &[("address", address.to_string())]),
                Handover::OnSite => self.say("sheet-handover-on-site", &[]),
            };
            self.fact("sheet-handover", &text, Role::Text);
        }
        let payer = fields.payer.as_ref().map(|payer| match payer {
            Payer::Person => self.say("sheet-payer-person", &[]),
            Payer::Client => self.say("sheet-payer-client", &[]),
            Payer::Shared { client } => {
                let percent = client.basis_points() / 100;
                self.say("sheet-payer-shared", &[("percent", percent.to_string())])
            }
        });
        let price = fields.price.map(|price| words::euros(language, price));
        let text = [price, payer].into_iter().flatten().collect::<Vec<_>>().join(", ");
        if !text.is_empty() {
            self.fact("sheet-price", &text, Role::Text);
        }
        let by = request.created_by.map_or_else(|| self.say("sheet-system", &[]), |id| self.operator(id));
        let variables =
            [("channel", channel(language, fields.channel)), ("at", self.moment(request.created_at)), ("by", by)];
        self.fact("sheet-came-in", &self.say("sheet-came-in-how", &variables), Role::Dim);
    }

    fn requester(&self) -> String {
        let model = self.model;
        let dot = signs::BETWEEN;
        match &self.request.fields.requester {
            Some(Requester::Person { id }) => {
                let Some(person) = model.world.person(*id) else { return who(model, self.request) };
                let client = person.fields.client_id.and_then(|id| model.world.board.get::<Client>(id));
                let client = client.map(|shown| shown.row.fields.name.to_string());
                // A number stays on one line.
                let phone = person.fields.phones.first().map(|phone| words::phone(phone).replace(' ', "\u{a0}"));
                let parts = [Some(words::person(person)), client, phone];
                parts.into_iter().flatten().collect::<Vec<_>>().join(dot)
            }
            Some(Requester::Organisation { contact_person, .. }) => {
                format!("{}{dot}{contact_person}", who(model, self.request))
            }
            None => self.say("requests-unknown", &[]),
        }
    }

    /// Where it comes from and where it went: a recurring order, merged, split.
    fn kin(&mut self) {
        let (model, request) = (self.model, self.request);
        if let Some(text) = super::recurring::of_request(model, request) {
            self.fact("sheet-recurring", &text, Role::Text);
        }
        let replica = model.world.board.replica();
        if let Some(merged) = &request.merged {
            let text = self.say("sheet-merged-into", &[("number", self.named(merged.id))]);
            self.fact("sheet-kin-to", &text, Role::Text);
        }
        if let Some(origin) = request.origin_id {
            let text = self.say("sheet-split-from", &[("number", self.named(origin))]);
            self.fact("sheet-kin-from", &text, Role::Text);
        }
        let merged: Vec<String> = replica.merged_into(request.id).map(|row| self.named(row.id)).collect();
        if !merged.is_empty() {
            let text = self.say("sheet-merged-here", &[("numbers", merged.join(", "))]);
            self.fact("sheet-kin-from", &text, Role::Text);
        }
        let split: Vec<String> = replica.split_from(request.id).map(|row| self.named(row.id)).collect();
        if !split.is_empty() {
            let text = self.say("sheet-split-to", &[("numbers", split.join(", "))]);
            self.fact("sheet-kin-to", &text, Role::Text);
        }
    }

    /// Another request by its number and what it is about, if it is here.
    fn named(&self, id: RequestId) -> String {
        match self.model.world.request(id) {
            Some(shown) => format!("{} ({})", shown.row.number, what(self.model, shown.row)),
            None => self.say("sheet-not-here", &[]),
        }
    }

    /// What was said or written, folded; and the notes.
    fn texts(&mut self, unfolded: bool) {
        if let Some(text) = &self.request.fields.text {
            self.rule("sheet-text");
            let wide = usize::from(self.width).max(1);
            let all = text.as_str().lines().flat_map(|line| wrap(line, wide)).collect();
            self.folded(all, unfolded);
        }
        self.replies(unfolded);
        if self.request.notes.is_empty() {
            return;
        }
        self.rule("sheet-notes");
        for note in &self.request.notes {
            let by = note.by.map_or_else(|| self.say("sheet-system", &[]), |id| self.operator(id));
            let head = format!("{}  {by}  ", self.moment(note.at));
            let room = usize::from(self.width).saturating_sub(crate::text::width(&head)).max(10);
            let indent = " ".repeat(crate::text::width(&head));
            let mut head = Some(head);
            for line in note.text.as_str().lines().flat_map(|line| wrap(line, room)) {
                let head = head.take().unwrap_or_else(|| indent.clone());
                self.lines.push(Line::Text(vec![(head, Role::Dim), (line, Role::Text)]));
            }
        }
    }

    /// What was written to the requester, and where that stands.
    fn replies(&mut self, unfolded: bool) {
        let model = self.model;
        let replies = model.world.replies_to(Item::Request(self.request.id));
        if replies.is_empty() {
            return;
        }
        self.rule("sheet-replies");
        let wide = usize::from(self.width).max(1);
        for reply in replies {
            let role = if reply.calls() { Role::Danger } else { Role::Strong };
            let heading = super::message::heading(model, &reply);
            self.lines.extend(wrap(&heading, wide).into_iter().map(|line| Line::Text(vec![(line, role)])));
            let all = reply.fields.text.as_str().lines().flat_map(|line| wrap(line, wide)).collect();
            self.folded(all, unfolded);
        }
    }

    /// A text, of which the first lines are shown until it is unfolded.
    fn folded(&mut self, all: Vec<String>, unfolded: bool) {
        let shown = if unfolded || all.len() <= FOLDED + 1 { all.len() } else { FOLDED };
        let hidden = all.len() - shown;
        self.lines.extend(all.into_iter().take(shown).map(|line| Line::Text(vec![(line, Role::Text)])));
        if hidden > 0 {
            let more = self.say(
                "sheet-text-folded",
                &[("count", hidden.to_string()), words::arrow(self.model, "key", KeyCode::Right)],
            );
            self.lines.push(Line::Text(vec![(more, Role::Dim)]));
        }
    }

    /// Who did what, when, from where to where, and why; the newest first.
    fn timeline(&mut self, card: &Card) {
        self.rule("sheet-history");
        let is_here = self.model.world.request(card.request).is_some_and(|shown| shown.mark == Mark::Pending);
        match &card.history {
            Some(Ok(entries)) => {
                for entry in entries.iter().rev() {
                    let line = self.happened(entry);
                    self.lines.push(line);
                }
            }
            Some(Err(why)) => self.lines.push(Line::Text(vec![(why.clone(), Role::Warn)])),
            None => {
                let key = if self.model.connection.is_online() && !is_here {
                    "sheet-history-reading"
                } else {
                    "sheet-history-unread"
                };
                self.lines.push(Line::Text(vec![(self.say(key, &[]), Role::Dim)]));
            }
        }
    }

    fn happened(&self, entry: &HistoryEntry) -> Line {
        let state = |name: &String| self.say(&format!("state-request-{name}"), &[]);
        let moved = match (&entry.from, &entry.to) {
            (Some(from), Some(to)) if from != to => format!("  {} → {}", state(from), state(to)),
            (None, Some(to)) => format!("  {}", state(to)),
            _ => String::new(),
        };
        let reason =
            entry.reason.as_ref().map(|why| format!("  {}", self.say("sheet-reason", &[("why", why.clone())])));
        Line::Text(vec![
            (format!("{}  ", self.moment(entry.at)), Role::Dim),
            (format!("{}  ", author_words(self.model, &entry.author)), Role::Strong),
            (verb_words(self.model.seat.language, &entry.verb), Role::Text),
            (moved, Role::Dim),
            (reason.unwrap_or_default(), Role::Text),
        ])
    }
}

/// Who did it.
pub fn author_words(model: &Model, author: &Author) -> String {
    let language = model.seat.language;
    let operator = |id| {
        let known = model.world.operator(id).map(|row| row.fields.name.to_string());
        known.unwrap_or_else(|| say(language, "requests-somebody", &[]))
    };
    match author {
        Author::Operator { id } => operator(*id),
        Author::Released { id, by } => {
            say(language, "sheet-released-by", &[("trainee", operator(*id)), ("by", operator(*by))])
        }
        Author::System => say(language, "sheet-system", &[]),
        Author::Courier { id } => {
            let courier = model.world.board.get::<Courier>(*id);
            courier.map_or_else(|| say(language, "requests-somebody", &[]), |shown| shown.row.fields.name.to_string())
        }
        Author::Provider { id } => provider_name(model, *id).unwrap_or_else(|| say(language, "requests-somebody", &[])),
    }
}

/// What a command or a move does, in a word; its own name where there is none.
pub fn verb_words(language: Language, name: &str) -> String {
    let of_move = name.split_once('.').map_or(name, |(_, of_move)| of_move);
    let keys = [
        format!("verb-{}", name.replace(['.', '_'], "-")),
        format!("command-{}", name.replace('.', "-")),
        format!("verb-{of_move}"),
    ];
    let said = keys.into_iter().map(|key| (say(language, &key, &[]), key)).find(|(said, key)| said != key);
    said.map_or_else(|| name.to_owned(), |(said, _)| said)
}

#[cfg(test)]
mod tests;
