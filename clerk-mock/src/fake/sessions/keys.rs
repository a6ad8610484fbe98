//! The keys that sign tokens.

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::sessions::{der, token};

impl FakeClerk {
    /// A valid publishable key for the Frontend API `fake.clerk.accounts.dev`.
    pub const PUBLISHABLE_KEY: &'static str = "pk_test_ZmFrZS5jbGVyay5hY2NvdW50cy5kZXYk";
    /// The issuer (`iss`) of the fake's tokens.
    pub const ISSUER: &'static str = token::ISSUER;

    /// Rotates the key that signs tokens, as Clerk's dashboard does. The new key has another id.
    pub fn rotate_signing_key(&self) {
        self.world().rotate_signing_key(true);
    }

    /// Replaces the key that signs tokens. The new key keeps the id of the old key.
    ///
    /// A fake has two keys, which it uses in turn. After two replacements, tokens that the first
    /// key signed are valid again.
    pub fn replace_signing_key(&self) {
        self.world().rotate_signing_key(false);
    }

    /// Returns the public key that verifies tokens, in PEM: the value of `CLERK_JWT_KEY`.
    #[must_use]
    pub fn jwt_key(&self) -> String {
        der::pem(self.world().current_key().key())
    }
}
