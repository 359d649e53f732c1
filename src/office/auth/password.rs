//! Passwords: Argon2id (RFC 9106) in its recommended parameters, off the threads that serve.

use argon2::{
    Argon2,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use thiserror::Error;

/// The hashing itself failed.
#[derive(Debug, Error)]
#[error("the password cannot be hashed: {0}")]
pub struct HashError(String);

/// The hash of a password, with its own salt, as a PHC string.
pub async fn hash(password: String) -> Result<String, HashError> {
    let hashed = tokio::task::spawn_blocking(move || {
        Argon2::default().hash_password(password.as_bytes()).map(|hash| hash.to_string())
    });
    hashed.await.map_err(|error| HashError(error.to_string()))?.map_err(|error| HashError(error.to_string()))
}

/// Whether a password is the one that was hashed.
pub async fn verify(password: String, hash: String) -> bool {
    let verified = tokio::task::spawn_blocking(move || {
        PasswordHash::new(&hash).is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
    });
    verified.await.unwrap_or(false)
}
