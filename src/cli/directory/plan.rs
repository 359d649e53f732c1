//! What an import will do: the commands that make the database hold what the files say, in an order in which they can be carried out.

use super::{
    cell::Shape,
    columns::{Column, Need, columns},
    complaint::{Advice, Complaint},
    keys,
    present::{Known, Present},
    sheet::{Form, Row, Sheet},
    sort,
};
use crate::{
    cli::Voice,
    domain::{
        entity::{Edit, EntityKind, FieldEdit},
        ids::OperatorId,
        operator,
    },
    wire::catalogue::{Command, ParseError},
};
use serde_json::{Map, Value};
use std::{
    collections::{BTreeSet, HashMap},
    io::{self, IsTerminal as _, Write as _},
};
use uuid::Uuid;

/// The columns that every file has or may have.
const ID: &str = "id";
const ARCHIVED: &str = "archived";
const PASSWORD: &str = "password";

/// The column of a consortium's members, who are rows of the same file.
const MEMBERS: &str = "members";

/// Where a command comes from.
#[derive(Clone, Debug)]
pub(in crate::cli) struct Origin {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// What it is about.
    pub kind: EntityKind,
}

/// One command, with the line that asks for it.
#[derive(Debug)]
pub(in crate::cli) struct Step {
    /// What is done.
    pub command: Command,
    /// Which line asks for it.
    pub origin: Origin,
}

/// What an import will do.
#[derive(Debug, Default)]
pub(in crate::cli) struct Plan {
    /// The commands, in order.
    pub steps: Vec<Step>,
    /// First passwords.
    pub passwords: Vec<(OperatorId, String)>,
    /// Records that are new.
    pub created: usize,
    /// Records that change.
    pub changed: usize,
    /// Records that are as the files say.
    pub unchanged: usize,
    /// What is wrong.
    pub complaints: Vec<Complaint>,
}

impl Plan {
    /// Compares files and database; how far it is, is told by a voice.
    pub fn make(sheets: &[Sheet], present: &Present, voice: Option<Voice>) -> Self {
        let mut plan = Self::default();
        let mut known = present.known();
        let ids: Vec<Vec<Option<Uuid>>> = sheets.iter().map(|sheet| plan.identify(sheet, &mut known)).collect();
        for (sheet, ids) in sheets.iter().zip(ids) {
            plan.check_header(sheet);
            let total = sheet.rows.len();
            let mut rows: Vec<(&Row, Option<Uuid>)> = sheet.rows.iter().zip(ids).collect();
            // Who is a member of a consortium is there before it.
            rows.sort_by_key(|(row, _)| row.cells.get(MEMBERS).is_some_and(|members| !members.is_empty()));
            for (number, (row, id)) in rows.into_iter().enumerate() {
                if let Some(id) = id {
                    plan.row(sheet, row, id, present, &known);
                }
                if voice.is_some() && number % 200 == 0 && io::stderr().is_terminal() {
                    let _ = write!(io::stderr(), "\r{}: {number}/{total}\r", sheet.file);
                }
            }
            let variables = [("entity", sheet.file.clone()), ("done", total.to_string()), ("total", total.to_string())];
            if let Some(voice) = voice {
                voice.remark("cli-import-progress", &variables);
            }
        }
        plan
    }

    fn complain(&mut self, sheet: &Sheet, line: u64, field: &str, advice: Advice) {
        let complaint = Complaint { file: sheet.file.clone(), line, field: field.to_owned(), advice };
        self.complaints.push(complaint);
    }

    /// The ids of a file's rows, once each.
    fn identify(&mut self, sheet: &Sheet, known: &mut Known) -> Vec<Option<Uuid>> {
        let mut first: HashMap<Uuid, u64> = HashMap::new();
        let mut ids = Vec::with_capacity(sheet.rows.len());
        for row in &sheet.rows {
            let text = row.cells.get(ID).map(String::as_str).unwrap_or_default();
            let id = keys::id_of(sheet.kind, text);
            let line = row.line_of(ID);
            let advice = match (id, id.and_then(|id| first.get(&id))) {
                (Some(_), Some(first)) => Some(Advice::Twice { name: text.to_owned(), first: *first }),
                (Some(id), None) => {
                    first.insert(id, line);
                    known.add(sheet.kind, id);
                    None
                }
                (None, _)
                    if text.is_empty() && sheet.form == Form::Csv && !sheet.header.iter().any(|name| name == ID) =>
                {
                    None
                }
                (None, _) if text.is_empty() => Some(Advice::Empty),
                (None, _) => Some(Advice::Key(text.to_owned())),
            };
            ids.push(id.filter(|_| advice.is_none()));
            if let Some(advice) = advice {
                self.complain(sheet, line, ID, advice);
            }
        }
        ids
    }

