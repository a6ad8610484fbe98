use std::fmt;
use std::sync::Arc;

use clerk_core::{Error, SessionId, Timestamp, UserId};
use serde_core::de::DeserializeOwned;

use crate::claims::authorization::Authorization;
use crate::claims::billing::Scoped;
use crate::claims::custom;
use crate::claims::organization::{ActiveOrganization, with_prefix};
use crate::claims::reverification::{FactorAges, Reverification};
use crate::claims::standard::{Standard, Times};
use crate::error::AuthError;
use crate::token::payload::{Act, Payload, lenient};

/// The claims of a session token that has been verified.
#[derive(Clone)]
#[non_exhaustive]
pub struct SessionClaims {
    /// The user (`sub`).
    pub user_id: UserId,
    /// The session (`sid`).
    pub session_id: SessionId,
    /// The URL of the instance's Frontend API (`iss`). `None` if the token has none.
    pub issuer: Option<String>,
    /// The origin that requested the token (`azp`). `None` for tokens that the Backend API makes.
    /// Also `None` for tokens that Clerk makes when a browser navigates, because the browser then
    /// sends no header `Origin`.
    pub authorized_party: Option<String>,
    /// The id of the token (`jti`). `None` if the token has none.
    pub token_id: Option<String>,
    /// The time at which the token was made (`iat`). `None` if the token has none.
    pub issued_at: Option<Timestamp>,
    /// The time at which the token expires (`exp`).
    pub expires_at: Timestamp,
    /// The time before which the token is not valid (`nbf`). `None` if the token has none.
    pub not_before: Option<Timestamp>,
    /// The status of the session (`sts`). A token without this claim belongs to an active session.
    pub status: SessionStatus,
    /// The version of the claims (`v`). 1 if the token has none.
    pub version: u64,
    /// The active organization. `None` if no organization is active, or if the version of the
    /// claims is later than 2.
    pub organization: Option<ActiveOrganization>,
    /// The person who acts as the user (`act`). `None` if the session is not an impersonation.
    pub actor: Option<Actor>,
    /// The ages of the factors when the token was checked: the ages in the claim `fva`, plus the
    /// time since `iat`. If the token has no `iat`, no time is added. `None` if `fva` is missing or
    /// malformed.
    pub factor_ages: Option<FactorAges>,
    pub(crate) features: Scoped,
    pub(crate) plans: Scoped,
    pub(crate) json: Arc<str>,
}

/// The status of a session.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SessionStatus {
    /// The user is signed in.
    Active,
    /// The user still has tasks to complete, such as choosing an organization.
    Pending,
    /// Any other status. Sessions with such a status are always refused.
    Unknown(String),
}

impl SessionStatus {
    /// Returns Clerk's name of the status.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Unknown(status) => status,
        }
    }
}

/// The person who acts as another user.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Actor {
    /// The id of the actor, such as `user_…`.
    pub sub: String,
    /// The kind of the actor (`type`). `None` if the token has none.
    pub kind: Option<String>,
}

impl SessionClaims {
    /// Creates the claims of a verified payload. The caller has not checked the times yet, and the
    /// session's id may be empty.
    pub(crate) fn new(
        mut payload: Payload<'_>,
        json: Arc<str>,
        ids: (UserId, SessionId),
        standard: Standard,
        actor: Option<Actor>,
    ) -> Self {
        let version = payload.v.unwrap_or(1);
        let features = Scoped::new(lenient(payload.fea.take()).as_deref());
        let plans = Scoped::new(lenient(payload.pla.take()).as_deref());
        let organization = match version {
            0 | 1 => ActiveOrganization::of_v1(&mut payload),
            2 => {
                let claim = lenient(payload.o.take());
                claim.and_then(|claim| ActiveOrganization::of_v2(claim, &features))
            }
            // In a later version, the same claims may mean something else.
            _ => None,
        };
        let ages = lenient(payload.fva.take());
        Self {
            user_id: ids.0,
            session_id: ids.1,
            issuer: standard.issuer,
            authorized_party: standard.authorized_party,
            token_id: standard.token_id,
            issued_at: standard.times.issued_at,
            expires_at: standard.times.expires_at,
            not_before: standard.times.not_before,
            status: match payload.sts {
                None => SessionStatus::Active,
                Some(status) => match &*status {
                    "active" => SessionStatus::Active,
                    "pending" => SessionStatus::Pending,
                    _ => SessionStatus::Unknown(status.0.into_owned()),
                },
            },
            version,
            organization,
            actor,
            factor_ages: ages.and_then(|ages| FactorAges::from_claim(&ages)),
            features,
            plans,
            json,
        }
    }

    pub(crate) fn times(&self) -> Times {
        Times {
            expires_at: self.expires_at,
            not_before: self.not_before,
            issued_at: self.issued_at,
        }
    }

