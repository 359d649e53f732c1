//! What is typed is read, what is written is read back, and what is wrong says what to type.

use super::*;
use crate::{
    console::{
        fixtures::{dispatch::*, id, known::*},
        model::Model,
        update::register::reader,
    },
    domain::{
        entity::edited,
        provider::{InclusionStatus, Tier},
    },
};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

fn row(model: &Model, number: u128) -> Row {
    Row::of(&model.world, EntryId::Provider(id(number))).unwrap()
}

/// What a typed line of the Lavoir makes of one field.
fn read(line: Line, text: &str) -> Result<Value, String> {
    let model = dispatching();
    let change = row(&model, LAVOIR).read(reader(&model), line, text)?;
    Ok(change.into_iter().next().unwrap().1)
}

#[rstest]
#[case("insertion EI", Tier::Inclusion, Some(InclusionStatus::Ei))]
#[case("ESAT", Tier::Inclusion, Some(InclusionStatus::Esat))]
#[case("adapté (EA)", Tier::Inclusion, Some(InclusionStatus::Ea))]
#[case("insertion", Tier::Inclusion, None)]
#[case("ess", Tier::Ess, None)]
#[case("locale", Tier::Local, None)]
#[case("local", Tier::Local, None)]
#[case("autre", Tier::Other, None)]
fn a_tier_is_typed_by_its_word_or_its_status(
    #[case] text: &str,
    #[case] tier: Tier,
    #[case] status: Option<InclusionStatus>,
) {
    let model = dispatching();
    let change = row(&model, LAVOIR).read(reader(&model), Line::Tier, text).unwrap();
    assert_eq!(change, [("tier", json!(tier)), ("status", json!(status))]);
}

#[rstest]
#[case(Line::Tier, "locale EI")]
#[case(Line::Tier, "")]
#[case(Line::Name, " ")]
#[case(Line::Capacity, "beaucoup")]
#[case(Line::Hours, "lundi matin")]
#[case(Line::Phones, "05 36")]
#[case(Line::Emails, "contact arobase poste")]
#[case(Line::Prefers, "pigeon")]
#[case(Line::MoreDays, "demain congés")]
#[case(Line::MoreDays, "24/12")]
#[case(Line::MoreDays, "02/01/2027-24/12/2026 congés")]
#[case(Line::MoreServices, "4,50 €")]
#[case(Line::MoreMembers, "Crèche des Lilas")]
fn what_is_not_understood_says_how_it_is_typed(#[case] line: Line, #[case] text: &str) {
    let trouble = read(line, text).unwrap_err();
    let how = say(Language::Fr, &line.how(), &[]);
    assert!(trouble.ends_with(&how), "{trouble}");
}

#[rstest]
#[case("24/12-02/01 congés", "2026-12-24", Some("2027-01-02"), "congés")]
#[case("24/12/2026 au 02/01/2027 · congés d'hiver", "2026-12-24", Some("2027-01-02"), "congés d'hiver")]
#[case("du 24.12 au 2.1 congés", "2026-12-24", Some("2027-01-02"), "congés")]
#[case("24/12 inventaire", "2026-12-24", Some("2026-12-24"), "inventaire")]
#[case("dès le 24/12 qualité", "2026-12-24", None, "qualité")]
#[case("24/12- qualité", "2026-12-24", None, "qualité")]
#[case("from 2026-12-24 to 2027-01-02 (closed)", "2026-12-24", Some("2027-01-02"), "closed")]
#[case("since 1/11 quality", "2026-11-01", None, "quality")]
#[case("1/8/27-21/8/27: été", "2027-08-01", Some("2027-08-21"), "été")]
fn days_are_typed_with_their_reason(
    #[case] text: &str,
    #[case] from: &str,
    #[case] to: Option<&str>,
    #[case] reason: &str,
) {
    assert_eq!(read(Line::MoreDays, text), Ok(json!([{ "from": from, "to": to, "reason": reason }])));
}

#[rstest]
#[case("Chemise", None, None, None)]
#[case("Lavage 39 € 24h 6/jour", Some(3_900), Some(24), Some(6))]
#[case("lavage · 39,50 € · 24 h · 6 par jour", Some(3_950), Some(24), Some(6))]
#[case("Lavage €39.50 6/day", Some(3_950), None, Some(6))]
fn a_service_is_typed_with_its_terms(
    #[case] text: &str,
    #[case] price: Option<i64>,
    #[case] lead: Option<u16>,
    #[case] capacity: Option<u16>,
) {
    let read = terms::Terms::read(text);
    assert_eq!(
        (read.price.map(crate::domain::money::Cents::get), read.lead_time_h, read.per_day),
        (price, lead, capacity)
    );
}

#[test]
fn a_service_is_added_changed_and_never_named_twice() {
    let all = read(Line::MoreServices, "Lavage 39 €").unwrap();
    let [first, second] = all.as_array().unwrap().as_slice() else { panic!("{all}") };
    assert_eq!(
        (&first["service_id"], &second["service_id"]),
        (&json!(id::<ServiceId>(PRESSING)), &json!(id::<ServiceId>(LAVAGE)))
    );
    assert_eq!((&second["price"], &second["lead_time_h"]), (&json!(3_900), &Value::Null));
    let model = dispatching();
    let written = row(&model, LAVOIR).written(reader(&model), Line::Does(id(PRESSING)));
    let changed = read(Line::Does(id(PRESSING)), &written.replace("4,50", "5")).unwrap();
    assert_eq!((changed.as_array().unwrap().len(), &changed[0]["price"]), (1, &json!(500)));
    let name = crate::console::update::verbs::service_name(Language::Fr, model.world.service(id(PRESSING)).unwrap());
    assert!(read(Line::MoreServices, &name).unwrap_err().contains("figure déjà"));
    assert!(
        read(Line::MoreServices, "plomberie").unwrap_err().contains("« plomberie »".replace(' ', "\u{a0}").as_str())
    );
}

