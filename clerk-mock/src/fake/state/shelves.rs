//! The shelves of an instance: objects and settings that are stored as JSON.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde_json::{Map, Value, json};

use crate::clock::VirtualClock;
use crate::fake::state::journal::Journal;

/// The fields of an object, including those that a response omits.
pub(crate) type Object = Map<String, Value>;

/// The objects of each kind.
type Kinds = BTreeMap<String, Kind>;

/// The objects of a kind.
#[derive(Clone, Default)]
struct Kind {
    /// The objects, in the order of creation.
    objects: Vec<Object>,
    /// The index of each object in `objects`, by its id.
    places: BTreeMap<Box<str>, usize>,
}

impl Kind {
    fn place_of(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    fn get(&self, id: &str) -> Option<&Object> {
        self.objects.get(self.place_of(id)?)
    }

    fn push(&mut self, object: Object) {
        let id = text(&object, "id").into();
        self.places.insert(id, self.objects.len());
        self.objects.push(object);
    }

    fn remove(&mut self, id: &str) -> Option<Object> {
        let at = self.places.remove(id)?;
        for place in self.places.values_mut().filter(|place| **place > at) {
            *place -= 1;
        }
        (at < self.objects.len()).then(|| self.objects.remove(at))
    }
}

/// The objects of each kind, and the settings of the instance.
#[derive(Clone)]
pub(crate) struct Shelves {
    /// The objects. A snapshot shares them with the original until either side adds, changes or
    /// removes an object.
    objects: Arc<Kinds>,
    settings: BTreeMap<String, Object>,
    /// The objects of the kind [`JOURNALED`] that a change touches, in their states before the
    /// change.
    pub(crate) journal: Journal<Object>,
}

/// The only kind of objects on the shelves that causes webhooks. Creating or updating such an
/// object causes one.
pub(crate) const JOURNALED: &str = "waitlist_entries";

/// The field with the previous secret keys of a machine. It is an array of objects, each with a
/// `secret_key` and an `expires_at`, which is a Unix time in milliseconds.
pub(crate) const PREVIOUS_KEYS: &str = "previous_secret_keys";

/// The objects of a new instance: its primary domain, and the role set of new organizations.
static START: LazyLock<Arc<Kinds>> = LazyLock::new(|| {
    let start = VirtualClock::START;
    let domain = json!({
        "object": "domain",
        "id": "dmn_fake",
        "name": "fake.example.com",
        "is_satellite": false,
        "frontend_api_url": "https://clerk.fake.example.com",
        "accounts_portal_url": "https://accounts.fake.example.com",
        "development_origin": "",
        "created_at": start,
        "updated_at": start,
    });
    let role_set = json!({
        "object": "role_set",
        "id": "rset_fake",
        "name": "Default",
        "key": "role_set:default",
        "roles": ["org:admin", "org:member"],
        "default_role_key": "org:member",
        "creator_role_key": "org:admin",
        "type": "initial",
        "created_at": start,
        "updated_at": start,
    });
    let mut kinds = Kinds::new();
    for (kind, object) in [("domains", domain), ("role_sets", role_set)] {
        if let Value::Object(object) = object {
            kinds.entry(kind.to_owned()).or_default().push(object);
        }
    }
    Arc::new(kinds)
});

impl Shelves {
    /// Creates the state of a new instance.
    pub(crate) fn new() -> Self {
        Self {
            objects: Arc::clone(&START),
            settings: BTreeMap::new(),
            journal: Journal::default(),
        }
    }

    /// Returns the objects of a kind.
    pub(crate) fn all(&self, kind: &str) -> &[Object] {
        let of = self.objects.get(kind);
        of.map_or(&[], |of| of.objects.as_slice())
    }

    /// Returns the objects of a kind, to change any field except the id.
    pub(crate) fn all_mut(&mut self, kind: &str) -> &mut [Object] {
        self.note_all(kind);
        &mut self.kept_mut(kind).objects
    }

    /// Removes all objects of a kind.
    pub(crate) fn clear(&mut self, kind: &str) {
        self.note_all(kind);
        *self.kept_mut(kind) = Kind::default();
    }

