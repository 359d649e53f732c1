//! Commands: one file an entity. Each loads rows, asks the domain, stores what changed; the writer announces it.

pub mod bulk;
pub mod call;
pub mod claim;
pub mod contact;
pub mod context;
pub mod ending;
pub mod exception;
pub mod follow;
pub mod held;
pub mod item;
mod kinds;
pub(super) use kinds::for_kind;
pub mod leg;
pub mod limits;
pub mod locker;
mod locker_code;
pub mod message;
pub mod offer;
pub mod permanence;
pub mod posting;
pub mod register;
pub mod reply;
pub mod request;
pub mod round;
pub mod undo;

use super::failure::Failure;
use crate::{
    domain::entity::{EntityKind, Scope},
    wire::{access::Verdict, catalogue::Command},
};
use context::Context;

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
        C::CreateRequest { id, body } => request::create(context, *id, body).await,
        C::EditRequest { id, body } => request::edit(context, *id, body).await,
        C::TriageRequest { id, body } => request::triage(context, *id, body).await,
        C::WaitRequest { id, body } => request::wait(context, *id, body).await,
        C::ResumeRequest { id, body } => request::resume(context, *id, body).await,
        C::AnswerRequest { id, body } => request::answer(context, *id, body).await,
        C::RefuseRequest { id, body } => request::refuse(context, *id, body).await,
        C::CancelRequest { id, body } => request::cancel(context, *id, body).await,
        C::MergeRequest { id, body } => request::merge(context, *id, body).await,
        C::UnmergeRequest { id, body } => request::unmerge(context, *id, body).await,
        C::SplitRequest { id, body } => request::split(context, *id, body).await,
        C::NoteRequest { id, body } => request::note(context, *id, body).await,
        C::AssignRequest { id, body } => request::assign(context, *id, body).await,
        C::ReleaseRequest { id, body } => request::release(context, *id, body).await,
        C::StartRequest { id, body } => request::start(context, *id, body).await,
        C::ReadyRequest { id, body } => request::ready(context, *id, body).await,
        C::DoneRequest { id, body } => request::done(context, *id, body).await,
        C::CloseRequest { id, body } => request::close(context, *id, body).await,
        C::ReopenRequest { id, body } => request::reopen(context, *id, body).await,
        C::ComplainRequest { id, body } => request::complain(context, *id, body).await,

        C::RecordCall { body } => call::record(context, body).await,
        C::RecordMessage { id, body } => message::record(context, *id, body).await,
        C::RecordWalkIn { id, body } => contact::record_walk_in(context, *id, body).await,
        C::RecordLockerDrop { id, body } => contact::record_locker_drop(context, *id, body).await,
        C::EditContact { id, body } => contact::edit(context, *id, body).await,
        C::AttachContact { id, body } => contact::attach(context, *id, body).await,
        C::WrapUpContact { id, body } => contact::wrap_up(context, *id, body).await,
        C::CallBackContact { id, body } => contact::call_back(context, *id, body).await,
        C::DropContact { id, body } => contact::drop_it(context, *id, body).await,
        C::ReopenContact { id, body } => contact::reopen(context, *id, body).await,

        C::TakeClaim { id, body } => claim::take(context, *id, body).await,
        C::RenewClaims { body } => claim::renew(context, body).await,
        C::TakeOverClaim { id, body } => claim::take_over(context, *id, body).await,
        C::ReleaseClaim { id, .. } => claim::release(context, *id).await,

        C::ReleaseHeld { id, .. } => held::release(context, *id).await,
        C::ReturnHeld { id, body } => held::give_back(context, *id, body).await,

        C::PrepareReply { id, body } => reply::prepare(context, *id, body).await,
        C::WithdrawReply { id, .. } => reply::withdraw(context, *id).await,
        C::SendReplyAgain { id, .. } => reply::send_again(context, *id).await,
        C::LetReplyBe { id, .. } => reply::let_be(context, *id).await,

        C::PrepareOffer { id, body } => offer::prepare(context, *id, body).await,
        C::AcceptOffer { id, body } => offer::accept(context, *id, body).await,
        C::DeclineOffer { id, body } => offer::decline(context, *id, body).await,
        C::TakeCounter { id, body } => offer::take_counter(context, *id, body).await,
        C::WithdrawOffer { id, body } => offer::withdraw(context, *id, body).await,
        C::FulfilOffer { id, body } => offer::fulfil(context, *id, body).await,
        C::FailOffer { id, body } => offer::fail(context, *id, body).await,
        C::ReleaseOffer { id, body } => offer::release(context, *id, body).await,

        C::PlanLeg { id, body } => leg::plan(context, *id, body).await,
        C::EditLeg { id, body } => leg::edit(context, *id, body).await,
        C::ConfirmLeg { id, body } => leg::confirm(context, *id, body).await,
        C::MoveLeg { id, body } => leg::move_to(context, *id, body).await,
        C::StartLeg { id, body } => leg::start(context, *id, body).await,
        C::DoneLeg { id, body } => leg::done(context, *id, body).await,
        C::FailLeg { id, body } => leg::fail(context, *id, body).await,
        C::CancelLeg { id, body } => leg::cancel(context, *id, body).await,

        C::CreateRound { id, body } => round::create(context, *id, body).await,
        C::EditRound { id, body } => round::edit(context, *id, body).await,
        C::ArrangeRound { id, body } => round::arrange(context, *id, body).await,
        C::PublishRound { id, body } => round::publish(context, *id, body).await,
        C::StartRound { id, body } => round::start(context, *id, body).await,
        C::FinishRound { id, body } => round::finish(context, *id, body).await,

        C::PlanPermanence { id, body } => permanence::plan(context, *id, body).await,
        C::EditPermanence { id, body } => permanence::edit(context, *id, body).await,
        C::OpenPermanence { id, body } => permanence::open(context, *id, body).await,
        C::ClosePermanence { id, body } => permanence::close(context, *id, body).await,
        C::CancelPermanence { id, body } => permanence::cancel(context, *id, body).await,

        C::CreateLocker { id, body } => locker::create(context, *id, body).await,
        C::EditLocker { id, body } => locker::edit(context, *id, body).await,
        C::ArchiveLocker { id, .. } => locker::archive(context, *id).await,
        C::BreakLocker { id, body } => locker::break_down(context, *id, body).await,
        C::RepairLocker { id, .. } => locker::repair(context, *id).await,

        C::ReserveBooking { id, body } => locker::reserve(context, *id, body).await,
        C::EditBooking { id, body } => locker::edit_booking(context, *id, body).await,
        C::FillBooking { id, body } => locker::fill(context, *id, body).await,
        C::EmptyBooking { id, body } => locker::empty(context, *id, body).await,
        C::CancelBooking { id, body } => locker::cancel(context, *id, body).await,
        C::IssueCode { id, .. } => locker_code::issue(context, *id).await,
        C::CheckCode { id, body } => locker_code::check(context, *id, body).await,

        C::CreateItem { id, body } => item::create(context, *id, body).await,
        C::EditItem { id, body } => item::edit(context, *id, body).await,
        C::TakeInItem { id, body } => item::take_in(context, *id, body).await,
        C::PassOnItem { id, body } => item::pass_on(context, *id, body).await,
        C::HandBackItem { id, body } => item::hand_back(context, *id, body).await,
        C::LoseItem { id, body } => item::lose(context, *id, body).await,

        C::PostPosting { id, body } => posting::post(context, *id, body).await,
        C::ReversePosting { id, body } => posting::reverse(context, *id, body).await,

        C::OpenException { id, body } => exception::open(context, *id, body).await,
        C::EditException { id, body } => exception::edit(context, *id, body).await,
        C::CloseException { id, body } => exception::close(context, *id, body).await,

        C::EditPolicy { id, body } => register::edit_policy(context, *id, body).await,
        C::CreateContract { id, body } => register::create(context, *id, body).await,
        C::EditContract { id, body } => {
            register::edit::<crate::domain::contract::ContractFields>(context, *id, body).await
        }
        C::ArchiveContract { id, .. } => {
            register::archive::<crate::domain::contract::ContractFields>(context, *id).await
        }
        C::CreateHoliday { id, body } => register::create(context, *id, body).await,
        C::EditHoliday { id, body } => {
            register::edit::<crate::domain::holiday::HolidayFields>(context, *id, body).await
        }
        C::ArchiveHoliday { id, .. } => register::archive::<crate::domain::holiday::HolidayFields>(context, *id).await,
        C::CreateCourier { id, body } => register::create(context, *id, body).await,
        C::EditCourier { id, body } => {
            register::edit::<crate::domain::courier::CourierFields>(context, *id, body).await
        }
        C::ArchiveCourier { id, .. } => register::archive::<crate::domain::courier::CourierFields>(context, *id).await,
        C::CreateBeneficiary { id, body } => register::create(context, *id, body).await,
        C::EditBeneficiary { id, body } => {
            register::edit::<crate::domain::beneficiary::BeneficiaryFields>(context, *id, body).await
        }
        C::ArchiveBeneficiary { id, .. } => {
            register::archive::<crate::domain::beneficiary::BeneficiaryFields>(context, *id).await
        }
        C::EraseBeneficiary { id, body } => register::erase(context, *id, body).await,
        C::CreateClient { id, body } => register::create(context, *id, body).await,
        C::EditClient { id, body } => register::edit::<crate::domain::client::ClientFields>(context, *id, body).await,
        C::ArchiveClient { id, .. } => register::archive::<crate::domain::client::ClientFields>(context, *id).await,
        C::CreateSite { id, body } => register::create(context, *id, body).await,
        C::EditSite { id, body } => register::edit::<crate::domain::site::SiteFields>(context, *id, body).await,
        C::ArchiveSite { id, .. } => register::archive::<crate::domain::site::SiteFields>(context, *id).await,
        C::CreateService { id, body } => register::create(context, *id, body).await,
        C::EditService { id, body } => {
            register::edit::<crate::domain::service::ServiceFields>(context, *id, body).await
        }
        C::ArchiveService { id, .. } => register::archive::<crate::domain::service::ServiceFields>(context, *id).await,
        C::CreateProvider { id, body } => register::create(context, *id, body).await,
        C::EditProvider { id, body } => {
            register::edit::<crate::domain::provider::ProviderFields>(context, *id, body).await
        }
        C::ArchiveProvider { id, .. } => {
            register::archive::<crate::domain::provider::ProviderFields>(context, *id).await
        }
        C::CreateOperator { id, body } => register::create(context, *id, body).await,
        C::EditOperator { id, body } => {
            register::edit::<crate::domain::operator::OperatorFields>(context, *id, body).await
        }
        C::ArchiveOperator { id, .. } => {
            register::archive::<crate::domain::operator::OperatorFields>(context, *id).await
        }
        C::PreferOperator { body } => register::prefer(context, body).await,
        C::SetView { body } => register::set_view(context, body).await,

        C::Bulk { body } => Box::pin(bulk::run(context, body)).await,
        C::Undo { body } => Box::pin(undo::run(context, body)).await,
    }
}
