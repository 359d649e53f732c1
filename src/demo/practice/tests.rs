//! What is noticed of a practice, from changes as an office tells them: in any order, with what goes wrong and is put right.

use super::*;
use crate::{
    domain::{
        access::Author,
        entity::{Entity, EntityKind, Version},
        exception::{About, ContradictionKind, Exception, ExceptionFields},
        ids::{BeneficiaryId, CommandKey, ItemId, RequestId, SiteId},
        item::{Holder, Item, ItemFields, Report},
        label::Label,
        money::Cents,
        operator::Language,
        permanence::{CashCount, Permanence},
        posting::{Account, Line, Posting, PostingFields, PostingKind},
        request::{Request, RequestNumber},
        time::{Instant, Zone},
    },
    i18n::found,
    wire::change::{Change, ChangeKind, Seq, Snapshot},
};
use jiff::SignedDuration;
use proptest::prelude::*;
use rstest::rstest;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};
use uuid::Uuid;

fn id<I: From<Uuid>>(number: u128) -> I {
    Uuid::from_u128(number).into()
}

fn at(seconds: i64) -> Instant {
    "2026-11-24T08:00:00Z".parse::<Instant>().unwrap().plus(SignedDuration::from_secs(seconds))
}

const SITE: u128 = 1;
const SESSION: u128 = 2;
const LOCKER: u128 = 3;
const BREAD: u128 = 4;
const DEBT: u128 = 5;
const PRICE: i64 = 1_280;
const OWED: i64 = 650;

fn errand(number: u128, who: &str, things: u32) -> Errand {
    let serial = 401_000 + u32::try_from(number).unwrap() * 10;
    let thing =
        |place: u32| (id(number * 10 + u128::from(place)), Label::numbered(serial + place).unwrap().to_string());
    Errand {
        person: id(number),
        who: who.to_owned(),
        name: who.split(' ').next_back().unwrap().to_owned(),
        request: id(number + 1_000),
        things: (0..things).map(thing).collect(),
    }
}

fn story() -> Story {
    Story {
        permanence: id(SESSION),
        site: id(SITE),
        place: "Mérignac".to_owned(),
        labelled: errand(11, "Mme Faure", 1),
        owing: errand(12, "M. Castagnier", 2),
        bringing: errand(13, "Mme Lavigne", 0),
        pieces: 3,
        fresh: Label::numbered(405_000).unwrap().to_string(),
        asking: errand(14, "Mme Montagnier", 0),
        service: id(BREAD),
        quantity: 2,
        day: "mercredi".to_owned(),
        hurried: errand(15, "M. Roy", 1),
        mistaken: errand(16, "Mme Vaubrun", 1),
    }
}

/// Something that is done at the desk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Act {
    Open,
    /// A thing of the errand of this number goes to a person.
    Hand(u128, u32, u128),
    /// The price of the errand of who owes is put on the tab, as the office does with the last thing.
    Charge,
    /// A person pays so much.
    Pay(u128, Account, i64),
    /// What is brought is taken in.
    TakeIn,
    /// It is counted otherwise than was said.
    Miscount,
    Recount,
    /// A person asks for so much bread.
    Order(u128, u32),
    /// A thing goes into the locker.
    Store(u128),
    /// The last thing that this errand's row did is undone.
    Undo(u128, u32),
    /// The last payment is undone.
    Refund,
    /// The last request is undone.
    Cancel,
    Close(i64),
    /// The step at hand is left out.
    Skip,
}

/// A desk that is practised at.
struct Desk {
    progress: Progress,
    seconds: i64,
    seq: i64,
    items: BTreeMap<ItemId, Vec<Item>>,
    session: Permanence,
    postings: Vec<Posting>,
    requests: Vec<Request>,
    exception: Option<Exception>,
}

fn shelf() -> Holder {
    Holder::Concierge { site_id: id(SITE), place: None }
}

fn thing(item: ItemId, label: &str, owner: BeneficiaryId, request: RequestId) -> Item {
    let fields = ItemFields {
        label: label.parse().unwrap(),
        description: None,
        request_id: Some(request),
        beneficiary_id: Some(owner),
        site_id: id::<SiteId>(SITE),
        holder: shelf(),
        since: at(-3_600),
    };
    Item::create(item, fields, at(-3_600), None).unwrap()
}

