//! The three live lanes of the reception: side by side where there is room, else one under tabs.

use super::{
    frame::caller,
    paint::{Paint, signs},
    words,
};
use crate::{
    console::{
        model::{
            Model,
            connection::Connection,
            layer::Layer,
            reception::{Item, Lane},
            world::CallStanding,
        },
        theme::Role,
        update::letter::calling,
    },
    domain::{
        clock::{Clock, Verdict},
        contact::{Contact, Origin, Party},
        exception::Exception,
        permanence::{Permanence, PermanenceState},
        request::{Channel, Request},
        service::Service,
        time::Instant,
    },
    i18n::say,
    replica::Mark,
    text::width,
};
use ratatui::layout::Rect;

/// Columns of a row's state, the gap behind it included: « ven. 16:40 », « non gardée ».
const STATE: u16 = 11;
/// Columns of a desk session's state, likewise.
const SESSION: u16 = 9;
/// Columns of its age, likewise; the sign of what is late stands in the gap before it: « !85 min ».
const AGE: u16 = 7;
/// Fewer columns than this of what a row is about are not shown.
const LEAST: u16 = 7;

/// From this width on the lanes stand side by side.
const SIDE_BY_SIDE: u16 = 120;

/// Lines that the headings take: where there is room, one to breathe below them.
pub const fn heading_height(area: Rect) -> u16 {
    if area.width >= SIDE_BY_SIDE && area.height >= 12 { 2 } else { 1 }
}

/// Draws the lanes.
pub fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    if area.width < SIDE_BY_SIDE {
        tabs(model, paint, area);
        let body = Rect { y: area.y + 1, height: area.height.saturating_sub(1), ..area };
        lane(model, paint, body, model.reception.lane);
        return;
    }
    let third = (area.width - 2) / 3;
    for (place, which) in (0_u16..).zip(Lane::ALL) {
        let x = area.x + place * (third + 1);
        let wide = if place == 2 { area.right() - x } else { third };
        let column = Rect { x, width: wide, ..area };
        heading(model, paint, column, which);
        let above = heading_height(area);
        lane(model, paint, Rect { y: column.y + above, height: column.height.saturating_sub(above), ..column }, which);
        if place > 0 {
            paint.upright(x - 1, area.top(), area.bottom());
        }
    }
}

/// The lane's name with how many rows it has and what is told of them.
fn title(model: &Model, lane: Lane) -> String {
    let told = told(model, lane).map(|told| format!(" ({told})")).unwrap_or_default();
    format!("{}{told}", counted(model, lane))
}

/// The lane's name with how many rows it has.
fn counted(model: &Model, lane: Lane) -> String {
    let key = match lane {
        Lane::Phone => "lane-phone",
        Lane::Mail => "lane-mail",
        Lane::Permanences => "lane-permanences",
    };
    let (.., count) = model.reception.list(lane).span();
    let name = say(model.seat.language, key, &[]);
    format!("{name} {count}")
}

/// What is to be known of a lane at a glance: the oldest message's age, the sessions that are open.
fn told(model: &Model, lane: Lane) -> Option<String> {
    let language = model.seat.language;
    match lane {
        Lane::Phone => None,
        Lane::Mail => {
            let oldest =
                model.world.open_contacts(crate::replica::Lane::Email).map(|shown| shown.row.occurred_at).min()?;
            Some(words::age(language, model.now.since(oldest)))
        }
        Lane::Permanences => {
            let open = model.world.board.all::<Permanence>();
            let open = open.filter(|shown| shown.row.state == PermanenceState::Open).count();
            (open > 0).then(|| say(language, "lane-permanences-open", &[("count", open.to_string())]))
        }
    }
}

