//! The parameters of requests that create or update a stored object.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::fake::operations::codes::{self, Code};
use crate::fake::operations::form::Form;
use crate::fake::operations::formats::{is_email_address, is_same_url, is_url, is_web_url};
use crate::fake::operations::response::ApiError;
use crate::fake::state::shelves::Object;

/// The type of a parameter.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    /// A text from this list.
    Word(&'static [&'static str]),
    Texts,
    /// An array of texts from this list.
    Words(&'static [&'static str]),
    Flag,
    /// A flag that must be true.
    True,
    Count,
    Object,
    /// An object with a limited size.
    Metadata,
    Objects,
}

impl Kind {
    fn expected(self) -> &'static str {
        match self {
            Self::Text | Self::Word(_) => "a string",
            Self::Texts | Self::Words(_) => "an array of strings",
            Self::Flag | Self::True => "a boolean",
            Self::Count => "an integer of at least 0",
            Self::Object | Self::Metadata => "an object",
            Self::Objects => "an array of objects",
        }
    }

    fn accepts(self, value: &Value) -> bool {
        let all = |is: fn(&Value) -> bool| value.as_array().is_some_and(|all| all.iter().all(is));
        match self {
            Self::Text | Self::Word(_) => value.is_string(),
            Self::Texts | Self::Words(_) => all(Value::is_string),
            Self::Flag | Self::True => value.is_boolean(),
            Self::Count => value.as_i64().is_some_and(|count| count >= 0),
            Self::Object | Self::Metadata => value.is_object(),
            Self::Objects => all(Value::is_object),
        }
    }
}

/// A check of a text, and a noun phrase that describes a valid text in messages.
pub(crate) type Format = (fn(&str) -> bool, &'static str);

/// A URL with any scheme, such as a mobile application's own scheme.
pub(crate) const URL: Format = (is_url, "a valid URL");

/// A URL with the scheme `https` or `http`.
pub(crate) const WEB_URL: Format = (is_web_url, "an absolute URL with the scheme https or http");

/// An e-mail address.
pub(crate) const EMAIL: Format = (is_email_address, "a valid email address");

/// A parameter of a body.
#[derive(Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    kind: Kind,
    format: Option<Format>,
    /// The minimum and the maximum of a count. `None` if every count is valid.
    range: Option<(i64, i64)>,
    /// The maximum number of characters of a text, or of values in an array. `None` if there is no
    /// maximum.
    longest: Option<usize>,
    /// The code of the error if another object has the same value. `None` if the value need not be
    /// unique.
    pub(crate) unique: Option<Code>,
    /// The comparison of two values, for fields whose value must be unique.
    pub(crate) is_same: fn(&str, &str) -> bool,
    is_required: bool,
    is_in_each_update: bool,
    is_in_creation: bool,
    is_in_update: bool,
    is_kept: bool,
    is_merged: bool,
    is_removable: bool,
    is_distinct: bool,
    ignores_empty: bool,
}

impl Field {
    const fn new(name: &'static str, kind: Kind) -> Self {
        Self {
            name,
            kind,
            format: None,
            range: None,
            longest: None,
            unique: None,
            is_same: str::eq_ignore_ascii_case,
            is_required: false,
            is_in_each_update: false,
            is_in_creation: true,
            is_in_update: true,
            is_kept: true,
            is_merged: false,
            is_removable: true,
            is_distinct: false,
            ignores_empty: false,
        }
    }

    pub(crate) const fn text(name: &'static str) -> Self {
        Self::new(name, Kind::Text)
    }

