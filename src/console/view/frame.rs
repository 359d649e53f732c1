//! The frame around every screen: screens and connection, the strip of calls, one's own calls, the last result, hints.

use super::{
    coach,
    paint::{Paint, Piece, signs},
    words,
};
use crate::{
    console::{
        keymap::{Action, Hint},
        model::{Model, Notice, Screen, Tone, connection::Connection, layer::Layer, world::CallStanding},
        steps,
        theme::Role,
    },
    domain::{
        contact::{Contact, Origin, Party},
        time::Instant,
    },
    i18n::say,
    text::{width, wrap},
};
use ratatui::layout::Rect;

/// From this height on there is room for rules that are no pane's heading.
const TALL: u16 = 36;

/// From this width on the name of the program stands before the screens.
const WIDE: u16 = 100;

/// The lines of the frame, and what is left for the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Frame {
    /// Screens, connection, time, who.
    pub top: Rect,
    /// What rings; without a ring what was missed.
    pub strip: Rect,
    /// One's own calls.
    pub own: Rect,
    /// What is told beside the work, in a practice; no line otherwise.
    pub coach: Rect,
    /// The screen.
    pub body: Rect,
    /// The last result.
    pub result: Rect,
    /// Hints.
    pub hints: Rect,
}

impl Frame {
    /// The frame of a terminal of this size. A tall one has rules below its head and above its foot.
    pub fn of(area: Rect) -> Self {
        let line = |y: u16, height: u16| Rect { x: area.x, y: area.y + y.min(area.height), width: area.width, height };
        let rule = u16::from(area.height >= TALL);
        let foot = area.height.saturating_sub(3);
        let body = 3 + rule;
        Self {
            top: line(0, 1),
            strip: line(1 + rule, 1),
            own: line(2 + rule, 1),
            coach: line(body, 0),
            body: line(body, foot.saturating_sub(body + rule)),
            result: line(foot, 1),
            hints: line(foot + 1, 2),
        }
    }

    /// The same around what is told beside the work, where somebody practises.
    pub fn around(model: &Model, area: Rect) -> Self {
        let frame = Self::of(area);
        let height = if model.coach.is_some() { coach::HEIGHT.min(frame.body.height) } else { 0 };
        let body = Rect { y: frame.body.y + height, height: frame.body.height - height, ..frame.body };
        Self { coach: Rect { height, ..frame.coach }, body, ..frame }
    }

    /// The lines of the rules.
    fn rules(self) -> impl Iterator<Item = u16> {
        [self.top.y + 1..self.strip.y, self.body.bottom()..self.result.y].into_iter().flatten()
    }
}

/// Draws the frame.
pub fn draw(model: &Model, paint: &mut Paint<'_>, frame: &Frame) {
    top(model, paint, frame.top);
    for y in frame.rules() {
        paint.rule(frame.top, y, &[], "");
    }
    strip(model, paint, frame.strip);
    own_calls(model, paint, frame.own);
    let more = result(model, paint, frame.result);
    let hinted = Rect { y: frame.hints.y + more, height: frame.hints.height.saturating_sub(more), ..frame.hints };
    hints(model, paint, hinted);
}

/// The screens that are built, with what leads to them.
const SCREENS: [(Screen, Action, &str); 5] = [
    (Screen::Reception, Action::Screen1, "1"),
    (Screen::Dispatch, Action::Screen2, "2"),
    (Screen::Rounds, Action::Screen3, "3"),
    (Screen::Requests, Action::Screen4, "4"),
    (Screen::Activity, Action::Screen5, "5"),
];

