//! The operation on the keys that verify session tokens.

use crate::api::operations::{api, operations};
use crate::json::model::model;
use crate::json::open_enum::open_enum;
use crate::types::secret::SecretString;

api! {
    /// The operation on the keys of an instance. [`Clerk::jwks`](crate::Clerk::jwks) returns this
    /// type.
    ///
    /// # Operations
    ///
    /// | method | Clerk's operation | retried |
    /// |---|---|---|
    /// | [`get_jwks`](Self::get_jwks) | `GetJWKS` | yes |
    ///
    /// # Errors
    ///
    JwksApi:
        self,
}

operations! {
    /// # Keys
    impl JwksApi = "JWKS";

    /// Returns the keys that verify the session tokens of the instance.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// # let clerk = clerk_client::mock::FakeClerk::new().client();
    /// let keys = clerk.jwks().get_jwks().await?.keys;
    /// assert_eq!(keys[0].kty.as_str(), "RSA");
    /// # Ok(()) });
    /// ```
    GetJWKS: GET "/jwks", idempotent, [];
    fn get_jwks() -> JsonWebKeySet;
}

model! {
    /// The keys of an instance (RFC 7517).
    JsonWebKeySet {
        /// The keys.
        keys: Vec<JsonWebKey>,
    }
}

model! {
    /// A key (RFC 7517). Numbers, such as the modulus `n`, are in base64url without padding. An
    /// optional field that the key does not have is `None`.
    ///
    /// Clerk's specification also allows private and symmetric keys. Their secret parts are hidden
    /// from `Debug`.
    JsonWebKey {
        /// The id of the key. The header of a token contains it as `kid`.
        kid: String,
        /// The type of the key.
        kty: JsonWebKeyType,
        /// The use of the key: `sig` for signatures.
        usage as "use": Option<String> = optional,
        /// The algorithm of the key, such as `RS256`.
        alg: Option<String> = optional,
        /// The modulus of an RSA key.
        n: Option<String> = optional,
        /// The public exponent of an RSA key.
        e: Option<String> = optional,
        /// The curve of an elliptic-curve key.
        crv: Option<JsonWebKeyCurve> = optional,
        /// The x coordinate of an elliptic-curve key.
        x: Option<String> = optional,
        /// The y coordinate of an elliptic-curve key.
        y: Option<String> = optional,
        /// A chain of certificates for the key, in base64.
        x5c: Option<Vec<String>> = optional,
        /// The SHA-1 digest of the certificate.
        x5t: Option<String> = optional,
        /// The SHA-256 digest of the certificate.
        x5t_s256 as "x5t#S256": Option<String> = optional,
        /// The URL of the certificate.
        x5u: Option<String> = optional,
        /// The private exponent of an RSA key, or the private part of an elliptic-curve key.
        d: Option<SecretString> = optional,
        /// The first prime factor of an RSA key.
        p: Option<SecretString> = optional,
        /// The second prime factor of an RSA key.
        q: Option<SecretString> = optional,
        /// The CRT exponent of an RSA key for its first prime factor.
        dp: Option<SecretString> = optional,
        /// The CRT exponent of an RSA key for its second prime factor.
        dq: Option<SecretString> = optional,
        /// The CRT coefficient of an RSA key.
        qi: Option<SecretString> = optional,
        /// A symmetric key.
        k: Option<SecretString> = optional,
    }
}

open_enum! {
    /// The type of a [`JsonWebKey`].
    JsonWebKeyType {
        Rsa = "RSA",
        Ec = "EC",
        Okp = "OKP",
        Oct = "oct",
    }
}

open_enum! {
    /// The curve of a [`JsonWebKey`].
    JsonWebKeyCurve {
        Ed25519 = "Ed25519",
        P256 = "P-256",
        P384 = "P-384",
        P521 = "P-521",
    }
}
