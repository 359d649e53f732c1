//! The filter of the lists of dispatch, in the same small language as that of all requests.

use crate::{
    console::{
        filter::{Filter, Moment, Test},
        model::{
            requests::{Requests, row_text},
            world::World,
        },
    },
    domain::{
        held::Held,
        ids::{OfferId, ProviderId, RequestId},
        offer::Offer,
    },
    wire::catalogue::Command,
};

/// The filter as it is typed, and as it was understood.
#[derive(Debug, Default)]
pub struct Sieve {
    /// As it is typed.
    pub text: String,
    read: (String, Filter),
}

impl Sieve {
    /// Reads what is typed; whether it is another filter than before.
    pub fn read(&mut self) -> bool {
        let is_other = self.read.0 != self.text;
        if is_other {
            self.read = (self.text.clone(), Filter::parse(&self.text));
        }
        is_other
    }

    /// The filter as it was understood.
    pub fn understood(&self) -> &Filter {
        &self.read.1
    }

    /// What rows have to pass; none if all do.
    pub fn passing<'a>(&self, world: &'a World, requests: &'a mut Requests, moment: &Moment) -> Option<Passing<'a>> {
        if self.read.1.is_empty() {
            return None;
        }
        requests.fold_texts(world);
        Some(Passing { test: self.read.1.at(moment), world, requests })
    }
}

/// Which rows pass.
pub struct Passing<'a> {
    test: Test,
    world: &'a World,
    requests: &'a Requests,
}

impl Passing<'_> {
    /// Whether a request passes.
    pub fn request(&self, id: RequestId) -> bool {
        self.requests.text_of(id).is_some_and(|text| self.test.accepts(text))
    }

    /// Whether an offer passes: its request, with the provider that it is put to.
    pub fn offer(&self, offer: &Offer) -> bool {
        self.of(offer.fields.request_id, Some(offer.fields.provider_id))
    }

    /// Whether what a trainee prepared passes: the request that it is about.
    pub fn held(&self, held: &Held) -> bool {
        let about = Command::of_held(held).ok().and_then(|command| match command {
            Command::PrepareOffer { body, .. } => Some((body.request_id, Some(body.provider_id))),
            command if command.name().starts_with("offer.") => self.offered(command.subject()?.into()),
            command if command.name().starts_with("request.") => Some((command.subject()?.into(), None)),
            _ => None,
        });
        about.is_some_and(|(request, provider)| match provider {
            Some(_) => self.of(request, provider),
            None => self.request(request),
        })
    }

    fn offered(&self, id: OfferId) -> Option<(RequestId, Option<ProviderId>)> {
        let fields = &self.world.offer(id)?.fields;
        Some((fields.request_id, Some(fields.provider_id)))
    }

    /// Whether a request passes, were it this provider's.
    fn of(&self, id: RequestId, provider: Option<ProviderId>) -> bool {
        let Some(shown) = self.world.request(id) else { return false };
        let operator = self.world.claim_on(id.into()).map(|claim| claim.operator_id);
        self.test.accepts(&row_text(self.world, shown.row, operator, provider))
    }
}
