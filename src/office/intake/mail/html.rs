//! HTML shown as text: lines where a browser would break them, quotations marked, nothing that runs or loads.

use mail_parser::decoders::html::html_to_text;

/// Elements that begin a line of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "blockquote",
    "center",
    "dd",
    "div",
    "dl",
    "dt",
    "fieldset",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "ol",
    "p",
    "pre",
    "section",
    "table",
    "tbody",
    "tr",
    "ul",
];

/// Elements whose content is not for reading.
const HIDDEN: &[&str] = &["head", "script", "style", "template", "title"];

/// Letters of an entity's name at most.
const ENTITY: usize = 32;

/// Quotations within quotations that are told apart.
const DEPTH: usize = 8;

/// The text of a page. Takes one look at each character, whatever they are.
pub fn text(html: &str) -> String {
    let mut page = Page::default();
    let mut rest = html;
    while let Some(start) = rest.find(['<', '&']) {
        let (before, from) = rest.split_at(start);
        page.words(before);
        rest = if from.starts_with('&') { page.entity(from) } else { page.markup(from) };
    }
    page.words(rest);
    page.text
}

#[derive(Default)]
struct Page {
    text: String,
    /// The element within which nothing is read.
    hidden: Option<&'static str>,
    quoted: usize,
    /// Whether white space is due before the next word.
    space: bool,
    preformatted: bool,
}

impl Page {
    fn words(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        for c in text.chars() {
            if self.preformatted && c == '\n' {
                self.text.push('\n');
                self.space = false;
            } else if c.is_ascii_whitespace() {
                self.space = true;
            } else {
                self.letter(c);
            }
        }
    }

    fn letter(&mut self, c: char) {
        if self.text.is_empty() || self.text.ends_with('\n') {
            self.text.push_str(&"> ".repeat(self.quoted));
        } else if self.space {
            self.text.push(' ');
        }
        self.space = false;
        self.text.push(c);
    }

    /// Ends the line, if something stands on it.
    fn line(&mut self) {
        self.space = false;
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// An entity, or the sign itself if it is none.
    fn entity<'a>(&mut self, from: &'a str) -> &'a str {
        let end = from.bytes().take(ENTITY).position(|byte| byte == b';');
        let Some((entity, rest)) = end.and_then(|end| from.split_at_checked(end + 1)) else {
            self.words("&");
            return from.get(1..).unwrap_or_default();
        };
        let named = entity.bytes().skip(1).all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'#' | b';'));
        if !named {
            self.words("&");
            return from.get(1..).unwrap_or_default();
        }
        if self.hidden.is_none() {
            for c in html_to_text(entity).chars() {
                match c {
                    '\u{a0}' | ' ' => self.space = true,
                    c if c.is_control() => {}
                    c => self.letter(c),
                }
            }
        }
        rest
    }

    /// A tag or comment; what stands after it.
    fn markup<'a>(&mut self, from: &'a str) -> &'a str {
        if let Some(comment) = from.strip_prefix("<!--") {
            return comment.split_once("-->").map_or("", |(_, rest)| rest);
        }
        let is_tag = from.chars().nth(1).is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
        if !is_tag {
            self.words("<");
            return from.get(1..).unwrap_or_default();
        }
        let Some((tag, rest)) = from.get(1..).and_then(|tag| tag.split_once('>')) else { return "" };
        let (closes, tag) = tag.strip_prefix('/').map_or((false, tag), |tag| (true, tag));
        let name: String = tag.chars().take(12).take_while(char::is_ascii_alphanumeric).collect();
        self.element(&name.to_ascii_lowercase(), closes, tag.ends_with('/'));
        rest
    }

    fn element(&mut self, name: &str, closes: bool, empty: bool) {
        if let Some(hidden) = self.hidden {
            // A body ends a head that nobody closed.
            if (closes && name == hidden) || name == "body" {
                self.hidden = None;
            }
            return;
        }
        if !closes && !empty {
            self.hidden = HIDDEN.iter().copied().find(|hidden| *hidden == name);
        }
        if name == "br" {
            self.space = false;
            self.text.push('\n');
        } else if matches!(name, "td" | "th") {
            self.space = true;
        } else if BLOCKS.contains(&name) {
            self.line();
            if name == "p" && closes {
                self.text.push('\n');
            }
        }
        match (name, closes) {
            ("blockquote", false) => self.quoted = (self.quoted + 1).min(DEPTH),
            ("blockquote", true) => self.quoted = self.quoted.saturating_sub(1),
            ("pre", _) => self.preformatted = !closes,
            ("li", false) => {
                self.letter('-');
                self.space = true;
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_break_where_a_browser_breaks_them() {
        let html = "<html><head><title>x</title><style>p{}</style></head><body><div>Bonjour,</div><div><br></div>\
                    <p>Trois  chemises &amp; une <b>veste</b>&nbsp;: merci.</p><ul><li>pain</li><li>br&eacute;d</li></ul></body></html>";
        assert_eq!(text(html), "Bonjour,\n\nTrois chemises & une veste : merci.\n\n- pain\n- bréd\n");
    }

    #[test]
    fn a_quotation_is_marked_as_one() {
        let html =
            "Oui<div>Le 23 nov. 2026, Loge a écrit :</div><blockquote><div>Vendredi&#8239;?</div></blockquote>Claire";
        assert_eq!(text(html), "Oui\nLe 23 nov. 2026, Loge a écrit :\n> Vendredi\u{202f}?\nClaire");
    }

    #[test]
    fn what_is_no_markup_stays() {
        assert_eq!(text("3 < 5 & 6 > 2 &inconnu; <"), "3 < 5 & 6 > 2 &inconnu; <");
        assert_eq!(text("a<script>alert(1)</script>b<!-- c -->d<img src=x onerror=e>"), "abd");
    }

    proptest! {
        #[test]
        fn any_text_is_read(html in "(\\PC|[<>&;/]|<[a-z]{1,4}>|</[a-z]{1,4}>|<!--){0,60}") {
            text(&html);
        }
    }
}
