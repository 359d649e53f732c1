//! The ledger behind every tab: append-only postings whose lines sum to zero, and the balances they make.

use super::{
    entity::{Entity, EntityKind, Scope, Version},
    ids::{BeneficiaryId, ClientId, OperatorId, PermanenceId, PostingId, ProviderId, RequestId, SiteId},
    money::{Cents, Share, VatRate, split},
    refusal::{Cause, Refusal},
    texts::ShortText,
    time::Instant,
};
use serde::{Deserialize, Serialize};

/// What an amount stands on. A positive amount is owed to the house, or lies in its till; a negative one the house owes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Account {
    /// The tab of a person served.
    Person {
        /// Whose.
        beneficiary_id: BeneficiaryId,
    },
    /// The account of a subscribing organisation.
    Client {
        /// Whose.
        client_id: ClientId,
    },
    /// What a provider has earned.
    Provider {
        /// Which one.
        provider_id: ProviderId,
    },
    /// What the house has earned.
    Commission,
    /// Notes and coins.
    Cash,
    /// Paid by card.
    Card,
    /// Paid by cheque.
    Cheque,
    /// Paid by CESU voucher.
    Voucher,
    /// Paid by bank transfer.
    Transfer,
    /// Tax that is owed to the state.
    Vat {
        /// At which rate.
        rate: VatRate,
    },
}

impl Account {
    /// Whether money comes in here.
    pub const fn is_means(self) -> bool {
        matches!(self, Self::Cash | Self::Card | Self::Cheque | Self::Voucher | Self::Transfer)
    }

    /// Whether it belongs to someone who pays or is paid.
    pub const fn is_party(self) -> bool {
        matches!(self, Self::Person { .. } | Self::Client { .. } | Self::Provider { .. })
    }
}

impl std::fmt::Display for Account {
    /// The account in one word, as balances name it: `person:<id>`, `vat:2000` (basis points), `cash`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Person { beneficiary_id } => write!(f, "person:{beneficiary_id}"),
            Self::Client { client_id } => write!(f, "client:{client_id}"),
            Self::Provider { provider_id } => write!(f, "provider:{provider_id}"),
            Self::Commission => f.write_str("commission"),
            Self::Cash => f.write_str("cash"),
            Self::Card => f.write_str("card"),
            Self::Cheque => f.write_str("cheque"),
            Self::Voucher => f.write_str("voucher"),
            Self::Transfer => f.write_str("transfer"),
            Self::Vat { rate } => write!(f, "vat:{}", rate.basis_points()),
        }
    }
}

/// One amount on one account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// On what.
    pub account: Account,
    /// How much; never zero.
    pub amount: Cents,
}

/// What a posting records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PostingKind {
    /// Something was delivered that is to be paid.
    Charge,
    /// Money changed hands.
    Payment,
    /// Takes another posting back.
    Reversal,
}

/// What people write of a posting; the body that creates one. It is never edited: what is wrong is reversed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PostingFields {
    /// What it records.
    pub kind: PostingKind,
    /// Two to twenty amounts that sum to zero.
    pub lines: Vec<Line>,
    /// When it happened.
    pub occurred_at: Instant,
    /// For which request.
    #[serde(default)]
    pub request_id: Option<RequestId>,
    /// On which site.
    #[serde(default)]
    pub site_id: Option<SiteId>,
    /// Who took the money; a payment names them.
    #[serde(default)]
    pub taken_by: Option<OperatorId>,
    /// In which permanence.
    #[serde(default)]
    pub permanence_id: Option<PermanenceId>,
    /// The posting that a reversal takes back.
    #[serde(default)]
    pub reverses: Option<PostingId>,
    /// What is printed on the statement.
    #[serde(default)]
    pub text: Option<ShortText>,
}

impl PostingFields {
    /// The person on whose tab it is, if it is on one.
    pub fn person(&self) -> Option<BeneficiaryId> {
        self.lines.iter().find_map(|line| match line.account {
            Account::Person { beneficiary_id } => Some(beneficiary_id),
            _ => None,
        })
    }
}

/// One balanced entry of the ledger.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "office", derive(utoipa::ToSchema))]
pub struct Posting {
    /// Made by who creates it.
    pub id: PostingId,
    /// Always the first: a posting never changes.
    pub version: Version,
    /// When it was recorded.
    pub created_at: Instant,
    /// Who recorded it; none for the system.
    pub created_by: Option<OperatorId>,
    /// What people write.
    #[serde(flatten)]
    pub fields: PostingFields,
}

