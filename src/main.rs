//! The command line: sets up what the whole process needs, then hands over to the library.

use loge::cli;
use std::process::ExitCode;

#[cfg(all(feature = "office", panic = "abort"))]
compile_error!("the office goes on after a message that it cannot read: build it with panic = \"unwind\"");

fn main() -> ExitCode {
    if let Err(error) = color_eyre::install() {
        eprintln!("{error}");
    }
    // Only a second installation fails, and this is the first.
    let _ = rustls::crypto::ring::default_provider().install_default();
    cli::run()
}
