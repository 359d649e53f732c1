//! From a kind known at run time to its type: the one list of both.

/// Runs an expression with the type of a kind.
macro_rules! for_kind {
    ($kind:expr, $entity:ident => $run:expr) => {{
        use $crate::domain::entity::EntityKind as Kind;
        macro_rules! with {
            ($type:ty) => {{
                type $entity = $type;
                $run
            }};
        }
        match $kind {
            Kind::Policy => with!($crate::domain::policy::Policy),
            Kind::Client => with!($crate::domain::client::Client),
            Kind::Contract => with!($crate::domain::contract::Contract),
            Kind::Site => with!($crate::domain::site::Site),
            Kind::Holiday => with!($crate::domain::holiday::Holiday),
            Kind::Service => with!($crate::domain::service::Service),
            Kind::Provider => with!($crate::domain::provider::Provider),
            Kind::Courier => with!($crate::domain::courier::Courier),
            Kind::Operator => with!($crate::domain::operator::Operator),
            Kind::Beneficiary => with!($crate::domain::beneficiary::Beneficiary),
            Kind::Permanence => with!($crate::domain::permanence::Permanence),
            Kind::Locker => with!($crate::domain::locker::Locker),
            Kind::Contact => with!($crate::domain::contact::Contact),
            Kind::RecurringOrder => with!($crate::domain::recurring::RecurringOrder),
            Kind::Request => with!($crate::domain::request::Request),
            Kind::Claim => with!($crate::domain::claim::Claim),
            Kind::Held => with!($crate::domain::held::Held),
            Kind::Reply => with!($crate::domain::reply::Reply),
            Kind::Offer => with!($crate::domain::offer::Offer),
            Kind::Assignment => with!($crate::domain::assignment::Assignment),
            Kind::Booking => with!($crate::domain::booking::Booking),
            Kind::Item => with!($crate::domain::item::Item),
            Kind::Round => with!($crate::domain::round::Round),
            Kind::Leg => with!($crate::domain::leg::Leg),
            Kind::Posting => with!($crate::domain::posting::Posting),
            Kind::Exception => with!($crate::domain::exception::Exception),
        }
    }};
}
pub(crate) use for_kind;
