//! What a posting does and refuses.

use super::*;
use crate::domain::moves::walk::{at, id};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn person() -> Account {
    Account::Person { beneficiary_id: id(1) }
}

fn rate(basis_points: u32) -> VatRate {
    VatRate::new(basis_points).unwrap()
}

fn share(basis_points: u32) -> Share {
    Share::new(basis_points).unwrap()
}

fn fields(kind: PostingKind, lines: Vec<Line>) -> PostingFields {
    let taken_by = (kind == PostingKind::Payment).then(|| id(9));
    PostingFields {
        kind,
        lines,
        occurred_at: at(0),
        request_id: None,
        site_id: None,
        taken_by,
        permanence_id: None,
        reverses: None,
        text: None,
    }
}

fn posting(number: u128, kind: PostingKind, lines: Vec<Line>) -> Result<Posting, Refusal> {
    Posting::create(id(number), fields(kind, lines), at(0), None)
}

fn amounts(lines: &[Line]) -> Vec<i64> {
    lines.iter().map(|line| line.amount.get()).collect()
}

fn is_unbalanced(outcome: &Result<Posting, Refusal>) -> bool {
    matches!(outcome, Err(Refusal::Busy { cause: Cause::Unbalanced, .. }))
}

#[test]
fn a_charge_parts_the_price_into_tax_commission_and_the_providers_due() {
    let payer = ChargedTo::Shared { person: id(1), client: id(2), client_share: share(5000) };
    let lines = charge(1205.into(), rate(2000), payer, Earner::Provider { id: id(3), commission: share(1000) });
    // Half of 12.05 is rounded to the even cent for the client; the person bears the rest.
    assert_eq!(amounts(&lines), [603, 602, -201, -100, -904]);
    assert!(posting(4, PostingKind::Charge, lines).is_ok());
}

#[test]
fn what_comes_to_nothing_has_no_line() {
    let lines = charge(500.into(), rate(0), ChargedTo::Person(id(1)), Earner::House);
    assert_eq!(amounts(&lines), [500, -500]);
}

#[test]
fn a_posting_balances() {
    let mut lines = payment(person(), Account::Cash, 1840.into());
    lines.push(Line { account: Account::Card, amount: 1.into() });
    assert!(is_unbalanced(&posting(4, PostingKind::Payment, lines)));
    let nothing = payment(person(), Account::Cash, Cents::ZERO);
    assert!(
        matches!(posting(4, PostingKind::Payment, nothing), Err(Refusal::FieldInvalid { field, .. }) if field == "lines")
    );
    let single = vec![Line { account: Account::Cash, amount: 1.into() }];
    assert!(
        matches!(posting(4, PostingKind::Payment, single), Err(Refusal::FieldInvalid { field, .. }) if field == "lines")
    );
}

#[test]
fn a_payment_names_who_took_it_and_a_charge_moves_no_money() {
    let lines = payment(person(), Account::Cash, 1840.into());
    let untaken = PostingFields { taken_by: None, ..fields(PostingKind::Payment, lines.clone()) };
    assert_eq!(
        Posting::create(id(4), untaken, at(0), None).unwrap_err(),
        Refusal::FieldsMissing { fields: vec!["taken_by"] }
    );
    assert!(is_unbalanced(&posting(4, PostingKind::Charge, lines)));
    let charged = charge(1840.into(), rate(2000), ChargedTo::Person(id(1)), Earner::House);
    assert!(is_unbalanced(&posting(4, PostingKind::Payment, charged)));
}

#[test]
fn paying_settles_what_was_owed() {
    let mut tab = Tab::default();
    tab.append(
        posting(1, PostingKind::Charge, charge(1840.into(), rate(2000), ChargedTo::Person(id(1)), Earner::House))
            .unwrap(),
    )
    .unwrap();
    assert_eq!(tab.balance(person()), Some(1840.into()));
    tab.append(posting(2, PostingKind::Payment, payment(person(), Account::Card, 2340.into())).unwrap()).unwrap();
    assert_eq!(tab.balance(person()), Some((-500).into()));
    assert_eq!(tab.balance(Account::Card), Some(2340.into()));
}