fn posting(number: u128, kind: PostingKind, request: Option<RequestId>, lines: Vec<Line>) -> Posting {
    let fields = PostingFields {
        kind,
        lines,
        occurred_at: at(0),
        request_id: request,
        site_id: Some(id(SITE)),
        taken_by: (kind == PostingKind::Payment).then(|| id(9)),
        permanence_id: (kind == PostingKind::Payment).then(|| id(SESSION)),
        reverses: None,
        text: None,
    };
    Posting::create(id(number), fields, at(0), None).unwrap()
}

fn owes(number: u128, request: Option<RequestId>, person: BeneficiaryId, cents: i64) -> Posting {
    let amount = Cents::new(cents).unwrap();
    let lines = vec![
        Line { account: Account::Person { beneficiary_id: person }, amount },
        Line { account: Account::Commission, amount: -amount },
    ];
    posting(number, PostingKind::Charge, request, lines)
}

impl Desk {
    fn new() -> Self {
        let story = story();
        let fields = json!({ "site_id": Uuid::from_u128(SITE),
            "window": { "date": "2026-11-24", "from": "09:00:00", "to": "11:00:00" } });
        let session = Permanence::create(id(SESSION), serde_json::from_value(fields).unwrap(), Zone::default(), None);
        let errands = [&story.labelled, &story.owing, &story.hurried, &story.mistaken];
        let items: BTreeMap<ItemId, Vec<Item>> = errands
            .into_iter()
            .flat_map(|errand| {
                let of = |(item, label): &(ItemId, String)| {
                    (*item, vec![thing(*item, label, errand.person, errand.request)])
                };
                errand.things.iter().map(of).collect::<Vec<_>>()
            })
            .collect();
        let debt = owes(DEBT, None, story.owing.person, OWED);
        let mut rows: BTreeMap<EntityKind, Vec<Box<serde_json::value::RawValue>>> = BTreeMap::new();
        let mut put = |kind, row| rows.entry(kind).or_default().push(row);
        put(EntityKind::Permanence, serde_json::value::to_raw_value(&session).unwrap());
        put(EntityKind::Posting, serde_json::value::to_raw_value(&debt).unwrap());
        for item in items.values().flatten() {
            put(EntityKind::Item, serde_json::value::to_raw_value(item).unwrap());
        }
        let snapshot = Snapshot { seq: Seq(0), at: at(0), rows };
        Self {
            progress: Progress::of(story, &snapshot, at(0)),
            seconds: 0,
            seq: 0,
            items,
            session,
            postings: vec![debt],
            requests: Vec::new(),
            exception: None,
        }
    }

    fn story(&self) -> &Story {
        &self.progress.story
    }

    /// A row as it is from now on, by a command of its own.
    fn commits<E: Entity + Serialize>(&mut self, row: &E) {
        self.seq += 1;
        let change = Change {
            seq: Seq(self.seq),
            at: at(self.seconds),
            author: Author::System,
            command: id::<CommandKey>(900_000 + u128::try_from(self.seq).unwrap()),
            kind: ChangeKind::Put,
            entity: E::KIND,
            id: row.id().into(),
            version: Version::FIRST,
            state: Some(serde_json::value::to_raw_value(row).unwrap()),
        };
        self.progress.take(&change);
    }

    fn item_becomes(&mut self, item: Item) {
        self.commits(&item);
        self.items.entry(item.id).or_default().push(item);
    }

    fn moved(&self, item: ItemId, to: Holder) -> Item {
        let before = self.items[&item].last().unwrap();
        let report = Report { occurred_at: at(self.seconds), at: at(self.seconds), by: None };
        before.pass_on(&before.fields.holder.clone(), to, report).0
    }

