//! The list of users, and its count.

pub(crate) mod filter;
pub(crate) mod order;

use std::collections::BTreeSet;
use std::ops::Bound;

use serde_json::json;

use crate::fake::operations::query::{Pairs, bounds, first};
use crate::fake::operations::response::{ApiError, ApiResult, value};
use crate::fake::operations::users::listing::filter::Filter;
use crate::fake::operations::users::listing::order::Order;
use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::world::World;

pub(crate) fn get_user_list(world: &World, query: Pairs<'_>) -> ApiResult {
    let order = Order::parse(first(query, "order_by"))?;
    let range = after_cursor(world, query, &order)?;
    let (offset, limit) = bounds(query)?;
    let filters = filter::parse(query)?;
    let matches = |user: &&FakeUser| filters.iter().all(|filter| filter.matches(user));
    let window = |users: &mut dyn Iterator<Item = &FakeUser>| {
        let users = users.skip(offset).take(limit);
        value(&users.map(|known| &known.user).collect::<Vec<_>>())
    };
    let users = users(world, &filters, range);
    Ok(if !order.is_by_creation() {
        let mut users: Vec<&FakeUser> = users.filter(matches).collect();
        users.sort_by(|a, b| order.compare(a, b));
        window(&mut users.into_iter())
    } else if order.is_descending() {
        window(&mut users.rev().filter(matches))
    } else {
        window(&mut users.filter(matches))
    })
}

/// Returns the users that may match, in the order of creation.
///
/// These are the candidates of the filter that has the fewest. If no filter has an index, these are
/// all users in `range`.
fn users<'a>(
    world: &'a World,
    filters: &[Filter<'_>],
    range: (Bound<CreationOrder>, Bound<CreationOrder>),
) -> Box<dyn DoubleEndedIterator<Item = &'a FakeUser> + 'a> {
    let candidates = filters.iter().filter_map(|filter| filter.candidates(world));
    let Some(fewest) = candidates.min_by_key(BTreeSet::len) else {
        return Box::new(world.by_creation(range));
    };
    let within = fewest.range(range).copied().collect::<Vec<_>>();
    Box::new(within.into_iter().filter_map(|at| world.created_at(&at)))
}

/// Returns the range after the cursor. Without a cursor, returns the whole range.
///
/// The cursor is the id of a user, who need not match the filters.
fn after_cursor(
    world: &World,
    query: Pairs<'_>,
    order: &Order<'_>,
) -> Result<(Bound<CreationOrder>, Bound<CreationOrder>), ApiError> {
    let Some(cursor) = first(query, "starting_after") else {
        return Ok((Bound::Unbounded, Bound::Unbounded));
    };
    let refuse = |message| ApiError::param("form_param_value_invalid", "starting_after", message);
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
    let cursor = Bound::Excluded(cursor.creation_order());
    Ok(if order.is_descending() {
        (Bound::Unbounded, cursor)
    } else {
        (cursor, Bound::Unbounded)
    })
}

pub(crate) fn get_users_count(world: &World, query: Pairs<'_>) -> ApiResult {
    let filters = filter::parse(query)?;
    let users = users(world, &filters, (Bound::Unbounded, Bound::Unbounded));
    let matches = |user: &&FakeUser| filters.iter().all(|filter| filter.matches(user));
    let total_count = users.filter(matches).count();
    Ok(json!({ "object": "total_count", "total_count": total_count }).into())
}
