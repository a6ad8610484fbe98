//! The operation on the keys that verify session tokens.

pub(crate) mod keys;
pub(crate) mod models;

use crate::api::operations::api;

api! {
    /// The operation on the keys of an instance. [`Clerk::jwks`](crate::Clerk::jwks) returns it.
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_jwks`](Self::get_jwks) | `GetJWKS` | yes |
    ///
    /// # Errors
    ///
    /// - 401, [`is_unauthorized`](crate::Error::is_unauthorized): Clerk does not accept the secret
    ///   key.
    /// - 429, [`is_rate_limited`](crate::Error::is_rate_limited): the instance has sent too many
    ///   requests. [`retry_after`](crate::Error::retry_after) tells how long to wait.
    /// - 5xx, or [no response](crate::ErrorKind::Transport).
    JwksApi:
        keys,
}