#[test]
fn members_are_typed_with_their_share() {
    let of = |text: &str| read(Line::MoreMembers, text);
    let member = json!([{ "provider_id": id::<ProviderId>(HALLES), "capacity_per_day": 4 }]);
    assert_eq!(of("Pressing des Halles 4"), Ok(member.clone()));
    assert_eq!(of("halles · 4 par jour"), Ok(member));
    assert!(of("Lavoir Solidaire 4").unwrap_err().contains("Lavoir Solidaire"), "not itself");
    assert!(of("Pressing des Halles 0").is_err());
}

#[test]
fn every_line_is_read_as_it_is_written_in_both_languages() {
    let model = dispatching();
    for language in [Language::Fr, Language::En] {
        let reader = Reader { language, ..reader(&model) };
        let rows = [LAVOIR, RIVE, HALLES, BLANC_NET, AUTO].map(|number| EntryId::Provider(id(number)));
        let services = [PRESSING, CORDONNERIE, PAIN, GARDE, LAVAGE].map(|number| EntryId::Service(id(number)));
        for entry in rows.into_iter().chain(services) {
            let row = Row::of(&model.world, entry).unwrap();
            for line in row.lines().into_iter().filter(|line| !line.is_more()) {
                let written = row.written(reader, line);
                let change = row.read(reader, line, &written).unwrap_or_else(|why| panic!("{line:?} {written}: {why}"));
                assert!(row.edit(change).is_none(), "{line:?} of {} became another by « {written} »", row.name());
            }
        }
    }
}

#[test]
fn a_price_is_a_word_or_a_sum() {
    let model = dispatching();
    let row = Row::of(&model.world, EntryId::Service(id(PRESSING))).unwrap();
    let read = |text: &str| row.read(reader(&model), Line::Price, text).map(|change| change[0].1.clone());
    assert_eq!(read("gratuit"), Ok(json!({ "kind": "free" })));
    assert_eq!(read("sur devis"), Ok(json!({ "kind": "on_quote" })));
    assert_eq!(read("4,5"), Ok(json!({ "kind": "per_unit", "cents": 450 })));
    assert_eq!(read("12 € au forfait"), Ok(json!({ "kind": "flat", "cents": 1_200 })));
    assert!(read("cher").unwrap_err().contains("gratuit"));
}

#[test]
fn tab_offers_what_there_is() {
    let model = dispatching();
    let row = row(&model, LAVOIR);
    let offered = |line, text: &str| row.completions(reader(&model), line, text);
    assert_eq!(offered(Line::Prefers, "t"), ["téléphone"]);
    assert_eq!(offered(Line::Tier, "ins").len(), 6, "the plain one and five statuses");
    assert_eq!(offered(Line::Sites, "Bruges, b"), ["Bruges, Bassens", "Bruges, Bruges"]);
    assert!(offered(Line::MoreServices, "lav 4 €")[0].ends_with("· 4,00\u{a0}€"));
    assert!(offered(Line::MoreMembers, "lavoir").is_empty());
    assert_eq!(offered(Line::Name, "L"), Vec::<String>::new());
}

#[test]
fn values_of_a_conflict_are_told_in_words() {
    let model = dispatching();
    let row = row(&model, LAVOIR);
    let words = |field: &str, value: Value| row.value_words(reader(&model), field, &value).unwrap();
    let days = json!([{ "from": "2026-12-24", "to": "2027-01-02", "reason": "congés" }]);
    assert_eq!(words("suspensions", days), "24/12/2026 au 02/01/2027 · congés");
    assert_eq!(words("suspensions", json!([])), say(Language::Fr, "choice-nothing", &[]));
    assert_eq!(words("capacity_per_day", json!(9)), "9 par jour");
    assert_eq!(words("hours", json!({ "weekly": "lun-ven 08:00-12:00", "closed": [] })), "lun-ven 08:00-12:00");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// What is read is a change that the domain can hold; nothing that is typed makes a line fall over.
    #[test]
    fn no_text_makes_a_line_fall_over(text in any::<String>(), shaped in "[a-zé]{0,5} ?[0-9/.,€h·–-]{0,16} ?[a-zé0-9]{0,6}") {
        let model = dispatching();
        for row in [row(&model, LAVOIR), Row::of(&model.world, EntryId::Service(id(PRESSING))).unwrap()] {
            for line in row.lines() {
                for typed in [&text, &shaped] {
                    row.completions(reader(&model), line, typed);
                    if let Ok(change) = row.read(reader(&model), line, typed) {
                        let edit = row.edit(change);
                        let holds = match (&row, &edit) {
                            (Row::Provider(row), Some(Command::EditProvider { body, .. })) => edited(&**row, body).is_ok(),
                            (Row::Service(row), Some(Command::EditService { body, .. })) => edited(&**row, body).is_ok(),
                            _ => edit.is_none(),
                        };
                        prop_assert!(holds, "{line:?} {typed:?}");
                    }
                }
            }
        }
    }
}
