//! The filters of a list. A user must match all filters. If a filter has values to include, the
//! user must have one of them. The user must have none of the values to exclude.

use std::collections::BTreeSet;

use clerk_core::Timestamp;
use clerk_core::models::User;

use crate::fake::operations::codes;
use crate::fake::operations::query::{Pairs, filter_text, filter_values, first, type_error};
use crate::fake::operations::response::ApiError;
use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::user_field::UserField;
use crate::fake::state::world::World;

/// A filter of a query.
pub(crate) enum Filter<'a> {
    /// A field and some values. The user must have one of the values in the field, ignoring case.
    Any(UserField, Vec<&'a str>),
    /// Values to include (`true`) or to exclude (`false`).
    Signed(UserField, Vec<(bool, &'a str)>),
    /// A text in lower case, which one of these fields must contain.
    Partial(Vec<UserField>, String),
    /// Whether the user is banned.
    Banned(bool),
    /// A bound for a time of the user. The parts are the function that returns the time, the kind
    /// of the bound, and the bound itself.
    Time(fn(&User) -> Option<Timestamp>, Bound, Timestamp),
    /// A provider and some of its user ids. The user must have an account with this provider, under
    /// one of these ids.
    External(&'a str, Vec<&'a str>),
}

/// The kind of a bound for a time.
#[derive(Clone, Copy)]
pub(crate) enum Bound {
    Before,
    After,
    Since,
}

/// Parses the filters of a query. Ignores all other parameters.
pub(crate) fn parse(query: Pairs<'_>) -> Result<Vec<Filter<'_>>, ApiError> {
    use UserField::{
        EmailAddress, ExternalId, Id, Name, Organization, PhoneNumber, Username, Web3Wallet,
    };

    let mut filters = Vec::new();
    for (name, field) in [
        ("email_address", EmailAddress),
        ("phone_number", PhoneNumber),
        ("username", Username),
        ("web3_wallet", Web3Wallet),
    ] {
        let values = filter_values(query, name)?;
        if !values.is_empty() {
            filters.push(Filter::Any(field, values));
        }
    }
    for (name, field) in [
        ("external_id", ExternalId),
        ("user_id", Id),
        ("organization_id", Organization),
    ] {
        let values = filter_values(query, name)?;
        if !values.is_empty() {
            filters.push(Filter::Signed(
                field,
                values.into_iter().map(sign).collect(),
            ));
        }
    }
    for (name, fields) in [
        (
            "query",
            vec![EmailAddress, PhoneNumber, Username, Web3Wallet, Id, Name],
        ),
        ("email_address_query", vec![EmailAddress]),
        ("phone_number_query", vec![PhoneNumber]),
        ("username_query", vec![Username]),
        ("name_query", vec![Name]),
    ] {
        if let Some(text) = filter_text(query, name) {
            filters.push(Filter::Partial(fields, text.to_lowercase()));
        }
    }
    match first(query, "banned") {
        Some("true") => filters.push(Filter::Banned(true)),
        Some("false") => filters.push(Filter::Banned(false)),
        Some(_) => return Err(type_error("banned", "a boolean")),
        None => {}
    }
    let active: fn(&User) -> Option<Timestamp> = |user| user.last_active_at;
    let created: fn(&User) -> Option<Timestamp> = |user| Some(user.created_at);
    let signed_in: fn(&User) -> Option<Timestamp> = |user| user.last_sign_in_at;
    for (name, time, bound) in [
        ("last_active_at_before", active, Bound::Before),
        ("last_active_at_after", active, Bound::After),
        ("last_active_at_since", active, Bound::Since),
        ("created_at_before", created, Bound::Before),
        ("created_at_after", created, Bound::After),
        ("last_sign_in_at_before", signed_in, Bound::Before),
        ("last_sign_in_at_after", signed_in, Bound::After),
    ] {
        if let Some(text) = first(query, name) {
            let millis = text.parse().map_err(|_| type_error(name, "an integer"))?;
            filters.push(Filter::Time(time, bound, Timestamp::from_millis(millis)));
        }
    }
    match (
        filter_text(query, "provider"),
        filter_values(query, "provider_user_id")?,
    ) {
        (None, ids) if ids.is_empty() => {}
        (Some(provider), ids) if !ids.is_empty() => filters.push(Filter::External(provider, ids)),
        (provider, _) => {
            let missing = provider.map_or("provider", |_| "provider_user_id");
            let message = "provider and provider_user_id must be used together.";
            return Err(ApiError::param(
                codes::FORM_CONDITIONAL_PARAM_MISSING,
                missing,
                message,
            ));
        }
    }
    Ok(filters)
}

impl Filter<'_> {
    /// Returns the positions of the users that may match, or `None` if no index covers the filter.
    pub(crate) fn candidates(&self, world: &World) -> Option<BTreeSet<CreationOrder>> {
        let (field, values): (UserField, Vec<&str>) = match self {
            Self::Any(field, values) => (*field, values.clone()),
            Self::Signed(field, values) => {
                let included = values.iter().filter(|(include, _)| *include);
                (*field, included.map(|(_, value)| *value).collect())
            }
            _ => return None,
        };
        if values.is_empty() {
            return None;
        }
        let positions = |value| world.positions_of(field, value);
        Some(values.into_iter().flat_map(positions).collect())
    }

    /// Whether a user matches.
    pub(crate) fn matches(&self, of: &FakeUser) -> bool {
        match self {
            Self::Any(field, values) => field.any(of, |have| {
                values.iter().any(|value| have.eq_ignore_ascii_case(value))
            }),
            Self::Signed(field, values) => {
                let has = |value: &str| field.any(of, |have| have == value);
                let mut included = values.iter().filter(|(include, _)| *include).peekable();
                let nothing_included = included.peek().is_none();
                (nothing_included || included.any(|(_, value)| has(value)))
                    && !values.iter().any(|(include, value)| !include && has(value))
            }
            Self::Partial(fields, text) => fields
                .iter()
                .any(|field| field.any(of, |have| have.to_lowercase().contains(text))),
            Self::Banned(banned) => of.user.banned == *banned,
            Self::Time(time, bound, limit) => time(&of.user).is_some_and(|time| match bound {
                Bound::Before => time < *limit,
                Bound::After => time > *limit,
                Bound::Since => time >= *limit,
            }),
            Self::External(provider, ids) => of.user.external_accounts.iter().any(|external| {
                external.provider == *provider && ids.contains(&&*external.provider_user_id)
            }),
        }
    }
}

/// Returns whether a filter includes a value, and the value without its sign. The sign `-` excludes
/// the value.
pub(crate) fn sign(value: &str) -> (bool, &str) {
    match value.strip_prefix('-') {
        Some(value) => (false, value),
        None => (true, value.strip_prefix('+').unwrap_or(value)),
    }
}
