//! The back office: HTTP at the door, commands inside, storage below, timers beside.

pub mod activity;
pub mod auth;
pub mod callers;
pub mod commands;
pub mod documents;
pub mod erasure;
pub mod ess;
pub mod failure;
pub mod feed;
pub mod http;
pub mod intake;
pub mod journal;
pub mod metrics;
pub mod outreach;
pub mod pages;
pub mod ranking;
pub mod search;
pub mod secret;
pub mod serve;
pub mod sites;
pub mod snapshot;
pub mod storage;
pub mod timers;
pub mod travel;
pub mod trust;
pub mod writer;