    fn check_header(&mut self, sheet: &Sheet) {
        let mut seen = BTreeSet::new();
        for name in &sheet.header {
            let ours = name == ID
                || (name == ARCHIVED && sort::has_archive(sheet.kind))
                || (name == PASSWORD && sheet.kind == EntityKind::Operator);
            if !ours && !columns(sheet.kind).iter().any(|column| column.name == name) {
                let line = sheet.rows.iter().find_map(|row| row.lines.get(name)).copied().unwrap_or(1);
                self.complain(sheet, line, name, Advice::UnknownColumn);
            } else if !seen.insert(name) {
                self.complain(sheet, 1, name, Advice::Twice { name: name.clone(), first: 1 });
            }
        }
        if sheet.form == Form::Csv && !sheet.header.iter().any(|name| name == ID) {
            self.complain(sheet, 1, ID, Advice::MissingColumn);
        }
    }

    fn row(&mut self, sheet: &Sheet, row: &Row, id: Uuid, present: &Present, known: &Known) {
        let kind = sheet.kind;
        let before = present.rows.get(&(kind, id));
        // Rows that an older version stored may have another form; they are read and compared in today's.
        let seen = before.map(|doc| {
            let fields = sort::fields_of(kind, doc);
            sort::checked(kind, fields.clone()).unwrap_or(fields)
        });
        let wrong = self.complaints.len();
        let Some(new) = self.fields(sheet, row, seen.clone(), known) else { return };
        let archived = self.archived(sheet, row, before);
        let password = self.password(sheet, row, id, present);
        if self.complaints.len() > wrong {
            return;
        }
        let mut steps = Vec::new();
        match seen {
            None => steps.push(("create", new)),
            Some(seen) => {
                let edit = difference(&seen, &new);
                if !edit.fields.is_empty() {
                    steps.push(("edit", serde_json::to_value(edit).unwrap_or_default()));
                }
            }
        }
        if archived == Archive::Now {
            steps.push(("archive", Value::Object(Map::new())));
        }
        let count = match before {
            None => &mut self.created,
            Some(_) if steps.is_empty() && password.is_none() => &mut self.unchanged,
            Some(_) => &mut self.changed,
        };
        *count += 1;
        self.passwords.extend(password.map(|password| (id.into(), password)));
        let origin = Origin { file: sheet.file.clone(), line: row.line, kind };
        for (verb, body) in steps {
            self.push(&origin, verb, id, &body);
        }
    }

    /// Adds a command of a line.
    pub fn push(&mut self, origin: &Origin, verb: &str, id: Uuid, body: &Value) {
        let bytes = serde_json::to_vec(body).unwrap_or_default();
        match Command::parse(&command_name(origin.kind, verb), Some(id), &bytes) {
            Ok(command) => self.steps.push(Step { command, origin: origin.clone() }),
            Err(error) => {
                let field = match &error {
                    ParseError::Field { field, .. } => sort::name_of(origin.kind, field),
                    _ => ID.to_owned(),
                };
                let advice = Advice::Rule(error.to_string());
                self.complaints.push(Complaint { file: origin.file.clone(), line: origin.line, field, advice });
            }
        }
    }

    /// The fields that a row asks for, over those that stand.
    fn fields(&mut self, sheet: &Sheet, row: &Row, seen: Option<Value>, known: &Known) -> Option<Value> {
        let wrong = self.complaints.len();
        let is_new = seen.is_none();
        let mut fields = seen.unwrap_or_else(|| Value::Object(Map::new()));
        for column in columns(sheet.kind) {
            match row.cells.get(column.name).map(String::as_str) {
                Some("") if column.need == Need::Must => {
                    self.complain(sheet, row.line_of(column.name), column.name, Advice::Empty);
                }
                Some("") => clear(&mut fields, column),
                Some(cell) => match column.shape.read(cell, known) {
                    Ok(value) => put(&mut fields, column, value),
                    Err(advice) => self.complain(sheet, row.line_of(column.name), column.name, advice),
                },
                None if column.need == Need::Must && is_new => self.missing(sheet, row, column),
                None => {}
            }
        }
        if self.complaints.len() > wrong || (sheet.form == Form::Csv && is_new && lacks_a_column(sheet)) {
            return None;
        }
        tidy(&mut fields);
        match sort::checked(sheet.kind, fields) {
            Ok(fields) => Some(fields),
            Err((field, advice)) => {
                self.complain(sheet, row.line_of(&field), &field, advice);
                None
            }
        }
    }

