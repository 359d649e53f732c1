//! The round planner: who carries what, in which order. Pure; the way into it is [`problem::Problem`].

pub mod changes;
pub mod check;
pub mod day;
pub mod instance;
pub mod plan;
pub mod problem;
pub mod reasons;
pub mod schedule;
pub mod solver;
pub mod travel;

#[cfg(test)]
mod tests;
