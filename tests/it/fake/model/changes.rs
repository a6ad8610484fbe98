//! The operations that create, change or delete users.

use clerk_client::Metadata;
use clerk_client::requests::{
    CreateUserRequest, RemoveUserPasswordRequest, ReplaceUserEmailAddressRequest,
    ReplaceUserMetadataRequest, UpdateUserMetadataRequest, UpdateUserRequest,
};
use serde_json::{Value, json};

use super::Walk;
use super::person::{Person, merge};
use crate::fake::expected::{code, owned};

impl Walk {
    pub(super) async fn create(&mut self) {
        let mut new = Person {
            id: String::new(),
            email: self.maybe(|walk| walk.email().to_lowercase()),
            username: self.maybe(Self::name),
            external_id: self.maybe(|walk| walk.random.u8(0..50).to_string()),
            first_name: self.maybe(Self::name),
            last_name: None,
            public: self.object(),
            private: json!({}),
            banned: false,
            locked_until: None,
            password: self.maybe(|walk| walk.some(&["short", "long enough"]).to_owned()),
            created: self.now(),
            updated: self.now(),
        };
        let mut request =
            CreateUserRequest::new().public_metadata(Metadata::from(new.public.clone()));
        if let Some(email) = &new.email {
            request = request.email_address([email.to_uppercase()]);
        }
        if let Some(name) = &new.username {
            request = request.username(name);
        }
        if let Some(id) = &new.external_id {
            request = request.external_id(id);
        }
        if let Some(name) = &new.first_name {
            request = request.first_name(name);
        }
        if let Some(password) = &new.password {
            request = request.password(password);
        }
        let response = self.users.create_user(request).await;
        if let Ok(user) = &response {
            new.id = user.id.as_str().to_owned();
        }
        let expected = self.people.add(new);
        self.assert_agree("create", expected, response);
    }

    pub(super) async fn update(&mut self) {
        let (id, now) = (self.id(), self.now());
        let mut request = UpdateUserRequest::new();
        let mut changed = self.people.find(&id).map(|person| person.clone());
        let mut change = |change: &dyn Fn(&mut Person)| {
            if let Ok(person) = &mut changed {
                change(person);
                person.updated = now;
            }
        };
        change(&|_| {});
        match self.random.u8(0..5) {
            0 => {
                let name = self.name();
                change(&|person| person.first_name = Some(name.clone()));
                request = request.first_name(&name);
            }
            1 => {
                let name = self.name();
                change(&|person| person.last_name = Some(name.clone()));
                request = request.last_name(&name);
            }
            2 => {
                let name = self.name();
                change(&|person| person.username = Some(name.clone()));
                request = request.username(&name);
            }
            3 => {
                change(&|person| person.username = None);
                request = request.clear_username();
            }
            _ => {
                let external = self.random.u8(0..50).to_string();
                change(&|person| person.external_id = Some(external.clone()));
                request = request.external_id(&external);
            }
        }
        let response = self.users.update_user(&id, request).await;
        let expected = changed.and_then(|changed| self.people.replace(changed));
        self.assert_agree("update", expected, response);
    }

    pub(super) async fn change_metadata(&mut self) {
        let (id, now) = (self.id(), self.now());
        let (public, private) = (self.object(), self.maybe(Self::object));
        let merges = self.random.bool();
        let expected = self.people.find(&id).map(|person| {
            let change =
                |old: &Value, new: &Value| if merges { merge(old, new) } else { new.clone() };
            person.public = change(&person.public, &public);
            if let Some(private) = &private {
                person.private = change(&person.private, private);
            }
            person.updated = now;
            person.clone()
        });
        let response = if merges {
            let mut request =
                UpdateUserMetadataRequest::new().public_metadata(Metadata::from(public));
            if let Some(private) = private {
                request = request.private_metadata(Metadata::from(private));
            }
            self.users.update_user_metadata(&id, request).await
        } else {
            let mut request =
                ReplaceUserMetadataRequest::new().public_metadata(Metadata::from(public));
            if let Some(private) = private {
                request = request.private_metadata(Metadata::from(private));
            }
            self.users.replace_user_metadata(&id, request).await
        };
        self.assert_agree("metadata", expected, response);
    }

    pub(super) async fn ban(&mut self) {
        let now = self.now();
        let banned = self.random.bool();
        if self.random.bool() {
            let id = self.id();
            let expected = self.people.ban(std::slice::from_ref(&id), banned, now);
            let response = if banned {
                self.users.ban_user(&id).await
            } else {
                self.users.unban_user(&id).await
            };
            return self.assert_agree("ban", expected.map(|mut one| one.remove(0)), response);
        }
        let ids: Vec<String> = (0..self.random.usize(1..6)).map(|_| self.id()).collect();
        let expected = self.people.ban(&ids, banned, now);
        let response = if banned {
            self.users.users_ban(&ids).await
        } else {
            self.users.users_unban(&ids).await
        };
        self.assert_agree_on_all("bans", expected, response);
    }

    pub(super) async fn lock(&mut self) {
        let (id, now) = (self.id(), self.now());
        let locked = self.random.bool();
        let expected = self.people.lock(&id, locked, now);
        let response = if locked {
            self.users.lock_user(&id).await
        } else {
            self.users.unlock_user(&id).await
        };
        self.assert_agree("lock", expected, response);
    }

    pub(super) async fn password(&mut self) {
        let (id, now) = (self.id(), self.now());
        if self.random.u8(0..4) == 0 {
            let expected = self.people.find(&id).map(|person| {
                if person.password.take().is_some() {
                    person.updated = now;
                }
                person.clone()
            });
            let response = self
                .users
                .remove_user_password(&id, RemoveUserPasswordRequest::new())
                .await;
            return self.assert_agree("remove password", expected, response);
        }
        let guess = self.some(&["long enough", "not the one"]);
        let expected = self
            .people
            .find(&id)
            .and_then(|person| match &person.password {
                None => Err((400, "no_password_set")),
                Some(right) if right == guess => Ok(true),
                Some(_) => Err((422, "incorrect_password")),
            });
        self.refused += usize::from(expected.is_err());
        let response = self.users.verify_password(&id, guess).await;
        let response = response.map(|response| response.verified).map_err(code);
        assert_eq!(response, expected.map_err(owned), "verify password");
    }

    pub(super) async fn replace_email(&mut self) {
        let (id, now, email) = (self.id(), self.now(), self.email().to_lowercase());
        let changed = self.people.find(&id).map(|person| Person {
            email: Some(email.clone()),
            updated: now,
            ..person.clone()
        });
        let expected = changed.and_then(|changed| self.people.replace(changed));
        self.refused += usize::from(expected.is_err());
        let request = ReplaceUserEmailAddressRequest::new(&email);
        let response = self.users.replace_user_email_address(&id, request).await;
        let response = response.map(|address| address.email_address);
        assert_eq!(
            response.map_err(code),
            expected.map(|_| email).map_err(owned),
            "replace e-mail address"
        );
    }

    pub(super) async fn delete(&mut self) {
        let id = self.id();
        let expected = self.people.remove(&id);
        self.refused += usize::from(expected.is_err());
        let response = self.users.delete_user(&id).await;
        let response = response.map(|gone| gone.id.unwrap());
        assert_eq!(
            response.map_err(code),
            expected.map(|()| id).map_err(owned),
            "delete"
        );
    }
}