    /// Does something, ten seconds after what was done before.
    fn act(&mut self, act: Act) {
        self.seconds += 10;
        let now = at(self.seconds);
        match act {
            Act::Open => {
                self.session.open(now).unwrap();
                let session = self.session.clone();
                self.commits(&session);
            }
            Act::Hand(errand, place, to) => {
                let to = Holder::Beneficiary { id: Some(id(to)) };
                let item = self.moved(id(errand * 10 + u128::from(place)), to);
                self.item_becomes(item);
            }
            Act::Charge => {
                let owing = self.story().owing.clone();
                self.posts(|number| owes(number, Some(owing.request), owing.person, PRICE));
            }
            Act::Pay(person, means, cents) => {
                let amount = Cents::new(cents).unwrap();
                let lines =
                    crate::domain::posting::payment(Account::Person { beneficiary_id: id(person) }, means, amount);
                self.posts(|number| posting(number, PostingKind::Payment, None, lines));
            }
            Act::TakeIn => {
                let bringing = self.story().bringing.clone();
                let label = self.story().fresh.clone();
                self.item_becomes(thing(id(7_000), &label, bringing.person, bringing.request));
            }
            Act::Miscount => {
                let about = About { kind: EntityKind::Request, id: self.story().bringing.request.into() };
                let fields = ExceptionFields {
                    about,
                    site_id: Some(id(SITE)),
                    kind: ContradictionKind::TallyWrong,
                    what: None,
                    occurred_at: now,
                };
                let exception = Exception::create(id(8_000), fields, now, None).unwrap();
                self.commits(&exception);
                self.exception = Some(exception);
            }
            Act::Recount => {
                let mut exception = self.exception.take().unwrap();
                exception.close("recompté".parse().unwrap(), now, id(9)).unwrap();
                self.commits(&exception);
            }
            Act::Order(person, count) => {
                let fields = json!({ "channel": "permanence", "quantity": count, "service_id": Uuid::from_u128(BREAD),
                    "requester": { "kind": "person", "id": Uuid::from_u128(person) } });
                let number = 500 + u32::try_from(self.requests.len()).unwrap();
                let request = Request::create(
                    id(number.into()),
                    RequestNumber::new(26, number),
                    serde_json::from_value(fields).unwrap(),
                    now,
                    None,
                );
                let request = request.unwrap();
                self.commits(&request);
                self.requests.push(request);
            }
            Act::Cancel => {
                let cancelled = self.requests.pop().unwrap().unmade().unwrap();
                self.commits(&cancelled);
            }
            Act::Store(errand) => {
                let item = self.moved(id(errand * 10), Holder::Locker { locker_id: id(LOCKER) });
                self.item_becomes(item);
            }
            Act::Undo(errand, place) => {
                let item: ItemId = id(errand * 10 + u128::from(place));
                let states = self.items.get_mut(&item).unwrap();
                let before = states[states.len() - 2].clone();
                self.item_becomes(before);
            }
            Act::Refund => {
                let payment = self.postings.pop().unwrap();
                self.posts(|number| payment.reversal(id(number), None, now, None).unwrap());
            }
            Act::Close(counted) => {
                let cash = self.progress.rows.cash(id(SESSION));
                let count = CashCount { counted: Cents::new(counted).unwrap(), expected: cash };
                let _ = self.session.close(&[], Vec::new(), Some(count), now).unwrap();
                let session = self.session.clone();
                self.commits(&session);
            }
            Act::Skip => self.progress.skip(now),
        }
    }

    fn posts(&mut self, made: impl FnOnce(u128) -> Posting) {
        let posting = made(6_000 + u128::try_from(self.seq).unwrap());
        self.commits(&posting);
        self.postings.push(posting);
    }

    fn acts(&mut self, acts: &[Act]) {
        for act in acts {
            self.act(*act);
        }
    }

    fn done(&self) -> Vec<Step> {
        Step::ALL.into_iter().filter(|step| self.progress.is_done(*step)).collect()
    }

    fn told(&self) -> String {
        self.progress.cue(Language::Fr).scene.key
    }
}

/// All that is asked for, as it is proposed.
const PROPOSED: [Act; 12] = [
    Act::Open,
    Act::Hand(11, 0, 11),
    Act::Hand(12, 0, 12),
    Act::Hand(12, 1, 12),
    Act::Charge,
    Act::Pay(12, Account::Cash, PRICE + OWED),
    Act::TakeIn,
    Act::Order(14, 2),
    Act::Store(15),
    Act::Hand(16, 0, 16),
    Act::Undo(16, 0),
    Act::Close(PRICE + OWED),
];

#[test]
fn whoever_does_what_is_proposed_is_led_from_step_to_step() {
    let mut desk = Desk::new();
    let mut told = vec![desk.told()];
    for act in PROPOSED {
        desk.act(act);
        told.push(desk.told());
    }
    told.dedup();
    let keys =
        ["open", "label", "tab", "tab-rest", "pay", "deposit", "order", "locker", "code", "mistaken", "close", "over"];
    assert_eq!(told, keys.map(|key| format!("practice-{key}")));
    assert_eq!(desk.done(), Step::ALL);
}