    pub(crate) const fn word(name: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, Kind::Word(words))
    }

    pub(crate) const fn texts(name: &'static str) -> Self {
        Self::new(name, Kind::Texts)
    }

    pub(crate) const fn words(name: &'static str, words: &'static [&'static str]) -> Self {
        Self::new(name, Kind::Words(words))
    }

    pub(crate) const fn flag(name: &'static str) -> Self {
        Self::new(name, Kind::Flag)
    }

    pub(crate) const fn only_true(name: &'static str) -> Self {
        Self::new(name, Kind::True)
    }

    pub(crate) const fn count(name: &'static str) -> Self {
        Self::new(name, Kind::Count)
    }

    pub(crate) const fn object(name: &'static str) -> Self {
        Self::new(name, Kind::Object)
    }

    pub(crate) const fn metadata(name: &'static str) -> Self {
        Self::new(name, Kind::Metadata)
    }

    pub(crate) const fn objects(name: &'static str) -> Self {
        Self::new(name, Kind::Objects)
    }

    /// Requires the parameter in a creation, and forbids an empty text in an update. Also forbids
    /// null in an update if the field is not [`lasting`](Self::lasting).
    pub(crate) const fn required(mut self) -> Self {
        self.is_required = true;
        self
    }

    /// Requires a [`required`](Self::required) parameter not only in a creation, but also in every
    /// update.
    pub(crate) const fn always(mut self) -> Self {
        self.is_in_each_update = true;
        self
    }

    /// Requires the text, or each text in an array, to have this format.
    pub(crate) const fn matching(mut self, format: Format) -> Self {
        self.format = Some(format);
        self
    }

    /// Requires the count to be from `min` to `max`.
    pub(crate) const fn within(mut self, min: i64, max: i64) -> Self {
        self.range = Some((min, max));
        self
    }

    /// Requires the count to be at least `min`.
    pub(crate) const fn at_least(self, min: i64) -> Self {
        self.within(min, i64::MAX)
    }

    /// Limits the number of characters of a text, or of values in an array.
    pub(crate) const fn longest(mut self, max: usize) -> Self {
        self.longest = Some(max);
        self
    }

    /// Refuses an array of texts that contains a text twice.
    pub(crate) const fn distinct(mut self) -> Self {
        self.is_distinct = true;
        self
    }

    /// Refuses a value that another object already has, ignoring case. The error has this code.
    pub(crate) const fn unique(mut self, code: Code) -> Self {
        self.unique = Some(code);
        self
    }

    /// Like [`unique`](Self::unique), but ignores the case of only the scheme and the host of a
    /// URL.
    pub(crate) const fn unique_url(mut self, code: Code) -> Self {
        self.is_same = is_same_url;
        self.unique(code)
    }

    /// Allows the parameter in a creation only.
    pub(crate) const fn fixed(mut self) -> Self {
        self.is_in_update = false;
        self
    }

    /// Allows the parameter in an update only.
    pub(crate) const fn later(mut self) -> Self {
        self.is_in_creation = false;
        self
    }

    /// Accepts the parameter, but does not store it.
    pub(crate) const fn ignored(mut self) -> Self {
        self.is_kept = false;
        self
    }

    /// In an update, merges the given JSON object into the field's current value, member by member.
    /// A member that is null is removed.
    pub(crate) const fn merged(mut self) -> Self {
        self.is_merged = true;
        self
    }

    /// Makes an update ignore null. For any other field, null in an update removes the value, or is
    /// refused if the field is [`required`](Self::required).
    pub(crate) const fn lasting(mut self) -> Self {
        self.is_removable = false;
        self
    }

    /// Makes an update ignore an empty array or an empty text.
    pub(crate) const fn ignoring_empty(mut self) -> Self {
        self.ignores_empty = true;
        self
    }

    /// Reads the value. Reports an error if it is invalid.
    fn read(self, form: &mut Form<'_>, is_update: bool) -> Option<Value> {
        let Self { name, kind, .. } = self;
        let is_expected = form.has(name) || !is_update || self.is_in_each_update;
        let accept = |value: &Value| kind.accepts(value).then(|| value.clone());
        let value = match kind {
            Kind::Metadata => form
                .metadata(name)
                .map(|metadata| metadata.get::<Value>().unwrap_or_default()),
            _ => form.value(name, kind.expected(), accept),
        };
        let is_missing = match value.as_ref() {
            Some(value) => is_empty(value),
            None => form.is_null(name) && (self.is_removable || !is_update),
        };
        if self.is_required && is_missing && is_expected {
            let message = format!("{name} must be included.");
            form.refuse(codes::FORM_PARAM_MISSING, name, &message);
            return None;
        }
        if matches!(kind, Kind::True) && value == Some(Value::Bool(false)) {
            let message = format!("{name} must be true.");
            form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
        }
        let count = value.as_ref().and_then(Value::as_i64);
        if let (Some((min, max)), Some(count)) = (self.range, count)
            && !(min..=max).contains(&count)
        {
            let message = match max {
                i64::MAX => format!("{name} must be at least {min}."),
                _ => format!("{name} must be from {min} to {max}."),
            };
            form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
        }
        if let Some(value) = &value {
            self.check_texts(form, value);
        }
        value
    }

    /// Reports an error if a text or an array of texts is invalid.
    fn check_texts(self, form: &mut Form<'_>, value: &Value) {
        let Self { name, kind, .. } = self;
        let array = value.as_array();
        let texts = array.into_iter().flatten().filter_map(Value::as_str);
        let texts: Vec<&str> = texts.chain(value.as_str()).collect();
        if let Kind::Word(words) | Kind::Words(words) = kind
            && texts.iter().any(|text| !words.contains(text))
        {
            let message = format!("{name} must be one of {}.", words.join(", "));
            form.refuse(codes::FORM_PARAM_VALUE_INVALID, name, &message);
        }
        if let Some((fits, expected)) = self.format
            && !texts.iter().all(|text| fits(text))
        {
            let message = format!("{name} must be {expected}.");
            form.refuse(codes::FORM_PARAM_FORMAT_INVALID, name, &message);
        }
        if self.is_distinct && texts.iter().collect::<BTreeSet<_>>().len() < texts.len() {
            let message = format!("{name} must not contain a value twice.");
            form.refuse(codes::FORM_PARAM_DUPLICATE, name, &message);
        }
        let (length, unit, code) = match array {
            Some(array) => (array.len(), "items", codes::FORM_PARAM_ARRAY_SIZE_EXCEEDED),
            None => {
                let length: usize = texts.iter().map(|text| text.chars().count()).sum();
                (length, "characters", codes::FORM_PARAM_MAX_LENGTH_EXCEEDED)
            }
        };
        if let Some(max) = self.longest
            && length > max
        {
            let message = format!("{name} must have no more than {max} {unit}.");
            form.refuse(code, name, &message);
        }
    }
}