/// What stands at the right of the first line, whatever is shown below it: the way to the office, what waits, the time and who sits here.
pub fn standing(model: &Model) -> [(String, Role); 3] {
    let language = model.seat.language;
    let clock = |instant: Instant| words::time(model.seat.civil(instant).time());
    let (sign, role) = match model.connection {
        Connection::Online => (signs::DOT, Role::Ok),
        Connection::Recalling | Connection::Starting { .. } => ("·", Role::Warn),
        Connection::Reconnecting { .. } if !model.connection.is_offline(model.now) => ("·", Role::Warn),
        _ => (signs::CROSS, Role::Danger),
    };
    let connection = format!("{sign} {}", model.connection.words(model.now, language, clock));
    let mut right = String::new();
    let (to_send, to_settle) = (model.world.board.to_send(), model.world.board.to_settle());
    if to_send > 0 {
        right.push_str(signs::BETWEEN);
        right.push_str(&say(language, "top-to-send", &[("count", to_send.to_string())]));
    }
    if to_settle > 0 {
        right.push_str(signs::BETWEEN);
        right.push_str(&say(language, "top-to-settle", &[("count", to_settle.to_string())]));
    }
    let who = format!("  {} {}", clock(model.now), model.seat.operator.fields.name);
    let pending = if to_settle > 0 { Role::Danger } else { Role::Warn };
    [(connection, role), (right, pending), (who, Role::Text)]
}

/// How many columns that takes.
fn standing_width(standing: &[(String, Role); 3]) -> u16 {
    standing.iter().map(|(text, _)| u16::try_from(width(text)).unwrap_or_default()).sum()
}

/// Paints it, from column `from` on where it takes all there is.
pub fn paint_standing(paint: &mut Paint<'_>, area: Rect, from: u16, standing: &[(String, Role); 3]) {
    let start = area.right().saturating_sub(standing_width(standing)).max(from);
    let pieces: Vec<Piece<'_>> = standing.iter().map(|(text, role)| (text.as_str(), *role)).collect();
    paint.line(start, area.y, area.right().saturating_sub(start), &pieces);
}

fn top(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let mut at = area.x;
    if area.width >= WIDE {
        at = paint.line(at, area.y, area.width, &[("Loge", Role::Accent), ("   ", Role::Dim)]);
    }
    let screens = SCREENS.map(|(screen, action, number)| (screen, number, action.words(language)));
    let standing = standing(model);
    let wide = |text: &str| u16::try_from(width(text)).unwrap_or_default();
    // What is told at the right is whole before the names of other screens are: their numbers do without.
    let room = area.right().saturating_sub(at + standing_width(&standing) + 1);
    let named: u16 = screens.iter().map(|(_, number, name)| wide(number) + 1 + wide(name)).sum();
    let gaps = u16::try_from(screens.len()).unwrap_or_default();
    let (gap, is_named) = match room.checked_sub(named) {
        Some(left) if left >= 2 * gaps => ("  ", true),
        Some(left) if left >= gaps => (" ", true),
        _ => (" ", false),
    };
    for (screen, number, name) in &screens {
        let role = if model.screen == *screen { Role::Strong } else { Role::Dim };
        let name = if is_named || model.screen == *screen { format!(" {name}") } else { String::new() };
        at = paint.line(at, area.y, area.width, &[(number, Role::Accent), (&name, role), (gap, role)]);
    }
    paint_standing(paint, area, at, &standing);
}

/// Who calls, as far as is known: name, place, number.
pub fn caller(model: &Model, contact: &Contact) -> (String, Option<String>, Option<String>) {
    let language = model.seat.language;
    let number = match &contact.origin {
        Origin::Call(call) => words::caller_number(&call.from),
        _ => None,
    };
    let world = &model.world;
    let site = world.site_of(crate::console::model::reception::Item::Contact(contact.id));
    let commune = site.and_then(|site| world.site(site)).map(|site| site.fields.commune.to_string());
    let name = party_name(model, &contact.party).unwrap_or_else(|| match (&contact.origin, &number) {
        (Origin::Call(_), None) => say(language, "caller-hidden", &[]),
        (Origin::Message(message), _) => message
            .from_name
            .as_ref()
            .map(ToString::to_string)
            .or_else(|| message.from.as_ref().map(|from| from.as_str().to_owned()))
            .unwrap_or_else(|| say(language, "caller-unknown", &[])),
        _ => say(language, "caller-unknown", &[]),
    });
    (name, commune, number)
}

