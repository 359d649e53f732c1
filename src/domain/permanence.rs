//! A permanence: a concierge's desk session on a site, from the timetable to the counted cash box.

use super::{
    access::who::{C, D, S},
    entity::{Entity, EntityKind, Scope, Version},
    exception::{Contradiction, ContradictionKind},
    ids::{ClientId, ItemId, OperatorId, PermanenceId, RequestId, SiteId},
    machine::{Machine, Move, Reason, State, Trainee, states},
    money::Cents,
    refusal::Refusal,
    texts::ShortText,
    time::{Instant, Window, Zone},
};
use serde::{Deserialize, Serialize};

states! {
    /// Where a permanence stands.
    PermanenceState {
        /// In the timetable.
        Planned = "planned",
        /// The desk is open.
        Open = "open",
        /// The desk is closed and accounted for.
        Closed = "closed",
        /// Nobody opened it.
        Missed = "missed",
        /// Called off beforehand.
        Cancelled = "cancelled",
    }
}

use PermanenceState::{Cancelled, Closed, Missed, Open, Planned};

/// The table of a permanence's moves.
pub const PERMANENCE: Machine<PermanenceState> = Machine {
    entity: EntityKind::Permanence,
    start: &[Planned],
    moves: &[
        // A desk that was open without network is heard of late, perhaps after it was taken for missed.
        Move {
            name: "open",
            from: &[Planned, Missed],
            to: &[Open],
            who: &[C, D],
            reason: Reason::None,
            trainee: Trainee::Free,
            condition: "the desk is open; may be told late",
        },
        Move {
            name: "close",
            from: &[Open],
            to: &[Closed],
            who: &[C, D],
            reason: Reason::None,
            trainee: Trainee::Held,
            condition: "each leftover is explained",
        },
        Move {
            name: "miss",
            from: &[Planned],
            to: &[Missed],
            who: &[S],
            reason: Reason::None,
            trainee: Trainee::Never,
            condition: "its end has passed",
        },
        Move {
            name: "cancel",
            from: &[Planned],
            to: &[Cancelled],
            who: &[D, C],
            reason: Reason::Required,
            trainee: Trainee::Held,
            condition: "called off beforehand",
        },
    ],
};

/// Something that was to be settled in a permanence and was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Leftover {
    /// A thing that was not handed back or not brought.
    Item {
        /// Which one.
        id: ItemId,
    },
    /// A person who still waits for an answer.
    Request {
        /// About which request.
        id: RequestId,
    },
}

/// Why something is left over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Explanation {
    /// What is left over.
    pub leftover: Leftover,
    /// Why.
    pub why: ShortText,
}

/// The cash box at closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CashCount {
    /// What lay in it.
    pub counted: Cents,
    /// What the tab says was taken.
    pub expected: Cents,
}

/// What people write of a permanence; the body that creates one.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PermanenceFields {
    /// Where.
    pub site_id: SiteId,
    /// Who keeps the desk.
    #[serde(default)]
    pub concierge_id: Option<OperatorId>,
    /// When, in civil time of the site.
    pub window: Window,
    /// What visitors and colleagues should know.
    #[serde(default)]
    pub note: Option<ShortText>,
}

/// A desk session on a site.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Permanence {
    /// Made by who creates it.
    pub id: PermanenceId,
    /// One more at each change.
    pub version: Version,
    /// Where it stands.
    pub state: PermanenceState,
    /// What people write.
    #[serde(flatten)]
    pub fields: PermanenceFields,
    /// The site's zone, in which the window counts.
    pub zone: Zone,
    /// The client of its site, whose contract its hours count for.
    pub client_id: Option<ClientId>,
    /// When the desk really opened.
    pub opened_at: Option<Instant>,
    /// When it really closed.
    pub closed_at: Option<Instant>,
    /// Why each leftover is left over.
    pub explanations: Vec<Explanation>,
    /// The cash box at closing.
    pub cash: Option<CashCount>,
    /// Why it was called off.
    pub reason: Option<ShortText>,
}

