//! Trust: the one provider of cryptography, and the roots that an office's certificate is checked against.

use super::SetupError;
use reqwest::{Certificate, ClientBuilder};
use std::path::Path;

/// Makes ring the provider of cryptography of this process. First thing at start; again is harmless.
pub fn install() {
    // The error only says that a provider is there already, and this program knows no other.
    let _ = rustls::crypto::ring::default_provider().install_default();
}

/// An HTTP client that trusts the system's roots and those of a file. Without roots of the system, only those of the file;
/// without either, nothing: plain http to loopback still works then, and https says that it trusts nobody.
pub(super) fn build(builder: impl Fn() -> ClientBuilder, own: Vec<Certificate>) -> Result<reqwest::Client, String> {
    install();
    builder()
        .tls_certs_merge(own.clone())
        .build()
        .or_else(|_| builder().tls_certs_only(own).build())
        .map_err(|error| super::error::chain(&error))
}

/// The certificates of a file.
pub(super) fn certificates(file: &Path) -> Result<Vec<Certificate>, SetupError> {
    let unusable = |why: String| SetupError::CaFile { file: file.to_owned(), why };
    let pem = std::fs::read(file).map_err(|error| unusable(error.to_string()))?;
    let certificates = Certificate::from_pem_bundle(&pem).map_err(|error| unusable(super::error::chain(&error)))?;
    if certificates.is_empty() { Err(unusable("there is no certificate in it".to_owned())) } else { Ok(certificates) }
}
