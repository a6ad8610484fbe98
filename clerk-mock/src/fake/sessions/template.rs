//! The claims of a JWT template. Shortcodes in the claims, such as `{{user.full_name}}`, are
//! replaced by values of a user and an organization.

use clerk_core::models::{User, Verification};
use serde_core::Serialize;
use serde_json::{Map, Value, json};

use crate::fake::state::session::Session;
use crate::fake::state::shelves::{Object, text};
use crate::fake::state::world::World;

/// The field that shortcodes cannot read.
const PRIVATE: &str = "private_metadata";

/// Returns the JWT template with this name. `None` if it does not exist.
pub(crate) fn find<'a>(world: &'a World, name: &str) -> Option<&'a Object> {
    let mut templates = world.shelves.all("jwt_templates").iter();
    templates.find(|template| text(template, "name") == name)
}

/// Returns the claims of a template for the tokens of a session.
pub(crate) fn claims(world: &World, template: &Object, session: &Session) -> Map<String, Value> {
    let values = values(world, session);
    match template.get("claims") {
        Some(Value::Object(claims)) => render_object(&values, claims),
        _ => Map::new(),
    }
}

/// Returns the values of the shortcodes: `user`, `org` and `org_membership`. The last two exist
/// only if the session has an active organization.
fn values(world: &World, session: &Session) -> Value {
    let content = world.with_role(session.content.clone());
    let mut values = Map::new();
    if let Some(account) = world.user(content.user_id.as_str()) {
        values.insert("user".to_owned(), user(&account.user));
    }
    if let Some((id, role)) = &content.organization {
        let mut organization = public(&world.organization(id.as_str()));
        organization.insert("id".to_owned(), json!(id));
        let role = role.as_ref().map(|role| format!("org:{role}"));
        organization.insert("role".to_owned(), json!(role));
        values.insert("org".to_owned(), organization.into());
        let membership = world.membership(id.as_str(), content.user_id.as_str());
        let metadata = membership.map(|membership| &membership.public_metadata);
        let membership = json!({ "public_metadata": metadata });
        values.insert("org_membership".to_owned(), membership);
    }
    values.into()
}

/// Returns the fields of a user, and the values of the shortcodes that are not fields, such as
/// `full_name`.
fn user(user: &User) -> Value {
    let names = [user.first_name.as_deref(), user.last_name.as_deref()];
    let names: Vec<&str> = names.into_iter().flatten().collect();
    let full_name = (!names.is_empty()).then(|| names.join(" "));
    let email = user.primary_email_address();
    let phone = user.primary_phone_number();
    let of_email = email.and_then(|email| email.verification.as_ref());
    let of_phone = phone.and_then(|phone| phone.verification.as_ref());
    let is_verified = |of: Option<&Verification>| {
        let status = of.map(|verification| verification.status.as_str());
        json!(status == Some("verified"))
    };
    let email = email.map(|email| &email.email_address);
    let phone = phone.map(|phone| &phone.phone_number);
    let mut values = public(user);
    for (name, value) in [
        ("full_name", json!(full_name)),
        ("primary_email_address", json!(email)),
        ("email_verified", is_verified(of_email)),
        ("primary_phone_number", json!(phone)),
        ("phone_number_verified", is_verified(of_phone)),
    ] {
        values.insert(name.to_owned(), value);
    }
    values.into()
}

/// Returns the fields of an object without its private metadata.
fn public(object: &impl Serialize) -> Map<String, Value> {
    match serde_json::to_value(object) {
        Ok(Value::Object(mut fields)) => {
            fields.remove(PRIVATE);
            fields
        }
        _ => Map::new(),
    }
}

fn render_object(values: &Value, object: &Map<String, Value>) -> Map<String, Value> {
    let fields = object.iter();
    fields
        .map(|(name, value)| (name.clone(), render(values, value)))
        .collect()
}

fn render(values: &Value, value: &Value) -> Value {
    match value {
        Value::String(text) => render_text(values, text),
        Value::Array(items) => items.iter().map(|item| render(values, item)).collect(),
        Value::Object(object) => render_object(values, object).into(),
        _ => value.clone(),
    }
}

/// Replaces the shortcodes of a text. If the whole text is one shortcode, returns its value, which
/// can have any type. Inside a longer text, a value that is null becomes the word `null`, as in
/// Clerk.
fn render_text(values: &Value, text: &str) -> Value {
    let whole = text.trim().strip_prefix("{{");
    let whole = whole.and_then(|text| text.strip_suffix("}}"));
    if let Some(code) = whole.filter(|code| !code.contains("{{")) {
        return evaluate(values, code);
    }
    let mut rendered = String::new();
    let mut rest = text;
    while let Some((before, code, after)) = next_shortcode(rest) {
        rendered.push_str(before);
        match evaluate(values, code) {
            Value::String(text) => rendered.push_str(&text),
            value => rendered.push_str(&value.to_string()),
        }
        rest = after;
    }
    rendered.push_str(rest);
    rendered.into()
}

fn next_shortcode(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (code, after) = rest.split_once("}}")?;
    Some((before, code, after))
}

/// Returns the value of a shortcode, such as `user.public_metadata.plan || 'free'`: the first of
/// its alternatives that is neither null nor false. If there is no such alternative, returns the
/// last one.
fn evaluate(values: &Value, code: &str) -> Value {
    let mut last = Value::Null;
    let mut alternative = String::new();
    let mut parts = code.split("||").peekable();
    while let Some(part) = parts.next() {
        alternative.push_str(part);
        // Inside quotes, `||` is a part of the text.
        let text = alternative.trim();
        let is_open = text.starts_with('\'') && (text.len() == 1 || !text.ends_with('\''));
        if is_open && parts.peek().is_some() {
            alternative.push_str("||");
            continue;
        }
        last = operand(values, text);
        alternative.clear();
        if !matches!(last, Value::Null | Value::Bool(false)) {
            break;
        }
    }
    last
}

/// Returns the value of an alternative. The alternative is a text in single quotes, a number, a
/// boolean, or the name of a value.
fn operand(values: &Value, operand: &str) -> Value {
    let literal = operand.strip_prefix('\'');
    if let Some(literal) = literal.and_then(|text| text.strip_suffix('\'')) {
        return literal.into();
    }
    let literal = serde_json::from_str::<Value>(operand).ok();
    if let Some(literal) = literal.filter(|value| value.is_number() || value.is_boolean()) {
        return literal;
    }
    let mut names = operand.split('.');
    let value = names.try_fold(values, |value, name| value.get(name));
    value.cloned().unwrap_or_default()
}
