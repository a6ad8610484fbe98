use crate::api::users::UsersApi;
use crate::api::users::listing::operations::GetUserList;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::api::users::requests::user_order::UserOrderBy;
use crate::client::call::Call;
use crate::client::error::Error;
use crate::models::page::Page;
use crate::paging::pager::Pager;
use crate::paging::position::{Cursor, Kind, Position};
use crate::paging::source::PageSource;
use crate::requests::page_params::PageParams;
use crate::requests::page_params::PagedParams;
use crate::transport::HttpTransport;
use crate::types::timestamp::Timestamp;

/// # All users
impl<T: HttpTransport> UsersApi<T> {
    /// Returns a [`Pager`] over all users, or over the users that match a filter.
    ///
    /// The `limit` of the parameters is the maximum number of users that the pager returns in
    /// total. [`page_size`](Pager::page_size) sets the maximum number of users in a response. The
    /// pager starts at the `offset` or `starting_after` of the parameters. You can set only one of
    /// the two.
    ///
    /// An empty filter matches all users. To set an order or a starting point, pass
    /// [`UserListParams`] instead of a filter.
    ///
    /// ```
    /// # clerk_client::doctest(async |users| {
    /// use clerk_client::requests::UserFilter;
    ///
    /// let mut pager = users.list_all_users(UserFilter::new());
    /// while let Some(page) = pager.next_page().await? {
    ///     for user in page {
    ///         println!("{}", user.id);
    ///     }
    /// }
    /// # Ok(()) });
    /// ```
    ///
    /// # Order of creation
    ///
    /// If the order is by `created_at`, which is the default, the pager uses cursors. The last page
    /// is then as fast as the first. The pager returns a user exactly once if the user exists from
    /// the first request to the last. This is true even if other users are created or deleted in
    /// the meantime.
    ///
    /// If the last user of a page is deleted before the next request, the pager continues from that
    /// user's creation time. The pager cannot continue, and returns an error, in two cases:
    ///
    /// - The pager has already returned more than 100 users who were created in the same
    ///   millisecond as the deleted user.
    /// - The pager started at an `offset` or `starting_after`, and all users that it has returned
    ///   were created in one and the same millisecond.
    ///
    /// After this error, start a new pager.
    ///
    /// # Other orders
    ///
    /// In other orders, the pager uses offsets. If users are created or deleted between two pages,
    /// some users may be returned twice or not at all.
    ///
    /// # Finding new users later
    ///
    /// If the newest users come first, the pager does not return users that are created after it
    /// started. If the oldest users come first, the pager returns these users, too. With the oldest
    /// users first, you can store the pager's last position. A later pager that starts at this
    /// position returns the users that were created in the meantime.
    #[doc(alias = "list_all")]
    #[doc(alias = "iterate")]
    #[doc(alias = "get_user_list")]
    pub fn list_all_users(&self, params: impl Into<UserListParams>) -> Pager<User, T> {
        let mut params = params.into();
        let PageParams { limit, offset } = std::mem::take(&mut params.page);
        let start = match params.starting_after.take() {
            Some(id) => {
                // If there is an offset too, the check of the parameters returns an error.
                params.page.offset = offset;
                Kind::Cursor(Cursor::of(id))
            }
            None => Kind::Offset(offset.unwrap_or_default()),
        };
        let pages = UserPages {
            users: self.clone(),
            params,
        };
        Pager::new(pages, Position(start), limit)
    }
}

/// The pages of users that match the parameters.
///
/// If the order is by `created_at`, the position after a user is a cursor. The cursor contains the
/// user's id and creation time. In other orders, the position is an offset.
struct UserPages<T> {
    users: UsersApi<T>,
    params: UserListParams,
}

impl<T> UserPages<T> {
    fn by_creation(&self) -> bool {
        let order = self.params.order_by;
        order.is_none_or(|order| order.by() == UserOrderBy::CreatedAt)
    }

    /// Returns the difference between the creation times of a user and of the cursor's user, in
    /// milliseconds. It is positive if the user comes before the cursor in the list.
    fn distance_behind(&self, cursor: &Cursor, user: &User) -> i64 {
        let user = user.created_at.as_millis();
        let cursor = cursor.created_at.map_or(user, Timestamp::as_millis);
        if self.newest_first() {
            user.saturating_sub(cursor)
        } else {
            cursor.saturating_sub(user)
        }
    }

    /// Whether the newest users come first, which is Clerk's default.
    fn newest_first(&self) -> bool {
        let order = self.params.order_by;
        order.is_none_or(|order| order.is_descending())
    }
}

