//! The lines of a provider.

use super::{Change, Line, Reader, begins, completed, days, json, named, parts, services, terms::Terms, wrong};
use crate::{
    domain::{
        beneficiary::Way,
        email::EmailAddress,
        hours::{DayNames, Weekly},
        ids::{ProviderId, ServiceId, SiteId},
        operator::Language,
        phone::PhoneNumber,
        provider::{InclusionStatus, Member, OfferedService, Provider, ProviderFields, Tier},
        register::Standing,
        site::Site,
        texts::{LongText, ShortText},
    },
    i18n::say,
    text::{fold, neutral},
    wire::catalogue::Command,
};
use serde_json::Value;
use std::{collections::BTreeSet, num::NonZeroU16};

/// The statuses of the inclusion tier by their acronyms.
const STATUSES: [(InclusionStatus, &str); 7] = [
    (InclusionStatus::Ei, "EI"),
    (InclusionStatus::Aci, "ACI"),
    (InclusionStatus::Ai, "AI"),
    (InclusionStatus::Etti, "ETTI"),
    (InclusionStatus::Eiti, "EITI"),
    (InclusionStatus::Ea, "EA"),
    (InclusionStatus::Esat, "ESAT"),
];

/// The lines in their order; what there are several of has a line each, and one for the next.
pub fn lines(fields: &ProviderFields) -> Vec<Line> {
    let mut lines = vec![Line::Name, Line::Tier, Line::LegalForm];
    lines.extend(fields.services.iter().map(|offered| Line::Does(offered.service_id)));
    lines.extend([Line::MoreServices, Line::Sites, Line::Hours, Line::Capacity]);
    lines.extend((0..fields.suspensions.len()).map(Line::Days));
    lines.extend([Line::MoreDays, Line::Prefers, Line::Phones, Line::Emails, Line::Commune, Line::Address]);
    lines.extend(fields.members.iter().map(|member| Line::Member(member.provider_id)));
    lines.extend([Line::MoreMembers, Line::Accompanied, Line::Note]);
    lines
}

/// The lines that a field is shown in.
pub fn lines_of(fields: &ProviderFields, field: &str) -> Vec<Line> {
    let of = |line: &Line| match field {
        "name" => *line == Line::Name,
        "tier" | "status" => *line == Line::Tier,
        "legal_form" => *line == Line::LegalForm,
        "services" => matches!(line, Line::Does(_)),
        "sites" => *line == Line::Sites,
        "hours" => *line == Line::Hours,
        "capacity_per_day" => *line == Line::Capacity,
        "suspensions" => matches!(line, Line::Days(_)),
        "prefers" => *line == Line::Prefers,
        "phones" => *line == Line::Phones,
        "emails" => *line == Line::Emails,
        "commune" => *line == Line::Commune,
        "address" => *line == Line::Address,
        "members" => matches!(line, Line::Member(_)),
        "accompanied" => *line == Line::Accompanied,
        "note" => *line == Line::Note,
        _ => false,
    };
    lines(fields).into_iter().filter(of).collect()
}

/// Tier and status: « insertion EI », « adapté ESAT », « locale ».
pub fn tier(language: Language, tier: Tier, status: Option<InclusionStatus>) -> String {
    let is_adapted = matches!(status, Some(InclusionStatus::Ea | InclusionStatus::Esat));
    let word = say(language, if is_adapted { "dispatch-tier-adapted" } else { tier_key(tier) }, &[]);
    let status = STATUSES.iter().find(|(known, _)| Some(*known) == status);
    status.map_or(word.clone(), |(_, acronym)| format!("{word} {acronym}"))
}

const fn tier_key(tier: Tier) -> &'static str {
    match tier {
        Tier::Inclusion => "dispatch-tier-inclusion",
        Tier::Ess => "dispatch-tier-ess",
        Tier::Local => "dispatch-tier-local",
        Tier::Other => "dispatch-tier-other",
    }
}

const TIERS: [Tier; 4] = [Tier::Inclusion, Tier::Ess, Tier::Local, Tier::Other];

/// Every tier with every status, in words.
fn tiers(language: Language) -> impl Iterator<Item = String> {
    let plain = TIERS.into_iter().map(move |one| tier(language, one, None));
    plain.chain(STATUSES.into_iter().map(move |(status, _)| tier(language, Tier::Inclusion, Some(status))))
}