fn tabs(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let (first, last, count) = model.reception.current().span();
    let language = model.seat.language;
    let above = model.reception.current().new_above();
    // What came in unseen is told rather than what is to be known of the other lanes.
    let titles = Lane::ALL.map(|lane| {
        let is_other = above > 0 && lane != model.reception.lane;
        (lane, if is_other { counted(model, lane) } else { title(model, lane) })
    });
    let taken: usize = titles.iter().map(|(_, name)| width(name) + 3).sum();
    let room = usize::from(area.width).saturating_sub(taken + 6);
    let span = [("first", first.to_string()), ("last", last.to_string()), ("count", count.to_string())];
    let span = say(language, "list-span", &span);
    let remark = if above > 0 {
        let above = [("count", above.to_string())];
        let (long, short) = (say(language, "list-new-above", &above), say(language, "list-above", &above));
        let told = [format!("{long}{}{span}", signs::BETWEEN), format!("{short}{}{span}", signs::BETWEEN), long];
        told.into_iter().find(|told| width(told) <= room).unwrap_or(short)
    } else {
        span
    };
    paint.rule(area, area.y, &[], if width(&remark) <= room { &remark } else { "" });
    let mut at = area.x + 1;
    for (lane, name) in titles {
        let is_current = lane == model.reception.lane;
        let (open, close, role) = if is_current { ("[", "]", Role::Strong) } else { (" ", " ", Role::Text) };
        at = paint.line(at, area.y, area.right().saturating_sub(at), &[(open, role), (&name, role), (close, role)]);
        at += 1;
    }
}

fn heading(model: &Model, paint: &mut Paint<'_>, area: Rect, lane: Lane) {
    let is_current = lane == model.reception.lane;
    let name = title(model, lane);
    let role = if is_current { Role::Strong } else { Role::Text };
    let framed = if is_current { format!("[{name}]") } else { format!(" {name} ") };
    paint.text(area.x, area.y, area.width, &framed, role);
    let above = model.reception.list(lane).new_above();
    if above > 0 {
        let room = usize::from(area.width).saturating_sub(width(&framed) + 1);
        let told = |key| say(model.seat.language, key, &[("count", above.to_string())]);
        let told = ["list-new-above", "list-above"].map(told).into_iter().find(|told| width(told) <= room);
        paint.text_right(area.right(), area.y, area.width, &told.unwrap_or_default(), Role::Warn);
    }
}

fn lane(model: &Model, paint: &mut Paint<'_>, area: Rect, lane: Lane) {
    let list = model.reception.list(lane);
    if list.order().is_empty() {
        let key = match lane {
            _ if model.connection == Connection::Recalling => "lane-recalling",
            // Before the office has told anything, nobody knows whether something waits.
            _ if model.world.board.replica().at().is_none() => "lane-untold",
            Lane::Phone => "lane-phone-empty",
            Lane::Mail => "lane-mail-empty",
            Lane::Permanences => "lane-permanences-empty",
        };
        let sentence = say(model.seat.language, key, &[]);
        for (line, y) in crate::text::wrap(&sentence, usize::from(area.width.saturating_sub(2)))
            .iter()
            .zip(area.top()..area.bottom())
        {
            paint.text(area.x + 1, y, area.width - 1, line, Role::Dim);
        }
        return;
    }
    let has_focus = lane == model.reception.lane;
    for (line, y) in list.glass().zip(area.top()..area.bottom()) {
        let Some(shown) = line else { continue };
        let row = Row::of(model, shown.key, Room::of(area));
        if shown.selected && has_focus && has_bar_above(model) {
            paint.ground(area, y);
        } else if shown.selected && has_focus {
            paint.select(area, y);
            if model.context() == crate::console::keymap::Context::List {
                paint.set_cursor(area.x, y);
            }
        }
        row.draw(paint, area, y, shown.ghost);
    }
}

/// Whether what lies over the lanes has a bar of its own: there is one at a time, where the keys go.
fn has_bar_above(model: &Model) -> bool {
    matches!(model.layers.last(), Some(Layer::Palette(_) | Layer::Party(_)))
}

/// A row in words: for a view without columns.
pub fn in_words(model: &Model, item: Item) -> String {
    let row = Row::of(model, item, Room::Wide);
    let parts = [row.state.0, row.age.0, row.name.0, row.what, row.whose.0];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
}

/// How much room a row has.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Room {
    /// One of three lanes on a usual terminal: only what decides.
    Narrow,
    /// A lane that has the terminal's width, or a third of a large one.
    Wide,
}

impl Room {
    const fn of(area: Rect) -> Self {
        if area.width < 60 { Self::Narrow } else { Self::Wide }
    }
}

/// Columns of the names in a lane of this width: of callers, and of sites.
const fn names(width: u16) -> (u16, u16) {
    match width {
        0..60 => (12, 9),
        60..80 => (16, 13),
        _ => (19, 19),
    }
}

