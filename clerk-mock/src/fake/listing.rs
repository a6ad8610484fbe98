//! Lists, and their counts.

use serde_json::json;

use super::answer::{Outcome, Refusal, value};
use super::filter::{self, first, type_error};
use super::order::Order;
use super::world::{Account, World};

/// The parameters of a query.
pub(super) type Pairs<'a> = &'a [(String, String)];

pub(super) fn list(world: &World, query: Pairs<'_>) -> Outcome {
    let order = Order::parse(first(query, "order_by"))?;
    let mut accounts = matching(world, query)?;
    accounts.sort_by(|a, b| order.compare(a, b));
    let mut rest = accounts.as_slice();
    if let Some(cursor) = first(query, "starting_after") {
        if !order.is_by_creation() {
            return Err(bad_cursor(
                "starting_after can only be used when ordering by created_at.",
            ));
        }
        if first(query, "offset").is_some_and(|offset| offset != "0") {
            return Err(bad_cursor(
                "starting_after can not be combined with offset.",
            ));
        }
        // The cursor's own user need not fit the filter.
        let Some(cursor) = world.account(cursor) else {
            return Err(bad_cursor("starting_after must be the id of a user."));
        };
        let skipped = rest.partition_point(|account| order.compare(account, cursor).is_le());
        rest = rest.get(skipped..).unwrap_or_default();
    }
    let users: Vec<_> = window(rest, query)?
        .iter()
        .map(|account| &account.user)
        .collect();
    Ok(value(&users))
}

fn bad_cursor(message: &str) -> Refusal {
    Refusal::param("form_param_value_invalid", "starting_after", message)
}

pub(super) fn count(world: &World, query: Pairs<'_>) -> Outcome {
    let total_count = matching(world, query)?.len();
    Ok(json!({ "object": "total_count", "total_count": total_count }))
}

fn matching<'a>(world: &'a World, query: Pairs<'_>) -> Result<Vec<&'a Account>, Refusal> {
    let filters = filter::parse(query)?;
    let fits = |account: &&Account| filters.iter().all(|filter| filter.fits(account));
    Ok(world.accounts().filter(fits).collect())
}

/// The part of a list that `limit` and `offset` show.
pub(super) fn window<'a, T>(all: &'a [T], query: Pairs<'_>) -> Result<&'a [T], Refusal> {
    let limit = match first(query, "limit") {
        None => 10,
        Some(text) => match text.parse() {
            Ok(limit @ 1..=500) => limit,
            _ => return Err(type_error("limit", "an integer from 1 to 500")),
        },
    };
    let offset: usize = match first(query, "offset") {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| type_error("offset", "an integer of at least 0"))?,
    };
    let end = offset.saturating_add(limit).min(all.len());
    Ok(all.get(offset..end).unwrap_or_default())
}