/// A tier as it is typed, in either language: its word, its status, or both.
fn read_tier(text: &str) -> Option<(Tier, Option<InclusionStatus>)> {
    let words = fold(text);
    let mut found: Option<Tier> = None;
    let mut status = None;
    for word in words.split(' ').filter(|word| !word.is_empty()) {
        if let Some((known, _)) = STATUSES.iter().find(|(_, acronym)| fold(acronym) == word) {
            status = Some(*known);
            continue;
        }
        let is = |language, key: &str| {
            let word_of = fold(&say(language, key, &[]));
            word.len() >= 3 && (word_of.starts_with(word) || word.starts_with(&word_of))
        };
        let adapted = "dispatch-tier-adapted";
        let tier =
            TIERS.into_iter().find(|tier| [Language::Fr, Language::En].iter().any(|it| is(*it, tier_key(*tier))));
        let tier = tier.or_else(|| {
            let is = [Language::Fr, Language::En].iter().any(|language| is(*language, adapted));
            is.then_some(Tier::Inclusion)
        });
        found = Some(tier?);
    }
    match (found, status) {
        (Some(Tier::Inclusion) | None, Some(status)) => Some((Tier::Inclusion, Some(status))),
        (Some(_), Some(_)) | (None, None) => None,
        (Some(tier), None) => Some((tier, None)),
    }
}

fn way(language: Language, way: Way) -> String {
    let key = match way {
        Way::Mail => "register-way-mail",
        Way::Telephone => "register-way-telephone",
    };
    say(language, key, &[])
}

const WAYS: [Way; 2] = [Way::Mail, Way::Telephone];

fn text(text: Option<&ShortText>) -> String {
    text.map(|text| neutral(text.as_str()).into_owned()).unwrap_or_default()
}

fn site_name(reader: Reader<'_>, id: SiteId) -> String {
    let site = reader.world.site(id).map(|site| neutral(site.fields.name.as_str()).into_owned());
    site.unwrap_or_else(|| say(reader.language, "name-gone", &[]))
}

fn sites(reader: Reader<'_>) -> Vec<(SiteId, String)> {
    let all = reader.world.board.all::<Site>().map(|shown| &**shown.row);
    let all = all.filter(|site| site.standing == Standing::Active);
    let mut named: Vec<_> = all.map(|site| (site.id, site_name(reader, site.id))).collect();
    named.sort_by_key(|(_, name)| fold(name));
    named
}

fn provider_name(reader: Reader<'_>, id: ProviderId) -> String {
    let name = reader.world.provider(id).map(|row| neutral(row.fields.name.as_str()).into_owned());
    name.unwrap_or_else(|| say(reader.language, "name-gone", &[]))
}

/// Providers that could be members of a consortium.
fn candidates(reader: Reader<'_>, of: ProviderId) -> Vec<(ProviderId, String)> {
    let all = reader.world.board.all::<Provider>().map(|shown| &**shown.row);
    let fits = |row: &&Provider| row.standing == Standing::Active && row.id != of && !row.fields.is_consortium();
    let mut named: Vec<_> = all.filter(fits).map(|row| (row.id, provider_name(reader, row.id))).collect();
    named.sort_by_key(|(_, name)| fold(name));
    named
}

fn service_name(reader: Reader<'_>, id: ServiceId) -> String {
    let service = reader.world.service(id);
    let name = service.map(|row| crate::console::update::verbs::service_name(reader.language, row));
    name.unwrap_or_else(|| say(reader.language, "name-gone", &[]))
}

const fn day_names(language: Language) -> DayNames {
    match language {
        Language::Fr => DayNames::French,
        Language::En => DayNames::English,
    }
}

/// What stands in a line, as it is read.
pub fn shown(reader: Reader<'_>, fields: &ProviderFields, line: Line) -> String {
    let language = reader.language;
    let said = |key: &str| say(language, key, &[]);
    match line {
        Line::Sites if fields.sites.is_none() => said("register-every-site"),
        Line::Hours => {
            let week = if fields.hours.weekly.is_empty() {
                said("register-house-hours")
            } else {
                fields.hours.weekly.written(day_names(language))
            };
            let closed = fields.hours.closed.iter().filter(|closed| closed.to() >= reader.today).map(|closed| {
                let parts = [("from", days::day(closed.from())), ("to", days::day(closed.to()))];
                say(language, "register-closed", &parts)
            });
            std::iter::once(week).chain(closed).collect::<Vec<_>>().join(" · ")
        }
        Line::Capacity => match (fields.is_consortium(), fields.capacity_per_day) {
            (_, Some(count)) => say(language, "register-per-day", &[("count", count.to_string())]),
            (true, None) => {
                let sum: u32 = fields.members.iter().map(|member| u32::from(member.capacity_per_day.get())).sum();
                say(language, "register-members-sum", &[("count", sum.to_string())])
            }
            (false, None) => said("register-no-bound"),
        },
        Line::MoreServices => said("register-services.more"),
        Line::MoreDays => said("register-days.more"),
        Line::MoreMembers => said("register-members.more"),
        _ => written(reader, fields, line),
    }
}

