//! Sheets that are printed: labels, what a desk closed with, a receipt; each as plain text and as a page, from what is on disk alone.

mod code39;

use crate::{
    domain::{
        beneficiary::Beneficiary,
        ids::{BeneficiaryId, ItemId, PermanenceId, PostingId},
        item::Item,
        label::Label,
        money::Cents,
        operator::{Language, Operator},
        permanence::{Leftover, Permanence},
        posting::{Account, Posting, PostingKind},
        site::Site,
        time::{Instant, Zone},
    },
    i18n::{job, say},
    office::{
        failure::Failure,
        pages::{self, Tells},
        storage::{Tx, document},
    },
};
use maud::{Markup, html};

/// How a sheet is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Lines of text.
    Text,
    /// A page.
    Page,
}

/// A sheet: what it is called, its lines, each with what is told of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Its title.
    pub title: String,
    /// Its lines; a line without a second part is a heading.
    pub lines: Vec<(String, String)>,
}

impl Sheet {
    fn heading(&mut self, words: String) {
        self.lines.push((words, String::new()));
    }

    fn line(&mut self, name: String, what: String) {
        self.lines.push((name, what));
    }

    /// As text of 72 columns.
    pub fn text(&self) -> String {
        let mut text = format!("{}\n{}\n", self.title, "=".repeat(crate::text::width(&self.title).min(72)));
        for (name, what) in &self.lines {
            if what.is_empty() {
                text.extend(["\n", name, "\n"]);
            } else {
                let gap = " ".repeat(30_usize.saturating_sub(crate::text::width(name)).max(1));
                text.extend([name, &gap, what, "\n"]);
            }
        }
        text
    }

    /// As a page.
    pub fn page(&self, language: Language) -> String {
        let rows = |(name, what): &(String, String)| -> Markup {
            if what.is_empty() {
                html! { tr { th colspan="2" { (name) } } }
            } else {
                html! { tr { td { (name) } td { (what) } } }
            }
        };
        let body = html! {
            h1 { (self.title) }
            table { @for line in &self.lines { (rows(line)) } }
        };
        pages::whole(language, &self.title, Tells::Nothing, &body)
    }
}

/// A page of labels, each with its bars and its digits; or the digits alone, one a line.
pub fn labels(language: Language, labels: &[Label], form: Form) -> String {
    let title = say(language, "printed-labels", &[("count", labels.len().to_string())]);
    match form {
        Form::Text => labels.iter().flat_map(|label| [label.as_str(), "\n"]).collect(),
        Form::Page => {
            let body = html! {
                h1 { (title) }
                @for label in labels {
                    figure { (code39::drawn(label.as_str())) figcaption { (label.as_str()) } }
                }
            };
            pages::whole(language, &title, Tells::Nothing, &body)
        }
    }
}

fn moment(language: Language, at: Instant, zone: &Zone) -> String {
    let civil = at.civil(zone);
    format!("{} {}", job::date(language, civil.date()), job::time(civil.time()))
}

async fn person(tx: &mut Tx, id: Option<BeneficiaryId>) -> Result<String, Failure> {
    let Some(id) = id else { return Ok(String::new()) };
    let person = document::load::<Beneficiary>(tx, id).await?;
    Ok(person
        .map(|person| {
            let fields = person.fields;
            let given = fields.given_name.map(|name| format!("{name} ")).unwrap_or_default();
            let title = fields.title.map(|title| format!("{title} ")).unwrap_or_default();
            format!("{title}{given}{}", fields.family_name)
        })
        .unwrap_or_default())
}

/// How money came in, as a sheet names it.
const MEANS: [(Account, &str); 5] = [
    (Account::Cash, "means-cash"),
    (Account::Card, "means-card"),
    (Account::Cheque, "means-cheque"),
    (Account::Voucher, "means-voucher"),
    (Account::Transfer, "means-transfer"),
];

