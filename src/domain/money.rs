//! Money in whole cents, VAT and shares in basis points: exact, checked, and rounded in one way.

use serde::{Deserialize, Serialize};
use std::{fmt, ops::Neg};
use thiserror::Error;

/// Why an amount, a rate or a share was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum MoneyError {
    /// More than ten thousand million euros either way.
    #[error("{0} cents is out of range: write a whole number of cents between -1000000000000 and 1000000000000")]
    Amount(i64),
    /// Not between nothing and everything.
    #[error("{0} basis points is out of range: write 0 to 10000, where 2000 is 20 %")]
    BasisPoints(u32),
}

/// An amount in whole euro cents, at most 10¹² either way.
///
/// Arithmetic that would leave the range gives `None`, so that every amount that exists can also be stored and sent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(
    feature = "office",
    schema(value_type = i64, minimum = -1_000_000_000_000_i64, maximum = 1_000_000_000_000_i64, example = 1840)
)]
#[serde(try_from = "i64")]
pub struct Cents(i64);

impl Cents {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// The largest amount; its negation is the smallest.
    pub const MAX: Self = Self(1_000_000_000_000);

    /// An amount of `cents`, if it is in range.
    pub fn new(cents: i64) -> Result<Self, MoneyError> {
        if (-Self::MAX.0..=Self::MAX.0).contains(&cents) { Ok(Self(cents)) } else { Err(MoneyError::Amount(cents)) }
    }

    /// The number of cents.
    pub const fn get(self) -> i64 {
        self.0
    }

    /// `self + other`.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        Self::new(self.0.checked_add(other.0)?).ok()
    }

    /// `self - other`.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.checked_add(-other)
    }

    /// `self`, `times` over.
    pub fn checked_mul(self, times: u32) -> Option<Self> {
        Self::new(self.0.checked_mul(times.into())?).ok()
    }

    /// The sum of all `amounts`; nothing sums to nothing.
    pub fn sum(amounts: impl IntoIterator<Item = Self>) -> Option<Self> {
        amounts.into_iter().try_fold(Self::ZERO, Self::checked_add)
    }

    /// `self · part / whole` to the nearest cent, a half to the even one; `part` ≤ `whole` keeps it in range.
    fn fraction(self, part: u32, whole: u32) -> Self {
        let (part, whole) = (i128::from(part), i128::from(whole));
        let product = i128::from(self.0) * part;
        let (floor, rest) = (product.div_euclid(whole), product.rem_euclid(whole));
        let up = rest * 2 > whole || (rest * 2 == whole && floor.rem_euclid(2) == 1);
        // Not larger than `self`, hence an i64 and in range.
        Self(i64::try_from(floor + i128::from(up)).unwrap_or(self.0))
    }
}

/// The range is as wide below nothing as above: turning an amount round cannot fail.
impl Neg for Cents {
    type Output = Self;

    fn neg(self) -> Self {
        Self(-self.0)
    }
}

impl TryFrom<i64> for Cents {
    type Error = MoneyError;

    fn try_from(cents: i64) -> Result<Self, MoneyError> {
        Self::new(cents)
    }
}

/// Every 32-bit number is in range.
impl From<i32> for Cents {
    fn from(cents: i32) -> Self {
        Self(cents.into())
    }
}

impl From<Cents> for i64 {
    fn from(cents: Cents) -> Self {
        cents.0
    }
}

/// The bare number of cents, for logs and files; screens write euros in the reader's language.
impl fmt::Display for Cents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

macro_rules! basis_points {
    ($($name:ident)*) => {$(
        impl $name {
            /// Basis points, 0 to 10,000.
            pub fn new(basis_points: u32) -> Result<Self, MoneyError> {
                match u16::try_from(basis_points) {
                    Ok(inside) if inside <= 10_000 => Ok(Self(inside)),
                    _ => Err(MoneyError::BasisPoints(basis_points)),
                }
            }

            /// Basis points, 0 to 10,000.
            pub fn basis_points(self) -> u32 {
                self.0.into()
            }
        }

        impl TryFrom<u32> for $name {
            type Error = MoneyError;

            fn try_from(basis_points: u32) -> Result<Self, MoneyError> {
                Self::new(basis_points)
            }
        }
    )*};
}

/// A rate of value added tax in basis points of the net price: 2000 is 20 %.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = u16, minimum = 0, maximum = 10_000, example = 2000))]
#[serde(try_from = "u32")]
pub struct VatRate(u16);

/// A part of a whole in basis points: 10,000 is all of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "office", schema(value_type = u16, minimum = 0, maximum = 10_000, example = 5000))]
#[serde(try_from = "u32")]
pub struct Share(u16);

basis_points! { VatRate Share }

