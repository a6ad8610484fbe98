//! The list of organizations.

use clerk_core::models::Organization;

use crate::fake::operations::order::{self, Key};
use crate::fake::operations::organizations::organization::view;
use crate::fake::operations::query::{Pairs, filter_text, filter_values, window};
use crate::fake::operations::response::{ApiError, ApiResult, page};
use crate::fake::operations::users::listing::filter::sign;
use crate::fake::state::world::World;

pub(crate) fn list_organizations(world: &World, query: Pairs<'_>) -> ApiResult {
    let members = Signed::of(query, "user_id")?;
    let ids = Signed::of(query, "organization_id")?;
    let text = filter_text(query, "query").map(str::to_lowercase);
    let matches = |organization: &&Organization| {
        let id = organization.id.as_str();
        let contains = |own: &str, text: &str| own.to_lowercase().contains(text);
        ids.admits(|wanted| wanted == id)
            && members.admits(|user_id| world.membership(id, user_id).is_some())
            && text.as_deref().is_none_or(|text| {
                let slug = organization.slug.as_deref().unwrap_or_default();
                id.eq_ignore_ascii_case(text)
                    || contains(&organization.name, text)
                    || contains(slug, text)
            })
    };
    let all = world.organizations.all.iter();
    let mut found: Vec<&Organization> = all.filter(matches).collect();
    let names = ["name", "created_at", "members_count"];
    order::sort(
        &mut found,
        query,
        "-created_at",
        &names,
        |of, by| match by {
            "name" => of.name.as_str().into(),
            "created_at" => of.created_at.into(),
            _ => {
                let count = world.members(of.id.as_str()).count();
                Key::Number(i64::try_from(count).unwrap_or(i64::MAX))
            }
        },
    )?;
    let views = window(&found, query)?.iter();
    let views: Result<Vec<_>, ApiError> = views.map(|of| view(world, of, query)).collect();
    Ok(page(&views?, found.len()))
}

/// Values that a filter includes or excludes.
struct Signed<'a>(Vec<(bool, &'a str)>);

impl<'a> Signed<'a> {
    fn of(query: Pairs<'a>, name: &str) -> Result<Self, ApiError> {
        let values = filter_values(query, name)?.into_iter();
        Ok(Self(values.map(sign).collect()))
    }

    /// Whether the filter admits an object. `has` says whether the object has a value.
    fn admits(&self, has: impl Fn(&str) -> bool) -> bool {
        let mut included = self.0.iter().filter(|(include, _)| *include).peekable();
        let nothing_included = included.peek().is_none();
        (nothing_included || included.any(|(_, value)| has(value)))
            && !self.0.iter().any(|(include, value)| !include && has(value))
    }
}
