//! Opaque tokens: API keys, M2M tokens and OAuth access tokens.

use clerk_core::{SecretString, Timestamp};

use crate::fake::fake_clerk::FakeClerk;
use crate::fake::machines::fake_machine_token::FakeMachineToken;
use crate::fake::state::machine_token::{MachineToken, MachineTokenKind};
use crate::fake::state::world::World;

impl FakeClerk {
    /// Adds an API key of a user, an organization or a machine. Returns its secret: `ak_…`.
    ///
    /// ```
    /// use clerk_client::auth::{TokenTypes, Verifier};
    /// use clerk_client::mock::FakeClerk;
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let fake = FakeClerk::new();
    /// let secret = fake.add_api_key("user_1");
    ///
    /// let verifier = Verifier::builder(&fake.client()).accept(TokenTypes::API_KEY).build()?;
    /// assert_eq!(verifier.verify_machine(&secret).await?.subject, "user_1");
    /// # Ok(())
    /// # }
    /// ```
    pub fn add_api_key(&self, key: impl Into<FakeMachineToken>) -> SecretString {
        self.add_machine_token(MachineTokenKind::ApiKey, key.into())
    }

    /// Adds an M2M token of a machine. Returns its text: `mt_…`.
    pub fn add_m2m_token(&self, token: impl Into<FakeMachineToken>) -> SecretString {
        self.add_machine_token(MachineTokenKind::M2m, token.into())
    }

    /// Adds an access token with which an OAuth application acts for a user. Returns its text:
    /// `oat_…`.
    ///
    /// To add a token of an external provider, such as Google, use
    /// [`add_oauth_access_token`](FakeClerk::add_oauth_access_token).
    pub fn add_oauth_application_token(&self, token: impl Into<FakeMachineToken>) -> SecretString {
        self.add_machine_token(MachineTokenKind::OAuth, token.into())
    }

    /// Revokes an opaque token: an API key, an M2M token or an OAuth access token.
    ///
    /// Returns whether the token exists.
    pub fn revoke_machine_token(&self, secret: &SecretString) -> bool {
        self.instance.change(|world, now| {
            let token = world.machine_tokens.get_mut(secret.expose());
            token.is_some_and(|token| {
                token.revoke(Some("revoked by the test"), now);
                true
            })
        })
    }

    fn add_machine_token(&self, kind: MachineTokenKind, token: FakeMachineToken) -> SecretString {
        self.instance
            .change(|world, now| add_machine_token(world, kind, token, now))
    }
}

fn add_machine_token(
    world: &mut World,
    kind: MachineTokenKind,
    token: FakeMachineToken,
    now: Timestamp,
) -> SecretString {
    let prefix = match kind {
        MachineTokenKind::ApiKey => "ak",
        MachineTokenKind::M2m => "mt",
        MachineTokenKind::OAuth => "oat",
    };
    let id = world.new_token_id(kind, prefix);
    let secret = world.new_id(prefix);
    let token = MachineToken {
        kind,
        key_type: None,
        number: 0,
        id,
        subject: token.subject,
        name: token.name,
        client_id: token.client_id,
        scopes: token.scopes,
        claims: (!token.claims.is_empty()).then_some(token.claims),
        created_at: now,
        updated_at: now,
        expires_at: token.lifetime.map(|lifetime| now + lifetime),
        is_revoked: false,
        revocation_reason: None,
        description: None,
        created_by: None,
    };
    world.machine_tokens.add(secret.clone(), token);
    secret.into()
}
