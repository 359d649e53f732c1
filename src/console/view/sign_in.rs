//! The password's line at the foot of the screen: masked.

use super::paint::Paint;
use crate::{
    console::{
        keymap::Action,
        model::{
            Model,
            sign_in::{Asked, SignIn},
        },
        theme::Role,
    },
    i18n::say,
    text::wrap,
};
use ratatui::layout::Rect;

/// What stands above the line: why the last attempt came to nothing, or what follows.
pub fn above(model: &Model, sign_in: &SignIn) -> String {
    let language = model.seat.language;
    match (sign_in.asked, &sign_in.why) {
        (Asked::Waiting, _) => say(language, "sign-in-asked", &[]),
        (Asked::NotYet, Some(why)) => why.clone(),
        (Asked::NotYet, None) => {
            let count = [("count", model.world.board.to_send().to_string())];
            say(language, "sign-in-follows", &count)
        }
    }
}

/// What stands before what is typed.
pub fn label(model: &Model) -> String {
    let login = [("login", model.seat.operator.fields.login.as_str().to_owned())];
    say(model.seat.language, "cli-login-password", &login)
}

/// Draws the line.
pub fn draw(model: &Model, sign_in: &SignIn, paint: &mut Paint<'_>, area: Rect) {
    let sentence = wrap(&above(model, sign_in), usize::from(area.width.max(1)));
    let wanted = u16::try_from(2 + sentence.len()).unwrap_or(area.height);
    let height = wanted.min(area.height);
    let area = Rect { y: area.bottom() - height, height, ..area };
    paint.clear(area);
    let title = Action::SignIn.words(model.seat.language);
    paint.rule(area, area.y, &[(&title, Role::Strong)], "");
    let foot = area.bottom().saturating_sub(1);
    let role = if sign_in.why.is_some() { Role::Danger } else { Role::Text };
    for (line, y) in sentence.iter().zip(area.y + 1..foot) {
        paint.text(area.x, y, area.width, line, role);
    }
    let label = format!("{} ", label(model));
    let x = paint.line(area.x, foot, area.width, &[(&label, Role::Accent)]);
    super::field(paint, &sign_in.masked(), x, foot, area.right().saturating_sub(x));
}