/// Which columns a row begins with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    StateAndAge,
    /// A desk session has hours instead of an age.
    State,
    /// A message that waits is told by its age alone.
    Age,
}

/// A row of a lane: state, age, who, what, whose.
struct Row {
    state: (String, Role),
    age: (String, Role),
    name: (String, Role),
    what: String,
    whose: (String, Role),
    shape: Shape,
}

impl Row {
    fn of(model: &Model, item: Item, room: Room) -> Self {
        let mut row = match item {
            Item::Contact(id) => {
                model.world.contact(id).map(|shown| Self::of_contact(model, shown.row, shown.mark, room))
            }
            Item::Request(id) => {
                model.world.request(id).map(|shown| Self::of_request(model, shown.row, shown.mark, room))
            }
            Item::Permanence(id) => {
                model.world.permanence(id).map(|permanence| Self::of_permanence(model, permanence, room))
            }
            Item::Exception(id) => model.world.exception(id).map(|exception| Self::of_not_held(model, exception)),
            // They stand on screens of their own.
            Item::Offer(_) | Item::Held(_) | Item::Leg(_) | Item::Round(_) => None,
        };
        // An answer that did not go is told before whose the row is.
        if let (Some(row), Some(reply)) = (&mut row, calling(model, item)) {
            row.whose = (words::reply_state(model.seat.language, &reply, model.now), Role::Danger);
        }
        row.unwrap_or_else(|| Self::gone(model))
    }

    fn gone(model: &Model) -> Self {
        let state = say(model.seat.language, "row-gone", &[]);
        let nothing = || (String::new(), Role::Dim);
        Self {
            state: (state, Role::Dim),
            age: nothing(),
            name: nothing(),
            what: String::new(),
            whose: nothing(),
            shape: Shape::StateAndAge,
        }
    }

    fn of_contact(model: &Model, contact: &Contact, mark: Mark, room: Room) -> Self {
        let language = model.seat.language;
        let (name, commune, number) = caller(model, contact);
        let lasted = model.now.since(contact.occurred_at);
        let claim = model.world.claim_on(contact.id.into());
        let whose = match claim {
            Some(claim) if claim.operator_id == model.seat.me() => (say(language, "row-mine", &[]), Role::Accent),
            Some(claim) => {
                let name = model.world.operator(claim.operator_id).map(|row| row.fields.name.to_string());
                (name.unwrap_or_else(|| say(language, "somebody", &[])), Role::Text)
            }
            None => (String::new(), Role::Text),
        };
        match &contact.origin {
            Origin::Call(call) => {
                let standing = model.world.standing(contact);
                let here = model.line.as_ref().and_then(|line| line.contact) == Some(contact.id);
                let (key, role) = match standing {
                    Some(CallStanding::Ringing) => ("call-rings", Role::Accent),
                    Some(CallStanding::Mine) if here => ("call-on-line", Role::Ok),
                    Some(CallStanding::Mine) => ("call-on-hold", Role::Warn),
                    Some(CallStanding::ToFinish) => ("call-to-finish", Role::Warn),
                    Some(CallStanding::Others) => ("call-taken", Role::Dim),
                    Some(CallStanding::Missed) => ("call-missed", Role::Danger),
                    Some(CallStanding::Left) | None => ("call-over", Role::Text),
                };
                let is_running = model.world.is_running(contact);
                let since = call.answer.as_ref().map_or(contact.occurred_at, |answer| answer.at);
                let age =
                    if is_running { words::running(model.now.since(since)) } else { words::age(language, lasted) };
                // Of a caller whom nobody knows the number is the name.
                let (name, number) = match (&contact.party, number, room) {
                    (Party::Unknown, Some(number), Room::Narrow) => (number, None),
                    (_, number, _) => (name, number),
                };
                let number = number.filter(|_| room == Room::Wide);
                let mut state = say(language, key, &[]);
                let times = model.world.times_missed(contact);
                if times > 1 {
                    state = format!("{state} {}{times}", signs::TIMES);
                }
                Self {
                    state: (marked(state, mark, language), role),
                    age: (age, urgency_of(&contact.clocks, model.now)),
                    name: (name, Role::Strong),
                    what: [commune, number].into_iter().flatten().collect::<Vec<_>>().join("  "),
                    whose,
                    shape: Shape::StateAndAge,
                }
            }
            Origin::Message(message) => {
                let today = model.seat.civil(model.now).date();
                let at = words::passed(language, model.seat.civil(contact.occurred_at), today);
                let subject = message.subject.as_ref().map(ToString::to_string);
                let whose = match room {
                    _ if !whose.0.is_empty() => whose,
                    Room::Wide => (say(language, "mail-unread", &[]), Role::Dim),
                    Room::Narrow if mark == Mark::Confirmed => whose,
                    Room::Narrow => (marked(String::new(), mark, language), Role::Warn),
                };
                Self {
                    state: (marked(at, mark, language), Role::Text),
                    age: (words::age(language, lasted), urgency_of(&contact.clocks, model.now)),
                    name: (name, Role::Strong),
                    what: subject.unwrap_or_else(|| say(language, "mail-no-subject", &[])),
                    whose,
                    shape: if room == Room::Narrow { Shape::Age } else { Shape::StateAndAge },
                }
            }
            Origin::WalkIn(walk_in) => Self {
                state: (marked(say(language, "walk-in", &[]), mark, language), Role::Text),
                age: (words::age(language, lasted), urgency_of(&contact.clocks, model.now)),
                name: (name, Role::Strong),
                what: walk_in.text.as_ref().map(|text| first_line(text.as_str())).unwrap_or_default(),
                whose,
                shape: Shape::StateAndAge,
            },
            Origin::LockerDrop(_) => Self {
                state: (marked(say(language, "locker-drop", &[]), mark, language), Role::Text),
                age: (words::age(language, lasted), urgency_of(&contact.clocks, model.now)),
                name: (name, Role::Strong),
                what: commune.unwrap_or_default(),
                whose,
                shape: Shape::StateAndAge,
            },
        }
    }

