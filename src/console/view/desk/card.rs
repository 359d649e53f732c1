//! The card of the row that is looked at: whose it is, what of theirs is here, how they are reached.

use super::{
    cells::{cells, owes},
    things::{exception, place, thing_in_words},
};
use crate::{
    console::{
        model::{
            Model,
            desk::{Desk, DeskRow},
            reception::Item as Row,
        },
        theme::Role,
        update::{desk as update, verbs},
        view::{
            lanes,
            paint::{Paint, signs},
            words,
        },
    },
    domain::{exception::Exception, item::Item},
    i18n::say,
    text::neutral,
};
use ratatui::layout::Rect;

/// The card of what is in hand, else of the row that is looked at.
pub(super) fn draw(model: &Model, paint: &mut Paint<'_>, area: Rect) {
    let (title, remark, lines) = card_lines(model);
    paint.rule(area, area.y, &[(&title, Role::Strong)], &remark);
    for ((text, role), y) in lines.iter().zip(area.y + 1..area.bottom()) {
        paint.text(area.x, y, area.width, text, *role);
    }
}

fn card_lines(model: &Model) -> (String, String, Vec<(String, Role)>) {
    let language = model.seat.language;
    let Some(row) = model.desk.selected() else { return (String::new(), String::new(), Vec::new()) };
    let person = match row {
        DeskRow::Back(group) => model.world.owner_of_group(group),
        _ => Desk::request_of(row)
            .and_then(|id| model.world.person_behind(Row::Request(id)))
            .map(|person| person.id)
            .or_else(|| match row {
                DeskRow::Answer(item) => model.world.person_behind(item).map(|person| person.id),
                DeskRow::Locker(id) => {
                    let booking = model.desk.here.bookings.get(&id).and_then(|id| model.world.booking(*id));
                    booking.and_then(|booking| booking.fields.beneficiary_id)
                }
                _ => None,
            }),
    };
    let title = person.and_then(|id| model.world.person(id)).map(|person| words::person(person));
    let title = title.unwrap_or_else(|| cells(model, row).who);
    let remark = if person.is_some() { owes(model, person).0 } else { String::new() };
    let mut lines: Vec<(String, Role)> = Vec::new();
    match row {
        DeskRow::Back(group) => {
            let things = model.desk.things_of(group).iter().filter_map(|id| model.world.thing(*id));
            lines.extend(things.map(|thing| (thing_line(model, thing), Role::Text)));
        }
        DeskRow::Exception(id) => {
            if let Some(shown) = model.world.board.get::<Exception>(id) {
                lines.push((exception(model, shown.row), Role::Danger));
                if let Some(thing) = model.world.thing(shown.row.fields.about.id.into()) {
                    lines.push((thing_in_words(model, thing), Role::Text));
                }
            }
        }
        DeskRow::Locker(id) => {
            let booking = model.desk.here.bookings.get(&id).and_then(|id| model.world.booking(*id));
            let today = model.seat.civil(model.now).date();
            let until = booking.map(|booking| words::moment(language, model.seat.civil(booking.fields.until), today));
            lines.extend(until.map(|at| (say(language, "locker-until", &[("at", at)]), Role::Text)));
            let things = update::in_locker(model, id);
            lines.extend(things.iter().map(|thing| (thing_line(model, thing), Role::Text)));
        }
        DeskRow::Expected(id) | DeskRow::Answer(Row::Request(id)) => {
            if let Some(shown) = model.world.request(id) {
                lines.push((verbs::request_line(model, Row::Request(id)).unwrap_or_default(), Role::Text));
                if let Some(text) = &shown.row.fields.text {
                    lines.push((lanes::first_line(text.as_str()), Role::Text));
                }
            }
        }
        DeskRow::Answer(_) => {}
    }
    if let Some(person) = person.and_then(|id| model.world.person(id)) {
        let reach = person.fields.phones.iter().map(words::phone).collect::<Vec<_>>().join(signs::BETWEEN);
        let note = person.fields.note.as_ref().map(|note| lanes::first_line(note.as_str()));
        let next = update::site(model)
            .and_then(|_| person.fields.site_id)
            .and_then(|site| model.world.next_permanence(site, model.now));
        let next = next.map(|session| {
            let window = session.fields.window;
            let at = format!(
                "{} {}-{}",
                words::date(language, window.date()),
                words::time(window.from()),
                words::time(window.to())
            );
            say(language, "desk-next-permanence", &[("at", at)])
        });
        let known = [Some(reach), note, next].into_iter().flatten().filter(|text| !text.is_empty());
        lines.extend(known.map(|text| (text, Role::Dim)));
    }
    (title, remark, lines)
}

fn thing_line(model: &Model, thing: &Item) -> String {
    let language = model.seat.language;
    let last = thing.trail.last();
    let today = model.seat.civil(model.now).date();
    let since = last.map_or(thing.fields.since, |custody| custody.occurred_at);
    let at = words::moment(language, model.seat.civil(since), today);
    let what = thing.fields.description.as_ref().map(|what| neutral(what.as_str()).into_owned()).unwrap_or_default();
    let parts = [("at", at), ("place", place(model, thing))];
    format!("{:<9} {what:<28} {}", neutral(thing.fields.label.as_str()), say(language, "desk-thing-since", &parts))
}
