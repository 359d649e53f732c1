use super::*;
use crate::{
    domain::operator::Language,
    replica::{Draft, DraftSubject, KeepCopy, Place, ReplicaParts, Store, StoreError, Whole},
};
use proptest::prelude::*;
use std::{fs, io::Write as _, os::unix::fs::PermissionsExt, path::Path};
use tempfile::TempDir;

const HOUR: i64 = 3_600;

fn place(base: &Path) -> Place<'_> {
    Place { base, office: "https://loge.example", operator: "lea" }
}

fn open(base: &TempDir) -> Found {
    Store::open(place(base.path()), at(0)).unwrap()
}

fn note(key: u128) -> Given {
    given(key, command("request.note", 10, json!({ "id": Uuid::from_u128(key), "text": "Été" })))
}

fn kept(key: u128) -> Record {
    Record::Given { given: note(key), instead_of: None }
}

fn keys(outbox: &Outbox) -> Vec<u128> {
    outbox.entries().map(|entry| Uuid::from(entry.given.key).as_u128()).collect()
}

fn draft(number: u128, text: &str) -> Draft {
    Draft {
        text: text.to_owned(),
        ..Draft::new(DraftSubject::Contact { id: id(number) }, at(number.try_into().unwrap()))
    }
}

#[test]
fn what_was_recorded_is_there_after_a_restart_in_order() {
    let base = TempDir::new().unwrap();
    let mut found = open(&base);
    for record in [kept(1), kept(2), Record::Done { key: id(1) }, kept(3)] {
        found.store.record(&record).unwrap();
    }
    drop(found);
    assert_eq!(keys(&open(&base).outbox), [2, 3]);
    assert_eq!(keys(&open(&base).outbox), [2, 3], "reading it does not change it");
}

#[test]
fn nobody_else_reads_the_folder_and_no_name_stands_in_it() {
    let base = TempDir::new().unwrap();
    let mut found = open(&base);
    found.store.record(&kept(1)).unwrap();
    found.store.save_draft(&draft(1, "deux chemises")).unwrap();
    let mut folders = vec![base.path().to_owned()];
    let mut seen = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            seen += 1;
            let mode = entry.metadata().unwrap().permissions().mode() & 0o777;
            assert_eq!(mode, if entry.path().is_dir() { 0o700 } else { 0o600 }, "{:?}", entry.path());
            assert!(!entry.path().to_str().unwrap().contains("lea"));
            if entry.path().is_dir() {
                folders.push(entry.path());
            }
        }
    }
    assert!(seen >= 6);
}

#[test]
fn offices_and_operators_have_folders_of_their_own() {
    let base = Path::new("/state");
    let folder = |office, operator| Place { base, office, operator }.folder();
    let all = [folder("a", "lea"), folder("a", "tom"), folder("b", "lea")];
    assert!(all[0] != all[1] && all[0] != all[2] && all[1] != all[2]);
    assert_eq!(folder("a", "lea"), folder("a", "lea"));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_journal_cut_at_any_byte_keeps_every_whole_record(commands in 1..6_u128, cut in 0.0..1.0_f64) {
        let base = TempDir::new().unwrap();
        let mut found = open(&base);
        let file = place(base.path()).folder().join("outbox.jsonl");
        let mut ends = vec![0];
        for key in 1..=commands {
            found.store.record(&kept(key)).unwrap();
            ends.push(fs::metadata(&file).unwrap().len());
        }
        drop(found);
        let bytes = fs::read(&file).unwrap();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a small file")]
        let length = (bytes.len() as f64 * cut) as u64;
        fs::OpenOptions::new().write(true).open(&file).unwrap().set_len(length).unwrap();
        let whole = ends.iter().skip(1).filter(|end| **end <= length).count() as u128;
        let mut again = open(&base);
        prop_assert_eq!(keys(&again.outbox), (1..=whole).collect::<Vec<_>>());
        prop_assert_eq!(again.recovered, Recovered::default());
        // What comes next does not stick to what was cut off.
        again.store.record(&kept(77)).unwrap();
        drop(again);
        prop_assert_eq!(keys(&open(&base).outbox), (1..=whole).chain([77]).collect::<Vec<_>>());
    }
}

#[test]
fn a_damaged_line_is_put_aside_and_told() {
    let base = TempDir::new().unwrap();
    let mut found = open(&base);
    found.store.record(&kept(1)).unwrap();
    found.store.record(&kept(2)).unwrap();
    drop(found);
    let folder = place(base.path()).folder();
    let text = fs::read_to_string(folder.join("outbox.jsonl")).unwrap();
    fs::write(folder.join("outbox.jsonl"), text.replacen("given", "gi?en", 1)).unwrap();
    let found = open(&base);
    assert_eq!((keys(&found.outbox), found.recovered.damaged_commands), (vec![2], 1));
    assert!(fs::read_to_string(folder.join("outbox.damaged")).unwrap().contains("gi?en"));
    assert_eq!(open(&base).recovered, Recovered::default());
}

