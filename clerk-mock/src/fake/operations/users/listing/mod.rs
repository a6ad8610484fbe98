//! The list of users, and its count.

pub(crate) mod filter;
pub(crate) mod order;

use std::collections::BTreeSet;
use std::ops::Bound;

use serde_json::json;

use crate::fake::operations::codes;
use crate::fake::operations::query::{Pairs, bounds, first};
use crate::fake::operations::response::{ApiError, ApiResult, value};
use crate::fake::operations::users::listing::filter::Filter;
use crate::fake::operations::users::listing::order::Order;
use crate::fake::state::fake_user::{CreationOrder, FakeUser};
use crate::fake::state::world::World;

pub(crate) fn get_user_list(world: &mut World, query: Pairs<'_>) -> ApiResult {
    let order = Order::parse(first(query, "order_by"))?;
    let range = after_cursor(world, query, &order)?;
    let (offset, limit) = bounds(query)?;
    let filters = filter::parse(query)?;
    if let Some(by) = order.by {
        world.prepare_order(by);
    }
    // Without filters, the users before the page need not be read.
    let (skipped, offset) = match filters.as_slice() {
        [] => (offset, 0),
        _ => (0, offset),
    };
    let positions = positions(world, &filters, &order, range, skipped);
    let users = positions.filter_map(|at| world.created_at(&at));
    let users = users.filter(|user| matches(user, &filters));
    let page = users.skip(offset).take(limit).map(|known| &known.user);
    Ok(value(&page.collect::<Vec<_>>()))
}

fn matches(user: &FakeUser, filters: &[Filter<'_>]) -> bool {
    filters.iter().all(|filter| filter.matches(user))
}

/// Returns the positions of the users that may match, in the given order, without the first
/// `skipped`.
///
/// If indexes cover some of the filters, returns the candidates of the filter that has the fewest
/// candidates. Otherwise, returns all users. If `order` is the order of creation, returns only
/// users in `range`.
fn positions<'a>(
    world: &'a World,
    filters: &[Filter<'_>],
    order: &Order,
    range: (Bound<CreationOrder>, Bound<CreationOrder>),
    skipped: usize,
) -> Box<dyn Iterator<Item = CreationOrder> + 'a> {
    let candidates = filters.iter().filter_map(|filter| filter.candidates(world));
    let Some(fewest) = candidates.min_by_key(BTreeSet::len) else {
        return world.positions_by(order.by, range, order.is_descending, skipped);
    };
    let mut within: Vec<CreationOrder> = fewest.range(range).copied().collect();
    if let Some(by) = order.by {
        within.sort_by_cached_key(|at| world.created_at(at).map(|user| by.place(user)));
    }
    if order.is_descending {
        within.reverse();
    }
    Box::new(within.into_iter().skip(skipped))
}

/// Returns the range of the users that follow the cursor in `order`: newer users, or older users if
/// `order` is descending. Without a cursor, returns the range of all users.
///
/// The cursor is the id of a user. This user need not match the filters.
fn after_cursor(
    world: &World,
    query: Pairs<'_>,
    order: &Order,
) -> Result<(Bound<CreationOrder>, Bound<CreationOrder>), ApiError> {
    let Some(cursor) = first(query, "starting_after") else {
        return Ok((Bound::Unbounded, Bound::Unbounded));
    };
    let refuse =
        |message| ApiError::param(codes::FORM_PARAM_VALUE_INVALID, "starting_after", message);
    if order.by.is_some() {
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
    Ok(if order.is_descending {
        (Bound::Unbounded, cursor)
    } else {
        (cursor, Bound::Unbounded)
    })
}

pub(crate) fn get_users_count(world: &World, query: Pairs<'_>) -> ApiResult {
    let filters = filter::parse(query)?;
    let total_count = if filters.is_empty() {
        world.len()
    } else {
        let everywhere = (Bound::Unbounded, Bound::Unbounded);
        let positions = positions(world, &filters, &Order::CREATION, everywhere, 0);
        let users = positions.filter_map(|at| world.created_at(&at));
        users.filter(|user| matches(user, &filters)).count()
    };
    Ok(json!({ "object": "total_count", "total_count": total_count }).into())
}
