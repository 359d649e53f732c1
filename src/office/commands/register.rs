//! Commands on the register (beneficiaries, clients, contracts, sites, holidays, services, providers, couriers, accounts): one form for all of them.

use super::context::Context;
use crate::{
    domain::{
        beneficiary::{Beneficiary, BeneficiaryFields},
        client::{Client, ClientFields},
        contract::ContractFields,
        courier::{CourierFields, CourierOf},
        entity::{Edit, Entity as _},
        holiday::HolidayFields,
        ids::{BeneficiaryId, ClientId, LockerId, PolicyId, ProviderId, ServiceId, SiteId},
        leg::Place,
        locker::Locker,
        operator::{Operator, OperatorFields, Preferences},
        policy::{Policy, PolicyFields, policy_id},
        provider::{Provider, ProviderFields},
        refusal::{MemberFault, Refusal},
        register::{Entry, Fields, Standing},
        service::{Service, ServiceFields},
        site::{Site, SiteFields},
    },
    office::{
        erasure,
        failure::Failure,
        storage::{StorageError, Tx, document},
    },
    wire::bodies::{Because, SetView},
};

/// What the fields of an entry refer to.
pub trait References: Fields {
    /// The fields that name other rows.
    fn references(&self) -> Vec<Reference> {
        Vec::new()
    }
}

