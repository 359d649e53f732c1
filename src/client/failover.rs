//! Several offices on one database: which is asked first, and which next when one fails.

use super::error::{RefusedUrl, SetupError};
use reqwest::Url;
use std::collections::VecDeque;

/// Whether plain http may leave this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PlainHttp {
    /// To loopback alone.
    #[default]
    Loopback,
    /// Anywhere: only where the network itself is protected.
    Anywhere,
}

/// The offices' addresses in the order in which they are asked: the one that last worked comes first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offices {
    present: Url,
    others: VecDeque<Url>,
}

impl Offices {
    /// The offices in the order of the configuration.
    ///
    /// # Errors
    /// There is none, or an address must not be called.
    pub fn new(urls: Vec<Url>, plain_http: PlainHttp) -> Result<Self, SetupError> {
        let mut others = urls.into_iter().map(|url| checked(url, plain_http)).collect::<Result<VecDeque<_>, _>>()?;
        let present = others.pop_front().ok_or(SetupError::NoOffice)?;
        Ok(Self { present, others })
    }

    /// The office to ask first.
    pub fn present(&self) -> &Url {
        &self.present
    }

    /// Every office once, in the order of asking.
    pub fn round(&self) -> Vec<Url> {
        std::iter::once(&self.present).chain(&self.others).cloned().collect()
    }

    /// This office answered: it is asked first from now on.
    pub fn worked(&mut self, office: &Url) {
        if let Some(place) = self.others.iter().position(|other| other == office) {
            // Turning, not swapping, keeps the configured order for what comes after.
            for _ in 0..=place {
                self.turn();
            }
        }
    }

    /// This office failed: the next comes first, unless somebody else has turned away from it already.
    pub fn next_after_failure(&mut self, failed: &Url) -> &Url {
        if self.present == *failed {
            self.turn();
        }
        &self.present
    }

    /// Whether any of them is on this machine.
    pub(super) fn any_on_loopback(&self) -> bool {
        std::iter::once(&self.present).chain(&self.others).any(is_loopback)
    }

    fn turn(&mut self) {
        if let Some(next) = self.others.pop_front() {
            self.others.push_back(std::mem::replace(&mut self.present, next));
        }
    }
}

fn checked(mut url: Url, plain_http: PlainHttp) -> Result<Url, SetupError> {
    let why = if !url.username().is_empty() || url.password().is_some() {
        // Neither call can fail on an address that holds them.
        let _ = url.set_password(None);
        let _ = url.set_username("");
        RefusedUrl::Credentials
    } else if url.query().is_some() || url.fragment().is_some() {
        RefusedUrl::NotARoot
    } else {
        match (url.scheme(), plain_http) {
            ("https", _) | ("http", PlainHttp::Anywhere) => return Ok(url),
            ("http", PlainHttp::Loopback) if is_loopback(&url) => return Ok(url),
            ("http", PlainHttp::Loopback) => RefusedUrl::PlainHttp,
            _ => RefusedUrl::Scheme,
        }
    };
    Err(SetupError::Refused { url, why })
}

fn is_loopback(url: &Url) -> bool {
    let Some(host) = url.host_str() else { return false };
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use rstest::rstest;

    fn url(name: &str) -> Url {
        format!("https://{name}.example").parse().unwrap()
    }

    fn offices(names: &[&str]) -> Offices {
        Offices::new(names.iter().map(|name| url(name)).collect(), PlainHttp::Loopback).unwrap()
    }

    #[test]
    fn offices_are_asked_in_the_configured_order_until_one_fails() {
        let mut three = offices(&["a", "b", "c"]);
        assert_eq!(three.round(), [url("a"), url("b"), url("c")]);
        assert_eq!(three.next_after_failure(&url("a")), &url("b"));
        assert_eq!(three.round(), [url("b"), url("c"), url("a")]);
    }

    #[test]
    fn the_one_that_last_worked_is_asked_first() {
        let mut three = offices(&["a", "b", "c"]);
        three.worked(&url("c"));
        assert_eq!(three.round(), [url("c"), url("a"), url("b")]);
    }

    #[test]
    fn two_that_saw_the_same_failure_do_not_skip_an_office() {
        let mut three = offices(&["a", "b", "c"]);
        three.next_after_failure(&url("a"));
        assert_eq!(three.next_after_failure(&url("a")), &url("b"));
    }

    #[test]
    fn a_lone_office_stays_the_one_to_ask() {
        let mut one = offices(&["a"]);
        assert_eq!(one.next_after_failure(&url("a")), &url("a"));
    }

    #[test]
    fn somebody_must_be_named() {
        assert!(matches!(Offices::new(Vec::new(), PlainHttp::Anywhere), Err(SetupError::NoOffice)));
    }

    #[rstest]
    #[case("https://office.example/loge", None)]
    #[case("http://127.0.0.1:8080", None)]
    #[case("http://127.8.0.1", None)]
    #[case("http://[::1]:8080", None)]
    #[case("http://localhost:8080", None)]
    #[case("http://office.example", Some(RefusedUrl::PlainHttp))]
    #[case("http://192.0.2.7", Some(RefusedUrl::PlainHttp))]
    #[case("http://localhost.example", Some(RefusedUrl::PlainHttp))]
    #[case("http://127.0.0.1.example", Some(RefusedUrl::PlainHttp))]
    #[case("ftp://office.example", Some(RefusedUrl::Scheme))]
    #[case("https://lea:secret@office.example", Some(RefusedUrl::Credentials))]
    #[case("https://office.example?a=b", Some(RefusedUrl::NotARoot))]
    fn only_safe_addresses_are_called(#[case] address: &str, #[case] refused: Option<RefusedUrl>) {
        let made = Offices::new(vec![address.parse().unwrap()], PlainHttp::Loopback);
        match (made, refused) {
            (Ok(_), None) => {}
            (Err(error @ SetupError::Refused { why, .. }), Some(expected)) => {
                assert_eq!(why, expected);
                assert!(!error.to_string().contains("secret"), "{error}");
            }
            (made, expected) => panic!("{made:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn plain_http_goes_anywhere_where_that_is_said() {
        assert!(Offices::new(vec!["http://office.example".parse().unwrap()], PlainHttp::Anywhere).is_ok());
    }

    proptest! {
        #[test]
        fn no_office_is_ever_lost_or_doubled(steps in prop::collection::vec((any::<bool>(), 0..4_usize), 0..40)) {
            let names = ["a", "b", "c", "d"];
            let mut four = offices(&names);
            for (worked, which) in steps {
                if worked {
                    four.worked(&url(names[which]));
                    prop_assert_eq!(four.present(), &url(names[which]));
                } else {
                    prop_assert_ne!(four.next_after_failure(&url(names[which])), &url(names[which]));
                }
                let mut round = four.round();
                round.sort();
                prop_assert_eq!(round, names.map(url).to_vec());
            }
        }
    }
}