impl VatRate {
    /// The tax within `gross`, a price that includes it, rounded half to even; the net price is the rest.
    pub fn vat_included_in(self, gross: Cents) -> Cents {
        let rate = self.basis_points();
        gross.fraction(rate, 10_000 + rate)
    }
}

/// A price shared between the person served and the client that funds the service; both together are the price.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Split {
    /// What the person pays.
    pub person: Cents,
    /// What the client pays.
    pub client: Cents,
}

/// Splits `total`: the client's part is rounded half to even, the rest falls on the person.
pub fn split(total: Cents, client_share: Share) -> Split {
    let client = total.fraction(client_share.basis_points(), 10_000);
    // A part and its rest are never larger than the whole.
    Split { person: Cents(total.0 - client.0), client }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cents() -> impl Strategy<Value = Cents> {
        (-Cents::MAX.get()..=Cents::MAX.get()).prop_map(|cents| Cents::new(cents).unwrap())
    }

    fn vat(rate: u32, gross: i32) -> i64 {
        VatRate::new(rate).unwrap().vat_included_in(gross.into()).get()
    }

    fn parts(total: i32, share: u32) -> (i64, i64) {
        let Split { person, client } = split(total.into(), Share::new(share).unwrap());
        (person.get(), client.get())
    }

    #[test]
    fn vat_is_taken_out_of_the_price_that_includes_it() {
        assert_eq!(vat(2000, 1200), 200);
        assert_eq!(vat(550, 1055), 55);
        assert_eq!(vat(0, 999), 0);
        assert_eq!(vat(10_000, 200), 100);
    }

    #[test]
    fn halves_go_to_the_even_cent_on_both_sides_of_nothing() {
        assert_eq!(vat(10_000, 1), 0);
        assert_eq!(vat(10_000, 3), 2);
        assert_eq!(vat(10_000, -1), 0);
        assert_eq!(vat(10_000, -3), -2);
        assert_eq!(parts(5, 5000), (3, 2));
        assert_eq!(parts(7, 5000), (3, 4));
        assert_eq!(parts(-5, 5000), (-3, -2));
    }

    #[test]
    fn an_amount_out_of_range_is_refused_where_json_is_read() {
        assert_eq!(serde_json::from_str::<Cents>("-1840").unwrap(), Cents::from(-1840));
        assert!(serde_json::from_str::<Cents>("1000000000000").is_ok());
        for bad in ["1000000000001", "-1000000000001", "18.4", "\"18\"", "9223372036854775808"] {
            assert!(serde_json::from_str::<Cents>(bad).is_err(), "{bad}");
        }
        let refusal = serde_json::from_str::<VatRate>("10001").unwrap_err();
        assert!(refusal.to_string().contains("write 0 to 10000"));
        assert_eq!(serde_json::to_string(&Cents::from(-5)).unwrap(), "-5");
    }

    #[test]
    fn arithmetic_stops_at_the_edge() {
        assert_eq!(Cents::MAX.checked_add(Cents::from(1)), None);
        assert_eq!((-Cents::MAX).checked_sub(Cents::from(1)), None);
        assert_eq!(Cents::MAX.checked_mul(2), None);
        assert_eq!(Cents::from(250).checked_mul(3), Some(Cents::from(750)));
        assert_eq!(Cents::sum([Cents::MAX, Cents::MAX]), None);
        assert_eq!(Cents::sum([]), Some(Cents::ZERO));
    }

    proptest! {
        #[test]
        fn a_split_loses_no_cent_and_gives_nobody_more_than_the_price(total in cents(), share in 0..=10_000_u32) {
            let Split { person, client } = split(total, Share::new(share).unwrap());
            prop_assert_eq!(person.checked_add(client), Some(total));
            prop_assert!(person.get().abs() <= total.get().abs());
            prop_assert!(client.get().abs() <= total.get().abs());
            let exact = i128::from(total.get()) * i128::from(share);
            prop_assert!((i128::from(client.get()) * 10_000 - exact).abs() * 2 <= 10_000);
        }

        #[test]
        fn vat_is_the_nearest_cent_and_turns_round_with_the_price(gross in cents(), rate in 0..=10_000_u32) {
            let tax = VatRate::new(rate).unwrap().vat_included_in(gross);
            let whole = i128::from(rate) + 10_000;
            let exact = i128::from(gross.get()) * i128::from(rate);
            prop_assert!((i128::from(tax.get()) * whole - exact).abs() * 2 <= whole);
            prop_assert_eq!(VatRate::new(rate).unwrap().vat_included_in(-gross), -tax);
        }

        #[test]
        fn sums_do_not_depend_on_the_order(amounts in prop::collection::vec(-1_000_000..1_000_000_i32, 0..20)) {
            let forth = Cents::sum(amounts.iter().copied().map(Cents::from));
            let back = Cents::sum(amounts.iter().rev().copied().map(Cents::from));
            prop_assert_eq!(forth, back);
        }
    }
}
