//! Which users a query means: the values of one filter are alternatives, and all filters must fit.

use std::collections::BTreeSet;

use clerk_core::Timestamp;
use clerk_core::models::User;

use super::answer::Refusal;
use super::fake_user::{Creation, FakeUser};
use super::field::Field;
use super::world::World;

const MAX_VALUES: usize = 100;

/// One filter of a query.
pub(super) enum Filter<'a> {
    Any(Field, Vec<&'a str>),
    Signed(Field, Vec<(bool, &'a str)>),
    Partial(Vec<Field>, String),
    Banned(bool),
    Time(fn(&User) -> Option<Timestamp>, Bound, Timestamp),
    External(&'a str, Vec<&'a str>),
}

#[derive(Clone, Copy)]
pub(super) enum Bound {
    Before,
    After,
    Since,
}

/// The filters of a query; parameters that are none are left to others.
pub(super) fn parse(query: &[(String, String)]) -> Result<Vec<Filter<'_>>, Refusal> {
    use Field::{
        EmailAddress, ExternalId, Id, Name, Organization, PhoneNumber, Username, Web3Wallet,
    };

    let mut filters = Vec::new();
    for (name, field) in [
        ("email_address", EmailAddress),
        ("phone_number", PhoneNumber),
        ("username", Username),
        ("web3_wallet", Web3Wallet),
    ] {
        let values = values(query, name)?;
        if !values.is_empty() {
            filters.push(Filter::Any(field, values));
        }
    }
    for (name, field) in [
        ("external_id", ExternalId),
        ("user_id", Id),
        ("organization_id", Organization),
    ] {
        let values = values(query, name)?;
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
        if let Some(text) = first(query, name).filter(|text| !text.is_empty()) {
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
    match (first(query, "provider"), values(query, "provider_user_id")?) {
        (None, ids) if ids.is_empty() => {}
        (Some(provider), ids) if !ids.is_empty() => filters.push(Filter::External(provider, ids)),
        (provider, _) => {
            let missing = provider.map_or("provider", |_| "provider_user_id");
            let message = "provider and provider_user_id must be used together.";
            return Err(Refusal::param(
                "form_conditional_param_missing",
                missing,
                message,
            ));
        }
    }
    Ok(filters)
}

impl Filter<'_> {
    /// Those who may fit, where the filter names values by which users are found at once.
    pub(super) fn candidates(&self, world: &World) -> Option<BTreeSet<Creation>> {
        let (field, values): (Field, Vec<&str>) = match self {
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
        if field == Field::Id {
            let users = values.iter().filter_map(|id| world.user(id));
            return Some(users.map(FakeUser::creation).collect());
        }
        let found = values.iter().flat_map(|value| world.with(field, value));
        Some(found.collect())
    }

    pub(super) fn fits(&self, of: &FakeUser) -> bool {
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

pub(super) fn first<'a>(query: &'a [(String, String)], name: &str) -> Option<&'a str> {
    let pair = query.iter().find(|(key, _)| key == name);
    pair.map(|(_, value)| value.as_str())
}

fn values<'a>(query: &'a [(String, String)], name: &str) -> Result<Vec<&'a str>, Refusal> {
    let pairs = query.iter().filter(|(key, _)| key == name);
    let values: Vec<&str> = pairs.map(|(_, value)| value.as_str()).collect();
    if values.len() > MAX_VALUES {
        let message = format!("{name} must have no more than {MAX_VALUES} items.");
        return Err(Refusal::param("form_param_value_invalid", name, &message));
    }
    Ok(values)
}

fn sign(value: &str) -> (bool, &str) {
    match value.strip_prefix('-') {
        Some(value) => (false, value),
        None => (true, value.strip_prefix('+').unwrap_or(value)),
    }
}

pub(super) fn type_error(name: &str, expected: &str) -> Refusal {
    let message = format!("{name} must be {expected}.");
    Refusal::param("form_param_type_invalid", name, &message)
}