impl Permanence {
    /// A permanence in the timetable; zone and client are those of its site.
    pub fn create(id: PermanenceId, fields: PermanenceFields, zone: Zone, client_id: Option<ClientId>) -> Self {
        Self {
            id,
            version: Version::FIRST,
            state: Planned,
            fields,
            zone,
            client_id,
            opened_at: None,
            closed_at: None,
            explanations: Vec::new(),
            cash: None,
            reason: None,
        }
    }

    /// The desk opened, at `at` in the world.
    ///
    /// # Errors
    /// It is open, was closed or called off.
    pub fn open(&mut self, at: Instant) -> Result<(), Refusal> {
        PERMANENCE.allow(self.state, "open", Open, None)?;
        self.state = Open;
        self.opened_at = Some(at);
        Ok(())
    }

    /// The desk closed, at `at` in the world; gives the contradiction where the cash box does not hold what the tab says.
    ///
    /// # Errors
    /// It is not open, was opened later than `at`, or a leftover lacks its explanation.
    pub fn close(
        &mut self,
        leftovers: &[Leftover],
        explanations: Vec<Explanation>,
        cash: Option<CashCount>,
        at: Instant,
    ) -> Result<Option<Contradiction>, Refusal> {
        PERMANENCE.allow(self.state, "close", Closed, None)?;
        if self.opened_at.is_some_and(|opened| at < opened) {
            return Err(Refusal::FieldInvalid {
                field: "closed_at".into(),
                why: "a desk closes after it opened".into(),
            });
        }
        let unexplained = leftovers
            .iter()
            .filter(|leftover| !explanations.iter().any(|explanation| explanation.leftover == **leftover))
            .count();
        if unexplained > 0 {
            return Err(Refusal::FieldInvalid {
                field: "explanations".into(),
                why: format!("{unexplained} of {} leftovers still need one", leftovers.len()),
            });
        }
        self.state = Closed;
        self.closed_at = Some(at);
        self.explanations = explanations;
        self.cash = cash;
        let wrong = cash.is_some_and(|cash| cash.counted != cash.expected);
        Ok(wrong.then(|| Contradiction::about(self, ContradictionKind::TallyWrong, at)))
    }

    /// Nobody opened it.
    ///
    /// # Errors
    /// It was opened or called off, or its end has not passed.
    pub fn miss(&mut self, at: Instant) -> Result<(), Refusal> {
        PERMANENCE.allow(self.state, "miss", Missed, None)?;
        if at < self.fields.window.end(&self.zone) {
            return Err(Refusal::FieldInvalid { field: "window".into(), why: "its end has not passed".into() });
        }
        self.state = Missed;
        Ok(())
    }

    /// Calls it off.
    ///
    /// # Errors
    /// It was opened, missed or called off already.
    pub fn cancel(&mut self, reason: ShortText) -> Result<(), Refusal> {
        PERMANENCE.allow(self.state, "cancel", Cancelled, Some(&reason))?;
        self.state = Cancelled;
        self.reason = Some(reason);
        Ok(())
    }
}

