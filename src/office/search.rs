//! Search over all requests, open and past: folded words and their prefixes, number, telephone number; the newest first.

use super::storage::{self, Arg, Engine, StorageError, Tx, many};
use crate::{
    domain::{
        access::{Actor, Sites},
        beneficiary::Beneficiary,
        client::Client,
        entity::{Entity, EntityKind, Scope},
        phone::PhoneNumber,
        request::{Request, Requester},
        service::Service,
    },
    text,
};

/// Letters that a prefix needs; shorter ones match only as whole words.
const PREFIX: usize = 2;

/// Letters by which a word is kept: every prefix up to this length stands ready in the index, and what differs only later is found as well.
const KEPT: usize = 8;

/// Digits from which a number is looked for whole.
const WHOLE: usize = 10;

/// Words that one search takes into account.
const WORDS: usize = 12;

/// Whether the words under which a request is found may have changed.
pub fn differs(before: &Request, after: &Request) -> bool {
    let told = |request: &Request| {
        let fields = &request.fields;
        (fields.requester.clone(), fields.service_id, fields.site_id, fields.detail.clone(), fields.text.clone())
    };
    told(before) != told(after)
}

/// The words under which a request is found: number, requester with telephone numbers, service, detail, text; and its site.
pub async fn words(tx: &mut Tx, request: &Request) -> Result<String, StorageError> {
    let number = request.number.to_string();
    let mut words = vec![number_word(&number)];
    // The number without its year, as people shorten it.
    words.extend(number.split('-').nth(1).map(str::to_owned));
    match &request.fields.requester {
        Some(Requester::Person { id }) => {
            if let Some(person) = storage::document::load::<Beneficiary>(tx, *id).await? {
                words.extend(person.search_words().into_iter().flat_map(text::words));
                words.extend(person.fields.phones.iter().flat_map(phone_words));
            }
        }
        Some(Requester::Organisation { id, contact_person }) => {
            words.extend(text::words(contact_person.as_str()));
            if let Some(client) = storage::document::load::<Client>(tx, *id).await? {
                words.extend(client.search_words().into_iter().flat_map(text::words));
            }
        }
        None => {}
    }
    if let Some(id) = request.fields.service_id
        && let Some(service) = storage::document::load::<Service>(tx, id).await?
    {
        words.extend(text::words(service.fields.name.as_str()));
    }
    words.extend(request.search_words().into_iter().flat_map(text::words));
    words.iter_mut().skip(1).for_each(shorten);
    words.push(site_word(request.scope()));
    words.sort_unstable();
    words.dedup();
    Ok(words.join(" "))
}

/// `26-1047` as one word, marked so that no other word or prefix meets it.
fn number_word(number: &str) -> String {
    format!("_{}", number.replace('-', ""))
}

/// A word as it is kept: its first letters. Numbers are kept whole.
fn shorten(word: &mut String) {
    if word.bytes().all(|b| b.is_ascii_digit()) {
        return;
    }
    if let Some((end, _)) = word.char_indices().nth(KEPT) {
        word.truncate(end);
    }
}

/// A telephone number as people dial it and as it is kept.
fn phone_words(phone: &PhoneNumber) -> Vec<String> {
    let digits: String = phone.as_str().chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("33").map(|rest| format!("0{rest}"));
    std::iter::once(digits).chain(national).collect()
}

/// The site as a word, so that a search is narrowed to one's own sites where the words are found.
fn site_word(scope: Scope) -> String {
    scope.site.map_or_else(|| "_nowhere".to_owned(), |site| format!("_{}", site.to_string().replace('-', "")))
}

/// Keeps the index row of a request: at the end of the transaction, so that a request that a batch changes twice is indexed once.
pub fn index(tx: &mut Tx, order: i64, words: String) {
    tx.keep_words(order, words);
}

/// Writes the index rows of a transaction.
pub async fn write_index(tx: &mut Tx) -> Result<(), StorageError> {
    let rows = tx.take_words();
    if rows.is_empty() {
        return Ok(());
    }
    match tx.engine() {
        Engine::Sqlite => {
            let rows: Vec<_> = rows.iter().map(|(order, words)| vec![Arg::Int(*order), Arg::Text(words)]).collect();
            many::insert(tx, "INSERT OR REPLACE INTO request_search (rowid, words)", &rows).await
        }
        Engine::Postgres => {
            let (orders, words): (Vec<_>, Vec<_>) =
                rows.iter().map(|(order, words)| (Some(*order), Some(words.as_str()))).unzip();
            let sql = "INSERT INTO request_search (number_order, words) \
                       SELECT number_order, array_to_tsvector(string_to_array(words, ' ')) \
                       FROM unnest($1, $2) AS given (number_order, words) \
                       ON CONFLICT (number_order) DO UPDATE SET words = excluded.words";
            tx.execute(sql, &[Arg::Ints(&orders), Arg::Texts(&words)]).await.map(drop)
        }
    }
}

/// What is looked for: each word, or a prefix of one.
#[derive(Debug, PartialEq, Eq)]
struct Term {
    word: String,
    prefix: bool,
}

