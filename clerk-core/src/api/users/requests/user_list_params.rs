use crate::api::users::requests::user_filter::{UserFilter, with_filters};
use crate::api::users::requests::user_order::{UserOrder, UserOrderBy};
use crate::requests::body::not_blank;
use crate::requests::page_params::{PageParams, page_setters};
use crate::requests::parameter::{Params, params_argument};
use crate::types::id::{OAuthProvider, OrganizationId, UserId};
use crate::types::timestamp::Timestamp;
use crate::uri::query::Query;

/// The parameters of a list of users: filters, the order, the limit, and an offset or a cursor.
///
/// All setters of [`UserFilter`] are available here too.
///
/// ```
/// use clerk_client::requests::{UserListParams, UserOrderBy};
///
/// let params = UserListParams::new()
///     .email_address_query("@example.com")
///     .order_by(UserOrderBy::LastSignInAt.descending())
///     .limit(100);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct UserListParams {
    /// The filters. By default, all users match.
    pub filter: UserFilter,
    /// The offset, and the limit of up to 500 users.
    pub page: PageParams,
    /// The id of the last user of the previous page. The order must be by `created_at`, which is
    /// the default. The offset must be 0 or not set. `None` means no cursor.
    pub starting_after: Option<UserId>,
    /// The order. If it is `None`, Clerk returns the newest users first.
    pub order_by: Option<UserOrder>,
}

macro_rules! filter_setters {
    ({ $(
        $(#[$meta:meta])*
        $filter:ident $(/ $(#[$xmeta:meta])* $exclude:ident)?: $type:tt,
    )* }) => {
        impl UserListParams {
            $(
                $crate::requests::params::setter! { $type, $filter in filter $(#[$meta])* }
                $($crate::requests::params::setter! { $type, $exclude in filter $(#[$xmeta])* })?
            )*
        }
    };
}

with_filters! { filter_setters; }

impl UserListParams {
    /// Creates parameters for all users, the newest first. Clerk's default page size is 10.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    page_setters!(500);

    /// Sets `starting_after`.
    ///
    /// The id of the last user of the previous page. The order must be by `created_at`, which is
    /// the default. The offset must be 0 or not set. All other parameters must be the same as those
    /// of the previous page.
    #[must_use]
    pub fn starting_after(mut self, user_id: impl Into<UserId>) -> Self {
        self.starting_after = Some(user_id.into());
        self
    }

    /// Sets `order_by`.
    ///
    /// The order. Clerk's default is the newest first.
    #[must_use]
    pub fn order_by(mut self, order: impl Into<UserOrder>) -> Self {
        self.order_by = Some(order.into());
        self
    }

    #[inline]
    fn check(&self) -> Result<(), String> {
        let Some(cursor) = &self.starting_after else {
            return Ok(());
        };
        if let Some(order) = self
            .order_by
            .filter(|order| order.by() != UserOrderBy::CreatedAt)
        {
            return Err(format!(
                "invalid starting_after: it requires an order by created_at, and order_by is {order}"
            ));
        }
        if let Some(offset) = self.page.offset.filter(|offset| *offset > 0) {
            return Err(format!(
                "invalid starting_after: it does not go with an offset, and offset is {offset}"
            ));
        }
        // Clerk may ignore a blank cursor, and return the first page again.
        not_blank("starting_after", cursor.as_str())
    }
}

impl From<UserFilter> for UserListParams {
    fn from(filter: UserFilter) -> Self {
        Self {
            filter,
            ..Self::default()
        }
    }
}

impl Params for UserListParams {
    #[inline]
    fn write_into(&self, query: &mut Query) -> Result<(), String> {
        self.check()?;
        self.filter.write_into(query)?;
        self.page.write_into(query, 500)?;
        if let Some(cursor) = &self.starting_after {
            query.value("starting_after", cursor);
        }
        if let Some(order) = &self.order_by {
            query.value("order_by", order);
        }
        Ok(())
    }
}

params_argument!(UserListParams);

#[cfg(feature = "_samples")]
impl crate::samples::Sample for UserListParams {
    fn sample(sampler: &crate::samples::Sampler, _name: &str) -> Self {
        let mut params = Self {
            filter: sampler.value("filter"),
            page: sampler.value("page"),
            starting_after: sampler.value("starting_after"),
            order_by: sampler.value("order_by"),
        };
        if params.check().is_err() {
            // A cursor requires an order by creation, and cannot be combined with an offset.
            if sampler.flip() {
                params.starting_after = None;
            } else {
                params.page.offset = None;
                params.order_by = Some(UserOrderBy::CreatedAt.ascending());
            }
        }
        params
    }
}
