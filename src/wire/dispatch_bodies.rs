//! The bodies of commands on offers, legs and rounds.

use super::bodies::body;
use crate::domain::{
    ids::{LegId, OfferId},
    leg::{Failure, LegState},
    offer::OfferState,
    round::{RoundState, Stop},
    texts::ShortText,
    time::{Instant, When, Window},
};
use serde::{Deserialize, Serialize};

body! {
    /// A provider's no, told on its behalf.
    DeclineOffer {
        /// The state that was seen.
        seen: OfferState,
        /// Why.
        reason: ShortText,
        /// Another time that would do, in civil time of the request's site.
        #[serde(default)]
        counter: Option<When>,
    }
}

body! {
    /// Gives a provider until another deadline.
    DeferOffer {
        /// The state that was seen.
        seen: OfferState,
        /// Until when an answer counts; not before what the provider was told.
        deadline: Instant,
    }
}

body! {
    /// Takes the time that a provider proposed when declining.
    TakeCounter {
        /// The id of the new, accepted offer.
        offer_id: OfferId,
    }
}

body! {
    /// Gives a leg another window.
    MoveLeg {
        /// The state that was seen.
        seen: LegState,
        /// The new window; none while it is open.
        #[serde(default)]
        window: Option<Window>,
    }
}

body! {
    /// The new leg in the place of one that failed.
    Retry {
        /// Its id.
        id: LegId,
        /// When; none while it is open.
        #[serde(default)]
        window: Option<Window>,
    }
}

body! {
    /// A leg failed: a fact.
    FailLeg {
        /// When.
        occurred_at: Instant,
        /// How.
        failure: Failure,
        /// The leg that takes its place, if it is tried again.
        #[serde(default)]
        retry: Option<Retry>,
    }
}

body! {
    /// Puts the stops of a round into an order.
    Arrange {
        /// The state that was seen.
        seen: RoundState,
        /// The stops in the order of driving, each leg taken once and left once; at most 200 legs. Those of legs that are pinned or under
        /// way keep the order they have among themselves.
        stops: Vec<Stop>,
    }
}