    fn of_request(model: &Model, request: &Request, mark: Mark, room: Room) -> Self {
        let language = model.seat.language;
        let person = model.world.person_behind(Item::Request(request.id)).map(|person| words::person_short(person));
        let service = request.fields.service_id.and_then(|id| model.world.service(id));
        let what = service
            .map(|service| service_name(service, language))
            .or_else(|| request.fields.text.as_ref().map(|text| first_line(text.as_str())))
            .unwrap_or_default();
        let state = crate::domain::machine::State::name(request.state);
        let state = marked(say(language, &format!("state-request-{state}"), &[]), mark, language);
        let is_mail = request.fields.channel == Channel::Email;
        let (what, whose, shape) = match room {
            Room::Narrow if is_mail => (format!("{state} {}", request.number), String::new(), Shape::Age),
            Room::Narrow => (String::new(), request.number.to_string(), Shape::StateAndAge),
            Room::Wide => (what, request.number.to_string(), Shape::StateAndAge),
        };
        Self {
            state: (state, Role::Warn),
            age: (words::age(language, model.now.since(request.created_at)), urgency_of(&request.clocks, model.now)),
            name: (person.unwrap_or_else(|| say(language, "caller-unknown", &[])), Role::Strong),
            what,
            whose: (whose, Role::Dim),
            shape,
        }
    }

    fn of_permanence(model: &Model, permanence: &Permanence, room: Room) -> Self {
        let language = model.seat.language;
        let site = model.world.site(permanence.fields.site_id).map(|site| site.fields.name.to_string());
        let window = permanence.fields.window;
        let today = model.seat.civil(model.now).date();
        let is_today = window.date() == today;
        let hours = format!("{}-{}", words::time(window.from()), words::time(window.to()));
        let when = match room {
            _ if is_today => hours,
            Room::Wide => format!("{} {hours}", words::date(language, window.date())),
            Room::Narrow => format!("{} {}", words::date(language, window.date()), words::time(window.from())),
        };
        let (key, role) = match permanence.state {
            PermanenceState::Open => ("permanence-open", Role::Ok),
            _ => ("permanence-planned", Role::Dim),
        };
        let concierge = permanence.fields.concierge_id.and_then(|id| model.world.operator(id));
        let concierge = concierge.map(|row| row.fields.name.to_string()).unwrap_or_default();
        let whose = if room == Room::Wide || is_today { concierge } else { String::new() };
        Self {
            state: (say(language, key, &[]), role),
            age: (String::new(), Role::Dim),
            name: (site.unwrap_or_default(), Role::Strong),
            what: when,
            whose: (whose, Role::Text),
            shape: Shape::State,
        }
    }

