//! Who it is: the name being typed, those it may be by number, and the new person that Enter would make.

use super::{line::field, paint::Paint, words};
use crate::{
    console::{
        model::{Model, party::PartySearch},
        theme::Role,
    },
    domain::{beneficiary::Beneficiary, client::Client},
    i18n::say,
};
use ratatui::layout::Rect;

/// Draws the search over the entry line's place.
pub fn draw(model: &Model, search: &PartySearch, paint: &mut Paint<'_>, area: Rect) {
    let language = model.seat.language;
    let blank = " ".repeat(usize::from(area.width));
    for y in area.top()..area.bottom() {
        paint.text(area.x, y, area.width, &blank, Role::Text);
    }
    let client = search.client.and_then(|id| model.world.board.get::<Client>(id));
    let title = match client {
        Some(client) => say(language, "party-title-of", &[("client", client.row.fields.name.to_string())]),
        None => say(language, "party-title", &[]),
    };
    paint.rule(area, area.y, &[(&title, Role::Strong)], &say(language, "party-without", &[]));
    paint.text(area.x, area.y + 1, 2, "> ", Role::Accent);
    if search.field.text().is_empty() {
        let hint = say(language, "party-type-name", &[]);
        paint.text(area.x + 3, area.y + 1, area.width.saturating_sub(4), &hint, Role::Dim);
    }
    let at = field(&search.field, paint, area.x + 2, area.y + 1, area.width.saturating_sub(3));
    paint.set_cursor(at, area.y + 1);
    let rows = usize::from(area.height.saturating_sub(2));
    let new = search.new_person();
    // The new person keeps a line of its own; what is chosen is always in sight.
    let room = rows.saturating_sub(usize::from(new.is_some()));
    let first = (search.chosen + 1).saturating_sub(room.max(1)).min(search.found.len().saturating_sub(room));
    let mut y = area.y + 2;
    for (place, id) in search.found.iter().enumerate().skip(first).take(room) {
        let Some(person) = model.world.person(*id) else { continue };
        let number = format!(" {} ", place + 1);
        let name = words::person(person);
        let rest = format!("  {}", place_of(model, person));
        paint.line(area.x, y, area.width, &[(&number, Role::Accent), (&name, Role::Text), (&rest, Role::Dim)]);
        if place == search.chosen {
            paint.select(area, y);
        }
        y += 1;
    }
    if let Some(new) = new
        && y < area.bottom()
    {
        let site = search.site.and_then(|site| model.world.site(site)).map(|site| site.fields.name.to_string());
        let who = site.map_or_else(|| new.words(), |site| format!("{}, {site}", new.words()));
        let key = if search.proposed { "party-enter-new" } else { "party-new" };
        let role = if search.proposed { Role::Strong } else { Role::Text };
        paint.line(area.x, y, area.width, &[("   ", Role::Text), (&say(language, key, &[("who", who)]), role)]);
        if search.is_new() {
            paint.select(area, y);
        }
    }
}

/// What tells persons of one name apart: their organisation and their site.
pub fn place_of(model: &Model, person: &Beneficiary) -> String {
    let client = person.fields.client_id.and_then(|id| model.world.board.get::<Client>(id));
    let client = client.map(|client| client.row.fields.name.to_string());
    let site = person.fields.site_id.and_then(|id| model.world.site(id)).map(|site| site.fields.name.to_string());
    [client, site].into_iter().flatten().collect::<Vec<_>>().join(", ")
}
