//! Commands: one file an entity. Each loads rows, asks the domain, stores what changed; the writer announces it.

pub mod bulk;
pub mod call;
mod carried;
mod cascade;
pub mod claim;
pub mod contact;
pub mod context;
mod desk_mail;
pub mod ending;
pub mod exception;
pub mod follow;
mod handed_back;
pub mod held;
pub mod item;
mod kinds;
pub(super) use kinds::for_kind;
pub mod leg;
pub mod legs;
pub mod letter;
pub mod limits;
pub mod locker;
pub mod locker_code;
pub mod message;
pub mod offer;
pub mod permanence;
pub mod posting;
pub mod recurring;
pub mod register;
pub mod reply;
pub mod request;
pub mod round;
pub mod stop;
mod tell;
pub mod undo;

use super::failure::Failure;
use crate::{
    domain::entity::{EntityKind, Scope},
    wire::{access::Verdict, catalogue::Command},
};
use context::Context;
use std::pin::Pin;

/// The part of a row that decides who sees it.
#[derive(serde::Deserialize)]
struct Scoped {
    #[serde(default)]
    site_id: Option<crate::domain::ids::SiteId>,
    #[serde(default)]
    client_id: Option<crate::domain::ids::ClientId>,
}

/// The scope of a stored row. Sites and clients are their own scope; the rest names it.
pub fn scope_of(kind: EntityKind, id: &str, doc: &str) -> Scope {
    let scoped: Scoped = serde_json::from_str(doc).unwrap_or(Scoped { site_id: None, client_id: None });
    match kind {
        EntityKind::Site => Scope { site: id.parse().ok(), client: scoped.client_id },
        EntityKind::Client => Scope { site: None, client: id.parse().ok() },
        // A coordinator's account names the client it reads; the row itself is the house's.
        EntityKind::Operator => Scope::default(),
        _ => Scope { site: scoped.site_id, client: scoped.client_id },
    }
}

/// Carries out a command if its actor may: the one way in for console, programs, timers and released commands.
pub async fn execute(context: &mut Context<'_>, command: &Command) -> Result<(), Failure> {
    if context.is_system() {
        return dispatch(context, command).await;
    }
    match (command.entry().access)().verdict(context.actor) {
        Verdict::Allowed => dispatch(context, command).await,
        Verdict::Held => held::hold(context, command).await,
        Verdict::Denied => Err(Failure::NotAllowed(command.name())),
    }
}