impl Entity for Permanence {
    type Id = PermanenceId;
    const KIND: EntityKind = EntityKind::Permanence;
    const EDITABLE: &'static [&'static str] = &["concierge_id", "window", "note"];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: Some(self.fields.site_id), client: self.client_id }
    }

    fn state_name(&self) -> Option<&'static str> {
        Some(self.state.name())
    }

    fn unmade(&self) -> Option<Self> {
        (self.state == Planned).then(|| Self { state: Cancelled, ..self.clone() })
    }

    fn search_words(&self) -> Vec<&str> {
        self.fields.note.as_ref().map(ShortText::as_str).into_iter().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::moves::walk::{at, faults, id, in_table, text, window};
    use proptest::prelude::*;

    // 9 to 11 o'clock in Paris; the first second of the test's day is 9 o'clock there.
    const END: i64 = 2 * 3600;

    fn permanence() -> Permanence {
        let fields = PermanenceFields { site_id: id(1), concierge_id: Some(id(2)), window: window(9, 11), note: None };
        Permanence::create(id(3), fields, Zone::default(), None)
    }

    fn item(number: u128) -> Leftover {
        Leftover::Item { id: id(number) }
    }

    fn because(leftover: Leftover) -> Explanation {
        Explanation { leftover, why: text("Revient jeudi") }
    }

    /// What holds for a permanence whatever happened to it.
    fn holds(permanence: &Permanence) -> bool {
        let opened = matches!(permanence.state, Open | Closed);
        opened == permanence.opened_at.is_some()
            && (permanence.state == Closed) == permanence.closed_at.is_some()
            && permanence.closed_at.is_none_or(|closed| permanence.opened_at.is_some_and(|opened| opened <= closed))
            && (permanence.state == Cancelled) == permanence.reason.is_some()
            && (permanence.state == Closed || (permanence.cash.is_none() && permanence.explanations.is_empty()))
    }

    #[test]
    fn the_table_has_no_faults() {
        assert_eq!(faults(&PERMANENCE), Vec::<String>::new());
    }

    #[test]
    fn closing_asks_for_an_explanation_of_each_leftover() {
        let mut permanence = permanence();
        permanence.open(at(0)).unwrap();
        let before = permanence.clone();
        let left = [item(1), item(2), Leftover::Request { id: id(1) }];
        assert!(
            matches!(permanence.close(&left, vec![because(item(1)), because(item(2))], None, at(60)), Err(Refusal::FieldInvalid { field, .. }) if field == "explanations")
        );
        assert_eq!(permanence, before);
        assert_eq!(permanence.close(&left, left.map(because).to_vec(), None, at(60)), Ok(None));
    }

    #[test]
    fn a_cash_box_that_does_not_hold_what_was_taken_opens_an_exception() {
        let mut permanence = permanence();
        permanence.open(at(0)).unwrap();
        let cash = CashCount { counted: 1840.into(), expected: 2040.into() };
        let contradiction = permanence.close(&[], Vec::new(), Some(cash), at(60)).unwrap().unwrap();
        assert_eq!(
            (contradiction.kind, contradiction.site_id),
            (ContradictionKind::TallyWrong, Some(permanence.fields.site_id))
        );
        assert_eq!(permanence.state, Closed);
    }

    #[test]
    fn a_permanence_is_missed_when_its_end_has_passed_and_not_before() {
        let mut permanence = permanence();
        assert!(permanence.miss(at(END - 1)).is_err());
        permanence.miss(at(END)).unwrap();
        assert_eq!(permanence.state, Missed);
    }

    #[test]
    fn a_desk_that_was_open_without_network_is_no_longer_missed() {
        let mut permanence = permanence();
        permanence.miss(at(END)).unwrap();
        permanence.open(at(60)).unwrap();
        assert_eq!(permanence.close(&[], Vec::new(), None, at(END)), Ok(None));
    }

    #[derive(Clone, Debug)]
    enum Step {
        Open,
        Close { leftovers: u128, explained: u128 },
        Miss,
        Cancel,
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            Just(Step::Open),
            (0..3_u128, 0..3_u128).prop_map(|(leftovers, explained)| Step::Close { leftovers, explained }),
            Just(Step::Miss),
            Just(Step::Cancel)
        ]
    }

    proptest! {
        #[test]
        fn no_order_of_moves_breaks_a_permanence(steps in prop::collection::vec((step(), -600..2 * END), 0..12)) {
            let mut permanence = permanence();
            for (step, second) in steps {
                let before = permanence.clone();
                let outcome = match step {
                    Step::Open => permanence.open(at(second)),
                    Step::Close { leftovers, explained } => {
                        let left: Vec<_> = (0..leftovers).map(item).collect();
                        permanence.close(&left, (0..explained).map(|number| because(item(number))).collect(), None, at(second)).map(|_| ())
                    }
                    Step::Miss => permanence.miss(at(second)),
                    Step::Cancel => permanence.cancel(text("Grève")),
                };
                if outcome.is_err() {
                    prop_assert_eq!(&permanence, &before);
                }
                prop_assert!(in_table(&PERMANENCE, before.state, permanence.state));
                prop_assert!(holds(&permanence), "{:?}", permanence);
            }
        }
    }
}
