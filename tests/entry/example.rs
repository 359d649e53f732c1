//! The example directory, as the entry line's reader knows it.

use jiff::civil::{date, time};
use loge::domain::{
    entry::{Setting, Vocabulary},
    holiday::{Holiday, HolidayFields, HolidayKind},
    hours::Weekly,
    ids::{HolidayId, ServiceId, SiteId},
    money::VatRate,
    operator::Language,
    policy::PolicyFields,
    request::Payer,
    service::{Carriage, Everyday, LoadKind, PriceRule, Service, ServiceFields},
    site::{Site, SiteFields},
    texts::ShortText,
    time::Window,
};
use std::{collections::BTreeMap, sync::LazyLock};
use uuid::Uuid;

/// The rows of an example file: by column.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let cells = |line: &str| {
        let (mut cells, mut quoted) = (vec![String::new()], false);
        for c in line.chars() {
            match c {
                '"' => quoted = !quoted,
                ',' if !quoted => cells.push(String::new()),
                c => cells.last_mut().unwrap().push(c),
            }
        }
        cells
    };
    let mut lines = text.lines();
    let header = cells(lines.next().unwrap());
    lines.map(|line| header.iter().cloned().zip(cells(line)).collect()).collect()
}

fn short(text: &str) -> Option<ShortText> {
    text.parse().ok()
}

fn id(number: usize) -> Uuid {
    Uuid::from_u128(number as u128 + 1)
}

/// What is known of the example house, with the names that its files give services and sites.
pub struct Example {
    pub vocabulary: Vocabulary,
    pub setting: Setting,
    pub services: BTreeMap<ServiceId, String>,
    pub sites: BTreeMap<SiteId, String>,
}

/// The example directory on Tuesday 24 November 2026 at 14:32, for a caller of the first site.
fn example() -> Example {
    let service_rows = rows(include_str!("directory/services.csv"));
    let service = |(number, row): (usize, &BTreeMap<String, String>)| {
        let fields = ServiceFields {
            name: short(&row["name"]).unwrap(),
            name_en: short(&row["name_en"]),
            family: short(&row["family"]).unwrap(),
            synonyms: row["synonyms"].split('|').filter_map(short).collect(),
            everyday: Everyday::Everyday,
            price: match row["price_rule"].as_str() {
                "per_unit" => PriceRule::PerUnit { cents: 100.into() },
                "flat" => PriceRule::Flat { cents: 100.into() },
                "free" => PriceRule::Free,
                _ => PriceRule::OnQuote,
            },
            vat: VatRate::new(2000).unwrap(),
            unit: short(&row["unit"]),
            unit_en: None,
            load: LoadKind::default(),
            carriage: match row["carriage"].as_str() {
                "delivered" => Carriage::Delivered,
                "on_site" => Carriage::OnSite,
                _ => Carriage::ThereAndBack,
            },
            lead_time_h: row["lead_time_h"].parse().unwrap_or(0),
            from: row["from"].parse().ok(),
            to: row["to"].parse().ok(),
        };
        Service::create(ServiceId::from(id(number)), fields).unwrap()
    };
    let services: Vec<Service> = service_rows.iter().enumerate().map(service).collect();
    let site_rows = rows(include_str!("directory/sites.csv"));
    let site = |(number, row): (usize, &BTreeMap<String, String>)| {
        let fields = SiteFields {
            name: short(&row["name"]).unwrap(),
            client_id: None,
            commune: short(&row["commune"]).unwrap(),
            address: None,
            position: None,
            zone: loge::domain::time::Zone::default(),
            region: loge::domain::calendar::Region::France,
            hours: row["hours"].parse::<Weekly>().ok().map(Into::into),
            notice: None,
            catalogue: None,
        };
        Site::create(SiteId::from(id(number)), fields).unwrap()
    };
    let sites: Vec<Site> = site_rows.iter().enumerate().map(site).collect();
    let holiday = |(number, row): (usize, BTreeMap<String, String>)| {
        let site = site_rows.iter().position(|site| site["id"] == row["site"]);
        let fields = HolidayFields {
            date: row["date"].parse().unwrap(),
            site_id: site.map(|number| SiteId::from(id(number))),
            kind: if row["kind"] == "open" { HolidayKind::Open } else { HolidayKind::Closed },
            name: short(&row["name"]).unwrap(),
        };
        Holiday::create(HolidayId::from(id(number)), fields).unwrap()
    };
    let holidays: Vec<Holiday> =
        rows(include_str!("directory/holidays.csv")).into_iter().enumerate().map(holiday).collect();
    let policy =
        PolicyFields { hours: "lun-ven 08:00-18:30".parse::<Weekly>().unwrap().into(), ..PolicyFields::default() };
    let home = SiteId::from(id(0));
    let desk = |month, day| Window::new(date(2026, month, day), time(12, 0, 0, 0), time(14, 0, 0, 0)).unwrap();
    let days = [(11, 24), (11, 26), (11, 27), (12, 1), (12, 3), (12, 4), (12, 8), (12, 10), (12, 11)];
    let setting = Setting {
        site: Some(home),
        payer: Some(Payer::Person),
        permanences: days.into_iter().map(|(month, day)| (home, desk(month, day))).collect(),
        ..Setting::at(date(2026, 11, 24).at(14, 32, 0, 0), Language::Fr)
    };
    Example {
        vocabulary: Vocabulary::new(&services, &sites, &holidays, &policy),
        setting,
        services: services.iter().zip(&service_rows).map(|(service, row)| (service.id, row["id"].clone())).collect(),
        sites: sites.iter().zip(&site_rows).map(|(site, row)| (site.id, row["id"].clone())).collect(),
    }
}

/// It is built once.
pub static EXAMPLE: LazyLock<Example> = LazyLock::new(example);
