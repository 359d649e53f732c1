//! The sites that a figure is about: those of the account that asks, or one of them, as a condition of SQL.

use super::storage::{Engine, many};
use crate::domain::{
    access::{Actor, Sites},
    ids::SiteId,
};

/// Which rows count, by their site: the same rule as [`Actor::sees`] has for single rows.
#[derive(Clone, Debug)]
pub struct Counted {
    sites: Vec<String>,
    bounds: Bounds,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bounds {
    /// Every row.
    None,
    /// Those of the sites, and of no site, which everybody sees.
    Own,
    /// Those of the sites alone.
    Chosen,
}

impl Counted {
    /// What an account sees, or of that what is of one site.
    pub fn of(actor: &Actor, site: Option<SiteId>) -> Self {
        match (site, &actor.sites) {
            (None, Sites::All) => Self { sites: Vec::new(), bounds: Bounds::None },
            (None, Sites::Only(own)) => {
                Self { sites: own.iter().map(SiteId::to_string).collect(), bounds: Bounds::Own }
            }
            (Some(site), Sites::Only(own)) if !own.contains(&site) => {
                Self { sites: Vec::new(), bounds: Bounds::Chosen }
            }
            (Some(site), _) => Self { sites: vec![site.to_string()], bounds: Bounds::Chosen },
        }
    }

    /// What is to be bound for [`Counted::condition`], as [`Arg::Texts`](super::storage::Arg::Texts).
    pub fn sites(&self) -> Vec<Option<&str>> {
        self.sites.iter().map(|site| Some(site.as_str())).collect()
    }

    /// The condition over a column of sites, which are bound at a place.
    pub fn condition(&self, engine: Engine, column: &str, place: usize) -> String {
        let within = format!("{column} {}", many::any_of(engine, place));
        match (self.bounds, engine) {
            // What is bound has to stand somewhere.
            (Bounds::None, Engine::Sqlite) => format!("${place} IS NOT NULL"),
            (Bounds::None, Engine::Postgres) => format!("CAST(${place} AS TEXT[]) IS NOT NULL"),
            (Bounds::Own, _) => format!("({column} IS NULL OR {within})"),
            (Bounds::Chosen, _) => within,
        }
    }
}