/// Who pays a charge.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChargedTo {
    /// The person served.
    Person(BeneficiaryId),
    /// The organisation.
    Client(ClientId),
    /// Both; the person bears what rounding leaves.
    Shared {
        /// The person served.
        person: BeneficiaryId,
        /// The organisation.
        client: ClientId,
        /// The organisation's share.
        client_share: Share,
    },
}

/// Who did the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Earner {
    /// The house.
    House,
    /// A provider.
    Provider {
        /// Which one.
        id: ProviderId,
        /// What the house keeps of the price without tax.
        commission: Share,
    },
}

/// The balanced lines of a charge: who pays on one side, tax, provider and house on the other; shares that come to nothing have no line.
pub fn charge(price: Cents, rate: VatRate, payer: ChargedTo, earner: Earner) -> Vec<Line> {
    let person = |beneficiary_id, amount| Line { account: Account::Person { beneficiary_id }, amount };
    let organisation = |client_id, amount| Line { account: Account::Client { client_id }, amount };
    let mut lines = match payer {
        ChargedTo::Person(id) => vec![person(id, price)],
        ChargedTo::Client(id) => vec![organisation(id, price)],
        ChargedTo::Shared { person: id, client, client_share } => {
            let parts = split(price, client_share);
            vec![person(id, parts.person), organisation(client, parts.client)]
        }
    };
    let vat = rate.vat_included_in(price);
    lines.push(Line { account: Account::Vat { rate }, amount: -vat });
    // The tax is a part of the price, so what is left is in range.
    let net = price.checked_sub(vat).unwrap_or(price);
    match earner {
        Earner::House => lines.push(Line { account: Account::Commission, amount: -net }),
        Earner::Provider { id, commission } => {
            // The same rounding as between person and client: the rest is the provider's.
            let parts = split(net, commission);
            lines.push(Line { account: Account::Commission, amount: -parts.client });
            lines.push(Line { account: Account::Provider { provider_id: id }, amount: -parts.person });
        }
    }
    lines.retain(|line| line.amount != Cents::ZERO);
    lines
}

/// The balanced lines of a payment of `amount` by `payer`; negative for one that the house pays out.
pub fn payment(payer: Account, means: Account, amount: Cents) -> Vec<Line> {
    vec![Line { account: means, amount }, Line { account: payer, amount: -amount }]
}

/// What stands on an account; none if it is out of range.
pub fn balance<'a>(lines: impl IntoIterator<Item = &'a Line>, account: Account) -> Option<Cents> {
    Cents::sum(lines.into_iter().filter(|line| line.account == account).map(|line| line.amount))
}

impl Posting {
    /// Lines at most.
    pub const MAX_LINES: usize = 20;

    /// A posting as it is recorded.
    ///
    /// # Errors
    /// The lines do not balance, or do not fit its kind.
    pub fn create(id: PostingId, fields: PostingFields, at: Instant, by: Option<OperatorId>) -> Result<Self, Refusal> {
        let posting = Self { id, version: Version::FIRST, created_at: at, created_by: by, fields };
        posting.check()?;
        Ok(posting)
    }

    /// The posting that takes this one back.
    ///
    /// # Errors
    /// This one is itself a reversal.
    pub fn reversal(
        &self,
        id: PostingId,
        text: Option<ShortText>,
        at: Instant,
        by: Option<OperatorId>,
    ) -> Result<Self, Refusal> {
        if self.fields.kind == PostingKind::Reversal {
            return Err(Refusal::Busy {
                cause: Cause::NotThisKind,
                what: "a reversal is not reversed; post it anew".into(),
            });
        }
        let lines = self.fields.lines.iter().map(|line| Line { amount: -line.amount, ..*line }).collect();
        let fields = PostingFields {
            kind: PostingKind::Reversal,
            lines,
            occurred_at: at,
            reverses: Some(self.id),
            text,
            ..self.fields.clone()
        };
        Self::create(id, fields, at, by)
    }

    /// Whether this takes `other` back, line by line.
    pub fn is_reversal_of(&self, other: &Self) -> bool {
        self.fields.kind == PostingKind::Reversal
            && self.fields.reverses == Some(other.id)
            && other.fields.kind != PostingKind::Reversal
            && self.fields.lines.len() == other.fields.lines.len()
            && self
                .fields
                .lines
                .iter()
                .zip(&other.fields.lines)
                .all(|(one, other)| one.account == other.account && one.amount == -other.amount)
    }
}

