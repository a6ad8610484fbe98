use crate::api::users::UsersApi;
use crate::api::users::models::user::User;
use crate::api::users::requests::user_list_params::UserListParams;
use crate::api::users::requests::user_order::UserOrderBy;
use crate::client::call::Call;
use crate::client::error::Error;
use crate::models::page::Page;
use crate::paging::pager::{Source, WHOLE_PAGE};
use crate::paging::position::{Cursor, Place, Position};
use crate::transport::HttpTransport;
use crate::types::timestamp::Timestamp;
use crate::uri::operation::GET_USER_LIST;

/// The users that parameters describe: by cursor in the order of creation, by offset in others.
pub(crate) struct AllUsers<T> {
    users: UsersApi<T>,
    params: UserListParams,
}

impl<T> AllUsers<T> {
    pub(crate) fn new(users: UsersApi<T>, mut params: UserListParams) -> (Self, Position) {
        let start = match params.starting_after.take() {
            Some(id) => Place::After(Cursor::of(id)),
            None => Place::Offset(params.offset.take().unwrap_or_default()),
        };
        (Self { users, params }, Position(start))
    }

    fn by_creation(&self) -> bool {
        let order = self.params.order_by;
        order.is_none_or(|order| order.by() == UserOrderBy::CreatedAt)
    }

    /// How far a user is on the side of the cursor that was walked, in milliseconds.
    fn walked(&self, cursor: &Cursor, user: &User) -> i64 {
        let user = user.created_at.as_millis();
        let at = cursor.created_at.map_or(user, Timestamp::as_millis);
        if self.newest_first() {
            user.saturating_sub(at)
        } else {
            at.saturating_sub(user)
        }
    }

    /// Clerk's default is the newest first.
    fn newest_first(&self) -> bool {
        self.params
            .order_by
            .is_none_or(|order| order.is_descending())
    }
}

impl<T: HttpTransport> AllUsers<T> {
    fn ask(&self, change: impl FnOnce(&mut UserListParams)) -> Call<Page<User>, T> {
        let mut params = self.params.clone();
        params.limit = Some(self.params.limit.unwrap_or(WHOLE_PAGE));
        change(&mut params);
        self.users.call(GET_USER_LIST, &[]).params(&params)
    }
}

impl<T: HttpTransport> Source<User, T> for AllUsers<T> {
    fn page(&self, position: &Position) -> Call<Page<User>, T> {
        match &position.0 {
            Place::Offset(0) => self.ask(|_| {}),
            Place::Offset(offset) => self.ask(|params| params.offset = Some(*offset)),
            // In an order that has no cursor, the parameters' own check says so.
            Place::After(cursor) => {
                self.ask(|params| params.starting_after = Some(cursor.id.clone()))
            }
        }
    }

    fn limit(&self) -> u32 {
        self.params.limit.unwrap_or(WHOLE_PAGE)
    }

    fn advance(&self, position: &mut Position, user: &User) {
        match &mut position.0 {
            Place::After(cursor) => cursor.advance(&user.id, user.created_at),
            Place::Offset(offset) if self.by_creation() => {
                let alone = *offset == 0;
                let cursor = Cursor::new(user.id.clone(), user.created_at, alone);
                position.0 = Place::After(cursor);
            }
            Place::Offset(_) => position.count(),
        }
    }

    /// An empty page may be the end, or how a server answers for a cursor that it does not know; and
    /// one that does not look at cursors sends users who were walked past.
    fn strays(&self, position: &Position, page: &[User]) -> bool {
        let Place::After(cursor) = &position.0 else {
            return false;
        };
        let behind = |user: &User| cursor.knows(&user.id) || self.walked(cursor, user) > 0;
        let unsure = page.is_empty() && self.detour(position, 0).is_some();
        unsure || page.iter().any(behind)
    }

    /// By the time at which the cursor's user was created. Both bounds exclude the time that they
    /// name; who else was created at that time is listed again, and known by the cursor.
    fn detour(&self, position: &Position, skipped: u64) -> Option<Call<Page<User>, T>> {
        let Place::After(cursor) = &position.0 else {
            return None;
        };
        let at = cursor.created_at?.as_millis();
        cursor.same_time.as_ref()?;
        Some(self.ask(|params| {
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
            params.offset = (skipped > 0).then_some(skipped);
        }))
    }

    /// The cursor's user was deleted.
    fn is_gone(&self, error: &Error) -> bool {
        error.is_not_found() || !error.for_param("starting_after").is_empty()
    }

    fn straighten(&self, position: &Position, page: &mut Vec<User>) -> bool {
        let Place::After(cursor) = &position.0 else {
            return false;
        };
        // One millisecond, where Clerk takes a bound to include the time that it names.
        let follows = page.iter().all(|user| self.walked(cursor, user) <= 1);
        page.retain(|user| self.walked(cursor, user) <= 0 && !cursor.knows(&user.id));
        follows
    }
}