/// What stands in a line, as it is typed.
pub fn written(reader: Reader<'_>, fields: &ProviderFields, line: Line) -> String {
    let language = reader.language;
    match line {
        Line::Name => text(Some(&fields.name)),
        Line::Tier => tier(language, fields.tier, fields.status),
        Line::LegalForm => text(fields.legal_form.as_ref()),
        Line::Does(id) => {
            let offered = fields.services.iter().find(|offered| offered.service_id == id);
            let terms = offered.map(|offered| Terms {
                name: service_name(reader, id),
                price: offered.price,
                lead_time_h: offered.lead_time_h,
                per_day: offered.capacity_per_day,
            });
            terms.map(|terms| terms.written(language)).unwrap_or_default()
        }
        Line::Sites => match &fields.sites {
            None => String::new(),
            Some(sites) if sites.is_empty() => say(language, "register-no-site", &[]),
            Some(sites) => sites.iter().map(|id| site_name(reader, *id)).collect::<Vec<_>>().join(", "),
        },
        Line::Hours if fields.hours.weekly.is_empty() => String::new(),
        Line::Hours => fields.hours.weekly.written(day_names(language)),
        Line::Capacity => fields.capacity_per_day.map(|count| count.to_string()).unwrap_or_default(),
        Line::Phones => fields.phones.iter().map(crate::console::view::words::phone).collect::<Vec<_>>().join(", "),
        Line::Emails => {
            fields.emails.iter().map(|address| neutral(address.as_str()).into_owned()).collect::<Vec<_>>().join(", ")
        }
        Line::Prefers => way(language, fields.prefers),
        Line::Commune => text(fields.commune.as_ref()),
        Line::Address => text(fields.address.as_ref()),
        Line::Days(place) => {
            fields.suspensions.get(place).map(|days| days::written(language, days)).unwrap_or_default()
        }
        Line::Member(id) => {
            let member = fields.members.iter().find(|member| member.provider_id == id);
            let terms = member.map(|member| Terms {
                name: provider_name(reader, id),
                per_day: Some(member.capacity_per_day.get()),
                ..Terms::default()
            });
            terms.map(|terms| terms.written(language)).unwrap_or_default()
        }
        Line::Accompanied => fields.accompanied.map(|count| count.to_string()).unwrap_or_default(),
        Line::Note => fields.note.as_ref().map(|note| neutral(note.as_str()).replace('\n', " ")).unwrap_or_default(),
        _ => String::new(),
    }
}

