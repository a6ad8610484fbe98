//! A simple model of Clerk's users, written from Clerk's documentation. It is a list that is
//! searched linearly, with the operations that the test needs.

use serde_json::{Map, Value};

use crate::fake::expected::Expected;

const LOCK: i64 = 3_600_000;

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Person {
    pub(super) id: String,
    pub(super) email: Option<String>,
    pub(super) username: Option<String>,
    pub(super) external_id: Option<String>,
    pub(super) first_name: Option<String>,
    pub(super) last_name: Option<String>,
    pub(super) public: Value,
    pub(super) private: Value,
    pub(super) banned: bool,
    pub(super) locked_until: Option<i64>,
    pub(super) password: Option<String>,
    pub(super) created: i64,
    pub(super) updated: i64,
}

/// The filters, the order and the page of a list.
#[derive(Debug, Clone, Default)]
pub(super) struct Search {
    pub(super) emails: Vec<String>,
    pub(super) usernames: Vec<String>,
    pub(super) included: Vec<String>,
    pub(super) excluded: Vec<String>,
    pub(super) query: Option<String>,
    pub(super) banned: Option<bool>,
    pub(super) created_before: Option<i64>,
    pub(super) order: Option<(&'static str, bool)>,
    pub(super) limit: Option<usize>,
    pub(super) offset: usize,
    pub(super) after: Option<String>,
}

/// The people in the order of their creation.
#[derive(Default)]
pub(super) struct People(pub(super) Vec<Person>);

impl People {
    pub(super) fn find(&mut self, id: &str) -> Expected<&mut Person> {
        let found = self.0.iter_mut().find(|person| person.id == id);
        found.ok_or((404, "resource_not_found"))
    }

    /// Whether no other person has an identifier of `wanted`.
    pub(super) fn is_free(&self, wanted: &Person) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| {
            a.is_some()
                && a.as_ref().map(|a| a.to_lowercase()) == b.as_ref().map(|b| b.to_lowercase())
        };
        !self.0.iter().any(|other| {
            other.id != wanted.id
                && (same(&other.email, &wanted.email)
                    || same(&other.username, &wanted.username)
                    || (other.external_id.is_some() && other.external_id == wanted.external_id))
        })
    }

    pub(super) fn add(&mut self, new: Person) -> Expected<Person> {
        let too_short = |password: &String| password.chars().count() < 8;
        if new.password.as_ref().is_some_and(too_short) {
            return Err((422, "form_password_length_too_short"));
        }
        if !self.is_free(&new) {
            return Err((422, "form_identifier_exists"));
        }
        self.0.push(new.clone());
        Ok(new)
    }

    pub(super) fn replace(&mut self, changed: Person) -> Expected<Person> {
        if !self.is_free(&changed) {
            return Err((422, "form_identifier_exists"));
        }
        *self.find(&changed.id)? = changed.clone();
        Ok(changed)
    }

    pub(super) fn remove(&mut self, id: &str) -> Expected<()> {
        self.find(id)?;
        self.0.retain(|person| person.id != id);
        Ok(())
    }

    /// Bans or unbans the users with these ids, or none of them if one does not exist.
    pub(super) fn ban(&mut self, ids: &[String], banned: bool, now: i64) -> Expected<Vec<Person>> {
        for id in ids {
            self.find(id)?;
        }
        ids.iter()
            .map(|id| {
                let person = self.find(id)?;
                (person.banned, person.updated) = (banned, now);
                Ok(person.clone())
            })
            .collect()
    }

    pub(super) fn lock(&mut self, id: &str, locked: bool, now: i64) -> Expected<Person> {
        let person = self.find(id)?;
        person.locked_until = locked.then_some(now + LOCK);
        person.updated = now;
        Ok(person.clone())
    }

    pub(super) fn search(&self, search: &Search) -> Expected<Vec<Person>> {
        let (by, descending) = search.order.unwrap_or(("created_at", true));
        let mut found: Vec<(usize, &Person)> = self.0.iter().enumerate().collect();
        found.sort_by(|(a_at, a), (b_at, b)| {
            let by_key = match by {
                "username" => a.username.cmp(&b.username),
                "first_name" => a.first_name.cmp(&b.first_name),
                "updated_at" => a.updated.cmp(&b.updated),
                "email_address" => a.email.cmp(&b.email),
                _ => a.created.cmp(&b.created),
            };
            by_key.then(a.created.cmp(&b.created)).then(a_at.cmp(b_at))
        });
        if descending {
            found.reverse();
        }
        if let Some(after) = &search.after {
            let at = found.iter().position(|(_, person)| person.id == *after);
            let at = at.ok_or((422, "form_param_value_invalid"))?;
            found.drain(..=at);
        }
        let found = found.into_iter().map(|(_, person)| person);
        let found = found.filter(|person| search.fits(person));
        let found = found.skip(search.offset).take(search.limit.unwrap_or(10));
        Ok(found.cloned().collect())
    }

    pub(super) fn count(&self, search: &Search) -> usize {
        self.0.iter().filter(|person| search.fits(person)).count()
    }
}

impl Search {
    fn fits(&self, person: &Person) -> bool {
        let lower = |text: &Option<String>| text.as_ref().map(|text| text.to_lowercase());
        let any = |values: &[String], have: &Option<String>| {
            values.is_empty()
                || values
                    .iter()
                    .any(|value| lower(have) == Some(value.to_lowercase()))
        };
        let name = [&person.first_name, &person.last_name];
        let name: Vec<&str> = name.into_iter().flatten().map(String::as_str).collect();
        let texts = [
            lower(&person.email),
            lower(&person.username),
            Some(person.id.to_lowercase()),
            Some(name.join(" ").to_lowercase()),
        ];
        any(&self.emails, &person.email)
            && any(&self.usernames, &person.username)
            && (self.included.is_empty() || self.included.contains(&person.id))
            && !self.excluded.contains(&person.id)
            && self.query.as_ref().is_none_or(|query| {
                let mut texts = texts.iter().flatten();
                texts.any(|text| text.contains(&query.to_lowercase()))
            })
            && self.banned.is_none_or(|banned| person.banned == banned)
            && self
                .created_before
                .is_none_or(|limit| person.created < limit)
    }
}

/// Merges metadata: null removes a key, objects are merged, other values are replaced.
pub(super) fn merge(old: &Value, patch: &Value) -> Value {
    let Value::Object(patch) = patch else {
        return patch.clone();
    };
    let empty = Map::new();
    let mut merged = old.as_object().unwrap_or(&empty).clone();
    for (key, new) in patch {
        let old = merged.remove(key).unwrap_or_default();
        if !new.is_null() {
            merged.insert(key.clone(), merge(&old, new));
        }
    }
    Value::Object(merged)
}
