use super::position::{Cursor, Place};
use super::{Position, Source, WHOLE_PAGE};
use crate::models::{Page, User};
use crate::operation::GET_USER_LIST;
use crate::{Call, Error, HttpTransport, Timestamp, UserListParams, UserOrderBy, UsersApi};

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

    fn advance(&self, position: &mut Position, user: &User) -> bool {
        match &mut position.0 {
            Place::After(cursor) => cursor.advance(&user.id, user.created_at),
            Place::Offset(_) if self.by_creation() => {
                position.0 = Place::After(Cursor::new(user.id.clone(), user.created_at));
                true
            }
            Place::Offset(_) => {
                position.count();
                true
            }
        }
    }

    /// The cursor's user was deleted: the time of their creation says where they were.
    fn detour(&self, position: &Position, refused: &Error) -> Option<Call<Page<User>, T>> {
        let Place::After(cursor) = &position.0 else {
            return None;
        };
        let gone = refused.is_not_found() || !refused.for_param("starting_after").is_empty();
        let at = cursor.created_at?.as_millis();
        if !gone || cursor.same_time.is_none() {
            return None;
        }
        // Both bounds exclude the time that they name. Who else was created at the cursor's time
        // is listed again, and known by the cursor.
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
        }))
    }

    fn follows(&self, position: &Position, page: &mut Page<User>, by_detour: bool) -> bool {
        let Place::After(cursor) = &position.0 else {
            return true;
        };
        if !by_detour {
            // A server that knows no cursor would send the same page for ever.
            return page.data.iter().all(|user| user.id != cursor.id);
        }
        let Some(at) = cursor.created_at else {
            return false;
        };
        // How far a user is on the side that was walked already, in milliseconds.
        let walked = |user: &User| {
            let (user, at) = (user.created_at.as_millis(), at.as_millis());
            if self.newest_first() {
                user.saturating_sub(at)
            } else {
                at.saturating_sub(user)
            }
        };
        // One, where Clerk takes a bound to include the time that it names.
        let follows = page.data.iter().all(|user| walked(user) <= 1);
        page.data.retain(|user| walked(user) <= 0);
        follows
    }
}
