//! Slack induction by string removals (J. Christiaens, G. Vanden Berghe: *Slack Induction by String Removals for Vehicle Routing Problems*,
//! Transportation Science 2020), for jobs of two stops: around a stop at chance strings of neighbouring routes are taken out, each with the other
//! ends of its jobs; everything is put back where it costs least, in one of several orders; whether that stays is decided by simulated
//! annealing.

mod anneal;
mod border;
mod chance;
mod eject;
mod insertion;
mod model;
mod near;
mod order;
mod route;
mod ruin;
mod state;
mod table;

pub use anneal::Rounds;
pub(super) use eject::with_one_moved;
