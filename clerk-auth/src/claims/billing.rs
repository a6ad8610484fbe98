//! The features and plans of the claims `fea` and `pla`.

use std::sync::Arc;

/// The owner of a feature or a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scope {
    Organization,
    User,
    Both,
}

impl Scope {
    /// Whether an entry with this scope belongs to the organization.
    pub(crate) fn is_of_organization(self) -> bool {
        self != Self::User
    }

    fn is_of_user(self) -> bool {
        self != Self::Organization
    }
}

/// The claim `fea` or `pla`, such as `o:docs,u:gold`. `None` if the token has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Scoped(Option<Arc<str>>);

impl Scoped {
    pub(crate) fn new(claim: Option<&str>) -> Self {
        Self(claim.map(Arc::from))
    }

    /// Returns the scopes and names of the entries, in the order of the claim. An entry without a
    /// name, or with a missing or unknown scope, has the scope `None`, and grants nothing.
    pub(crate) fn entries(&self) -> impl Iterator<Item = (Option<Scope>, &str)> {
        let entries = self.0.iter().flat_map(|claim| claim.split(','));
        entries.map(|entry| {
            let (scope, name) = entry.trim().split_once(':').unwrap_or_default();
            let scope = match scope {
                "o" => Some(Scope::Organization),
                "u" => Some(Scope::User),
                "ou" | "uo" => Some(Scope::Both),
                _ => None,
            };
            (scope.filter(|_| !name.is_empty()), name)
        })
    }

    /// Whether the claim grants `asked`. If `asked` has no scope, such as `docs`, any of `o:docs`,
    /// `u:docs` and `ou:docs` grants it.
    pub(crate) fn has(&self, asked: &str) -> bool {
        let (scope, name) = match asked.split_once(':') {
            Some((scope, name)) => (Some(scope), name),
            None => (None, asked),
        };
        let fits: fn(Scope) -> bool = match scope {
            None => |_| true,
            Some("o" | "org" | "organization") => Scope::is_of_organization,
            Some("u" | "user") => Scope::is_of_user,
            Some(_) => return false,
        };
        let mut entries = self.entries();
        !name.is_empty() && entries.any(|(scope, entry)| entry == name && scope.is_some_and(fits))
    }
}
