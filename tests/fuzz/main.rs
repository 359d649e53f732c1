//! What holds of any bytes that come from outside: asked of every file of the corpora, of thousands of damaged copies of them, and of
//! inputs that are built to take long. The same checks are those of the fuzz targets in `fuzz/`.

#![cfg(feature = "office")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test may stop where it stands"
)]

mod checks;
mod corpora;
mod growth;
mod mutations;