/// Every command has one place.
#[allow(clippy::too_many_lines, reason = "one line a command")]
pub(super) async fn dispatch(context: &mut Context<'_>, command: &Command) -> Result<(), Failure> {
    use Command as C;
    match command {
        C::CreateRequest { id, body } => kept(|| request::create(context, *id, body)).await,
        C::EditRequest { id, body } => kept(|| request::edit(context, *id, body)).await,
        C::TriageRequest { id, body } => kept(|| request::triage(context, *id, body)).await,
        C::WaitRequest { id, body } => kept(|| request::wait(context, *id, body)).await,
        C::ResumeRequest { id, body } => kept(|| request::resume(context, *id, body)).await,
        C::AnswerRequest { id, body } => kept(|| request::answer(context, *id, body)).await,
        C::RefuseRequest { id, body } => kept(|| request::refuse(context, *id, body)).await,
        C::CancelRequest { id, body } => kept(|| request::cancel(context, *id, body)).await,
        C::MergeRequest { id, body } => kept(|| request::merge(context, *id, body)).await,
        C::UnmergeRequest { id, body } => kept(|| request::unmerge(context, *id, body)).await,
        C::SplitRequest { id, body } => kept(|| request::split(context, *id, body)).await,
        C::NoteRequest { id, body } => kept(|| request::note(context, *id, body)).await,
        C::AssignRequest { id, body } => kept(|| request::assign(context, *id, body)).await,
        C::ReleaseRequest { id, body } => kept(|| request::release(context, *id, body)).await,
        C::StartRequest { id, body } => kept(|| request::start(context, *id, body)).await,
        C::ReadyRequest { id, body } => kept(|| request::ready(context, *id, body)).await,
        C::DoneRequest { id, body } => kept(|| request::done(context, *id, body)).await,
        C::CloseRequest { id, body } => kept(|| request::close(context, *id, body)).await,
        C::ReopenRequest { id, body } => kept(|| request::reopen(context, *id, body)).await,
        C::ComplainRequest { id, body } => kept(|| request::complain(context, *id, body)).await,

        C::CreateRecurringOrder { id, body } => kept(|| recurring::create(context, *id, body)).await,
        C::EditRecurringOrder { id, body } => kept(|| recurring::edit(context, *id, body)).await,
        C::PauseRecurringOrder { id, body } => kept(|| recurring::pause(context, *id, body)).await,
        C::ResumeRecurringOrder { id, body } => kept(|| recurring::resume(context, *id, body)).await,
        C::EndRecurringOrder { id, body } => kept(|| recurring::end(context, *id, body)).await,

        C::RecordCall { body } => kept(|| call::record(context, body)).await,
        C::RecordMessage { id, body } => kept(|| message::record(context, *id, body)).await,
        C::RecordWalkIn { id, body } => kept(|| contact::record_walk_in(context, *id, body)).await,
        C::RecordLockerDrop { id, body } => kept(|| contact::record_locker_drop(context, *id, body)).await,
        C::EditContact { id, body } => kept(|| contact::edit(context, *id, body)).await,
        C::AttachContact { id, body } => kept(|| contact::attach(context, *id, body)).await,
        C::WrapUpContact { id, body } => kept(|| contact::wrap_up(context, *id, body)).await,
        C::CallBackContact { id, body } => kept(|| contact::call_back(context, *id, body)).await,
        C::DropContact { id, body } => kept(|| contact::drop_it(context, *id, body)).await,
        C::ReopenContact { id, body } => kept(|| contact::reopen(context, *id, body)).await,

        C::TakeClaim { id, body } => kept(|| claim::take(context, *id, body)).await,
        C::RenewClaims { body } => kept(|| claim::renew(context, body)).await,
        C::TakeOverClaim { id, body } => kept(|| claim::take_over(context, *id, body)).await,
        C::ReleaseClaim { id, .. } => kept(|| claim::release(context, *id)).await,

        C::ReleaseHeld { id, .. } => kept(|| held::release(context, *id)).await,
        C::ReturnHeld { id, body } => kept(|| held::give_back(context, *id, body)).await,
        C::TakeUpHeld { id, .. } => kept(|| held::take_up(context, *id)).await,

        C::PrepareReply { id, body } => kept(|| reply::prepare(context, *id, body)).await,
        C::WithdrawReply { id, .. } => kept(|| reply::withdraw(context, *id)).await,
        C::SendReplyAgain { id, .. } => kept(|| reply::send_again(context, *id)).await,
        C::LetReplyBe { id, .. } => kept(|| reply::let_be(context, *id)).await,

        C::PrepareOffer { id, body } => kept(|| offer::prepare(context, *id, body)).await,
        C::AcceptOffer { id, body } => kept(|| offer::accept(context, *id, body)).await,
        C::DeclineOffer { id, body } => kept(|| offer::decline(context, *id, body)).await,
        C::TakeCounter { id, body } => kept(|| offer::take_counter(context, *id, body)).await,
        C::DeferOffer { id, body } => kept(|| offer::defer(context, *id, body)).await,
        C::WithdrawOffer { id, body } => kept(|| offer::withdraw(context, *id, body)).await,
        C::FulfilOffer { id, body } => kept(|| offer::fulfil(context, *id, body)).await,
        C::FailOffer { id, body } => kept(|| offer::fail(context, *id, body)).await,
        C::ReleaseOffer { id, body } => kept(|| offer::release(context, *id, body)).await,

        C::PlanLeg { id, body } => kept(|| leg::plan(context, *id, body)).await,
        C::EditLeg { id, body } => kept(|| leg::edit(context, *id, body)).await,
        C::ConfirmLeg { id, body } => kept(|| leg::confirm(context, *id, body)).await,
        C::MoveLeg { id, body } => kept(|| leg::move_to(context, *id, body)).await,
        C::StartLeg { id, body } => kept(|| leg::start(context, *id, body)).await,
        C::DoneLeg { id, body } => kept(|| leg::done(context, *id, body)).await,
        C::FailLeg { id, body } => kept(|| leg::fail(context, *id, body)).await,
        C::CancelLeg { id, body } => kept(|| leg::cancel(context, *id, body)).await,

        C::CreateRound { id, body } => kept(|| round::create(context, *id, body)).await,
        C::EditRound { id, body } => kept(|| round::edit(context, *id, body)).await,
        C::ArrangeRound { id, body } => kept(|| round::arrange(context, *id, body)).await,
        C::PublishRound { id, body } => kept(|| round::publish(context, *id, body)).await,
        C::StartRound { id, body } => kept(|| round::start(context, *id, body)).await,
        C::FinishRound { id, body } => kept(|| round::finish(context, *id, body)).await,

        C::PlanPermanence { id, body } => kept(|| permanence::plan(context, *id, body)).await,
        C::EditPermanence { id, body } => kept(|| permanence::edit(context, *id, body)).await,
        C::OpenPermanence { id, body } => kept(|| permanence::open(context, *id, body)).await,
        C::ClosePermanence { id, body } => kept(|| permanence::close(context, *id, body)).await,
        C::CancelPermanence { id, body } => kept(|| permanence::cancel(context, *id, body)).await,

        C::CreateLocker { id, body } => kept(|| locker::create(context, *id, body)).await,
        C::EditLocker { id, body } => kept(|| locker::edit(context, *id, body)).await,
        C::ArchiveLocker { id, .. } => kept(|| locker::archive(context, *id)).await,
        C::BreakLocker { id, body } => kept(|| locker::break_down(context, *id, body)).await,
        C::RepairLocker { id, .. } => kept(|| locker::repair(context, *id)).await,

        C::ReserveBooking { id, body } => kept(|| locker::reserve(context, *id, body)).await,
        C::EditBooking { id, body } => kept(|| locker::edit_booking(context, *id, body)).await,
        C::FillBooking { id, body } => kept(|| locker::fill(context, *id, body)).await,
        C::EmptyBooking { id, body } => kept(|| locker::empty(context, *id, body)).await,
        C::CancelBooking { id, body } => kept(|| locker::cancel(context, *id, body)).await,
        C::IssueCode { id, .. } => kept(|| locker_code::issue(context, *id)).await,
        C::MailCode { id, .. } => kept(|| desk_mail::code(context, *id)).await,
        C::CheckCode { id, body } => kept(|| locker_code::check(context, *id, body)).await,

        C::CreateItem { id, body } => kept(|| item::create(context, *id, body)).await,
        C::EditItem { id, body } => kept(|| item::edit(context, *id, body)).await,
        C::TakeInItem { id, body } => kept(|| item::take_in(context, *id, body)).await,
        C::PassOnItem { id, body } => kept(|| item::pass_on(context, *id, body)).await,
        C::HandBackItem { id, body } => kept(|| item::hand_back(context, *id, body)).await,
        C::NumberLabels { body } => kept(|| item::number_labels(context, body)).await,
        C::LoseItem { id, body } => kept(|| item::lose(context, *id, body)).await,

        C::PostPosting { id, body } => kept(|| posting::post(context, *id, body)).await,
        C::ReversePosting { id, body } => kept(|| posting::reverse(context, *id, body)).await,
        C::MailReceipt { id, .. } => kept(|| desk_mail::receipt(context, *id)).await,

        C::OpenException { id, body } => kept(|| exception::open(context, *id, body)).await,
        C::EditException { id, body } => kept(|| exception::edit(context, *id, body)).await,
        C::CloseException { id, body } => kept(|| exception::close(context, *id, body)).await,

        C::EditPolicy { id, body } => kept(|| register::edit_policy(context, *id, body)).await,
        C::CreateContract { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditContract { id, body } => {
            kept(|| register::edit::<crate::domain::contract::ContractFields>(context, *id, body)).await
        }
        C::ArchiveContract { id, .. } => {
            kept(|| register::archive::<crate::domain::contract::ContractFields>(context, *id)).await
        }
        C::CreateHoliday { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditHoliday { id, body } => {
            kept(|| register::edit::<crate::domain::holiday::HolidayFields>(context, *id, body)).await
        }
        C::ArchiveHoliday { id, .. } => {
            kept(|| register::archive::<crate::domain::holiday::HolidayFields>(context, *id)).await
        }
        C::CreateCourier { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditCourier { id, body } => {
            kept(|| register::edit::<crate::domain::courier::CourierFields>(context, *id, body)).await
        }
        C::ArchiveCourier { id, .. } => {
            kept(|| register::archive::<crate::domain::courier::CourierFields>(context, *id)).await
        }
        C::CreateBeneficiary { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditBeneficiary { id, body } => {
            kept(|| register::edit::<crate::domain::beneficiary::BeneficiaryFields>(context, *id, body)).await
        }
        C::ArchiveBeneficiary { id, .. } => {
            kept(|| register::archive::<crate::domain::beneficiary::BeneficiaryFields>(context, *id)).await
        }
        C::EraseBeneficiary { id, body } => kept(|| register::erase(context, *id, body)).await,
        C::CreateClient { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditClient { id, body } => {
            kept(|| register::edit::<crate::domain::client::ClientFields>(context, *id, body)).await
        }
        C::ArchiveClient { id, .. } => {
            kept(|| register::archive::<crate::domain::client::ClientFields>(context, *id)).await
        }
        C::CreateSite { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditSite { id, body } => {
            kept(|| register::edit::<crate::domain::site::SiteFields>(context, *id, body)).await
        }
        C::ArchiveSite { id, .. } => kept(|| register::archive::<crate::domain::site::SiteFields>(context, *id)).await,
        C::CreateService { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditService { id, body } => {
            kept(|| register::edit::<crate::domain::service::ServiceFields>(context, *id, body)).await
        }
        C::ArchiveService { id, .. } => {
            kept(|| register::archive::<crate::domain::service::ServiceFields>(context, *id)).await
        }
        C::CreateProvider { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditProvider { id, body } => {
            kept(|| register::edit::<crate::domain::provider::ProviderFields>(context, *id, body)).await
        }
        C::ArchiveProvider { id, .. } => {
            kept(|| register::archive::<crate::domain::provider::ProviderFields>(context, *id)).await
        }
        C::CreateOperator { id, body } => kept(|| register::create(context, *id, body)).await,
        C::EditOperator { id, body } => {
            kept(|| register::edit::<crate::domain::operator::OperatorFields>(context, *id, body)).await
        }
        C::ArchiveOperator { id, .. } => {
            kept(|| register::archive::<crate::domain::operator::OperatorFields>(context, *id)).await
        }
        C::PreferOperator { body } => kept(|| register::prefer(context, body)).await,
        C::SetView { body } => kept(|| register::set_view(context, body)).await,

        C::Bulk { body } => kept(|| bulk::run(context, body)).await,
        C::Undo { body } => kept(|| undo::run(context, body)).await,
    }
}

/// Makes what a command does where it is kept: without optimisation, one stack would have room for each of them at once.
#[inline(never)]
pub(super) fn kept<F>(make: impl FnOnce() -> F) -> Pin<Box<F>> {
    Box::pin(make())
}