/// What a typed line changes.
///
/// # Errors
/// A sentence that says what to type instead.
pub fn read(reader: Reader<'_>, row: &Provider, line: Line, typed: &str) -> Result<Change, String> {
    let fields = &row.fields;
    let typed = typed.trim();
    let no = || wrong(reader.language, line);
    let optional = |name: &'static str| -> Result<Change, String> {
        if typed.is_empty() {
            return Ok(vec![(name, Value::Null)]);
        }
        Ok(vec![(name, json(&typed.parse::<ShortText>().map_err(|_| no())?))])
    };
    let number = |name: &'static str| -> Result<Change, String> {
        if typed.is_empty() {
            return Ok(vec![(name, Value::Null)]);
        }
        let first = typed.split([' ', '/']).next().unwrap_or_default();
        Ok(vec![(name, json(&first.parse::<u16>().map_err(|_| no())?))])
    };
    Ok(match line {
        Line::Name => vec![("name", json(&typed.parse::<ShortText>().map_err(|_| no())?))],
        Line::Tier => {
            let (tier, status) = read_tier(typed).ok_or_else(no)?;
            vec![("tier", json(&tier)), ("status", json(&status))]
        }
        Line::LegalForm => optional("legal_form")?,
        Line::Commune => optional("commune")?,
        Line::Address => optional("address")?,
        Line::Capacity => number("capacity_per_day")?,
        Line::Accompanied => number("accompanied")?,
        Line::Does(_) | Line::MoreServices => vec![("services", json(&with_service(reader, fields, line, typed)?))],
        Line::Sites => vec![("sites", read_sites(reader, typed)?)],
        Line::Hours => {
            let mut hours = fields.hours.clone();
            hours.weekly = if typed.is_empty() { Weekly::default() } else { typed.parse().map_err(|_| no())? };
            if hours.weekly.is_empty() && !typed.is_empty() {
                return Err(say(reader.language, "register-never-open", &[]));
            }
            vec![("hours", json(&hours))]
        }
        Line::Phones => {
            let phones = parts(typed).map(PhoneNumber::parse).collect::<Result<Vec<_>, _>>().map_err(|_| no())?;
            vec![("phones", json(&phones))]
        }
        Line::Emails => {
            let each = typed.split([',', ';', ' ']).filter(|part| !part.is_empty());
            let emails = each.map(|part| EmailAddress::try_from(part.to_owned())).collect::<Result<Vec<_>, _>>();
            vec![("emails", json(&emails.map_err(|_| no())?))]
        }
        Line::Prefers => {
            let fits = |one: &Way| {
                let words = [Language::Fr, Language::En].map(|language| fold(&way(language, *one)));
                words.iter().any(|word| !typed.is_empty() && word.starts_with(&fold(typed)))
            };
            vec![("prefers", json(&WAYS.into_iter().find(fits).ok_or_else(no)?))]
        }
        Line::Days(_) | Line::MoreDays => {
            let read = days::read(typed, reader.today).ok_or_else(no)?;
            let mut all = fields.suspensions.clone();
            match line {
                Line::Days(place) => *all.get_mut(place).ok_or_else(no)? = read,
                _ => all.push(read),
            }
            all.sort_by_key(|days| (days.from, days.to));
            vec![("suspensions", json(&all))]
        }
        Line::Member(_) | Line::MoreMembers => vec![("members", json(&with_member(reader, row, line, typed)?))],
        Line::Note if typed.is_empty() => vec![("note", Value::Null)],
        Line::Note => vec![("note", json(&typed.parse::<LongText>().map_err(|_| no())?))],
        _ => return Err(no()),
    })
}

fn read_sites(reader: Reader<'_>, typed: &str) -> Result<Value, String> {
    let language = reader.language;
    let is = |key: &str| [Language::Fr, Language::En].iter().any(|it| fold(&say(*it, key, &[])) == fold(typed));
    if typed.is_empty() || is("register-every-site") {
        return Ok(Value::Null);
    }
    if is("register-no-site") {
        return Ok(json(&BTreeSet::<SiteId>::new()));
    }
    let all = sites(reader);
    let found = |part: &str| {
        let unknown = || say(language, "register-unknown-site", &[("typed", neutral(part).into_owned())]);
        named(all.iter().cloned(), part).ok_or_else(unknown)
    };
    Ok(json(&parts(typed).map(found).collect::<Result<BTreeSet<_>, _>>()?))
}

/// The services with the one that is typed, in the place of the line's own or behind them.
fn with_service(
    reader: Reader<'_>,
    fields: &ProviderFields,
    line: Line,
    typed: &str,
) -> Result<Vec<OfferedService>, String> {
    let terms = Terms::read(typed);
    if terms.name.is_empty() {
        return Err(wrong(reader.language, line));
    }
    let unknown = || say(reader.language, "register-unknown-service", &[("typed", neutral(&terms.name).into_owned())]);
    let own = match line {
        Line::Does(id) => Some(id),
        _ => None,
    };
    // What the line was about needs not be in use any more.
    let same = own.filter(|id| fold(&service_name(reader, *id)) == fold(&terms.name));
    let service_id = same.or_else(|| named(services(reader), &terms.name)).ok_or_else(unknown)?;
    let offered = OfferedService {
        service_id,
        price: terms.price,
        lead_time_h: terms.lead_time_h,
        capacity_per_day: terms.per_day,
    };
    let mut all = fields.services.clone();
    if Some(service_id) != own && fields.does(service_id) {
        let name = [("name", service_name(reader, service_id))];
        return Err(say(reader.language, "register-twice", &name));
    }
    match all.iter_mut().find(|known| Some(known.service_id) == own) {
        Some(known) => *known = offered,
        None => all.push(offered),
    }
    Ok(all)
}