/// What a desk closed with: its real hours, what is left over and why, what was taken by which means, the cash box. None if there is no such session.
pub async fn closing(tx: &mut Tx, language: Language, id: PermanenceId) -> Result<Option<Sheet>, Failure> {
    let Some(session) = document::load::<Permanence>(tx, id).await? else { return Ok(None) };
    let site = document::load::<Site>(tx, session.fields.site_id).await?;
    let site = site.map(|site| site.fields.name.to_string()).unwrap_or_default();
    let window = session.fields.window;
    let hours = format!("{}-{}", job::time(window.from()), job::time(window.to()));
    let parts = [("site", site), ("date", job::date(language, window.date())), ("hours", hours)];
    let mut sheet = Sheet { title: say(language, "printed-closing", &parts), ..Sheet::default() };
    let told = |key: &str| say(language, key, &[]);
    if let Some(concierge) = session.fields.concierge_id {
        let concierge = document::load::<Operator>(tx, concierge).await?;
        sheet.line(told("printed-concierge"), concierge.map(|row| row.fields.name.to_string()).unwrap_or_default());
    }
    for (key, at) in [("printed-opened", session.opened_at), ("printed-closed", session.closed_at)] {
        let at = at.map_or_else(|| told("printed-not-yet"), |at| moment(language, at, &session.zone));
        sheet.line(told(key), at);
    }
    sheet.heading(say(language, "printed-left", &[("count", session.explanations.len().to_string())]));
    for explanation in &session.explanations {
        let what = match explanation.leftover {
            Leftover::Item { id } => thing(tx, id).await?,
            Leftover::Request { id } => {
                let request = document::load::<crate::domain::request::Request>(tx, id).await?;
                request.map(|request| request.number.to_string()).unwrap_or_default()
            }
        };
        sheet.line(what, explanation.why.to_string());
    }
    sheet.heading(told("printed-taken"));
    let text = id.to_string();
    let postings = document::select::<Posting>(tx, "permanence_id = $1", &[(&text).into()]).await?;
    for (means, key) in MEANS {
        let lines = postings.iter().flat_map(|posting| &posting.fields.lines).filter(|line| line.account == means);
        let sum = Cents::sum(lines.map(|line| line.amount)).unwrap_or(Cents::ZERO);
        if sum != Cents::ZERO {
            sheet.line(told(key), job::euros(language, sum));
        }
    }
    if let Some(cash) = session.cash {
        sheet.heading(told("printed-box"));
        sheet.line(told("printed-expected"), job::euros(language, cash.expected));
        sheet.line(told("printed-counted"), job::euros(language, cash.counted));
        let difference = cash.counted.checked_sub(cash.expected).unwrap_or(Cents::ZERO);
        sheet.line(told("printed-difference"), job::euros(language, difference));
    }
    Ok(Some(sheet))
}

async fn thing(tx: &mut Tx, id: ItemId) -> Result<String, Failure> {
    let Some(item) = document::load::<Item>(tx, id).await? else { return Ok(String::new()) };
    let owner = person(tx, item.fields.beneficiary_id).await?;
    let what = item.fields.description.map(|what| what.to_string());
    let parts = [Some(item.fields.label.to_string()), what, Some(owner).filter(|owner| !owner.is_empty())];
    Ok(parts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}

/// A receipt of a payment; none if there is no such payment.
pub async fn receipt(tx: &mut Tx, language: Language, id: PostingId) -> Result<Option<Sheet>, Failure> {
    let posting = document::load::<Posting>(tx, id).await?;
    let Some(posting) = posting.filter(|posting| posting.fields.kind == PostingKind::Payment) else { return Ok(None) };
    let zone = match posting.fields.site_id {
        Some(site) => document::load::<Site>(tx, site).await?.map(|site| site.fields.zone),
        None => None,
    };
    let at = moment(language, posting.fields.occurred_at, &zone.unwrap_or_default());
    let told = |key: &str| say(language, key, &[]);
    let mut sheet = Sheet { title: told("printed-receipt"), ..Sheet::default() };
    for line in &posting.fields.lines {
        if let Account::Person { beneficiary_id } = line.account {
            sheet.line(told("printed-from"), person(tx, Some(beneficiary_id)).await?);
        }
    }
    for (means, key) in MEANS {
        for line in posting.fields.lines.iter().filter(|line| line.account == means) {
            sheet.line(told(key), job::euros(language, line.amount));
        }
    }
    sheet.line(told("printed-at"), at);
    if let Some(taken_by) = posting.fields.taken_by {
        let taken_by = document::load::<Operator>(tx, taken_by).await?;
        sheet.line(told("printed-by"), taken_by.map(|row| row.fields.name.to_string()).unwrap_or_default());
    }
    sheet.line(told("printed-number"), id.to_string());
    Ok(Some(sheet))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sheet_says_the_same_as_text_and_as_a_page() {
        let mut sheet = Sheet { title: "Reçu".into(), ..Sheet::default() };
        sheet.heading("Encaissé".into());
        sheet.line("Espèces".into(), "18,40 €".into());
        assert_eq!(sheet.text(), "Reçu\n====\n\nEncaissé\nEspèces                       18,40 €\n");
        let page = sheet.page(Language::Fr);
        assert!(page.contains("<td>Espèces</td><td>18,40 €</td>"), "{page}");
    }

    #[test]
    fn labels_have_bars_on_a_page_and_are_lines_as_text() {
        let two: Vec<Label> = [1, 2].into_iter().filter_map(Label::numbered).collect();
        assert_eq!(labels(Language::Fr, &two, Form::Text).lines().count(), 2);
        assert_eq!(labels(Language::Fr, &two, Form::Page).matches("<svg").count(), 2);
    }
}