    /// A desk that nobody opened, until somebody says why.
    fn of_not_held(model: &Model, exception: &Exception) -> Self {
        let language = model.seat.language;
        let site = exception.fields.site_id.and_then(|id| model.world.site(id));
        let ended = model.seat.civil(exception.fields.occurred_at);
        Self {
            state: (say(language, "permanence-not-held", &[]), Role::Danger),
            age: (words::age(language, model.now.since(exception.fields.occurred_at)), Role::Danger),
            name: (site.map(|site| site.fields.name.to_string()).unwrap_or_default(), Role::Strong),
            what: words::passed(language, ended, model.seat.civil(model.now).date()),
            whose: (String::new(), Role::Dim),
            shape: Shape::StateAndAge,
        }
    }

    /// In columns: a margin, the state, the age, the name, what, whose at the right end.
    fn draw(&self, paint: &mut Paint<'_>, area: Rect, y: u16, ghost: bool) {
        let role = |role: Role| if ghost { Role::Gone } else { role };
        let columns = |text: &str| u16::try_from(width(text)).unwrap_or(u16::MAX);
        let mut at = area.x + if self.shape == Shape::Age { 2 } else { 1 };
        if self.shape != Shape::Age {
            let state = if self.shape == Shape::State { SESSION } else { STATE };
            paint.text(at, y, state - 1, &self.state.0, role(self.state.1));
            at += state;
        }
        if self.shape != Shape::State {
            let late = if self.age.1 == Role::Danger { signs::PRESSING } else { "" };
            paint.text_right(at + AGE - 1, y, AGE, &format!("{late}{}", self.age.0), role(self.age.1));
            at += AGE;
        }
        // Who holds a row decides whether one may touch it: the name gives way.
        let most = match area.width {
            0..60 => 9,
            60..100 => 12,
            wide => wide / 4,
        };
        let given_name = self.whose.0.split(' ').next().unwrap_or_default();
        // What calls for somebody is said whole; of a name the given name suffices.
        let calls = self.whose.1 == Role::Danger;
        let holder = if columns(&self.whose.0) > most && !calls { given_name } else { &self.whose.0 };
        let whose = if calls { columns(holder) } else { columns(holder).min(most) };
        let end = area.right().saturating_sub(whose + 1);
        paint.text(end, y, whose, holder, role(self.whose.1));
        let space = end.saturating_sub(at + u16::from(whose > 0));
        let name = match self.shape {
            _ if self.what.is_empty() => space,
            Shape::State => names(area.width).1.min(space),
            Shape::StateAndAge | Shape::Age => names(area.width).0.min(space),
        };
        paint.text(at, y, name, &self.name.0, role(self.name.1));
        // A few letters of what it is about tell nothing: rather none.
        let left = space.saturating_sub(name + 1);
        if left >= columns(&self.what).min(LEAST) {
            paint.text(at + name + 1, y, left, &self.what, role(Role::Text));
        }
    }
}

/// A state with what is pending on it, in a word.
fn marked(state: String, mark: Mark, language: crate::domain::operator::Language) -> String {
    let key = match mark {
        Mark::Confirmed => return state,
        Mark::Pending => "mark-pending",
        Mark::Unkept => "mark-unkept",
        Mark::Refused => "mark-refused",
        Mark::Conflicting => "mark-conflicting",
    };
    say(language, key, &[])
}

/// What the clocks say, as a role: late, warned, in time.
pub fn urgency_of(clocks: &[Clock], now: Instant) -> Role {
    match clocks.iter().map(|clock| clock.verdict(now)).max() {
        Some(Verdict::Late) => Role::Danger,
        Some(Verdict::Warned) => Role::Warn,
        Some(Verdict::OnTime) | None => Role::Text,
    }
}

/// The name of a service in the reader's language.
pub fn service_name(service: &Service, language: crate::domain::operator::Language) -> String {
    let english = service.fields.name_en.as_ref().filter(|_| language == crate::domain::operator::Language::En);
    english.unwrap_or(&service.fields.name).to_string()
}

/// The first line of a text that says something.
pub fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default().to_owned()
}
