//! A file of the directory: CSV or TOML, read into rows of named cells with the line of each.

use super::{
    complaint::{Advice, Complaint},
    list::guarded,
    sort::stem,
};
use crate::domain::entity::EntityKind;
use serde::Deserialize;
use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};
use toml::Spanned;

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Form {
    /// One line a record, columns named in the first.
    Csv,
    /// One table a record.
    Toml,
}

/// A file, read.
#[derive(Debug)]
pub(in crate::cli) struct Sheet {
    /// Its name.
    pub file: String,
    /// What it holds.
    pub kind: EntityKind,
    /// How it is written.
    pub form: Form,
    /// The columns of its first line; of all its tables in TOML.
    pub header: Vec<String>,
    /// Its records.
    pub rows: Vec<Row>,
}

/// One record of a file.
#[derive(Debug)]
pub(in crate::cli) struct Row {
    /// The line it starts on, from 1.
    pub line: u64,
    /// Its cells, trimmed, by column; a column that the file does not have has none.
    pub cells: BTreeMap<String, String>,
    /// The lines of single cells, where they are known.
    pub lines: BTreeMap<String, u64>,
}

impl Row {
    /// The line on which a column's cell stands.
    pub fn line_of(&self, column: &str) -> u64 {
        self.lines.get(column).copied().unwrap_or(self.line)
    }
}

/// The file of a kind in a folder: `.csv`, else `.toml`.
fn find(folder: &Path, kind: EntityKind) -> Option<(PathBuf, Form)> {
    let named = |ending| folder.join(format!("{}.{ending}", stem(kind)));
    [(named("csv"), Form::Csv), (named("toml"), Form::Toml)].into_iter().find(|(path, _)| path.is_file())
}

/// Reads the file of a kind in a folder, if it is there.
///
/// # Errors
/// It cannot be read at all, or its lines are no CSV or TOML.
pub(in crate::cli) fn of_folder(folder: &Path, kind: EntityKind) -> Result<Option<Sheet>, Vec<Complaint>> {
    find(folder, kind).map(|(path, form)| read(&path, form, kind)).transpose()
}

fn read(path: &Path, form: Form, kind: EntityKind) -> Result<Sheet, Vec<Complaint>> {
    let file = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let text = text_of(path).map_err(|error| vec![broken(&file, 1, error.to_string())])?;
    let (header, rows) = match form {
        Form::Csv => from_csv(&file, &text)?,
        Form::Toml => from_toml(&file, &text, kind)?,
    };
    Ok(Sheet { file, kind, form, header, rows })
}

/// A sheet of CSV that is part of the program.
///
/// # Errors
/// Its lines are no CSV.
pub(in crate::cli) fn of_csv(file: &str, text: &str, kind: EntityKind) -> Result<Sheet, Vec<Complaint>> {
    let (header, rows) = from_csv(file, text)?;
    Ok(Sheet { file: file.to_owned(), kind, form: Form::Csv, header, rows })
}

/// The text of a file in UTF-8, without the mark that spreadsheets put before it.
pub(in crate::cli) fn text_of(path: &Path) -> io::Result<String> {
    let text = fs::read_to_string(path)?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A complaint about the file's own form.
pub(in crate::cli) fn broken(file: &str, line: u64, why: String) -> Complaint {
    Complaint { file: file.to_owned(), line, field: "-".into(), advice: Advice::File(why) }
}

type Rows = (Vec<String>, Vec<Row>);

fn from_csv(file: &str, text: &str) -> Result<Rows, Vec<Complaint>> {
    // French spreadsheets divide by semicolons; a name of a column has neither sign.
    let first = text.lines().next().unwrap_or_default();
    let sign = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(sign)
        .trim(csv::Trim::All)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut header: Vec<String> = Vec::new();
    let mut lines = Lines { text, counted: 0, line: 1 };
    let (mut rows, mut complaints) = (Vec::new(), Vec::new());
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                complaints.push(broken(file, error.position().map_or(1, csv::Position::line), error.to_string()));
                continue;
            }
        };
        let line = lines.of(record.position());
        if header.is_empty() {
            header = record.iter().map(str::to_owned).collect();
        } else if record.iter().all(str::is_empty) {
            // What a spreadsheet leaves below a table.
        } else if record.len() > header.len() {
            complaints.push(Complaint {
                file: file.to_owned(),
                line,
                field: "-".into(),
                advice: Advice::UnknownColumn,
            });
        } else {
            let cells = record.iter().chain(std::iter::repeat(""));
            let cells = header.iter().cloned().zip(cells.map(str::to_owned)).collect();
            rows.push(Row { line, cells, lines: BTreeMap::new() });
        }
    }
    if complaints.is_empty() { Ok((header, rows)) } else { Err(complaints) }
}

/// Counts the lines of a text as its records come.
struct Lines<'a> {
    text: &'a str,
    /// The bytes that were counted already.
    counted: usize,
    /// The line on which they end.
    line: u64,
}

