//! The directory: imported whole or not at all, exported and imported again.

use super::house::House;
use std::{collections::BTreeMap, fs, path::Path};

/// Every file of a folder.
fn files(folder: &Path) -> BTreeMap<String, String> {
    let entries = fs::read_dir(folder).unwrap().map(Result::unwrap);
    entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read_to_string(entry.path()).unwrap())).collect()
}

fn export(house: &House, name: &str) -> BTreeMap<String, String> {
    let folder = house.path(name);
    let done = house.loge(&["office", "export", folder.to_str().unwrap()]);
    assert_eq!(done.status, 0, "{}", done.err);
    files(&folder)
}

#[test]
fn the_example_is_a_whole_house_and_importing_it_again_changes_nothing() {
    let house = House::initialised();
    let first = house.import_example();
    assert!(
        first.err.contains("services.csv: 54 of 54") && first.err.contains("providers.csv: 41 of 41"),
        "{}",
        first.err
    );
    let again = house.import_example();
    assert!(again.out.contains("0 records created, 0 changed"), "{}", again.out);
}

#[test]
fn a_dry_run_writes_nothing() {
    let house = House::new();
    let done = house.loge(&["office", "import", "--dry-run", House::example().to_str().unwrap()]);
    assert_eq!(done.status, 0, "{}", done.err);
    assert!(done.out.contains("Nothing was written") && !house.path("data").exists(), "{}", done.out);
}

#[test]
fn what_is_exported_is_imported_as_it_was() {
    let house = House::initialised();
    house.import_example();
    house.loge(&["office", "erase", "sacha-dulac", "--reason", "Demande"]);
    let exported = export(&house, "out");
    assert_eq!(exported.len(), 12, "{:?}", exported.keys());
    let other = House::new();
    let done = other.import(&house.path("out"));
    assert_eq!(done.status, 0, "{}", done.err);
    for (name, text) in export(&other, "out") {
        assert_eq!(Some(&text), exported.get(&name), "{name}");
    }
    let full = house.loge(&["office", "export", house.path("out").to_str().unwrap()]);
    assert!(full.status == 1 && full.err.contains("not empty"), "{}", full.err);
}

#[test]
fn every_line_to_correct_is_told_and_nothing_is_imported() {
    let house = House::initialised();
    house.write("folder/sites.csv", "id,name,commune,hours,colour\ngood,Bon,Rivemont,lun-ven 08:00-18:00,\ngood,Encore,Rivemont,,\nÀ,Nom,Rivemont,,\nbad,,Rivemont,sometimes,\n");
    house.write(
        "folder/providers.csv",
        "id,name,tier,services,phones\np1,Un,golden,,\np2,Deux,ess,chemise:4.505,12\np3,Trois,local,,\n",
    );
    house.write("folder/services.toml", "[[services]]\nid = \"chemise\"\nname = \"Chemise\"\nfamily = \"Linge\"\neveryday = \"everyday\"\nprice_rule = \"per_unit\"\nvat = 20\ncarriage = \"there_and_back\"\n");
    house.write("folder/beneficiaries.csv", "id,given_name,site\nb1,Zoé,nowhere\n");
    house.write("folder/contracts.csv", "id,client,from,to\nc1,nobody,2026-02-01,2026-01-01\n");
    house.write("folder/notes.csv", "x\n");
    let done = house.import(&house.path("folder"));
    assert_eq!(done.status, 1);
    for expected in [
        "sites.csv:1: colour: there is no such column",
        "sites.csv:3: id: “good” is on line 2 already",
        "sites.csv:4: id: “À” is not accepted",
        "sites.csv:5: name: a value is needed",
        "sites.csv:5: hours: “sometimes” is not accepted",
        "providers.csv:2: tier: “golden” is not accepted; write one of these words: inclusion, ess, local, other",
        "providers.csv:3: services: “4.505” is not accepted; write a price in euros",
        "providers.csv:3: phones: “12” is not accepted",
        "services.toml:1: price: a value is needed",
        "beneficiaries.csv:1: family_name: this column is missing",
        "beneficiaries.csv:2: site: “nowhere” is not in sites.csv",
        "contracts.csv:2: client: “nobody” is not in clients.csv",
        "The file notes.csv was left aside",
        "Nothing was imported",
    ] {
        assert!(done.err.contains(expected), "{expected}\n---\n{}", done.err);
    }
    assert!(!export(&house, "out").contains_key("sites.csv"));
}