#[test]
fn once_the_code_was_said_the_next_one_comes() {
    let mut desk = Desk::new();
    desk.acts(&PROPOSED[..9]);
    assert_eq!(desk.told(), "practice-code");
    desk.act(Act::Skip);
    assert_eq!(desk.told(), "practice-fetched");
    assert!(desk.progress.is_done(Step::Locker), "saying the code leaves nothing out");
}

proptest! {
    #[test]
    fn the_order_in_which_it_is_done_does_not_matter(order in Just((0..PROPOSED.len() - 1).collect::<Vec<_>>()).prop_shuffle()) {
        let mut acts: Vec<Act> = order.into_iter().map(|place| PROPOSED[place]).collect();
        // A thing comes back after it went out, and its price follows the last of them.
        let place = |acts: &[Act], act: Act| acts.iter().position(|other| *other == act).unwrap();
        let (out, back) = (place(&acts, Act::Hand(16, 0, 16)), place(&acts, Act::Undo(16, 0)));
        if back < out {
            acts.swap(out, back);
        }
        acts.retain(|act| *act != Act::Charge);
        let last = place(&acts, Act::Hand(12, 0, 12)).max(place(&acts, Act::Hand(12, 1, 12)));
        acts.insert(last + 1, Act::Charge);
        // Who asks for something stays to get the code, or does not.
        let mut desk = Desk::new();
        for act in acts {
            desk.act(act);
            prop_assert_eq!(desk.progress.faults().collect::<Vec<_>>(), []);
        }
        desk.act(Act::Close(PRICE + OWED));
        prop_assert_eq!(desk.done(), Step::ALL);
        prop_assert_eq!(desk.progress.mistakes, 0);
        prop_assert_eq!(desk.progress.taken_back(), 0);
        // All of the time is some step's.
        let spent: SignedDuration = desk.progress.spent.values().copied().sum();
        prop_assert_eq!(spent, desk.progress.lasted());
    }
}

#[rstest]
#[case::to_the_wrong_person(&[Act::Hand(11, 0, 12)], "wrong-hands", &[Act::Undo(11, 0), Act::Hand(11, 0, 11)], 1)]
#[case::to_who_cannot_carry_it(&[Act::Hand(15, 0, 15)], "not-taken", &[Act::Undo(15, 0)], 1)]
#[case::into_a_locker(&[Act::Store(11)], "wrong-locker", &[Act::Undo(11, 0), Act::Hand(11, 0, 11)], 1)]
#[case::by_card(
    &[Act::Hand(12, 0, 12), Act::Hand(12, 1, 12), Act::Charge, Act::Pay(12, Account::Card, PRICE + OWED)],
    "payment", &[Act::Refund, Act::Pay(12, Account::Cash, PRICE + OWED)], 1)]
#[case::by_another(&[Act::Pay(11, Account::Cash, 500)], "payment", &[Act::Refund], 1)]
#[case::too_much(
    &[Act::Hand(12, 0, 12), Act::Hand(12, 1, 12), Act::Charge, Act::Pay(12, Account::Cash, PRICE + OWED + 100)],
    "payment", &[Act::Refund, Act::Pay(12, Account::Cash, PRICE + OWED)], 1)]
#[case::for_another(&[Act::Order(13, 2)], "other-order", &[Act::Cancel, Act::Order(14, 2)], 0)]
#[case::too_few(&[Act::Order(14, 1)], "other-order", &[Act::Cancel, Act::Order(14, 2)], 0)]
#[case::miscounted(&[Act::TakeIn, Act::Miscount], "miscounted", &[Act::Recount], 0)]
#[case::given_again(
    &[Act::Hand(16, 0, 16), Act::Undo(16, 0), Act::Hand(16, 0, 16)], "not-taken", &[Act::Undo(16, 0)], 0)]
fn what_goes_wrong_is_told_and_can_be_put_right(
    #[case] wrong: &[Act],
    #[case] told: &str,
    #[case] right: &[Act],
    #[case] undone: usize,
) {
    let mut desk = Desk::new();
    desk.act(Act::Open);
    desk.acts(wrong);
    assert_eq!(desk.told(), format!("practice-{told}"));
    desk.acts(right);
    assert_eq!(desk.progress.faults().collect::<Vec<_>>(), []);
    assert_eq!((desk.progress.mistakes, desk.progress.put_right), (1, 1));
    assert_eq!(desk.progress.taken_back(), undone);
}

