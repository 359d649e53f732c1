//! Whom the office trusts when it calls a mail server: the authorities of the system, and those of a file.

use rustls::{
    ClientConfig, Error as TlsError,
    crypto::CryptoProvider,
    pki_types::{CertificateDer, pem::PemObject as _},
};
use rustls_platform_verifier::Verifier;
use std::{
    error::Error as StdError,
    path::{Path, PathBuf},
    sync::Arc,
};
use thiserror::Error;

/// A file of certificates that cannot be used.
#[derive(Debug, Error)]
#[error("{}: {why}", file.display())]
pub struct CaFile {
    /// The file.
    pub file: PathBuf,
    /// What is wrong with it.
    pub why: String,
}

/// The certificates of a file, PEM.
///
/// # Errors
/// It cannot be read, or holds none.
pub fn certificates(file: &Path) -> Result<Vec<CertificateDer<'static>>, CaFile> {
    let unusable = |why: String| CaFile { file: file.into(), why };
    let pem = std::fs::read(file).map_err(|error| unusable(error.to_string()))?;
    let read: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&pem).collect();
    let certificates = read.map_err(|error| unusable(error.to_string()))?;
    if certificates.is_empty() { Err(unusable("there is no certificate in it".into())) } else { Ok(certificates) }
}

/// TLS to a server whose certificate is vouched for by the system's authorities or by one of these.
///
/// # Errors
/// One of these is no certificate, or nobody is trusted at all.
pub fn client(own: Vec<CertificateDer<'static>>) -> Result<ClientConfig, TlsError> {
    crate::client::tls::install();
    let builder = ClientConfig::builder();
    let provider: Arc<CryptoProvider> = builder.crypto_provider().clone();
    let verifier = Verifier::new_with_extra_roots(own, provider)?;
    Ok(builder.dangerous().with_custom_certificate_verifier(Arc::new(verifier)).with_no_client_auth())
}

/// What is wrong with a server's certificate, if that is what an error says.
pub fn distrust(error: &(dyn StdError + 'static)) -> Option<String> {
    let mut cause = Some(error);
    while let Some(error) = cause {
        if let Some(TlsError::InvalidCertificate(why)) = error.downcast_ref::<TlsError>() {
            return Some(why.to_string());
        }
        // What an I/O error wraps is not its source but itself.
        let wrapped = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        cause = wrapped.map(|wrapped| wrapped as &(dyn StdError + 'static)).or_else(|| error.source());
    }
    None
}
