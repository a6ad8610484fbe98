//! Operations that create, ban, unban and delete users.

use clerk_client::requests::CreateUserRequest;

use super::Walk;
use super::records::Person;

impl Walk {
    pub(super) async fn create_user(&mut self) {
        let email = self.email();
        let organizations = self.some(&[None, None, Some(1), Some(2)]);
        self.operation = format!("create the user {email} with {organizations:?} organizations");
        let mut request = CreateUserRequest::new().email_address([&email]);
        if let Some(limit) = organizations {
            request = request.create_organizations_limit(limit);
        }
        let response = self.clerk.users().create_user(request).await;
        let response = response.map(Person::from);
        let id = response.as_ref().map(|user| user.id.clone());
        let expected = self.plain.add_person(Person {
            id: id.unwrap_or_default(),
            email: email.to_lowercase(),
            banned: false,
            organizations: organizations.map(i64::from),
            created: self.plain.now,
            updated: self.plain.now,
        });
        self.agree(expected, response);
    }

    pub(super) async fn ban(&mut self) {
        let banned = self.random.bool();
        let ids: Vec<String> = (0..self.random.usize(1..4)).map(|_| self.user()).collect();
        self.operation = format!("ban (or unban): {banned}, {ids:?}");
        let expected = self.plain.ban(&ids, banned);
        let users = self.clerk.users();
        let response = match (banned, &ids[..]) {
            (true, [id]) => users.ban_user(id).await.map(|user| vec![user]),
            (false, [id]) => users.unban_user(id).await.map(|user| vec![user]),
            (true, ids) => users.users_ban(ids).await,
            (false, ids) => users.users_unban(ids).await,
        };
        let response = response.map(|users| users.into_iter().map(Person::from).collect());
        self.agree(expected, response);
    }

    pub(super) async fn delete_user(&mut self) {
        let id = self.user();
        self.operation = format!("delete the user {id}");
        let expected = self.plain.remove_person(&id);
        if expected.is_ok() {
            self.deleted.push(id.clone());
        }
        let response = self.clerk.users().delete_user(&id).await;
        self.agree(expected, response.map(|gone| gone.id.unwrap()));
    }
}
