//! The one place that decides who may do what: each command's access, read from the machines' tables where it is a move.

use crate::domain::{
    access::{Actor, Role, Who},
    machine::{Machine, State, Trainee},
};
use std::collections::BTreeSet;

/// Who may give a command, and what becomes of it in a trainee's hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Accounts with one of these roles.
    pub roles: BTreeSet<Role>,
    /// Trainees: at once, held for release, or not at all.
    pub trainee: Trainee,
}

/// Whether a command may be carried out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// At once.
    Allowed,
    /// It becomes a held command that another releases.
    Held,
    /// Not by this account.
    Denied,
}

/// Roles named one by one.
pub fn roles(roles: &[Role], trainee: Trainee) -> Access {
    Access { roles: with_manager(roles.iter().copied().collect()), trainee }
}

/// The roles that a machine's table gives a verb.
pub fn moves<S: State>(machine: &Machine<S>, verb: &str) -> Access {
    let roles = machine
        .verb(verb)
        .flat_map(|step| step.who)
        .filter_map(|who| match who {
            Who::Role(role) => Some(*role),
            Who::System | Who::Provider | Who::Beneficiary => None,
        })
        .collect();
    let trainee = machine
        .verb(verb)
        .map(|step| step.trainee)
        .find(|trainee| *trainee != Trainee::Never)
        .unwrap_or(Trainee::Never);
    Access { roles: with_manager(roles), trainee }
}

/// What a dispatcher may do, a manager may.
fn with_manager(mut roles: BTreeSet<Role>) -> BTreeSet<Role> {
    if roles.contains(&Role::Dispatcher) {
        roles.insert(Role::Manager);
    }
    roles
}

impl Access {
    /// The verdict on an actor. Who learns is a trainee, whatever other role tells what is learnt.
    pub fn verdict(&self, actor: &Actor) -> Verdict {
        if actor.roles.contains(&Role::Trainee) {
            return match self.trainee {
                Trainee::Free => Verdict::Allowed,
                Trainee::Held => Verdict::Held,
                Trainee::Never => Verdict::Denied,
            };
        }
        if actor.roles.iter().any(|role| self.roles.contains(role)) { Verdict::Allowed } else { Verdict::Denied }
    }
}
