//! The part of a directory's files that the entry line's reader needs: services, sites, holidays and permanences, as CSV.

use crate::domain::{
    calendar::Region,
    entry::Vocabulary,
    holiday::{Holiday, HolidayFields, HolidayKind},
    hours::{OpeningHours, Weekly},
    ids::{HolidayId, ServiceId, SiteId},
    money::{Cents, VatRate},
    policy::PolicyFields,
    service::{Carriage, Everyday, PriceRule, Service, ServiceFields},
    site::{Site, SiteFields},
    texts::ShortText,
    time::{Window, parse_date, parse_time},
};
use std::{collections::BTreeMap, fs, path::Path};
use uuid::Uuid;

/// What was read of a folder. Records are known by the keys of its files.
pub(super) struct Folder {
    pub vocabulary: Vocabulary,
    pub permanences: Vec<(SiteId, Window)>,
    pub services: BTreeMap<ServiceId, Named>,
    pub sites: BTreeMap<SiteId, Named>,
}

/// A record's key and names.
pub(super) struct Named {
    pub key: String,
    pub name: String,
    pub name_en: Option<String>,
}

/// A line of a file that cannot be read.
pub(super) struct BadLine {
    pub file: &'static str,
    pub line: usize,
    pub column: &'static str,
}

type Row = BTreeMap<String, String>;

const FILES: [(&str, &str); 5] = [
    ("services.csv", include_str!("../../../examples/directory/services.csv")),
    ("sites.csv", include_str!("../../../examples/directory/sites.csv")),
    ("holidays.csv", include_str!("../../../examples/directory/holidays.csv")),
    ("permanences.csv", include_str!("../../../examples/directory/permanences.csv")),
    ("policy.toml", include_str!("../../../examples/directory/policy.toml")),
];

impl Folder {
    /// Reads a folder, or the example that is compiled in; a file that is not there holds nothing, but for the services.
    pub fn read(folder: Option<&Path>) -> Result<Self, BadLine> {
        let text = |file: &'static str| match folder {
            Some(folder) => fs::read_to_string(folder.join(file)).ok(),
            None => FILES.iter().find(|(name, _)| *name == file).map(|(_, text)| (*text).to_owned()),
        };
        let services =
            rows("services.csv", &text("services.csv").ok_or(BadLine { file: "services.csv", line: 1, column: "-" })?)?;
        let sites = rows("sites.csv", &text("sites.csv").unwrap_or_default())?;
        let site_ids: BTreeMap<String, SiteId> = sites
            .iter()
            .enumerate()
            .map(|(place, (_, row))| (cell(row, "id").to_owned(), SiteId::from(id(place))))
            .collect();
        let service_ids: BTreeMap<String, ServiceId> = services
            .iter()
            .enumerate()
            .map(|(place, (_, row))| (cell(row, "id").to_owned(), ServiceId::from(id(place))))
            .collect();
        let mut known = (Vec::new(), Vec::new(), Vec::new());
        let mut named = (BTreeMap::new(), BTreeMap::new());
        for (line, row) in &services {
            let bad = |column| BadLine { file: "services.csv", line: *line, column };
            let Some(id) = service_ids.get(cell(row, "id")) else { continue };
            let service = Service::create(*id, service(row).map_err(bad)?).map_err(|_| bad("id"))?;
            named.0.insert(*id, Named::of(row));
            known.0.push(service);
        }
        for (line, row) in &sites {
            let bad = |column| BadLine { file: "sites.csv", line: *line, column };
            let Some(id) = site_ids.get(cell(row, "id")) else { continue };
            let site = Site::create(*id, site(row, &service_ids).map_err(bad)?).map_err(|_| bad("id"))?;
            named.1.insert(*id, Named::of(row));
            known.1.push(site);
        }
        for (place, (line, row)) in rows("holidays.csv", &text("holidays.csv").unwrap_or_default())?.iter().enumerate()
        {
            let bad = |column| BadLine { file: "holidays.csv", line: *line, column };
            let fields = HolidayFields {
                date: parse_date(cell(row, "date")).map_err(|_| bad("date"))?,
                site_id: site_ids.get(cell(row, "site")).copied(),
                kind: if cell(row, "kind") == "open" { HolidayKind::Open } else { HolidayKind::Closed },
                name: short(row, "name").map_err(bad)?,
            };
            known.2.push(Holiday::create(HolidayId::from(id(place)), fields).map_err(|_| bad("id"))?);
        }
        let mut permanences = Vec::new();
        for (line, row) in &rows("permanences.csv", &text("permanences.csv").unwrap_or_default())? {
            let bad = |column| BadLine { file: "permanences.csv", line: *line, column };
            let date = parse_date(cell(row, "date")).map_err(|_| bad("date"))?;
            let from = parse_time(cell(row, "from")).map_err(|_| bad("from"))?;
            let to = parse_time(cell(row, "to")).map_err(|_| bad("to"))?;
            let site = site_ids.get(cell(row, "site")).ok_or_else(|| bad("site"))?;
            permanences.push((*site, Window::new(date, from, to).map_err(|_| bad("to"))?));
        }
        let policy = policy(&text("policy.toml").unwrap_or_default())?;
        let vocabulary = Vocabulary::new(&known.0, &known.1, &known.2, &policy);
        Ok(Self { vocabulary, permanences, services: named.0, sites: named.1 })
    }
}