impl Lines<'_> {
    /// The line on which a record starts. The reader stops between the two signs of a Windows line end, and before lines that hold nothing.
    fn of(&mut self, position: Option<&csv::Position>) -> u64 {
        let start = position.and_then(|position| usize::try_from(position.byte()).ok()).unwrap_or(0);
        let bytes = self.text.as_bytes();
        let is_end = |byte: &u8| matches!(byte, b'\r' | b'\n');
        let ends = bytes.iter().skip(start).take_while(|byte| is_end(byte)).count();
        let passed = bytes.get(self.counted..start + ends).unwrap_or_default();
        let count = passed.split(|byte| *byte == b'\n').count() - 1;
        self.line = self.line.saturating_add(u64::try_from(count).unwrap_or(u64::MAX));
        self.counted = start + ends;
        self.line
    }
}

/// One table of a file.
#[derive(Deserialize)]
#[serde(transparent)]
struct Table(BTreeMap<String, Spanned<toml::Value>>);

fn from_toml(file: &str, text: &str, kind: EntityKind) -> Result<Rows, Vec<Complaint>> {
    let parsed: Result<BTreeMap<String, Vec<Spanned<Table>>>, _> = toml::from_str(text);
    let tables = parsed.map_err(|error| {
        let line = error.span().map_or(1, |span| line_at(text, span.start));
        vec![broken(file, line, error.message().to_owned())]
    })?;
    let (mut header, mut rows) = (Vec::new(), Vec::new());
    for (name, tables) in tables {
        if name != stem(kind) {
            let line = tables.first().map_or(1, |table| line_at(text, table.span().start));
            return Err(vec![Complaint { file: file.to_owned(), line, field: name, advice: Advice::UnknownColumn }]);
        }
        for table in tables {
            let line = line_at(text, table.span().start);
            let (mut cells, mut lines) = (BTreeMap::new(), BTreeMap::new());
            for (column, value) in table.into_inner().0 {
                lines.insert(column.clone(), line_at(text, value.span().start));
                if !header.contains(&column) {
                    header.push(column.clone());
                }
                cells.insert(column, cell_of(value.into_inner()));
            }
            rows.push(Row { line, cells, lines });
        }
    }
    Ok((header, rows))
}

/// The line on which a byte of a text stands.
pub(super) fn line_at(text: &str, start: usize) -> u64 {
    let before = text.bytes().take(start).filter(|byte| *byte == b'\n').count();
    u64::try_from(before).unwrap_or(u64::MAX).saturating_add(1)
}

/// A value of TOML as a cell of CSV would hold it.
fn cell_of(value: toml::Value) -> String {
    match value {
        toml::Value::String(text) => text.trim().to_owned(),
        toml::Value::Boolean(yes) => if yes { "yes" } else { "no" }.to_owned(),
        toml::Value::Array(items) => {
            // A part of a list may have parts of its own, whose signs stay.
            let part = |item| guarded(&cell_of(item), &['|']).replace("\\\\", "\\");
            items.into_iter().map(part).collect::<Vec<_>>().join("|")
        }
        table @ toml::Value::Table(_) => serde_json::to_string(&table).unwrap_or_default(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn semicolons_divide_where_the_first_line_has_no_comma() {
        let (header, rows) = from_csv("sites.csv", "id;name\r\nmerignac;\"Mérignac; gare, nord\"\r\n;\r\n").unwrap();
        assert_eq!(header, ["id", "name"]);
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].cells["name"], "Mérignac; gare, nord");
        assert_eq!(rows[0].line, 2);
        let (_, rows) = from_csv("sites.csv", "id,name\r\n\r\na,b\r\nc,\"d\r\ne\"\r\nf,g\r\n").unwrap();
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [3, 4, 6]);
    }

    #[test]
    fn a_line_with_too_many_cells_is_told() {
        let complaints = from_csv("sites.csv", "id,name\na,b\na,b,c\na,b,c,d\n").unwrap_err();
        assert_eq!(complaints.iter().map(|complaint| complaint.line).collect::<Vec<_>>(), [3, 4]);
    }

    #[test]
    fn a_table_of_toml_is_a_row_with_the_lines_of_its_cells() {
        let text = "[[sites]]\nid = \"a\"\ncatalogue = [\"x\", \"y\"]\n\n[[sites]]\nid = \"b\"\nlead = 4.5\n";
        let (_, rows) = from_toml("sites.toml", text, EntityKind::Site).unwrap();
        assert_eq!((rows[0].line, rows[1].line), (1, 5));
        assert_eq!((rows[0].cells["catalogue"].as_str(), rows[1].cells["lead"].as_str()), ("x|y", "4.5"));
        assert_eq!(rows[1].line_of("lead"), 7);
    }

    #[test]
    fn a_fault_of_toml_is_told_with_its_line() {
        let complaints = from_toml("sites.toml", "[[sites]]\nid = \n", EntityKind::Site).unwrap_err();
        assert_eq!(complaints[0].line, 2);
    }
}