    /// Returns the claims with the ages of the factors at the time `now`. The token itself contains
    /// the ages at the time at which the token was made.
    pub(crate) fn at(mut self, now: Timestamp) -> Self {
        if let (Some(ages), Some(issued_at)) = (self.factor_ages, self.issued_at) {
            let passed = now.as_millis().saturating_sub(issued_at.as_millis());
            let minutes = u64::try_from(passed / 60_000).unwrap_or_default();
            self.factor_ages = Some(ages.after(minutes));
        }
        self
    }

    /// Whether all conditions hold. False if there are no conditions.
    #[must_use]
    pub fn has(&self, asked: &Authorization) -> bool {
        let conditions = [
            asked
                .permissions
                .iter()
                .all(|name| self.has_permission(name)),
            asked.roles.iter().all(|name| self.has_role(name)),
            asked.features.iter().all(|name| self.has_feature(name)),
            asked.plans.iter().all(|name| self.has_plan(name)),
            asked
                .reverification
                .is_none_or(|asked| self.is_verified_within(asked)),
        ];
        *asked != Authorization::default() && conditions.into_iter().all(|holds| holds)
    }

    /// Checks the same conditions as [`has`](Self::has), but returns an error instead of `false`.
    ///
    /// # Errors
    ///
    /// Returns an error with status 403 if a condition does not hold. If only the
    /// [`Reverification`] does not hold, [`AuthError::body`] tells Clerk's frontend which factor to
    /// ask for.
    pub fn require(&self, asked: &Authorization) -> Result<(), AuthError> {
        if self.has(asked) {
            return Ok(());
        }
        let others = Authorization {
            reverification: None,
            ..asked.clone()
        };
        let others_hold = others == Authorization::default() || self.has(&others);
        match asked.reverification {
            Some(reverification) if others_hold => Err(AuthError::reverification(reverification)),
            _ => Err(AuthError::forbidden()),
        }
    }

    /// Whether the user has a permission, such as `org:invoices:create`, in the active
    /// organization. The prefix `org:` is optional.
    #[must_use]
    pub fn has_permission(&self, permission: &str) -> bool {
        let asked = with_prefix(permission);
        let mut permissions = self
            .grants()
            .into_iter()
            .flat_map(|grants| &grants.permissions);
        permissions.any(|permission| *permission == asked) && asked != "org:"
    }

    /// Whether the user has a role, such as `org:admin`, in the active organization. The prefix
    /// `org:` is optional.
    #[must_use]
    pub fn has_role(&self, role: &str) -> bool {
        let own = self.grants().and_then(|grants| grants.role.as_deref());
        own.is_some_and(|own| own == with_prefix(role))
    }

    /// Returns the active organization. `None` if none is active, or if it grants nothing.
    fn grants(&self) -> Option<&ActiveOrganization> {
        let organization = self.organization.as_ref();
        organization.filter(|organization| organization.is_complete)
    }

    /// Whether the user or the organization has a feature. `u:docs` checks only the user, `o:docs`
    /// checks only the organization, and `docs` accepts either.
    #[must_use]
    pub fn has_feature(&self, feature: &str) -> bool {
        self.features.has(feature)
    }

    /// Whether the user or the organization has a plan. `u:pro` checks only the user, `o:pro`
    /// checks only the organization, and `pro` accepts either.
    #[must_use]
    pub fn has_plan(&self, plan: &str) -> bool {
        self.plans.has(plan)
    }

    /// Whether the user has verified the required factors recently enough.
    #[must_use]
    pub fn is_verified_within(&self, asked: Reverification) -> bool {
        self.factor_ages
            .is_some_and(|ages| asked.is_fulfilled(ages))
    }

    /// Decodes all claims, including custom ones.
    ///
    /// # Errors
    ///
    /// Returns an error if the claims cannot be decoded into `C`. The message gives the position in
    /// the JSON, never a value.
    pub fn custom<C: DeserializeOwned>(&self) -> Result<C, Error> {
        custom::decode(&self.json)
    }
}

impl Actor {
    /// Reads the claim `act`. The error names the missing claim.
    pub(crate) fn from_claim(claim: Act) -> Result<Self, String> {
        let Some(sub) = claim.sub.filter(|sub| !sub.is_empty()) else {
            return Err("its claim act names no actor (sub)".to_owned());
        };
        let kind = claim.kind;
        Ok(Self { sub, kind })
    }
}

/// Shows the ids of the user and the session, the status, the expiry, the organization and the
/// actor. Custom claims are hidden.
impl fmt::Debug for SessionClaims {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionClaims")
            .field("user_id", &self.user_id)
            .field("session_id", &self.session_id)
            .field("status", &self.status)
            .field("expires_at", &self.expires_at)
            .field("organization", &self.organization)
            .field("actor", &self.actor)
            .finish_non_exhaustive()
    }
}
