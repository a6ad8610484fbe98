//! Lists of stored objects.

use serde_json::Value;

use crate::fake::operations::codes;
use crate::fake::operations::order::split;
use crate::fake::operations::query::{Pairs, filter_text, filter_values, first, listed, window};
use crate::fake::operations::response::{ApiError, ApiResult, page};
use crate::fake::operations::shelves::life::view;
use crate::fake::operations::shelves::shelf::{Filter, Listing, Shelf};
use crate::fake::operations::users::listing::filter::sign;
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

pub(crate) fn list(world: &World, shelf: &Shelf, query: Pairs<'_>) -> ApiResult {
    let mut objects: Vec<&Object> = world.shelves.all(shelf.kept).iter().collect();
    for filter in shelf.filters {
        apply(*filter, &mut objects, query)?;
    }
    order(&mut objects, shelf, query)?;
    let all: Vec<Value> = objects
        .into_iter()
        .map(|object| view(world, shelf, object))
        .collect();
    match shelf.listing {
        Listing::Either => listed(&all, query),
        Listing::Page => Ok(page(window(&all, query)?, all.len())),
        Listing::Whole => Ok(page(&all, all.len())),
    }
}

/// Removes the objects that a filter does not select.
fn apply(filter: Filter, objects: &mut Vec<&Object>, query: Pairs<'_>) -> Result<(), ApiError> {
    match filter {
        Filter::Equal(name) => {
            let wanted = filter_values(query, name)?;
            objects.retain(|object| wanted.is_empty() || has_any(object, name, &wanted));
        }
        Filter::Signed(name) => {
            let (mut included, mut excluded) = (Vec::new(), Vec::new());
            for (is_included, value) in filter_values(query, name)?.into_iter().map(sign) {
                let values = match is_included {
                    true => &mut included,
                    false => &mut excluded,
                };
                values.push(value);
            }
            objects.retain(|object| {
                let is_included = included.is_empty() || has_any(object, name, &included);
                is_included && !has_any(object, name, &excluded)
            });
        }
        Filter::EqualUnlisted(name, unlisted) => {
            let wanted = filter_values(query, name)?;
            objects.retain(|object| match wanted.as_slice() {
                [] => text(object, name) != unlisted,
                wanted => wanted.contains(&text(object, name)),
            });
        }
        Filter::OneOf(name, words) => {
            let wanted = filter_values(query, name)?;
            if !wanted.iter().all(|value| words.contains(value)) {
                let message = format!("{name} must be one of {}.", words.join(", "));
                let code = codes::FORM_PARAM_VALUE_INVALID;
                return Err(ApiError::param(code, name, &message));
            }
        }
        Filter::Search(name, fields) => {
            let wanted = filter_text(query, name).unwrap_or_default().to_lowercase();
            objects.retain(|object| contains(object, fields, &wanted));
        }
        Filter::SearchOr(name, fields, whole) => {
            let value = filter_text(query, name).unwrap_or_default();
            let wanted = value.to_lowercase();
            objects
                .retain(|object| text(object, whole) == value || contains(object, fields, &wanted));
        }
    }
    Ok(())
}

/// Whether at least one of these fields contains the lowercase text `wanted`. Ignores the case of
/// the fields.
fn contains(object: &Object, fields: &[&str], wanted: &str) -> bool {
    let mut fields = fields.iter();
    fields.any(|field| text(object, field).to_lowercase().contains(wanted))
}

/// Whether the value of a field, written as a text, is one of the texts `wanted`.
fn has_any(object: &Object, name: &str, wanted: &[&str]) -> bool {
    match object.get(name) {
        Some(Value::String(text)) => wanted.contains(&text.as_str()),
        Some(value) => wanted.contains(&value.to_string().as_str()),
        None => false,
    }
}

/// Orders a list by `order_by`. Without this parameter, the newest objects come first.
fn order(objects: &mut [&Object], shelf: &Shelf, query: Pairs<'_>) -> Result<(), ApiError> {
    let by = first(query, "order_by");
    let (name, is_descending) = split(by.unwrap_or("-created_at"));
    if by.is_some() && !shelf.orders.contains(&name) {
        let message = format!("order_by must be one of {}.", shelf.orders.join(", "));
        let code = codes::FORM_PARAM_VALUE_INVALID;
        return Err(ApiError::param(code, "order_by", &message));
    }
    // The sort is stable: objects with equal values stay in the order of creation. A descending
    // order is the exact reverse, so the newest of these objects comes first.
    objects.sort_by_cached_key(|object| {
        let value = object.get(name);
        let number = value.and_then(Value::as_i64).unwrap_or_default();
        (number, text(object, name).to_lowercase())
    });
    if is_descending {
        objects.reverse();
    }
    Ok(())
}