/// The members with the one that is typed.
fn with_member(reader: Reader<'_>, row: &Provider, line: Line, typed: &str) -> Result<Vec<Member>, String> {
    let terms = Terms::read(typed);
    // A bare number behind the name is its share.
    let (name, bare) = match terms.name.rsplit_once(' ').map(|(name, last)| (name, last.parse::<u16>())) {
        Some((name, Ok(count))) if terms.per_day.is_none() => (name.to_owned(), Some(count)),
        _ => (terms.name.clone(), None),
    };
    let share = terms.per_day.or(bare).and_then(NonZeroU16::new);
    let share = share.ok_or_else(|| wrong(reader.language, line))?;
    let own = match line {
        Line::Member(id) => Some(id),
        _ => None,
    };
    let unknown = || say(reader.language, "register-unknown-member", &[("typed", neutral(&name).into_owned())]);
    let same = own.filter(|id| fold(&provider_name(reader, *id)) == fold(&name));
    let provider_id = same.or_else(|| named(candidates(reader, row.id).into_iter(), &name)).ok_or_else(unknown)?;
    let member = Member { provider_id, capacity_per_day: share };
    let mut all = row.fields.members.clone();
    if Some(provider_id) != own && all.iter().any(|known| known.provider_id == provider_id) {
        return Err(say(reader.language, "register-twice", &[("name", provider_name(reader, provider_id))]));
    }
    match all.iter_mut().find(|known| Some(known.provider_id) == own) {
        Some(known) => *known = member,
        None => all.push(member),
    }
    Ok(all)
}

/// What taking one of several things out changes.
pub fn without(fields: &ProviderFields, line: Line) -> Option<Change> {
    Some(match line {
        Line::Does(id) => {
            vec![("services", json(&fields.services.iter().filter(|it| it.service_id != id).collect::<Vec<_>>()))]
        }
        Line::Days(place) => {
            let mut all = fields.suspensions.clone();
            if place >= all.len() {
                return None;
            }
            all.remove(place);
            vec![("suspensions", json(&all))]
        }
        Line::Member(id) => {
            vec![("members", json(&fields.members.iter().filter(|it| it.provider_id != id).collect::<Vec<_>>()))]
        }
        _ => return None,
    })
}

/// The ways in which a line could go on.
pub fn completions(reader: Reader<'_>, row: &Provider, line: Line, typed: &str) -> Vec<String> {
    let language = reader.language;
    match line {
        Line::Tier => completed(typed, tiers(language)),
        Line::Prefers => completed(typed, WAYS.into_iter().map(|one| way(language, one))),
        Line::Sites => completed(typed, sites(reader).into_iter().map(|(_, name)| name)),
        Line::Does(_) | Line::MoreServices => {
            let terms = Terms::read(typed);
            let free = services(reader).filter(|(id, _)| !row.fields.does(*id) || line == Line::Does(*id));
            let fits = free.filter(|(_, name)| begins(name, &terms.name));
            fits.map(|(_, name)| Terms { name, ..terms.clone() }.written(language)).collect()
        }
        Line::Member(_) | Line::MoreMembers => {
            let terms = Terms::read(typed);
            let taken = |id: ProviderId| row.fields.members.iter().any(|member| member.provider_id == id);
            let free =
                candidates(reader, row.id).into_iter().filter(|(id, _)| !taken(*id) || line == Line::Member(*id));
            let fits = free.filter(|(_, name)| begins(name, &terms.name));
            fits.map(|(_, name)| Terms { name, ..terms.clone() }.written(language)).collect()
        }
        _ => Vec::new(),
    }
}

/// The ways in which the first words of a new provider could go on: behind a comma its tier.
pub fn beginnings(language: Language, typed: &str) -> Vec<String> {
    if typed.contains([',', ';']) { completed(typed, tiers(language)) } else { Vec::new() }
}

/// A new provider, from `name, tier`; what else there is to know is entered later.
pub fn create(reader: Reader<'_>, id: ProviderId, typed: &str) -> Result<Command, String> {
    let wrong = || say(reader.language, "register-new-provider-how", &[]);
    let (name, tier) = typed.rsplit_once([',', ';']).ok_or_else(wrong)?;
    let name: ShortText = name.parse().map_err(|_| wrong())?;
    let (tier, status) = read_tier(tier).ok_or_else(|| super::wrong(reader.language, Line::Tier))?;
    let body = ProviderFields {
        name,
        tier,
        status,
        legal_form: None,
        services: Vec::new(),
        sites: None,
        hours: Weekly::default().into(),
        capacity_per_day: None,
        phones: Vec::new(),
        emails: Vec::new(),
        prefers: Way::default(),
        commune: None,
        address: None,
        position: None,
        suspensions: Vec::new(),
        members: Vec::new(),
        accompanied: None,
        note: None,
    };
    Ok(Command::CreateProvider { id, body })
}
