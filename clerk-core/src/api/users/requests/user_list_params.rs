use crate::api::users::requests::user_filter::UserFilter;
use crate::api::users::requests::user_order::{UserOrder, UserOrderBy};
use crate::types::id::UserId;
use crate::uri::query::{Params, Query};

/// Which users to list, in which order, and which part of the list.
///
/// Has all the filters of [`UserFilter`].
///
/// ```
/// use clerk_client::{UserListParams, UserOrderBy};
///
/// let params = UserListParams::new()
///     .email_address_query("@example.com")
///     .order_by(UserOrderBy::LastSignInAt.descending())
///     .limit(100);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[non_exhaustive]
pub struct UserListParams {
    /// Which users.
    pub filter: UserFilter,
    /// How many at most: 1 to 500. Clerk's default: 10.
    pub limit: Option<u32>,
    /// How many to skip. Clerk's default: 0.
    pub offset: Option<u64>,
    /// The last user of the page before. Only with an order by `created_at`, and without offset.
    pub starting_after: Option<UserId>,
    /// The order. Clerk's default: the newest first.
    pub order_by: Option<UserOrder>,
}

impl UserListParams {
    /// Everybody, the newest first, in a page of Clerk's default length.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many at most: 1 to 500. Clerk's default: 10.
    #[must_use]
    pub fn limit(mut self, limit: u32) -> Self {
        self.limit = Some(limit);
        self
    }

    /// How many to skip. Clerk's default: 0.
    #[must_use]
    pub fn offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// The last user of the page before. Only with an order by `created_at`, and without offset:
    /// all other parameters stay as they were on that page.
    #[must_use]
    pub fn starting_after(mut self, user_id: impl Into<UserId>) -> Self {
        self.starting_after = Some(user_id.into());
        self
    }

    /// The order. Clerk's default: the newest first.
    #[must_use]
    pub fn order_by(mut self, order: impl Into<UserOrder>) -> Self {
        self.order_by = Some(order.into());
        self
    }

    pub(super) fn filter_mut(&mut self) -> &mut UserFilter {
        &mut self.filter
    }

    fn check(&self) -> Result<(), String> {
        if self.starting_after.is_none() {
            return Ok(());
        }
        if let Some(order) = self
            .order_by
            .filter(|order| order.by() != UserOrderBy::CreatedAt)
        {
            return Err(format!(
                "starting_after goes only with an order by created_at, and order_by is {order}"
            ));
        }
        match self.offset {
            Some(offset) if offset > 0 => Err(format!(
                "starting_after goes only without an offset, and offset is {offset}"
            )),
            _ => Ok(()),
        }
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
    fn write(&self, query: &mut Query) -> Result<(), String> {
        self.check()?;
        self.filter.write(query)?;
        query.limit(self.limit)?;
        query.value("offset", self.offset);
        if self.starting_after.as_ref().is_some_and(UserId::is_empty) {
            return Err("starting_after is empty".to_owned());
        }
        query.value("starting_after", self.starting_after.as_ref());
        query.value("order_by", self.order_by);
        Ok(())
    }
}