impl Named {
    fn of(row: &Row) -> Self {
        let name_en = Some(cell(row, "name_en")).filter(|name| !name.is_empty()).map(str::to_owned);
        Self { key: cell(row, "id").to_owned(), name: cell(row, "name").to_owned(), name_en }
    }
}

/// A record's id in this reading of its file.
fn id(place: usize) -> Uuid {
    Uuid::from_u128(u128::try_from(place).unwrap_or(0) + 1)
}

fn rows(file: &'static str, text: &str) -> Result<Vec<(usize, Row)>, BadLine> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let first = text.lines().next().unwrap_or_default();
    let sign = if first.contains(';') && !first.contains(',') { b';' } else { b',' };
    let mut reader =
        csv::ReaderBuilder::new().delimiter(sign).trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    let bad = |line| BadLine { file, line, column: "-" };
    let header = reader.headers().map_err(|_| bad(1))?.clone();
    let mut rows = Vec::new();
    for (place, record) in reader.records().enumerate() {
        let record = record.map_err(|_| bad(place + 2))?;
        let cells = header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned));
        rows.push((place + 2, cells.collect()));
    }
    Ok(rows)
}

fn cell<'a>(row: &'a Row, column: &str) -> &'a str {
    row.get(column).map_or("", String::as_str)
}

fn short(row: &Row, column: &'static str) -> Result<ShortText, &'static str> {
    cell(row, column).parse().map_err(|_| column)
}

fn date(row: &Row, column: &'static str) -> Result<Option<jiff::civil::Date>, &'static str> {
    match cell(row, column) {
        "" => Ok(None),
        text => parse_date(text).map(Some).map_err(|_| column),
    }
}

/// `4,50` in hundredths.
fn hundredths(text: &str) -> Option<u32> {
    let number = text.trim_end_matches(['€', '%', ' ']).replace(',', ".");
    let (whole, part) = number.split_once('.').unwrap_or((&number, "0"));
    let part: u32 = format!("{part:0<2}").get(..2)?.parse().ok()?;
    whole.parse::<u32>().ok()?.checked_mul(100)?.checked_add(part)
}

fn service(row: &Row) -> Result<ServiceFields, &'static str> {
    let cents = || hundredths(cell(row, "price")).and_then(|cents| Cents::new(cents.into()).ok()).ok_or("price");
    Ok(ServiceFields {
        name: short(row, "name")?,
        name_en: short(row, "name_en").ok(),
        family: short(row, "family")?,
        synonyms: cell(row, "synonyms").split('|').filter_map(|text| text.parse().ok()).collect(),
        everyday: if cell(row, "everyday") == "everyday" { Everyday::Everyday } else { Everyday::Occasional },
        price: match cell(row, "price_rule") {
            "free" => PriceRule::Free,
            "per_unit" => PriceRule::PerUnit { cents: cents()? },
            "flat" => PriceRule::Flat { cents: cents()? },
            "on_quote" => PriceRule::OnQuote,
            _ => return Err("price_rule"),
        },
        vat: hundredths(cell(row, "vat")).and_then(|points| VatRate::new(points).ok()).ok_or("vat")?,
        unit: short(row, "unit").ok(),
        carriage: match cell(row, "carriage") {
            "there_and_back" => Carriage::ThereAndBack,
            "delivered" => Carriage::Delivered,
            "on_site" => Carriage::OnSite,
            _ => return Err("carriage"),
        },
        lead_time_h: match cell(row, "lead_time_h") {
            "" => 0,
            hours => hours.parse().map_err(|_| "lead_time_h")?,
        },
        from: date(row, "from")?,
        to: date(row, "to")?,
    })
}

fn site(row: &Row, services: &BTreeMap<String, ServiceId>) -> Result<SiteFields, &'static str> {
    let hours: Option<OpeningHours> = match cell(row, "hours") {
        "" => None,
        hours => Some(hours.parse::<Weekly>().map_err(|_| "hours")?.into()),
    };
    let catalogue = match cell(row, "catalogue") {
        "" => None,
        list => Some(list.split('|').filter_map(|key| services.get(key.trim()).copied()).collect()),
    };
    Ok(SiteFields {
        name: short(row, "name")?,
        client_id: None,
        commune: short(row, "commune")?,
        address: None,
        zone: match cell(row, "zone") {
            "" => crate::domain::time::Zone::default(),
            zone => zone.parse().map_err(|_| "zone")?,
        },
        region: if cell(row, "region") == "alsace_moselle" { Region::AlsaceMoselle } else { Region::France },
        hours,
        notice: None,
        catalogue,
    })
}

/// The house's hours; the rest of its policy says nothing to the reader.
fn policy(text: &str) -> Result<PolicyFields, BadLine> {
    let bad = || BadLine { file: "policy.toml", line: 1, column: "hours" };
    let table: toml::Table = text.parse().map_err(|_| bad())?;
    let mut policy = PolicyFields::default();
    if let Some(hours) = table.get("hours").and_then(|hours| hours.get("weekly")).and_then(toml::Value::as_str) {
        policy.hours = hours.parse::<Weekly>().map_err(|_| bad())?.into();
    }
    Ok(policy)
}