impl Entity for Posting {
    type Id = PostingId;
    const KIND: EntityKind = EntityKind::Posting;
    const EDITABLE: &'static [&'static str] = &[];

    super::entity::stored!();

    fn scope(&self) -> Scope {
        Scope { site: self.fields.site_id, client: None }
    }

    fn check(&self) -> Result<(), Refusal> {
        let PostingFields { kind, lines, taken_by, permanence_id, reverses, .. } = &self.fields;
        let unbalanced = |what: &str| Err(Refusal::Busy { cause: Cause::Unbalanced, what: what.into() });
        if !(2..=Self::MAX_LINES).contains(&lines.len()) {
            return Err(Refusal::FieldInvalid {
                field: "lines".into(),
                why: format!("a posting has 2 to {} lines", Self::MAX_LINES),
            });
        }
        if lines.iter().any(|line| line.amount == Cents::ZERO) {
            return Err(Refusal::FieldInvalid {
                field: "lines".into(),
                why: "a line moves an amount other than zero".into(),
            });
        }
        if lines.iter().map(|line| i128::from(line.amount.get())).sum::<i128>() != 0 {
            return unbalanced("the lines do not sum to zero");
        }
        let mut accounts = lines.iter().map(|line| line.account);
        match kind {
            PostingKind::Charge if accounts.any(Account::is_means) => {
                return unbalanced("a charge moves no money; post the payment by itself");
            }
            PostingKind::Payment
                if !accounts.clone().any(Account::is_means)
                    || !accounts.clone().any(Account::is_party)
                    || !accounts.all(|account| account.is_means() || account.is_party()) =>
            {
                return unbalanced(
                    "a payment goes between someone's account and cash, card, cheque, voucher or transfer",
                );
            }
            PostingKind::Payment if taken_by.is_none() => {
                return Err(Refusal::FieldsMissing { fields: vec!["taken_by"] });
            }
            PostingKind::Reversal if reverses.is_none() => {
                return Err(Refusal::FieldsMissing { fields: vec!["reverses"] });
            }
            PostingKind::Charge | PostingKind::Payment | PostingKind::Reversal => {}
        }
        if *kind != PostingKind::Reversal && reverses.is_some() {
            return Err(Refusal::FieldInvalid {
                field: "reverses".into(),
                why: "only a reversal takes another posting back".into(),
            });
        }
        if *kind == PostingKind::Charge && (taken_by.is_some() || permanence_id.is_some()) {
            return Err(Refusal::FieldInvalid {
                field: "taken_by".into(),
                why: "only money is taken by someone in a permanence".into(),
            });
        }
        Ok(())
    }

    fn search_words(&self) -> Vec<&str> {
        self.fields.text.as_ref().map(ShortText::as_str).into_iter().collect()
    }
}

/// A ledger, or the part of one that somebody sees: postings are added and never changed.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Tab {
    postings: Vec<Posting>,
}

impl Tab {
    /// Adds a posting.
    ///
    /// # Errors
    /// It does not balance, is there already, or takes back what is not there, differs from it, or was taken back before.
    pub fn append(&mut self, posting: Posting) -> Result<(), Refusal> {
        posting.check()?;
        if self.postings.iter().any(|known| known.id == posting.id) {
            return Err(Refusal::Busy { cause: Cause::Exists, what: "this posting is in the ledger already".into() });
        }
        if let Some(reversed) = posting.fields.reverses {
            if self.postings.iter().any(|known| known.fields.reverses == Some(reversed)) {
                return Err(Refusal::Busy { cause: Cause::Exists, what: "this posting was reversed already".into() });
            }
            if !self.postings.iter().any(|known| posting.is_reversal_of(known)) {
                return Err(Refusal::Busy {
                    cause: Cause::Unbalanced,
                    what: "a reversal takes back each line of a posting of the ledger".into(),
                });
            }
        }
        self.postings.push(posting);
        Ok(())
    }

    /// The postings in the order in which they were recorded.
    pub fn postings(&self) -> &[Posting] {
        &self.postings
    }

    /// Every line of every posting.
    pub fn lines(&self) -> impl Iterator<Item = &Line> {
        self.postings.iter().flat_map(|posting| &posting.fields.lines)
    }

    /// What stands on an account: positive is owed to the house; none if out of range.
    pub fn balance(&self, account: Account) -> Option<Cents> {
        balance(self.lines(), account)
    }
}

#[cfg(test)]
mod tests;
