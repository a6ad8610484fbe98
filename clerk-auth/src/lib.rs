//! Verifies the tokens of a Clerk instance.
//!
//! A [`Verifier`] checks a token and returns its [`SessionClaims`]. It fetches the keys over any
//! [`HttpTransport`](clerk_core::HttpTransport), or takes a key as text. It starts no task and no
//! runtime. There is no global state.
//!
//! ```
//! use clerk_client::Clerk;
//! use clerk_client::auth::{AuthError, Verifier};
//! use clerk_client::http::HeaderMap;
//!
//! async fn delete_invoice(verifier: &Verifier, headers: &HeaderMap) -> Result<String, AuthError> {
//!     let claims = verifier.authenticate(headers).await?;
//!     if !claims.has_permission("org:invoices:delete") {
//!         return Ok("not allowed".to_owned());
//!     }
//!     Ok(format!("deleted by {}", claims.user_id))
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), clerk_client::Error> {
//! # let clerk: Clerk = clerk_client::mock::FakeClerk::new().client();
//! let verifier = Verifier::builder(&clerk)
//!     .authorized_parties(["https://example.com"])
//!     .build()?;
//! let error = delete_invoice(&verifier, &HeaderMap::new()).await.unwrap_err();
//! assert_eq!(error.status(), 401);
//! # Ok(())
//! # }
//! ```
//!
//! A [`Verifier`] also verifies [tokens of JWT templates](Verifier::verify_template). It verifies
//! [tokens of machines](Verifier::verify_machine) if [`VerifierBuilder::accept`] names their types.
//! Tokens of machines are API keys, M2M tokens and OAuth access tokens.
//!
//! Clerk's handshake is not included. With the handshake, a server that renders pages renews an
//! expired session token.

#![cfg_attr(docsrs, feature(doc_cfg))]

mod claims;
mod crypto;
mod error;
mod keys;
#[cfg(feature = "tower")]
mod layers;
mod machines;
mod publishable_key;
mod request;
mod token;
mod verifier;

pub use claims::any_claims::Claims;
pub use claims::authorization::Authorization;
pub use claims::machine_claims::{MachineClaims, MachineTokenType};
pub use claims::organization::ActiveOrganization;
pub use claims::reverification::{FactorAges, Reverification, ReverificationLevel};
pub use claims::session_claims::{Actor, SessionClaims, SessionStatus};
pub use claims::template_claims::TemplateClaims;
#[cfg(feature = "pure")]
#[cfg_attr(docsrs, doc(cfg(feature = "pure")))]
pub use crypto::pure::Pure;
#[cfg(feature = "ring")]
#[cfg_attr(docsrs, doc(cfg(feature = "ring")))]
pub use crypto::ring::Ring;
pub use crypto::{Rs256, VerifyingKey};
pub use error::{AuthError, AuthErrorReason};
pub use keys::key_policy::KeyPolicy;
#[cfg(feature = "tower")]
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
pub use layers::auth_layer::{AuthLayer, AuthService};
pub use publishable_key::PublishableKey;
pub use request::cookies::Cookies;
pub use verifier::builder::VerifierBuilder;
pub use verifier::token_types::TokenTypes;
pub use verifier::verifier::Verifier;