/// The name of a party, if one is known.
pub fn party_name(model: &Model, party: &Party) -> Option<String> {
    let language = model.seat.language;
    let world = &model.world;
    let board = &world.board;
    match party {
        Party::Unknown => None,
        Party::Person { id } => world.person(*id).map(|person| words::person_short(person)),
        Party::Maybe { ids } => {
            let first = world.person(*ids.first()?)?;
            Some(say(
                language,
                "caller-maybe",
                &[("name", words::person_short(first)), ("count", ids.len().to_string())],
            ))
        }
        Party::Provider { id } => board
            .get::<crate::domain::provider::Provider>(*id)
            .map(|shown| say(language, "caller-provider", &[("name", shown.row.fields.name.to_string())])),
        Party::ContactPerson { name, .. } => Some(name.to_string()),
        Party::Switchboard { client_id } => board
            .get::<crate::domain::client::Client>(*client_id)
            .map(|shown| say(language, "caller-switchboard", &[("name", shown.row.fields.name.to_string())])),
        Party::Courier { id } => board
            .get::<crate::domain::courier::Courier>(*id)
            .map(|shown| say(language, "caller-courier", &[("name", shown.row.fields.name.to_string())])),
        Party::Colleague { id } => {
            world.operator(*id).map(|row| say(language, "caller-colleague", &[("name", row.fields.name.to_string())]))
        }
    }
}

fn strip(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    if matches!(model.connection, Connection::Reconnecting { .. }) && model.connection.is_offline(model.now) {
        // What rang when the line broke is not known to ring now.
        paint.text(area.x, area.y, area.width, &say(language, "strip-offline", &[]), Role::Warn);
        return;
    }
    let mut ringing: Vec<_> = model.world.ringing().collect();
    ringing.sort_by_key(|shown| shown.row.occurred_at);
    let Some(oldest) = ringing.first() else {
        missed(model, paint, area);
        return;
    };
    let since = words::running(model.now.since(oldest.row.occurred_at));
    let (name, commune, number) = caller(model, oldest.row);
    let dot = signs::BETWEEN;
    let rings = format!(" {} {since} ", say(language, "strip-rings", &[]));
    let mut more = String::new();
    if ringing.len() > 1 {
        more = format!("  {}", say(language, "strip-more", &[("count", (ringing.len() - 1).to_string())]));
    }
    let key = model.keymap.hint(model.context(), Action::ClaimRinging, true, language);
    let hint = key.map(|hint| format!("{} {}", hint.key, hint.words)).unwrap_or_default();
    let wide = |text: &str| u16::try_from(width(text)).unwrap_or_default();
    // How many more ring is never cut; what is known of the caller is told whole, as far as there is room.
    let room = area.width.saturating_sub(wide(&hint) + wide(&more) + 2);
    let mut pieces: Vec<Piece<'_>> = vec![(&rings, Role::Ring), ("  ", Role::Text), (&name, Role::Strong)];
    let mut taken = wide(&rings) + 2 + wide(&name);
    for part in [&commune, &number].into_iter().flatten() {
        taken += wide(dot) + wide(part);
        if taken > room {
            break;
        }
        pieces.push((dot, Role::Dim));
        pieces.push((part, Role::Text));
    }
    let at = paint.line(area.x, area.y, room, &pieces);
    paint.text(at, area.y, wide(&more), &more, Role::Warn);
    paint.text_right(area.right(), area.y, area.width, &hint, Role::Accent);
}

/// Without a ring: what was missed and is to be called back.
fn missed(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let missed = model.world.missed();
    let sentence = match missed.iter().map(|(call, _)| call.row.occurred_at).min() {
        None => say(language, "strip-quiet", &[]),
        Some(oldest) => say(
            language,
            "strip-missed",
            &[("count", missed.len().to_string()), ("age", words::age(language, model.now.since(oldest)))],
        ),
    };
    paint.text(area.x, area.y, area.width, &sentence, Role::Dim);
}

