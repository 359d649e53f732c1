//! Whether the program may answer a message by itself: two programs that answer each other must come to an end (RFC 3834).

use super::{contact::MessageNature, time::Instant};
use jiff::SignedDuration;

/// Answers by the program itself to one thread within an hour.
pub const MOST: usize = 5;

/// The time over which they are counted.
const WITHIN: SignedDuration = SignedDuration::from_hours(1);

/// Left sides of addresses that no person reads.
const NOBODY: &[&str] =
    &["mailer-daemon", "noreply", "no-reply", "donotreply", "ne-pas-repondre", "nepasrepondre", "postmaster"];

/// How old a message may be that is answered by itself: one that is found later, in a mailbox that was full before, is left to people.
pub const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// Where an answer would go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReturnPath<'a> {
    /// Nowhere: the message itself is an answer of a program (RFC 5321, 4.5.5).
    Empty,
    /// To this address.
    Address(&'a str),
}

/// Whether the program may answer by itself: only what a person wrote, never to an empty return path or to an address that no person
/// reads, and to a thread no more than five times an hour, whatever its messages say of themselves.
pub fn may_answer_by_itself(
    nature: MessageNature,
    return_path: ReturnPath<'_>,
    answered_at: &[Instant],
    now: Instant,
) -> bool {
    let ReturnPath::Address(address) = return_path else { return false };
    let local = address.rsplit_once('@').map_or("", |(local, _)| local).to_lowercase();
    let nobody = local.is_empty()
        || NOBODY.contains(&local.as_str())
        || local.starts_with("owner-")
        || local.starts_with("bounce")
        || local.ends_with("-request");
    let lately = answered_at.iter().filter(|at| **at <= now && at.plus(WITHIN) > now).count();
    nature == MessageNature::Personal && !nobody && lately < MOST
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::at;

    const CLAIRE: ReturnPath<'static> = ReturnPath::Address("claire.durand@metropole.example");

    #[test]
    fn what_a_person_wrote_may_be_answered() {
        assert!(may_answer_by_itself(MessageNature::Personal, CLAIRE, &[], at(0)));
    }

    #[test]
    fn what_no_person_wrote_or_reads_is_not_answered() {
        for nature in [MessageNature::AutoReply, MessageNature::Bounce, MessageNature::ReadReceipt, MessageNature::List]
        {
            assert!(!may_answer_by_itself(nature, CLAIRE, &[], at(0)), "{nature:?}");
        }
        for path in [
            ReturnPath::Empty,
            ReturnPath::Address("MAILER-DAEMON@metropole.example"),
            ReturnPath::Address("no-reply@metropole.example"),
            ReturnPath::Address("pain-request@metropole.example"),
            ReturnPath::Address("bounces+claire=metropole.example@lettres.example"),
        ] {
            assert!(!may_answer_by_itself(MessageNature::Personal, path, &[], at(0)), "{path:?}");
        }
    }

    #[test]
    fn two_programs_that_answer_each_other_and_hide_it_stop_after_five_rounds_an_hour() {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for minute in 0..600 {
            let now = at(minute * 60);
            if !may_answer_by_itself(MessageNature::Personal, CLAIRE, &ours, now) {
                break;
            }
            ours.push(now);
            if !may_answer_by_itself(MessageNature::Personal, CLAIRE, &theirs, now) {
                break;
            }
            theirs.push(now);
        }
        assert_eq!((ours.len(), theirs.len()), (MOST, MOST));
        assert!(!may_answer_by_itself(MessageNature::Personal, CLAIRE, &ours, at(59 * 60)));
        assert!(may_answer_by_itself(MessageNature::Personal, CLAIRE, &ours, at(60 * 60)), "an hour later one may");
    }
}
