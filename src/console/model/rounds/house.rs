//! The console's rows as planning looks them up.

use crate::{
    console::model::world::World,
    domain::{
        beneficiary::Beneficiary,
        courier::Courier,
        ids::{BeneficiaryId, CourierId, LockerId, ProviderId, RequestId, ServiceId, SiteId},
        leg::Leg,
        locker::Locker,
        permanence::Permanence,
        policy::PolicyFields,
        provider::Provider,
        request::Request,
        round::Round,
        service::Service,
        site::Site,
    },
    planning::day::House,
    replica::Kept,
};

fn all<E: Kept>(world: &World) -> Vec<&E> {
    world.board.all::<E>().map(|shown| &**shown.row).collect()
}

fn one<E: Kept>(world: &World, id: E::Id) -> Option<&E> {
    world.board.get::<E>(id).map(|shown| &**shown.row)
}

impl House for World {
    fn policy(&self) -> Option<&PolicyFields> {
        self.board.replica().policy().map(|policy| &policy.fields)
    }

    fn site(&self, id: SiteId) -> Option<&Site> {
        one(self, id)
    }

    fn locker(&self, id: LockerId) -> Option<&Locker> {
        one(self, id)
    }

    fn provider(&self, id: ProviderId) -> Option<&Provider> {
        one(self, id)
    }

    fn request(&self, id: RequestId) -> Option<&Request> {
        one(self, id)
    }

    fn beneficiary(&self, id: BeneficiaryId) -> Option<&Beneficiary> {
        one(self, id)
    }

    fn service(&self, id: ServiceId) -> Option<&Service> {
        one(self, id)
    }

    fn legs(&self) -> Vec<&Leg> {
        all(self)
    }

    fn rounds(&self) -> Vec<&Round> {
        all(self)
    }

    fn courier(&self, id: CourierId) -> Option<&Courier> {
        one(self, id)
    }

    fn couriers(&self) -> Vec<&Courier> {
        all(self)
    }

    fn permanences(&self) -> Vec<&Permanence> {
        all(self)
    }
}