#[test]
fn a_long_journal_becomes_short_once_all_is_sent() {
    let base = TempDir::new().unwrap();
    let mut found = open(&base);
    let text = "é".repeat(9_000);
    for key in 1..6 {
        let note = command("request.note", 10, json!({ "id": Uuid::from_u128(key), "text": text }));
        found.outbox.apply(&Record::Given { given: given(key, note), instead_of: None });
    }
    for record in found.outbox.records() {
        found.store.record(&record).unwrap();
    }
    let file = place(base.path()).folder().join("outbox.jsonl");
    found.store.shorten(&found.outbox).unwrap();
    assert!(fs::metadata(&file).unwrap().len() > 64 << 10, "nothing that waits is dropped");
    found.store.shorten(&Outbox::default()).unwrap();
    assert_eq!(fs::metadata(&file).unwrap().len(), 0);
    found.store.record(&kept(9)).unwrap();
    assert_eq!(keys(&open(&base).outbox), [9]);
}

#[test]
fn drafts_come_back_each_with_its_own_text() {
    let base = TempDir::new().unwrap();
    let found = open(&base);
    found.store.save_draft(&draft(1, "deux chem")).unwrap();
    found.store.save_draft(&draft(2, "pain")).unwrap();
    found.store.save_draft(&draft(1, "deux chemises")).unwrap();
    let mut form = Draft::new(DraftSubject::Form { name: "person.new".into() }, at(3));
    form.fields.insert("family_name".into(), json!("Férut"));
    found.store.save_draft(&form).unwrap();
    assert_eq!(open(&base).drafts, [draft(1, "deux chemises"), draft(2, "pain"), form.clone()]);
    let found = open(&base);
    found.store.drop_draft(&draft(1, "").subject).unwrap();
    found.store.save_draft(&draft(2, "")).unwrap();
    assert_eq!(open(&base).drafts, [form]);
}

#[test]
fn a_draft_that_is_too_long_is_refused_and_the_former_stays() {
    let base = TempDir::new().unwrap();
    let found = open(&base);
    found.store.save_draft(&draft(1, "court")).unwrap();
    let error = found.store.save_draft(&draft(1, &"é".repeat(10_001))).unwrap_err();
    assert!(matches!(error, StoreError::DraftTooLong(_)));
    assert!(error.sentence(Language::Fr).contains("Raccourcissez"));
    assert_eq!(open(&base).drafts, [draft(1, "court")]);
}

#[test]
fn a_renewal_carries_the_whole_draft_or_at_least_its_text() {
    let typed = draft(1, "deux chemises\npour vendredi");
    let carried = typed.for_renewal().unwrap();
    assert_eq!(Draft::from_renewal(carried.as_str(), typed.subject.clone(), at(9)), typed);
    let long = draft(1, &"\"".repeat(9_000));
    let carried = long.for_renewal().unwrap();
    assert_eq!(Draft::from_renewal(carried.as_str(), long.subject.clone(), at(9)).text, long.text);
    assert_eq!(draft(1, "").for_renewal(), None);
}

#[test]
fn a_newer_console_takes_over_and_the_ghost_writes_no_more() {
    let base = TempDir::new().unwrap();
    let mut ghost = open(&base);
    ghost.store.record(&kept(1)).unwrap();
    let mut newer = open(&base);
    assert_eq!(keys(&newer.outbox), [1]);
    assert_eq!(ghost.store.record(&kept(2)), Err(StoreError::TakenOver));
    assert_eq!(ghost.store.check(), Err(StoreError::TakenOver));
    assert_eq!(ghost.store.save_draft(&draft(1, "fantôme")), Err(StoreError::TakenOver));
    newer.store.record(&kept(3)).unwrap();
    let found = open(&base);
    assert_eq!(keys(&found.outbox), [1, 3]);
    assert!(found.drafts.is_empty());
}

#[test]
fn a_copy_is_read_back_with_its_age_until_it_is_too_old() {
    let base = TempDir::new().unwrap();
    let found = open(&base);
    let replica =
        Replica::load(&snapshot(7, &[request(1), request(2)], &[person(50, "Durand", "Claire", "05 36 49 12 34")]));
    let parts = ReplicaParts::of(&replica).unwrap();
    found.store.keep_copy(&parts, at(0), KeepCopy::Until(at(12 * HOUR))).unwrap();
    let copy = found.store.copy(at(HOUR)).unwrap().unwrap();
    assert_eq!((copy.kept_at, copy.replica.seq()), (at(0), Seq(7)));
    assert!(copy.replica.requests().iter().eq(replica.requests().iter()));
    assert_eq!(copy.replica.persons_named("claire", 3).len(), 1);
    assert!(found.store.copy(at(12 * HOUR)).unwrap().is_none());
    assert!(found.store.copy(at(HOUR)).unwrap().is_none(), "it is deleted, not only passed over");
}

