//! Lists of objects that have a name and a key: roles and permissions.

use clerk_core::Timestamp;
use serde_core::Serialize;

use crate::fake::operations::order;
use crate::fake::operations::query::{Pairs, filter_text, window};
use crate::fake::operations::response::{ApiResult, page};

/// The fields of an object by which a list is filtered and ordered.
pub(crate) struct Keyed<'a> {
    pub(crate) id: &'a str,
    pub(crate) name: &'a str,
    pub(crate) key: &'a str,
    pub(crate) created_at: Timestamp,
}

/// Lists the objects whose name or key contains the value of the parameter `query`, and the object
/// whose id is this value. Without `query`, lists all objects. The parameter `order_by` sets the
/// order.
pub(crate) fn list_keyed<'a, T: Serialize + 'a>(
    all: impl Iterator<Item = &'a T>,
    query: Pairs<'_>,
    keyed: impl Fn(&T) -> Keyed<'_>,
) -> ApiResult {
    let text = filter_text(query, "query").map(str::to_lowercase);
    let matches = |object: &&T| {
        let of = keyed(object);
        let contains = |own: &str, text: &str| own.to_lowercase().contains(text);
        text.as_deref().is_none_or(|text| {
            of.id.eq_ignore_ascii_case(text) || contains(of.name, text) || contains(of.key, text)
        })
    };
    let mut found: Vec<&T> = all.filter(matches).collect();
    let names = ["created_at", "name", "key"];
    order::sort(&mut found, query, "-created_at", &names, |of, by| {
        let of = keyed(of);
        match by {
            "name" => of.name.into(),
            "key" => of.key.into(),
            _ => of.created_at.into(),
        }
    })?;
    Ok(page(window(&found, query)?, found.len()))
}
