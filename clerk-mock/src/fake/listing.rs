//! Lists, and their counts.

use std::collections::BTreeSet;
use std::ops::Bound;

use serde_json::{Value, json};

use super::answer::{Outcome, Refusal, value};
use super::fake_user::{Creation, FakeUser};
use super::filter::{self, Filter, first, type_error};
use super::order::Order;
use super::world::World;

/// The parameters of a query.
pub(super) type Pairs<'a> = &'a [(String, String)];

pub(super) fn list(world: &World, query: Pairs<'_>) -> Outcome {
    let order = Order::parse(first(query, "order_by"))?;
    let range = after_cursor(world, query, &order)?;
    let (offset, limit) = bounds(query)?;
    let filters = filter::parse(query)?;
    let fits = |user: &&FakeUser| filters.iter().all(|filter| filter.fits(user));
    let window = |users: &mut dyn Iterator<Item = &FakeUser>| -> Vec<Value> {
        let users = users.skip(offset).take(limit);
        users.map(|known| value(&known.user)).collect()
    };
    let users = users(world, &filters, range);
    Ok(Value::Array(if !order.is_by_creation() {
        let mut users: Vec<&FakeUser> = users.filter(fits).collect();
        users.sort_by(|a, b| order.compare(a, b));
        window(&mut users.into_iter())
    } else if order.is_descending() {
        window(&mut users.rev().filter(fits))
    } else {
        window(&mut users.filter(fits))
    }))
}

/// Those who may fit, in the order of creation: by a filter that names few, or everybody.
fn users<'a>(
    world: &'a World,
    filters: &[Filter<'_>],
    range: (Bound<Creation>, Bound<Creation>),
) -> Box<dyn DoubleEndedIterator<Item = &'a FakeUser> + 'a> {
    let candidates = filters.iter().filter_map(|filter| filter.candidates(world));
    let Some(fewest) = candidates.min_by_key(BTreeSet::len) else {
        return Box::new(world.by_creation(range));
    };
    let within = fewest.range(range).copied().collect::<Vec<_>>();
    Box::new(within.into_iter().filter_map(|at| world.created_at(&at)))
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
    let Some(cursor) = world.user(cursor) else {
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
    let users = users(world, &filters, (Bound::Unbounded, Bound::Unbounded));
    let fits = |user: &&FakeUser| filters.iter().all(|filter| filter.fits(user));
    let total_count = users.filter(fits).count();
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