#[test]
fn a_copy_that_is_turned_off_or_too_old_is_on_no_disk() {
    let base = TempDir::new().unwrap();
    let found = open(&base);
    let parts = ReplicaParts::of(&Replica::load(&snapshot(7, &[request(1)], &[]))).unwrap();
    let file = place(base.path()).folder().join("copy.jsonl");
    found.store.keep_copy(&parts, at(0), KeepCopy::Until(at(HOUR))).unwrap();
    found.store.keep_copy(&parts, at(1), KeepCopy::Off).unwrap();
    assert!(!file.exists());
    found.store.keep_copy(&parts, at(0), KeepCopy::Until(at(HOUR))).unwrap();
    // Another operator's console sweeps as well.
    let other = Place { operator: "tom", ..place(base.path()) };
    Store::open(other, at(HOUR - 1)).unwrap();
    assert!(file.exists());
    Store::open(other, at(HOUR)).unwrap();
    assert!(!file.exists());
}

#[test]
fn a_copy_that_was_cut_short_is_none() {
    let base = TempDir::new().unwrap();
    let found = open(&base);
    let parts = ReplicaParts::of(&Replica::load(&snapshot(7, &[request(1), request(2)], &[]))).unwrap();
    let file = place(base.path()).folder().join("copy.jsonl");
    found.store.keep_copy(&parts, at(0), KeepCopy::Until(at(HOUR))).unwrap();
    let text = fs::read_to_string(&file).unwrap();
    let cut: String = text
        .lines()
        .take(text.lines().position(|line| line.contains("Deux chemises")).unwrap() + 1)
        .collect::<Vec<_>>()
        .join("\n");
    fs::write(&file, cut).unwrap();
    assert!(found.store.copy(at(1)).unwrap().is_none());
}

#[test]
fn a_folder_that_cannot_be_used_is_told_in_a_sentence() {
    let base = TempDir::new().unwrap();
    let file = base.path().join("taken");
    fs::write(&file, "").unwrap();
    let error = Store::open(place(&file), at(0)).unwrap_err();
    assert!(matches!(error, StoreError::Unusable { .. }));
    assert!(error.sentence(Language::En).contains("cannot be used"));
    assert!(error.sentence(Language::Fr).contains("ne peut pas être utilisé"));
}

#[test]
fn a_full_disk_is_told_and_leaves_the_journal_as_it_was() {
    // The kernel's own full device stands for the disk.
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let error = std::io::Write::write_all(&mut &full, b"x").unwrap_err();
    let error = StoreError::of(Path::new("/dev/full"), &error);
    assert_eq!(error, StoreError::Full);
    assert!(error.sentence(Language::En).contains("full"));
}

#[test]
fn a_folder_that_was_deleted_is_made_anew_with_what_waits_to_be_sent() {
    let base = TempDir::new().unwrap();
    let mut found = open(&base);
    found.store.record(&kept(1)).unwrap();
    found.store.record(&kept(2)).unwrap();
    found.store.record(&Record::Done { key: id(1) }).unwrap();
    fs::remove_dir_all(base.path()).unwrap();
    assert_eq!(found.store.record(&kept(3)), Err(StoreError::Gone), "that is no take-over");
    assert_eq!(found.store.make_whole(), Ok(Whole::Anew));
    assert_eq!(found.store.make_whole(), Ok(Whole::AsItWas));
    found.store.record(&kept(3)).unwrap();
    found.store.save_draft(&draft(1, "pain")).unwrap();
    let again = open(&base);
    assert_eq!((keys(&again.outbox), again.drafts), (vec![2, 3], vec![draft(1, "pain")]));
}

#[test]
fn a_journal_that_was_deleted_alone_is_written_anew() {
    let base = TempDir::new().unwrap();
    let mut found = open(&base);
    found.store.record(&kept(1)).unwrap();
    fs::remove_file(place(base.path()).folder().join("outbox.jsonl")).unwrap();
    assert_eq!(found.store.make_whole(), Ok(Whole::Anew));
    assert_eq!(keys(&open(&base).outbox), [1]);
}

#[test]
fn a_ghost_whose_folder_was_deleted_takes_nothing_from_a_newer_console() {
    let base = TempDir::new().unwrap();
    let mut ghost = open(&base);
    ghost.store.record(&kept(1)).unwrap();
    fs::remove_dir_all(base.path()).unwrap();
    let mut newer = open(&base);
    newer.store.record(&kept(2)).unwrap();
    assert_eq!(ghost.store.make_whole(), Err(StoreError::TakenOver));
    // Nor when both find it gone: the newer one may have it again, whoever comes first.
    fs::remove_dir_all(base.path()).unwrap();
    assert_eq!(newer.store.make_whole(), Ok(Whole::Anew));
    assert_eq!(ghost.store.make_whole(), Err(StoreError::TakenOver));
    assert_eq!(keys(&open(&base).outbox), [2]);
}

#[test]
fn what_waits_is_told_without_touching_a_folder() {
    let base = TempDir::new().unwrap();
    assert_eq!(Store::waiting(place(base.path())).unwrap().len(), 0);
    let mut found = open(&base);
    found.store.record(&kept(1)).unwrap();
    let file = place(base.path()).folder().join("outbox.jsonl");
    fs::OpenOptions::new().append(true).open(&file).unwrap().write_all(b"{\"cut short").unwrap();
    let before = fs::read(&file).unwrap();
    assert_eq!(keys(&Store::waiting(place(base.path())).unwrap()), [1]);
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(found.store.check(), Ok(()));
}