/// The terms of a search as typed: `26-1047`, `05 36 49 12 34`, `dur pressing`.
fn terms(typed: &str) -> Vec<Term> {
    let trimmed = typed.trim();
    let digits: String = trimmed.chars().filter(char::is_ascii_digit).collect();
    let number_like = trimmed.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '.' | ' '));
    if number_like && !digits.is_empty() {
        let by_number = trimmed.split_once('-').is_some_and(|(year, serial)| year.len() == 2 && !serial.contains('-'));
        let word = if by_number { format!("_{digits}") } else { digits };
        return vec![Term { prefix: (PREFIX..WHOLE).contains(&word.len()), word }];
    }
    let words = text::words(trimmed).into_iter().take(WORDS);
    words
        .map(|mut word| {
            shorten(&mut word);
            Term { prefix: (PREFIX..KEPT).contains(&word.chars().count()), word }
        })
        .collect()
}

/// The stored rows that match, newest first, after a cursor (the number order of the last row seen).
pub async fn find(
    tx: &mut Tx,
    actor: &Actor,
    typed: &str,
    before: i64,
    limit: i64,
) -> Result<Vec<(i64, String)>, StorageError> {
    let terms = terms(typed);
    if terms.is_empty() {
        return Ok(Vec::new());
    }
    let sites = match &actor.sites {
        Sites::All => Vec::new(),
        Sites::Only(sites) => sites
            .iter()
            .map(|site| site_word(Scope { site: Some(*site), client: None }))
            .chain([site_word(Scope::default())])
            .collect(),
    };
    let (sql, query) = match tx.engine() {
        Engine::Sqlite => (
            "SELECT rowid FROM request_search WHERE request_search MATCH $1 AND rowid < $2 ORDER BY rowid DESC LIMIT $3",
            fts5(&terms, &sites),
        ),
        Engine::Postgres => (
            "SELECT number_order FROM request_search WHERE words @@ CAST($1 AS tsquery) AND number_order < $2 \
             ORDER BY number_order DESC LIMIT $3",
            tsquery(&terms, &sites),
        ),
    };
    let rows = tx.rows(sql, &[(&query).into(), Arg::Int(before), Arg::Int(limit)]).await?;
    let mut found = Vec::with_capacity(rows.len());
    for row in rows {
        let order = row.int(0)?;
        let number = format!("{:02}-{:04}", order / 100_000_000, order % 100_000_000);
        let doc = tx.row("SELECT CAST(doc AS TEXT) FROM request WHERE number = $1", &[(&number).into()]).await?;
        if let Some(doc) = doc {
            let doc = doc.text(0)?;
            let request: Request = storage::document::read(&doc)?;
            if actor.sees(EntityKind::Request, &request.scope()) {
                found.push((order, doc));
            }
        }
    }
    Ok(found)
}

/// A query in the language of FTS5 (<https://sqlite.org/fts5.html>, 3). Folded words hold letters and digits alone.
fn fts5(terms: &[Term], sites: &[String]) -> String {
    let star = |term: &Term| if term.prefix { "*" } else { "" };
    let words = terms.iter().map(|term| format!("\"{}\"{}", term.word, star(term))).collect::<Vec<_>>().join(" AND ");
    if sites.is_empty() {
        return words;
    }
    let sites = sites.iter().map(|site| format!("\"{site}\"")).collect::<Vec<_>>().join(" OR ");
    format!("{words} AND ({sites})")
}

/// A query of type `tsquery` (PostgreSQL manual, 8.11.2): the words as they are.
fn tsquery(terms: &[Term], sites: &[String]) -> String {
    let star = |term: &Term| if term.prefix { ":*" } else { "" };
    let words = terms.iter().map(|term| format!("'{}'{}", term.word, star(term))).collect::<Vec<_>>().join(" & ");
    if sites.is_empty() {
        return words;
    }
    let sites = sites.iter().map(|site| format!("'{site}'")).collect::<Vec<_>>().join(" | ");
    format!("{words} & ({sites})")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(word: &str, prefix: bool) -> Term {
        Term { word: word.into(), prefix }
    }

    #[test]
    fn a_request_number_is_one_word() {
        assert_eq!(terms("26-1047"), [term("_261047", true)]);
    }

    #[test]
    fn a_telephone_number_is_found_however_it_is_spaced() {
        assert_eq!(terms("05 36 49 12 34"), [term("0536491234", false)]);
        assert_eq!(terms("05-36-49-12-34"), [term("0536491234", false)]);
        assert_eq!(terms("+33 5 36 49 12 34"), [term("33536491234", false)]);
    }

    #[test]
    fn words_are_folded_and_those_of_two_letters_are_prefixes() {
        assert_eq!(terms("Élodie D'O b"), [term("elodie", true), term("d", false), term("o", false), term("b", false)]);
        assert_eq!(terms("pré"), [term("pre", true)]);
    }

    #[test]
    fn a_long_word_is_found_by_its_first_letters() {
        assert_eq!(terms("cordonnerie cordo"), [term("cordonne", false), term("cordo", true)]);
    }

    #[test]
    fn what_is_typed_cannot_leave_its_quotes() {
        let query = fts5(&terms("\") OR (\" NEAR x* 'y"), &[]);
        assert_eq!(query, "\"or\"* AND \"near\"* AND \"x\" AND \"y\"");
    }
}
