//! Calendar invitations (RFC 5545): their gist in a line; the invitation itself stays an attachment.

/// Lines that are looked at: the event stands at the top.
const LINES: usize = 400;

/// What an invitation is about: summary, when, where.
pub fn gist(calendar: &str) -> Option<String> {
    let mut in_event = false;
    let (mut summary, mut start, mut location) = (None, None, None);
    for line in unfolded(calendar) {
        let Some((name, value)) = line.split_once(':') else { continue };
        let property = name.split(';').next().unwrap_or_default().to_ascii_uppercase();
        match (property.as_str(), in_event) {
            ("BEGIN", _) if value.trim().eq_ignore_ascii_case("VEVENT") => in_event = true,
            ("END", true) => break,
            ("SUMMARY", true) => summary = Some(plain(value)),
            ("DTSTART", true) => start = when(value.trim()),
            ("LOCATION", true) => location = Some(plain(value)),
            _ => {}
        }
    }
    let told: Vec<String> = [summary, start, location].into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!told.is_empty()).then(|| told.join(" · "))
}

/// Lines as they were before they were folded.
fn unfolded(calendar: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in calendar.lines().take(LINES) {
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(more), Some(last)) if last.len() < 2_000 => last.push_str(more),
            (Some(_), _) => {}
            (None, _) => lines.push(line.to_owned()),
        }
    }
    lines
}

fn plain(value: &str) -> String {
    let text = value.replace("\\n", " ").replace("\\N", " ").replace('\\', "");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `20261127T140000` as `2026-11-27 14:00`; what is in another form is left out.
fn when(value: &str) -> Option<String> {
    let digits = |from: usize, to: usize| value.get(from..to).filter(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let day = format!("{}-{}-{}", digits(0, 4)?, digits(4, 6)?, digits(6, 8)?);
    let time = match (value.get(8..9), digits(9, 11), digits(11, 13)) {
        (Some("T"), Some(hour), Some(minute)) => format!(" {hour}:{minute}"),
        _ => String::new(),
    };
    let zone = if value.ends_with('Z') { " UTC" } else { "" };
    Some(format!("{day}{time}{zone}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_invitation_is_told_in_a_line() {
        let calendar = "BEGIN:VCALENDAR\r\nBEGIN:VTIMEZONE\r\nDTSTART:16010101T000000\r\nEND:VTIMEZONE\r\nBEGIN:VEVENT\r\nSUMMARY;LANGUAGE=fr:Visite de la\r\n  conciergerie\\, accueil\r\n\
                        DTSTART;TZID=Europe/Paris:20261127T140000\r\nLOCATION:Hall B\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
        assert_eq!(gist(calendar).unwrap(), "Visite de la conciergerie, accueil · 2026-11-27 14:00 · Hall B");
    }

    #[test]
    fn what_is_no_invitation_says_nothing() {
        for none in
            ["", "BEGIN:VEVENT", " \n \n", "SUMMARY:hors de tout", "BEGIN:VEVENT\nDTSTART:é0261127T14\nEND:VEVENT"]
        {
            assert_eq!(gist(none), None, "{none}");
        }
    }
}