fn own_calls(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let own = model.world.own_calls();
    if let Some(notice) = super::desk::notice(model).filter(|_| own.is_empty()) {
        paint.text(area.x, area.y, area.width, &notice, Role::Text);
        return;
    }
    let title = say(language, "own-calls", &[]);
    let mut at = paint.line(area.x, area.y, area.width, &[(&title, Role::Dim), ("  ", Role::Dim)]);
    if own.is_empty() {
        paint.text(at, area.y, area.width, &say(language, "own-calls-none", &[]), Role::Dim);
        return;
    }
    let here = model.line.as_ref().and_then(|line| line.contact);
    let hint = model.keymap.hint(model.context(), Action::NextOwnCall, true, language).map(|hint| hint.key);
    let hint = hint.unwrap_or_default();
    let end = area.right().saturating_sub(u16::try_from(width(&hint)).unwrap_or_default() + 1);
    let dot = signs::BETWEEN;
    for (place, shown) in own.iter().enumerate() {
        if place > 0 {
            at = paint.text(at, area.y, end.saturating_sub(at), dot, Role::Dim);
        }
        let (name, ..) = caller(model, shown.row);
        let is_here = here == Some(shown.row.id);
        let standing = call_standing(model, shown.row);
        let mark = if is_here { signs::HERE } else { "" };
        let role = if is_here { Role::Strong } else { Role::Text };
        let standing = format!(" {standing}");
        at = paint.line(
            at,
            area.y,
            end.saturating_sub(at),
            &[(mark, Role::Accent), (&name, role), (&standing, Role::Dim)],
        );
    }
    paint.text_right(area.right(), area.y, area.width, &hint, Role::Accent);
}

/// Where one's own call stands, with how long: « en ligne 1:12 », « à finir ».
fn call_standing(model: &Model, contact: &Contact) -> String {
    let language = model.seat.language;
    let Origin::Call(call) = &contact.origin else { return String::new() };
    let lasted = |since: Option<Instant>| words::running(model.now.since(since.unwrap_or(contact.occurred_at)));
    match model.world.standing(contact) {
        Some(CallStanding::ToFinish) => return say(language, "call-to-finish", &[]),
        Some(CallStanding::Mine) => {}
        _ => return say(language, "mark-pending", &[]),
    }
    let here = model.line.as_ref().and_then(|line| line.contact) == Some(contact.id);
    let key = if here { "call-on-line" } else { "call-on-hold" };
    format!("{} {}", say(language, key, &[]), lasted(call.answer.as_ref().map(|answer| answer.at)))
}

/// The last result and how to undo it, told whole: where one line does not hold both, on the first line of the hints too.
/// Answers how many of these it took.
fn result(model: &Model, paint: &mut Paint<'_>, area: Rect) -> u16 {
    let Some(notice) = &model.notice else { return 0 };
    let language = model.seat.language;
    let role = match notice.tone {
        Tone::Done => Role::Ok,
        Tone::Plain => Role::Text,
        Tone::Trouble => Role::Danger,
    };
    let undo = notice.undo.map(|_| {
        let way = model.keymap.way(model.context(), Action::Undo, language);
        say(language, "result-undo", &[("keys", way)])
    });
    let undo = undo.unwrap_or_default();
    let wide = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
    let kept = if undo.is_empty() { 0 } else { wide(&undo) + BEFORE_UNDO };
    let room = area.width.saturating_sub(kept);
    let told = told(model, notice);
    if wide(&told) <= room {
        paint.text(area.x, area.y, room, &told, role);
        paint.text_right(area.right(), area.y, area.width, &undo, Role::Accent);
        return 0;
    }
    let mut lines = wrap(&told, usize::from(area.width.max(1))).into_iter();
    let (first, rest) = (lines.next().unwrap_or_default(), lines.collect::<Vec<_>>().join(" "));
    paint.text(area.x, area.y, area.width, &first, role);
    paint.text(area.x, area.y + 1, room, &rest, role);
    paint.text_right(area.right(), area.y + 1, area.width, &undo, Role::Accent);
    1
}