impl<T: HttpTransport> UserPages<T> {
    fn request(&self, size: u32, change: impl FnOnce(&mut UserListParams)) -> Call<Page<User>, T> {
        let mut params = self.params.clone().limit(size);
        change(&mut params);
        Call::new(&self.users.shared, GetUserList, &[], 0, &[&params])
    }
}

impl<T: HttpTransport> PageSource<User, T> for UserPages<T> {
    fn max_page_size(&self) -> u32 {
        PageParams::MAX_LIMIT
    }

    fn page(&self, position: &Position, size: u32) -> Call<Page<User>, T> {
        self.request(size, |params| match &position.0 {
            Kind::Offset(offset) => params.page.offset = (*offset > 0).then_some(*offset),
            // If the order does not allow a cursor, the check of the parameters returns an error.
            Kind::Cursor(cursor) => params.starting_after = Some(cursor.id.clone()),
        })
    }

    fn advance(&self, position: &mut Position, user: &User) {
        match &mut position.0 {
            Kind::Cursor(cursor) => cursor.advance(&user.id, user.created_at),
            Kind::Offset(offset) if self.by_creation() => {
                let first_at_time = *offset == 0;
                let cursor = Cursor::new(user.id.clone(), user.created_at, first_at_time);
                position.0 = Kind::Cursor(cursor);
            }
            Kind::Offset(_) => position.advance_offset(),
        }
    }

    /// Whether the page shows that the server may have ignored the position. An empty page is
    /// either the end of the list, or the response of a server that does not know the cursor's
    /// user. A server that ignores cursors returns users that the pager has already seen.
    fn is_out_of_order(&self, position: &Position, page: &[User]) -> bool {
        let Kind::Cursor(cursor) = &position.0 else {
            return false;
        };
        let is_behind =
            |user: &User| cursor.has_seen(&user.id) || self.distance_behind(cursor, user) > 0;
        let is_ambiguous = page.is_empty() && self.fallback_page(position, 0, 1).is_some();
        is_ambiguous || page.iter().any(is_behind)
    }

    /// Requests the next users with a filter by the creation time of the cursor's user.
    ///
    /// Clerk's filters exclude the given time. Therefore, the filter's time is 1 ms after the
    /// creation time if the newest users come first, and 1 ms before it if the oldest come first.
    /// The page then repeats users that were created at the same time as the cursor's user. The
    /// cursor knows which of these users the pager has already seen.
    fn fallback_page(
        &self,
        position: &Position,
        skipped: u64,
        size: u32,
    ) -> Option<Call<Page<User>, T>> {
        let Kind::Cursor(cursor) = &position.0 else {
            return None;
        };
        let at = cursor.created_at?.as_millis();
        cursor.seen_at_created_at.as_ref()?;
        Some(self.request(size, |params| {
            let filter = &mut params.filter;
            if self.newest_first() {
                let bound = Timestamp::from_millis(at.saturating_add(1));
                let before = filter.created_at_before.unwrap_or(bound);
                filter.created_at_before = Some(before.min(bound));
            } else {
                let bound = Timestamp::from_millis(at.saturating_sub(1));
                let after = filter.created_at_after.unwrap_or(bound);
                filter.created_at_after = Some(after.max(bound));
            }
            params.page.offset = (skipped > 0).then_some(skipped);
        }))
    }

    fn cursor_item(&self, position: &Position) -> Option<Call<Page<User>, T>> {
        let Kind::Cursor(cursor) = &position.0 else {
            return None;
        };
        let params = UserListParams::new().user_id([&cursor.id]).limit(1);
        let shared = &self.users.shared;
        Some(Call::new(shared, GetUserList, &[], 0, &[&params]))
    }

    /// Whether an error says that the cursor's user was deleted.
    fn is_cursor_gone(&self, error: &Error) -> bool {
        error.is_not_found() || !error.for_param("starting_after").is_empty()
    }

    fn drop_seen(&self, position: &Position, page: &mut Vec<User>) -> bool {
        let Kind::Cursor(cursor) = &position.0 else {
            return false;
        };
        // If a server's filters include the given time, the page may have users who are 1 ms before
        // the cursor. Such a page still follows the position, and `retain` removes these users.
        let follows = page
            .iter()
            .all(|user| self.distance_behind(cursor, user) <= 1);
        page.retain(|user| self.distance_behind(cursor, user) <= 0 && !cursor.has_seen(&user.id));
        follows
    }

    fn key(&self, user: &User) -> String {
        user.id.to_string()
    }
}