#[test]
fn what_was_done_and_is_undone_is_to_be_done_again() {
    let mut desk = Desk::new();
    desk.acts(&[Act::Open, Act::Hand(11, 0, 11), Act::Undo(11, 0)]);
    assert_eq!((desk.done(), desk.told()), (vec![Step::Open], "practice-label".to_owned()));
    desk.act(Act::Hand(11, 0, 11));
    assert_eq!(desk.done(), [Step::Open, Step::Label]);
    assert_eq!(desk.progress.spent[&Step::Label].as_secs(), 30);
}

#[test]
fn what_was_brought_back_by_its_label_counts_as_taken_back() {
    let mut desk = Desk::new();
    desk.acts(&[Act::Open, Act::Hand(16, 0, 16)]);
    let item = desk.items[&id(160)].last().unwrap().clone();
    let report = Report { occurred_at: at(60), at: at(60), by: None };
    desk.item_becomes(item.take_in(shelf(), report).0);
    assert!(desk.progress.is_done(Step::TakeBack));
}

#[test]
fn steps_are_left_out_one_by_one_and_may_be_done_all_the_same() {
    let mut desk = Desk::new();
    desk.acts(&[Act::Skip, Act::Skip, Act::Skip]);
    assert_eq!(desk.told(), "practice-deposit");
    desk.act(Act::Hand(11, 0, 11));
    assert_eq!(desk.done(), [Step::Label]);
    desk.acts(&[Act::Skip; 5]);
    assert!(desk.progress.is_over());
    assert_eq!(desk.told(), "practice-over");
    desk.act(Act::Skip);
    assert!(desk.progress.report(Language::Fr)[0].contains("1 étapes faites sur 8"));
}

#[test]
fn the_report_says_what_took_long_and_where_to_read_more() {
    let mut desk = Desk::new();
    desk.acts(&PROPOSED[..5]);
    desk.seconds += 170;
    desk.acts(&[Act::Pay(12, Account::Cash, PRICE + OWED), Act::Skip]);
    let report = desk.progress.report(Language::Fr).join("\n").replace('\u{a0}', " ");
    assert!(report.contains("3. Remettre par le nom et encaisser : 210 s (d'habitude 40 s)"), "{report}");
    assert!(report.contains("4. Prendre en dépôt : passée"), "{report}");
    assert!(report.contains("8. Fermer et compter la caisse : à faire une autre fois"), "{report}");
    assert!(report.contains("À relire : « Encaisser »"), "{report}");
    let mut quick = Desk::new();
    quick.acts(&PROPOSED);
    let report = quick.progress.report(Language::En).join("\n");
    assert!(report.contains("8 steps done of 8, in 120 s"), "{report}");
    assert!(report.contains("No step took longer than usual"), "{report}");
}

#[test]
fn a_cash_box_that_was_counted_otherwise_is_one_thing_to_put_right() {
    let mut desk = Desk::new();
    desk.acts(&PROPOSED[..11]);
    desk.act(Act::Close(PRICE));
    assert_eq!((desk.progress.mistakes, desk.progress.is_over()), (1, true));
}

#[test]
fn all_that_is_told_is_written_in_both_languages_with_its_variables() {
    let mut desks = vec![Desk::new()];
    for count in 1..=PROPOSED.len() {
        let mut desk = Desk::new();
        desk.acts(&PROPOSED[..count]);
        desks.push(desk);
    }
    let mut wrong = Desk::new();
    wrong.acts(&[Act::Open, Act::Hand(11, 0, 12)]);
    desks.push(wrong);
    let said: BTreeSet<String> = desks
        .iter()
        .flat_map(|desk| {
            let cue = desk.progress.cue(Language::Fr);
            [cue.scene, cue.advice]
        })
        .map(|sentence| {
            for language in [Language::Fr, Language::En] {
                assert!(found(language, &sentence.key, &sentence.variables).is_some(), "{}", sentence.key);
            }
            sentence.key
        })
        .collect();
    assert!(said.len() > 20, "{said:?}");
    for step in Step::ALL {
        for key in ["what", "section"] {
            for language in [Language::Fr, Language::En] {
                assert!(found(language, &format!("practice-{key}-{}", step.word()), &[]).is_some());
            }
        }
    }
}