fn is_empty(value: &Value) -> bool {
    value.as_str().is_some_and(str::is_empty)
}

/// Reads the body of a request that creates an object.
pub(crate) fn creation(fields: &[Field], body: &Object) -> Result<Object, ApiError> {
    let mut form = Form::new(body);
    let mut object = Object::new();
    for field in fields.iter().filter(|field| field.is_in_creation) {
        if let Some(value) = field.read(&mut form, false).filter(|_| field.is_kept) {
            object.insert(field.name.to_owned(), value);
        }
    }
    form.finish()?;
    Ok(object)
}

/// Applies the body of a request that updates an object. Null is ignored if the field is
/// [`lasting`](Field::lasting), and refused if it is [`required`](Field::required). Otherwise, null
/// removes the value.
pub(crate) fn update(fields: &[Field], object: &mut Object, body: &Object) -> Result<(), ApiError> {
    let mut form = Form::new(body);
    for field in fields.iter().filter(|field| field.is_in_update) {
        let value = field.read(&mut form, true);
        match value {
            Some(Value::Array(values)) if field.ignores_empty && values.is_empty() => {}
            Some(Value::String(text)) if field.ignores_empty && text.is_empty() => {}
            Some(value) if field.is_merged => merge(object, field.name, value),
            Some(value) if field.is_kept => {
                object.insert(field.name.to_owned(), value);
            }
            None if field.is_removable && form.is_null(field.name) && form.has(field.name) => {
                object.remove(field.name);
            }
            _ => {}
        }
    }
    form.finish()
}

fn merge(object: &mut Object, name: &str, changes: Value) {
    let (Some(Value::Object(members)), Value::Object(changes)) = (object.get_mut(name), changes)
    else {
        return;
    };
    for (member, change) in changes {
        if change.is_null() {
            members.remove(&member);
        } else {
            members.insert(member, change);
        }
    }
}