/// The last result in words; of a reply or an offer what becomes of it: « part dans 12 s », « envoyée », « non partie ».
pub fn told(model: &Model, notice: &Notice) -> String {
    let name = |key| {
        let entry = model.world.board.entry(key).map(|entry| entry.given.command.name());
        entry.or_else(|| model.world.board.undo_list().act(key).map(|act| act.name))
    };
    let is_reply = |key| name(key) == Some("reply.prepare");
    let is_offer = |key| name(key) == Some("offer.prepare");
    if notice.undo.is_some_and(is_offer)
        && let Some(offer) = model.world.last_offer()
    {
        let (state, _) = super::dispatch::state(model, &offer, usize::MAX);
        return format!("{}{}{state}", notice.words, signs::BETWEEN);
    }
    match model.world.last_reply().filter(|_| notice.undo.is_some_and(is_reply)) {
        Some(reply) => {
            format!("{}{}{}", notice.words, signs::BETWEEN, words::reply_state(model.seat.language, &reply, model.now))
        }
        None => notice.words.clone(),
    }
}

/// How one gets in again from the focus at hand: in a field the line of commands is an Esc away.
fn sign_in_way(model: &Model) -> String {
    let (context, language) = (model.context(), model.seat.language);
    let way = model.keymap.way(context, Action::SignIn, language);
    let leave = model.keymap.hint(context, Action::Leave, true, language);
    match leave.filter(|_| context.takes_text() && way.starts_with(':')) {
        Some(leave) => say(language, "keys-then", &[("first", leave.key), ("second", way)]),
        None => way,
    }
}

/// The likely next steps, in whole words, the likeliest first.
fn hints(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let is_out = model.connection == Connection::SignedOut && !matches!(model.layers.last(), Some(Layer::SignIn(_)));
    let sign_in = is_out.then(|| Hint {
        action: Action::SignIn,
        key: sign_in_way(model),
        words: Action::SignIn.words(model.seat.language),
        enabled: true,
    });
    let steps = steps::next_steps(model).into_iter().filter_map(|step| step.hint(model));
    let hints: Vec<Hint> = sign_in.into_iter().chain(steps).collect();
    let lines = lines_of(hints, usize::from(area.width), area.height.into());
    for (line, y) in lines.iter().zip(area.top()..area.bottom()) {
        hint_line(paint, Rect { y, height: 1, ..area }, line);
    }
}

/// Hints one behind the other on a line.
pub fn hint_line(paint: &mut Paint<'_>, area: Rect, hints: &[Hint]) {
    let mut x = area.x;
    for hint in hints {
        let pieces = [(hint.key.as_str(), Role::Accent), (" ", Role::Dim), (hint.words.as_str(), Role::Text)];
        x = paint.line(x, area.y, area.right().saturating_sub(x), &pieces) + BETWEEN_HINTS;
    }
}

/// Columns between a result and how to undo it.
const BEFORE_UNDO: u16 = 2;

/// Columns between two hints.
const BETWEEN_HINTS: u16 = 2;

/// Hints on so many lines of so many columns, each whole. What leads to the rest, the help, is there whatever has to go.
fn lines_of(mut hints: Vec<Hint>, columns: usize, lines: usize) -> Vec<Vec<Hint>> {
    let wide = |hint: &Hint| width(&hint.key) + 1 + width(&hint.words) + usize::from(BETWEEN_HINTS);
    let help = hints.iter().position(|hint| hint.action == Action::Help).map(|place| hints.remove(place));
    let kept = help.as_ref().map_or(0, &wide);
    // The last on a line needs no room behind it.
    let columns = columns + usize::from(BETWEEN_HINTS);
    let all: usize = hints.iter().map(&wide).sum();
    // It stands behind the others: on the first line if that holds them all, else on the last.
    let lines = if all + kept <= columns { lines.min(1) } else { lines };
    let mut laid: Vec<Vec<Hint>> = Vec::new();
    let mut hints = hints.into_iter().peekable();
    for line in 1..=lines {
        let mut left = columns.saturating_sub(if line == lines { kept } else { 0 });
        let mut row = Vec::new();
        // On the last line a shorter one may still have room where a longer one has none.
        while let Some(hint) = hints.next_if(|hint| line == lines || wide(hint) <= left) {
            if wide(&hint) <= left {
                left -= wide(&hint);
                row.push(hint);
            }
        }
        laid.push(row);
    }
    if let (Some(last), Some(help)) = (laid.last_mut(), help) {
        last.push(help);
    }
    laid
}