    /// A column that new records need is told once a file.
    fn missing(&mut self, sheet: &Sheet, row: &Row, column: &Column) {
        if sheet.form == Form::Toml {
            self.complain(sheet, row.line, column.name, Advice::Empty);
        } else if !self
            .complaints
            .iter()
            .any(|told| told.file == sheet.file && told.line == 1 && told.field == column.name)
        {
            self.complain(sheet, 1, column.name, Advice::MissingColumn);
        }
    }

    fn archived(&mut self, sheet: &Sheet, row: &Row, before: Option<&Value>) -> Archive {
        const WORDS: &[&str] = &["yes", "no"];
        let is = before.is_some_and(sort::is_archived);
        match row.cells.get(ARCHIVED).map(String::as_str) {
            Some("yes") if !is => Archive::Now,
            Some("" | "no") if is => {
                self.complain(sheet, row.line_of(ARCHIVED), ARCHIVED, Advice::Archived);
                Archive::Leave
            }
            None | Some("yes" | "" | "no") => Archive::Leave,
            Some(value) => {
                self.complain(
                    sheet,
                    row.line_of(ARCHIVED),
                    ARCHIVED,
                    Advice::Choice { value: value.to_owned(), words: WORDS },
                );
                Archive::Leave
            }
        }
    }

    /// An account's first password; one that it has is its owner's.
    fn password(&mut self, sheet: &Sheet, row: &Row, id: Uuid, present: &Present) -> Option<String> {
        let password = row.cells.get(PASSWORD).filter(|text| !text.is_empty() && sheet.kind == EntityKind::Operator)?;
        if !operator::PASSWORD.contains(&password.chars().count()) {
            // The password itself is not repeated.
            let value = "•".repeat(8);
            self.complain(
                sheet,
                row.line_of(PASSWORD),
                PASSWORD,
                Advice::Value { value, expected: "cli-expects-cell-password" },
            );
            return None;
        }
        (!present.with_password.contains(&id)).then(|| password.clone())
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Archive {
    Now,
    Leave,
}

fn lacks_a_column(sheet: &Sheet) -> bool {
    columns(sheet.kind)
        .iter()
        .any(|column| column.need == Need::Must && !sheet.header.iter().any(|name| name == column.name))
}

/// The fields whose value is another.
pub(in crate::cli) fn difference(seen: &Value, new: &Value) -> Edit {
    let (Value::Object(seen), Value::Object(new)) = (seen, new) else { return Edit::default() };
    let stood = |name: &String| seen.get(name).cloned().unwrap_or(Value::Null);
    let moved = new.iter().filter(|(name, value)| stood(name) != **value);
    Edit {
        fields: moved
            .map(|(name, value)| (name.clone(), FieldEdit { seen: stood(name), new: value.clone() }))
            .collect(),
    }
}

fn put(fields: &mut Value, column: &Column, value: Value) {
    let Value::Object(fields) = fields else { return };
    match column.path.split_once('.') {
        None => drop(fields.insert(column.path.to_owned(), value)),
        Some((outer, inner)) => {
            let nested = fields.entry(outer).or_insert(Value::Null);
            match nested {
                Value::Object(nested) => drop(nested.insert(inner.to_owned(), value)),
                other => *other = Value::Object(Map::from_iter([(inner.to_owned(), value)])),
            }
        }
    }
}

fn clear(fields: &mut Value, column: &Column) {
    let Value::Object(fields) = fields else { return };
    match column.path.split_once('.') {
        None => drop(fields.remove(column.path)),
        Some((outer, inner)) => {
            if let Some(Value::Object(nested)) = fields.get_mut(outer) {
                // Closed days are a list: none of them is an empty one.
                if matches!(column.shape, Shape::ClosedDays) && nested.contains_key("weekly") {
                    nested.insert(inner.to_owned(), Value::Array(Vec::new()));
                } else {
                    nested.remove(inner);
                }
            }
        }
    }
}

/// Takes out what is nested and holds nothing.
fn tidy(fields: &mut Value) {
    let holds_nothing = |value: &Value| match value {
        Value::Object(nested) => {
            nested.values().all(|value| value.is_null() || value.as_array().is_some_and(Vec::is_empty))
        }
        _ => false,
    };
    if let Value::Object(fields) = fields {
        // Preferences of nothing and sites of none are values.
        fields.retain(|name, value| {
            !matches!(name.as_str(), "price" | "hours" | "vehicle" | "window") || !holds_nothing(value)
        });
    }
}

/// The name of a kind's command.
fn command_name(kind: EntityKind, verb: &str) -> String {
    match (kind, verb) {
        // A permanence is planned, as nobody can have opened it yet.
        (EntityKind::Permanence, "create") => "permanence.plan".to_owned(),
        _ => format!("{}.{verb}", kind.name()),
    }
}