#[test]
fn a_posting_is_reversed_once_and_wholly() {
    let mut tab = Tab::default();
    let paid = posting(1, PostingKind::Payment, payment(person(), Account::Cash, 300.into())).unwrap();
    tab.append(paid.clone()).unwrap();
    let mut partial = paid.reversal(id(2), None, at(5), None).unwrap();
    partial.fields.lines = payment(person(), Account::Cash, (-200).into());
    assert!(tab.append(partial).is_err());
    let reversal = paid.reversal(id(2), None, at(5), None).unwrap();
    tab.append(reversal.clone()).unwrap();
    assert_eq!(tab.balance(person()), Some(Cents::ZERO));
    assert!(matches!(
        tab.append(paid.reversal(id(3), None, at(6), None).unwrap()),
        Err(Refusal::Busy { cause: Cause::Exists, .. })
    ));
    assert!(reversal.reversal(id(4), None, at(7), None).is_err());
}

#[derive(Clone, Debug)]
enum Act {
    Charge { price: i32, rate: u32, client_share: u32, commission: u32, own: bool },
    Pay { amount: i32, means: Account },
    Reverse(prop::sample::Index),
    Smuggle { lines: Vec<i32> },
}

fn act() -> impl Strategy<Value = Act> {
    let means =
        prop::sample::select(vec![Account::Cash, Account::Card, Account::Cheque, Account::Voucher, Account::Transfer]);
    prop_oneof![
        (-5000..500_000_i32, 0..=10_000_u32, 0..=10_000_u32, 0..=10_000_u32, any::<bool>()).prop_map(
            |(price, rate, client_share, commission, own)| Act::Charge { price, rate, client_share, commission, own }
        ),
        (-5000..500_000_i32, means).prop_map(|(amount, means)| Act::Pay { amount, means }),
        any::<prop::sample::Index>().prop_map(Act::Reverse),
        prop::collection::vec(-3..3_i32, 0..4).prop_map(|lines| Act::Smuggle { lines }),
    ]
}

proptest! {
    #[test]
    fn any_sequence_of_postings_keeps_the_ledger_at_zero(acts in prop::collection::vec(act(), 0..30)) {
        let mut tab = Tab::default();
        for (number, act) in acts.into_iter().enumerate() {
            let number = 100 + number as u128;
            let before = tab.clone();
            let made = match act {
                Act::Charge { price, rate: vat, client_share, commission, own } => {
                    let payer = ChargedTo::Shared { person: id(1), client: id(2), client_share: share(client_share) };
                    let earner = if own { Earner::House } else { Earner::Provider { id: id(3), commission: share(commission) } };
                    let lines = charge(price.into(), rate(vat), payer, earner);
                    prop_assert_eq!(amounts(&lines).iter().sum::<i64>(), 0);
                    let made = posting(number, PostingKind::Charge, lines);
                    prop_assert!(made.is_ok() || price == 0);
                    made
                }
                Act::Pay { amount, means } => posting(number, PostingKind::Payment, payment(person(), means, amount.into())),
                Act::Reverse(which) if !tab.postings().is_empty() => which.get(tab.postings()).reversal(id(number), None, at(1), None),
                Act::Reverse(_) => continue,
                Act::Smuggle { lines } => {
                    let lines = lines.into_iter().map(|amount| Line { account: person(), amount: amount.into() }).collect();
                    posting(number, PostingKind::Charge, lines)
                }
            };
            if made.and_then(|posting| tab.append(posting)).is_err() {
                prop_assert_eq!(&tab, &before);
            } else {
                prop_assert_eq!(tab.postings().len(), before.postings().len() + 1);
            }
            let mut balances: BTreeMap<Account, i64> = BTreeMap::new();
            for line in tab.lines() {
                *balances.entry(line.account).or_default() += line.amount.get();
            }
            prop_assert_eq!(balances.values().sum::<i64>(), 0);
            for (account, sum) in balances {
                prop_assert_eq!(tab.balance(account).map(Cents::get), Some(sum));
            }
        }
    }

    #[test]
    fn a_ledger_of_which_all_is_reversed_is_empty_on_every_account(prices in prop::collection::vec(1..500_000_i32, 1..10)) {
        let mut tab = Tab::default();
        for (number, price) in prices.into_iter().enumerate() {
            let number = 100 + number as u128;
            let charged = posting(number, PostingKind::Charge, charge(price.into(), rate(2000), ChargedTo::Person(id(1)), Earner::House)).unwrap();
            let reversal = charged.reversal(id(number + 1000), None, at(1), None).unwrap();
            tab.append(charged).unwrap();
            tab.append(reversal).unwrap();
        }
        for line in tab.lines() {
            prop_assert_eq!(tab.balance(line.account), Some(Cents::ZERO));
        }
    }
}
