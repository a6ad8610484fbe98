//! The operations that read users.

use clerk_client::Timestamp;
use clerk_client::requests::{UserFilter, UserListParams, UserOrderBy};

use super::Walk;
use super::person::Search;

const ORDERS: [(&str, UserOrderBy); 5] = [
    ("created_at", UserOrderBy::CreatedAt),
    ("updated_at", UserOrderBy::UpdatedAt),
    ("username", UserOrderBy::Username),
    ("first_name", UserOrderBy::FirstName),
    ("email_address", UserOrderBy::EmailAddress),
];

impl Walk {
    pub(super) async fn get(&mut self) {
        let id = self.id();
        let expected = self.people.find(&id).map(|person| person.clone());
        let response = self.users.get_user(&id).await;
        self.assert_agree("get", expected, response);
    }

    pub(super) async fn search(&mut self, number: usize) {
        let mut search = Search::default();
        let mut filter = UserFilter::new();
        if self.random.u8(0..4) == 0 {
            search.emails = (0..self.random.usize(1..20))
                .map(|_| self.email())
                .collect();
            filter = filter.email_address(&search.emails);
        }
        if self.random.u8(0..6) == 0 {
            search.usernames = (0..self.random.usize(1..9)).map(|_| self.name()).collect();
            filter = filter.username(&search.usernames);
        }
        if self.random.u8(0..6) == 0 {
            search.included = (0..self.random.usize(1..30)).map(|_| self.id()).collect();
            filter = filter.user_id(&search.included);
        }
        if self.random.u8(0..6) == 0 {
            search.excluded = (0..self.random.usize(1..9)).map(|_| self.id()).collect();
            filter = filter.exclude_user_id(&search.excluded);
        }
        if self.random.u8(0..6) == 0 {
            let query = self.some(&["NAME1", "user2", "name2 name", "zz"]);
            search.query = Some(query.to_owned());
            filter = filter.query(query);
        }
        if self.random.u8(0..5) == 0 {
            let banned = self.random.bool();
            search.banned = Some(banned);
            filter = filter.banned(banned);
        }
        if self.random.u8(0..6) == 0 && !self.people.0.is_empty() {
            let at = self.random.usize(0..self.people.0.len());
            let time = self.people.0[at].created;
            search.created_before = Some(time);
            filter = filter.created_at_before(Timestamp::from_millis(time));
        }
        let counted = self.users.get_users_count(filter.clone()).await.unwrap();
        let total = usize::try_from(counted.total_count).unwrap();
        assert_eq!(total, self.people.count(&search), "{number}: {search:?}");

        let mut params = UserListParams::from(filter);
        search.limit = self.maybe(|walk| walk.random.usize(1..40));
        if let Some(limit) = search.limit {
            params = params.limit(u32::try_from(limit).unwrap());
        }
        if self.random.bool() {
            let ((name, by), descending) = (self.some(&ORDERS), self.random.bool());
            search.order = Some((name, descending));
            let order = if descending {
                by.descending()
            } else {
                by.ascending()
            };
            params = params.order_by(order);
        }
        let by_creation = search.order.is_none_or(|(name, _)| name == "created_at");
        if by_creation && self.random.u8(0..3) == 0 {
            let after = self.id();
            params = params.starting_after(&after);
            search.after = Some(after);
        } else if self.random.u8(0..3) == 0 {
            search.offset = self.random.usize(0..20);
            params = params.offset(u64::try_from(search.offset).unwrap());
        }
        let expected = self.people.search(&search);
        let response = self.users.get_user_list(params).await;
        self.assert_agree_on_all(&format!("{number}: {search:?}"), expected, response);
    }
}
