use crate::claims::reverification::Reverification;

/// The conditions under which a user may perform an action. All of them must hold. Without
/// conditions, nothing is allowed.
///
/// ```
/// use clerk_client::auth::{Authorization, Reverification};
///
/// let delete = Authorization::permission("org:invoices:delete")
///     .and_reverification(Reverification::STRICT);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct Authorization {
    pub(crate) permissions: Vec<String>,
    pub(crate) roles: Vec<String>,
    pub(crate) features: Vec<String>,
    pub(crate) plans: Vec<String>,
    pub(crate) reverification: Option<Reverification>,
}

impl Authorization {
    /// Requires a permission in the active organization, such as `org:invoices:create`.
    #[must_use]
    pub fn permission(permission: impl Into<String>) -> Self {
        Self::default().and_permission(permission)
    }

    /// Requires a role in the active organization, such as `org:admin`.
    #[must_use]
    pub fn role(role: impl Into<String>) -> Self {
        Self::default().and_role(role)
    }

    /// Requires a feature of the organization (`o:docs`), of the user (`u:docs`), or of either
    /// (`docs`).
    #[must_use]
    pub fn feature(feature: impl Into<String>) -> Self {
        Self::default().and_feature(feature)
    }

    /// Requires a plan of the organization (`o:pro`), of the user (`u:pro`), or of either (`pro`).
    #[must_use]
    pub fn plan(plan: impl Into<String>) -> Self {
        Self::default().and_plan(plan)
    }

    /// Requires that the user verified a factor recently.
    #[must_use]
    pub fn reverification(reverification: Reverification) -> Self {
        Self::default().and_reverification(reverification)
    }

    /// Also requires a permission.
    #[must_use]
    pub fn and_permission(mut self, permission: impl Into<String>) -> Self {
        self.permissions.push(permission.into());
        self
    }

    /// Also requires a role.
    #[must_use]
    pub fn and_role(mut self, role: impl Into<String>) -> Self {
        self.roles.push(role.into());
        self
    }

    /// Also requires a feature.
    #[must_use]
    pub fn and_feature(mut self, feature: impl Into<String>) -> Self {
        self.features.push(feature.into());
        self
    }

    /// Also requires a plan.
    #[must_use]
    pub fn and_plan(mut self, plan: impl Into<String>) -> Self {
        self.plans.push(plan.into());
        self
    }

    /// Also requires that the user verified a factor recently. Replaces the [`Reverification`] of
    /// an earlier call.
    #[must_use]
    pub fn and_reverification(mut self, reverification: Reverification) -> Self {
        self.reverification = Some(reverification);
        self
    }
}