    fn kept_mut(&mut self, kind: &str) -> &mut Kind {
        Arc::make_mut(&mut self.objects)
            .entry(kind.to_owned())
            .or_default()
    }

    /// Returns an object. `None` if there is none with this id.
    pub(crate) fn get(&self, kind: &str, id: &str) -> Option<&Object> {
        self.objects.get(kind)?.get(id)
    }

    /// Whether an object of any kind has this id.
    pub(crate) fn has(&self, id: &str) -> bool {
        let mut kinds = self.objects.values();
        kinds.any(|kind| kind.place_of(id).is_some())
    }

    /// Adds an object, or replaces the one with the same id.
    pub(crate) fn put(&mut self, kind: &str, object: Object) {
        self.note(kind, text(&object, "id"));
        let all = self.kept_mut(kind);
        let place = all.place_of(text(&object, "id"));
        match place.and_then(|at| all.objects.get_mut(at)) {
            Some(known) => *known = object,
            None => all.push(object),
        }
    }

    /// Adds an object. Its id must be new among the objects of the kind.
    pub(crate) fn push(&mut self, kind: &str, object: Object) {
        if kind == JOURNALED {
            self.journal.note(text(&object, "id"), None);
        }
        self.kept_mut(kind).push(object);
    }

    /// Removes an object. Returns `None` if there is none with this id.
    pub(crate) fn remove(&mut self, kind: &str, id: &str) -> Option<Object> {
        self.note(kind, id);
        self.kept_mut(kind).remove(id)
    }

    /// Keeps the `len` oldest objects of a kind, and removes the others.
    pub(crate) fn truncate(&mut self, kind: &str, len: usize) {
        let newer = self.all(kind).iter().skip(len);
        let ids: Vec<String> = newer.map(|object| text(object, "id").to_owned()).collect();
        for id in ids {
            self.remove(kind, &id);
        }
    }

    /// Notes the state of an object in the journal before the object changes.
    fn note(&mut self, kind: &str, id: &str) {
        if kind == JOURNALED {
            let known = self.objects.get(kind).and_then(|of| of.get(id));
            self.journal.note(id, known);
        }
    }

    fn note_all(&mut self, kind: &str) {
        if kind == JOURNALED {
            let of = self.objects.get(kind).into_iter();
            for object in of.flat_map(|of| &of.objects) {
                self.journal.note(text(object, "id"), Some(object));
            }
        }
    }

    /// Returns every kind and its objects.
    pub(crate) fn objects(&self) -> BTreeMap<&str, &[Object]> {
        let kinds = self.objects.iter();
        let kinds = kinds.map(|(kind, of)| (kind.as_str(), of.objects.as_slice()));
        kinds.collect()
    }

    /// Returns all settings that were changed, by the path of the operation that changed them.
    pub(crate) fn settings(&self) -> &BTreeMap<String, Object> {
        &self.settings
    }

    /// Returns the settings of a path, to change them.
    pub(crate) fn settings_mut(&mut self, path: &str) -> &mut Object {
        self.settings.entry(path.to_owned()).or_default()
    }

    /// Moves the times of expiry by this many milliseconds.
    pub(crate) fn postpone(&mut self, millis: i64) {
        let kinds = Arc::make_mut(&mut self.objects).values_mut();
        for object in kinds.flat_map(|of| &mut of.objects) {
            postpone(object, millis);
            let keys = object.get_mut(PREVIOUS_KEYS).and_then(Value::as_array_mut);
            for key in keys.into_iter().flatten().filter_map(Value::as_object_mut) {
                postpone(key, millis);
            }
        }
    }
}

/// Moves the time of expiry of an object by this many milliseconds.
fn postpone(object: &mut Object, millis: i64) {
    if let Some(end) = object.get_mut("expires_at")
        && let Some(time) = end.as_i64()
    {
        *end = time.saturating_add(millis).into();
    }
}

/// Returns the text of a field. Returns an empty text if the field is missing or not a text.
pub(crate) fn text<'a>(object: &'a Object, name: &str) -> &'a str {
    object.get(name).and_then(Value::as_str).unwrap_or_default()
}
