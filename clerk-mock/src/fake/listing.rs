//! Lists, and their counts.

use std::ops::Bound;

use serde_json::json;

use super::answer::{Outcome, Refusal, value};
use super::filter::{self, first, type_error};
use super::order::Order;
use super::world::{Account, Creation, World};

/// The parameters of a query.
pub(super) type Pairs<'a> = &'a [(String, String)];

pub(super) fn list(world: &World, query: Pairs<'_>) -> Outcome {
    let order = Order::parse(first(query, "order_by"))?;
    let range = after_cursor(world, query, &order)?;
    let (offset, limit) = bounds(query)?;
    let filters = filter::parse(query)?;
    let fits = |account: &&Account| filters.iter().all(|filter| filter.fits(account));
    let accounts: Vec<&Account> = if !order.is_by_creation() {
        let mut accounts: Vec<&Account> = world.accounts().filter(fits).collect();
        accounts.sort_by(|a, b| order.compare(a, b));
        accounts.into_iter().skip(offset).take(limit).collect()
    } else if order.is_descending() {
        let accounts = world.by_creation(range).rev().filter(fits);
        accounts.skip(offset).take(limit).collect()
    } else {
        let accounts = world.by_creation(range).filter(fits);
        accounts.skip(offset).take(limit).collect()
    };
    let users: Vec<_> = accounts.iter().map(|account| &account.user).collect();
    Ok(value(&users))
}

/// What follows the cursor's user, who need not fit the filters; everybody without a cursor.
fn after_cursor(
    world: &World,
    query: Pairs<'_>,
    order: &Order<'_>,
) -> Result<(Bound<Creation>, Bound<Creation>), Refusal> {
    let Some(cursor) = first(query, "starting_after") else {
        return Ok((Bound::Unbounded, Bound::Unbounded));
    };
    let refuse = |message| Refusal::param("form_param_value_invalid", "starting_after", message);
    if !order.is_by_creation() {
        return Err(refuse(
            "starting_after can only be used when ordering by created_at.",
        ));
    }
    if first(query, "offset").is_some_and(|offset| offset != "0") {
        return Err(refuse("starting_after can not be combined with offset."));
    }
    let Some(cursor) = world.account(cursor) else {
        return Err(refuse("starting_after must be the id of a user."));
    };
    let cursor = Bound::Excluded(cursor.creation());
    Ok(if order.is_descending() {
        (Bound::Unbounded, cursor)
    } else {
        (cursor, Bound::Unbounded)
    })
}

pub(super) fn count(world: &World, query: Pairs<'_>) -> Outcome {
    let filters = filter::parse(query)?;
    let fits = |account: &&Account| filters.iter().all(|filter| filter.fits(account));
    let total_count = world.accounts().filter(fits).count();
    Ok(json!({ "object": "total_count", "total_count": total_count }))
}

/// The part of a list that `limit` and `offset` show.
pub(super) fn window<'a, T>(all: &'a [T], query: Pairs<'_>) -> Result<&'a [T], Refusal> {
    let (offset, limit) = bounds(query)?;
    let end = offset.saturating_add(limit).min(all.len());
    Ok(all.get(offset..end).unwrap_or_default())
}

/// Offset and limit.
fn bounds(query: Pairs<'_>) -> Result<(usize, usize), Refusal> {
    let limit = match first(query, "limit") {
        None => 10,
        Some(text) => match text.parse() {
            Ok(limit @ 1..=500) => limit,
            _ => return Err(type_error("limit", "an integer from 1 to 500")),
        },
    };
    let offset = match first(query, "offset") {
        None => 0,
        Some(text) => text
            .parse()
            .map_err(|_| type_error("offset", "an integer of at least 0"))?,
    };
    Ok((offset, limit))
}
