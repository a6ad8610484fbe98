//! The classes of JWTs.

use crate::token::header::Header;

/// The prefix of the ids of machines.
pub(crate) const MACHINE: &str = "mch_";

const SESSION_CATEGORY: &str = "cl_B7d4PD111AAA";
const TEMPLATE_CATEGORY: &str = "cl_B7d4PD222AAA";
const M2M_CATEGORY: &str = "cl_B7d4PD333AAA";

/// The class of a JWT. Tokens of all classes are signed with the same key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// A token of a session.
    Session,
    /// A token of a JWT template.
    Template,
    /// An M2M token.
    M2m,
    /// An OAuth access token (RFC 9068).
    OAuth,
}

impl Class {
    /// Returns the class that a header names by its type (`typ`) or its category (`cat`).
    ///
    /// `None` if the type is not that of an OAuth access token, and the category is missing or
    /// unknown. Older tokens have no category.
    pub(crate) fn of(header: &Header<'_>) -> Option<Self> {
        if Self::OAuth.has_type(header.typ.as_deref()) {
            return Some(Self::OAuth);
        }
        match header.cat.as_deref() {
            Some(SESSION_CATEGORY) => Some(Self::Session),
            Some(TEMPLATE_CATEGORY) => Some(Self::Template),
            Some(M2M_CATEGORY) => Some(Self::M2m),
            _ => None,
        }
    }

    /// Whether a token of this class may have this type (`typ`).
    pub(crate) fn has_type(self, typ: Option<&str>) -> bool {
        match (self, typ) {
            (Self::OAuth, Some(typ)) => {
                let typ = typ.to_ascii_lowercase();
                typ.strip_prefix("application/").unwrap_or(&typ) == "at+jwt"
            }
            (Self::OAuth, None) => false,
            (_, typ) => typ.is_none_or(|typ| typ.eq_ignore_ascii_case("JWT")),
        }
    }

    /// Returns the type (`typ`) of the tokens of this class, for error messages.
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::OAuth => "at+jwt",
            _ => "JWT",
        }
    }

    /// Whether a token of this class may have this category (`cat`). Older tokens have none.
    pub(crate) fn has_category(self, category: Option<&str>) -> bool {
        let known = [SESSION_CATEGORY, TEMPLATE_CATEGORY, M2M_CATEGORY];
        let own = match self {
            Self::Session => SESSION_CATEGORY,
            Self::Template => TEMPLATE_CATEGORY,
            Self::M2m => M2M_CATEGORY,
            // OAuth access tokens are recognized by their type, so their category may be anything
            // except the categories of the other classes.
            Self::OAuth => return category.is_none_or(|category| !known.contains(&category)),
        };
        category.is_none_or(|category| category == own)
    }

    /// Returns the name of the class without an article, for error messages.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Session => "session token",
            Self::Template => "token of a JWT template",
            Self::M2m => "M2M token",
            Self::OAuth => "OAuth access token",
        }
    }

    /// Returns the name of the class with its article, for error messages.
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Session => "a session token",
            Self::Template => "a token of a JWT template",
            Self::M2m => "an M2M token",
            Self::OAuth => "an OAuth access token",
        }
    }

    /// Returns the kind of the subject, for error messages.
    pub(crate) fn subject(self) -> &'static str {
        match self {
            Self::M2m => "machine",
            _ => "user",
        }
    }
}