#[test]
fn what_only_the_office_knows_to_be_wrong_is_told_with_its_line_and_takes_everything_back() {
    let house = House::initialised();
    house.write("folder/sites.csv", "id,name,commune\na,Un,Rivemont\n");
    house.write(
        "folder/operators.csv",
        "id,login,name,roles,sites\none,same,Un,operator,all\nother,same,Deux,operator,all\n",
    );
    let done = house.import(&house.path("folder"));
    assert_eq!(done.status, 1);
    assert!(done.err.contains("operators.csv:3: login: "), "{}", done.err);
    assert!(!export(&house, "out").contains_key("sites.csv"));
}

#[test]
fn a_file_with_some_columns_changes_those_and_leaves_the_others() {
    let house = House::initialised();
    house.import_example();
    let before = export(&house, "before");
    house.write(
        "folder/providers.csv",
        "\u{feff}id;name;tier;hours\r\nessor;Blanchisserie L’Essor;inclusion;mar-sam 08:00-12:00\r\n",
    );
    let done = house.import(&house.path("folder"));
    assert!(done.out.contains("0 records created, 1 changed, 0 unchanged"), "{}{}", done.out, done.err);
    let after = export(&house, "after");
    let changed: Vec<_> =
        before["providers.csv"].lines().zip(after["providers.csv"].lines()).filter(|(a, b)| a != b).collect();
    assert_eq!(changed.len(), 1);
    let (old, new) = changed[0];
    assert_eq!(old.replace("\"lun-ven 08:00-12:00,13:30-17:30\"", "mar-sam 08:00-12:00"), new);
}

#[test]
fn archived_records_are_archived_by_import() {
    let house = House::initialised();
    house.import_example();
    house.write("folder/couriers.csv", "id,archived\nmalo,yes\n");
    assert!(house.import(&house.path("folder")).out.contains("1 changed"));
    assert!(house.import(&house.path("folder")).out.contains("1 unchanged"));
    house.write("folder/couriers.csv", "id,archived\nmalo,no\n");
    let back = house.import(&house.path("folder"));
    assert!(back.status == 1 && back.err.contains("couriers.csv:2: archived: this record is archived"), "{}", back.err);
}

#[test]
fn an_account_gets_its_first_password_from_the_directory_and_keeps_its_own() {
    let house = House::initialised();
    house.write("folder/operators.csv", "id,login,name,roles,sites,password\nodile,odile,Odile,operator,all,short\n");
    let short = house.import(&house.path("folder"));
    assert!(short.err.contains("operators.csv:2: password: ") && !short.err.contains("short”"), "{}", short.err);
    house.write(
        "folder/operators.csv",
        "id,login,name,roles,sites,password\nodile,odile,Odile,operator,all,assez longue pour elle\n",
    );
    assert!(house.import(&house.path("folder")).out.contains("1 record created"));
    assert!(house.import(&house.path("folder")).out.contains("0 changed, 1 unchanged"));
}

#[test]
fn the_policy_changes_where_the_file_says_so() {
    let house = House::initialised();
    house.write("folder/policy.toml", "claim_stale_s = 60\nhours = { weekly = \"lun-sam 08:00-20:00\" }\n");
    assert!(house.import(&house.path("folder")).out.contains("1 changed"));
    assert!(house.import(&house.path("folder")).out.contains("1 unchanged"));
    house.write("folder/policy.toml", "claim_stale_s = 60\nclaim_stal_s = 1\n");
    let wrong = house.import(&house.path("folder"));
    assert!(wrong.err.contains("policy.toml:2: claim_stal_s: there is no such column"), "{}", wrong.err);
    house.write("folder/policy.toml", "[[text_modules]]\nname = \"Prêt\"\ntext = \"Bonjour {nom}, {prenom}\"\n");
    let wrong = house.import(&house.path("folder"));
    assert!(wrong.err.contains("there is no field {prenom}") && wrong.err.contains("{numero}"), "{}", wrong.err);
    house.write("folder/policy.toml", "claim_stale_s = 4\n");
    let wrong = house.import(&house.path("folder"));
    assert!(wrong.status == 1 && wrong.err.contains("claim_stale_s: the value does not fit"), "{}", wrong.err);
}