/// A field that names another row.
#[derive(Clone, Copy, Debug)]
pub enum Reference {
    /// A client.
    Client(&'static str, ClientId),
    /// A site.
    Site(&'static str, SiteId),
    /// A service.
    Service(&'static str, ServiceId),
    /// A locker.
    Locker(&'static str, LockerId),
    /// A provider.
    Provider(&'static str, ProviderId),
}

impl Reference {
    /// What a place names; an address names nothing.
    fn of_place(field: &'static str, place: &Place) -> Option<Self> {
        match *place {
            Place::Site { site_id } => Some(Self::Site(field, site_id)),
            Place::Locker { locker_id } => Some(Self::Locker(field, locker_id)),
            Place::Provider { provider_id } => Some(Self::Provider(field, provider_id)),
            Place::Address { .. } => None,
        }
    }
}

impl References for BeneficiaryFields {
    fn references(&self) -> Vec<Reference> {
        let enrolled = self.enrolments.iter().map(|enrolment| Reference::Client("enrolments", enrolment.client_id));
        let client = self.client_id.map(|id| Reference::Client("client_id", id));
        let site = self.site_id.map(|id| Reference::Site("site_id", id));
        client.into_iter().chain(site).chain(enrolled).collect()
    }
}

impl References for ClientFields {}

impl References for ContractFields {
    fn references(&self) -> Vec<Reference> {
        vec![Reference::Client("client_id", self.client_id)]
    }
}

impl References for HolidayFields {
    fn references(&self) -> Vec<Reference> {
        self.site_id.map(|id| Reference::Site("site_id", id)).into_iter().collect()
    }
}

impl References for CourierFields {
    fn references(&self) -> Vec<Reference> {
        let provider = match self.of {
            CourierOf::Provider { provider_id } => Some(Reference::Provider("of", provider_id)),
            CourierOf::OwnStaff | CourierOf::Volunteer => None,
        };
        self.base.iter().filter_map(|place| Reference::of_place("base", place)).chain(provider).collect()
    }
}

impl References for SiteFields {
    fn references(&self) -> Vec<Reference> {
        let client = self.client_id.map(|id| Reference::Client("client_id", id));
        let services = self.catalogue.iter().flatten().map(|id| Reference::Service("catalogue", *id));
        client.into_iter().chain(services).collect()
    }
}

impl References for ServiceFields {}

impl References for ProviderFields {
    fn references(&self) -> Vec<Reference> {
        let services = self.services.iter().map(|offered| Reference::Service("services", offered.service_id));
        let sites = self.sites.iter().flatten().map(|id| Reference::Site("sites", *id));
        let members = self.members.iter().map(|member| Reference::Provider("members", member.provider_id));
        services.chain(sites).chain(members).collect()
    }
}

impl References for OperatorFields {
    fn references(&self) -> Vec<Reference> {
        let client = self.client_id.map(|id| Reference::Client("client_id", id));
        let sites: Vec<_> = match &self.sites {
            crate::domain::access::Sites::All => Vec::new(),
            crate::domain::access::Sites::Only(sites) => sites.iter().map(|id| Reference::Site("sites", *id)).collect(),
        };
        client.into_iter().chain(sites).collect()
    }
}

async fn check_references<F: References>(context: &mut Context<'_>, fields: &F) -> Result<(), Failure> {
    for reference in fields.references() {
        check_reference(context, reference).await?;
    }
    Ok(())
}

async fn check_reference(context: &mut Context<'_>, reference: Reference) -> Result<(), Failure> {
    match reference {
        Reference::Client(field, id) => drop(context.named::<Client>(id, field).await?),
        Reference::Site(field, id) => drop(context.named::<Site>(id, field).await?),
        Reference::Service(field, id) => drop(context.named::<Service>(id, field).await?),
        Reference::Locker(field, id) => drop(context.named::<Locker>(id, field).await?),
        Reference::Provider(field, id) => drop(context.named::<Provider>(id, field).await?),
    }
    Ok(())
}

/// Checks that what a place names exists.
pub(super) async fn check_place(context: &mut Context<'_>, field: &'static str, place: &Place) -> Result<(), Failure> {
    match Reference::of_place(field, place) {
        Some(reference) => check_reference(context, reference).await,
        None => Ok(()),
    }
}

/// `PUT /v1/<collection>/{id}`
pub async fn create<F: References>(context: &mut Context<'_>, id: F::Id, fields: &F) -> Result<(), Failure> {
    context.must_be_new::<Entry<F>>(id).await?;
    let entry = Entry::create(id, fields.clone())?;
    no_consortium_in_another(context, &entry).await?;
    check_references(context, fields).await?;
    unique_login(context, &entry).await?;
    context.insert(&entry, None).await
}

/// A login belongs to one account; the schema holds it, this says it in words.
async fn unique_login<F: Fields>(context: &mut Context<'_>, entry: &Entry<F>) -> Result<(), Failure> {
    let Some(operator) = (entry as &dyn std::any::Any).downcast_ref::<Operator>() else { return Ok(()) };
    let id = operator.id.to_string();
    let login = operator.fields.login.as_str();
    let sql = "SELECT id FROM operator WHERE login = $1 AND id <> $2";
    if context.read().row(sql, &[login.into(), (&id).into()]).await?.is_some() {
        let why = format!("{login} is taken");
        return Err(Refusal::FieldInvalid { field: "login".into(), why }.into());
    }
    Ok(())
}

/// The members of a consortium are providers by themselves: neither it nor another consortium, so that no work goes round in circles.
async fn no_consortium_in_another<F: Fields>(context: &mut Context<'_>, entry: &Entry<F>) -> Result<(), Failure> {
    let provider = (entry as &dyn std::any::Any).downcast_ref::<Provider>();
    match provider {
        Some(provider) => members_hold(context, provider).await,
        None => Ok(()),
    }
}

/// Whether the members of a consortium are as they have to be; also one that an undo brings back.
pub(super) async fn members_hold(context: &mut Context<'_>, provider: &Provider) -> Result<(), Failure> {
    if !provider.fields.is_consortium() {
        return Ok(());
    }
    let wrong = |fault: MemberFault, row: &Provider| -> Failure {
        Refusal::WrongMember { fault, name: row.fields.name.to_string() }.into()
    };
    let in_it = |of: &Provider, id: ProviderId| of.fields.members.iter().any(|member| member.provider_id == id);
    if in_it(provider, provider.id) {
        return Err(wrong(MemberFault::Itself, provider));
    }
    let rows = document::select::<Provider>(context.read(), "1 = 1", &[]).await?;
    if let Some(row) = rows.iter().find(|row| in_it(provider, row.id) && row.fields.is_consortium()) {
        return Err(wrong(MemberFault::Consortium, row));
    }
    if rows.iter().any(|other| other.id != provider.id && in_it(other, provider.id)) {
        return Err(wrong(MemberFault::Member, provider));
    }
    Ok(())
}

/// `PATCH /v1/<collection>/{id}`
pub async fn edit<F: References>(context: &mut Context<'_>, id: F::Id, edit: &Edit) -> Result<(), Failure> {
    let (before, after) = context.edit::<Entry<F>>(id, edit).await?;
    check_references(context, &after.fields).await?;
    unique_login(context, &after).await?;
    no_consortium_in_another(context, &after).await?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/<collection>/{id}/archive`
pub async fn archive<F: Fields>(context: &mut Context<'_>, id: F::Id) -> Result<(), Failure> {
    let before: Entry<F> = context.get(id).await?;
    let mut after = before.clone();
    after.standing = Standing::Archived;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/me/preferences`
pub async fn prefer(context: &mut Context<'_>, preferences: &Preferences) -> Result<(), Failure> {
    liked(context, |present| *present = preferences.clone()).await
}

/// `POST /v1/me/views`
pub async fn set_view(context: &mut Context<'_>, body: &SetView) -> Result<(), Failure> {
    liked(context, |present| present.set_view(&body.name, body.filter.as_deref())).await
}

/// Changes what one likes.
async fn liked(context: &mut Context<'_>, change: impl FnOnce(&mut Preferences)) -> Result<(), Failure> {
    let me = context.operator()?;
    let before: Operator = context
        .find(me)
        .await?
        .ok_or(Failure::NotFound { kind: crate::domain::entity::EntityKind::Operator, id: me.into() })?;
    let mut after = before.clone();
    change(&mut after.fields.preferences);
    after.check()?;
    context.save(&before, after, None).await?;
    Ok(())
}

/// `POST /v1/beneficiaries/{id}/erase`
pub async fn erase(context: &mut Context<'_>, id: BeneficiaryId, body: &Because) -> Result<(), Failure> {
    let person: Beneficiary = context.get(id).await?;
    erasure::erase(context, &person, &body.reason).await
}

/// The house's policy; the defaults before there is one.
pub async fn policy(tx: &mut Tx) -> Result<Policy, StorageError> {
    let stored = document::load::<Policy>(tx, policy_id()).await?;
    Ok(stored.unwrap_or_else(|| Policy {
        id: policy_id(),
        version: crate::domain::entity::Version::FIRST,
        fields: PolicyFields::default(),
    }))
}

/// `PATCH /v1/policy/{id}`: the first edit stores it.
pub async fn edit_policy(context: &mut Context<'_>, id: PolicyId, edit: &Edit) -> Result<(), Failure> {
    if id != policy_id() {
        return Err(Failure::NotFound { kind: crate::domain::entity::EntityKind::Policy, id: id.into() });
    }
    if context.find::<Policy>(id).await?.is_none() {
        let policy = Policy::create(id, PolicyFields::default())?;
        // What an edit may refuse is asked before the row is made.
        crate::domain::entity::edited(&policy, edit)?;
        context.insert(&policy, None).await?;
    }
    let (before, after) = context.edit::<Policy>(id, edit).await?;
    context.save(&before, after, None).await?;
    Ok(())
}
