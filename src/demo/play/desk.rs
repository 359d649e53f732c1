//! Desks: visitors come, things go back, doors open and close.

use super::{Stage, line, words};
use crate::{
    demo::{
        day::{WalkIn, Wish},
        directory::Seat,
    },
    domain::{
        claim::ClaimSubject,
        contact::{CameIn, Party},
        ids::{ContactId, PermanenceId, SiteId},
        money::Cents,
        permanence::{Explanation, Leftover},
        posting::{Account, Line, PostingFields, PostingKind},
        request::Channel,
    },
    wire::{
        bodies::Fact,
        catalogue::Command,
        desk_bodies::{ClosePermanence, HandBack},
        fresh,
    },
};
use jiff::SignedDuration;

impl Stage {
    pub(super) async fn open(&self, desk: PermanenceId, by: Seat) -> Option<()> {
        let body = Fact { occurred_at: self.now() };
        self.give(by, Command::OpenPermanence { id: desk, body }).await?;
        self.tell("demo-desk-opened", vec![("operator", self.seat_name(by))]);
        Some(())
    }

    pub(super) async fn close(&self, desk: PermanenceId, site: SiteId, by: Seat) -> Option<()> {
        let why = line(&self.shared.words.leftover)?;
        // Lockers of the site are emptied by their owners: they are left over as well.
        let here = |item: &crate::domain::item::Item| item.fields.site_id == site;
        let left = self.shared.world.rows().ready();
        let explanations = left
            .iter()
            .filter(|item| here(item))
            .map(|item| Explanation { leftover: Leftover::Item { id: item.id }, why: why.clone() })
            .collect();
        let body = ClosePermanence { occurred_at: self.now(), explanations, cash_counted: None };
        self.give(by, Command::ClosePermanence { id: desk, body }).await?;
        self.tell("demo-desk-closed", vec![("operator", self.seat_name(by))]);
        Some(())
    }

    pub(super) async fn walk_in(&self, visit: WalkIn) -> Option<()> {
        if self.seat(visit.by).is_none() {
            // Whoever keeps the desk writes down what they hear.
            self.say(None, &visit.name, &visit.says);
            return None;
        }
        let id: ContactId = fresh();
        let what = crate::domain::contact::WalkIn { permanence_id: Some(visit.desk), text: visit.says.parse().ok() };
        let party = Party::Person { id: visit.person };
        let body = CameIn { occurred_at: self.now(), site_id: Some(visit.site), party, what };
        self.give(visit.by, Command::RecordWalkIn { id, body }).await?;
        self.tell("demo-walk-in", vec![("name", visit.name), ("says", visit.says)]);
        self.claim(visit.by, ClaimSubject::Contact { id }).await?;
        self.hold(visit.by, id, SignedDuration::from_secs(50)).await;
        let wish: &Wish = &visit.wish;
        self.note(visit.by, Channel::Permanence, id, wish).await
    }

    /// Somebody fetches what lies ready for them, and pays it.
    pub(super) async fn fetch(&self, desk: PermanenceId, site: SiteId, by: Seat) -> Option<()> {
        self.seat(by)?;
        let item = self.shared.world.rows().ready_at(site).into_iter().next()?;
        let (request_id, person) = (item.fields.request_id?, item.fields.beneficiary_id?);
        let price = self.shared.world.rows().request(request_id).and_then(|request| request.fields.price);
        let label = item.fields.label.as_str().to_owned();
        let now = self.now();
        let body = HandBack { occurred_at: now, from: item.fields.holder, to: Some(person) };
        // The last thing that goes back ends its request.
        self.give(by, Command::HandBackItem { id: item.id, body }).await?;
        if let Some(amount) = price.filter(|price| *price > Cents::ZERO) {
            let lines = vec![
                Line { account: Account::Cash, amount },
                Line { account: Account::Person { beneficiary_id: person }, amount: -amount },
            ];
            let body = PostingFields {
                kind: PostingKind::Payment,
                lines,
                occurred_at: now,
                request_id: Some(request_id),
                site_id: Some(site),
                taken_by: self.shared.directory.operator(by).ok(),
                permanence_id: Some(desk),
                reverses: None,
                text: None,
            };
            self.give(by, Command::PostPosting { id: fresh(), body }).await?;
        }
        let place = words::site(&self.shared.directory, site).to_owned();
        self.tell("demo-handed-back", vec![("label", label), ("site", place)]);
        Some(())
    }
}
