use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::types::id::UserId;
use crate::types::timestamp::Timestamp;
use crate::uri::path::encode;

/// How far a walk through a list has come: where to take it up again, in this process or another.
///
/// It is a line of text: store what `Display` or serde write, and read it with `parse` or serde.
/// It belongs to one list, with the parameters that it was walked with.
///
/// ```
/// use clerk_client::Position;
///
/// let stored = "offset:1500";
/// let position: Position = stored.parse()?;
/// assert_eq!(position.to_string(), stored);
/// # Ok::<(), clerk_client::PositionError>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Position(pub(crate) Place);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Place {
    /// After so many of the list.
    Offset(u64),
    /// After this user.
    After(Cursor),
}

/// A user, in the order of creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) id: UserId,
    /// When the user was created, where it is known.
    pub(crate) created_at: Option<Timestamp>,
    /// Those walked past who were created in the same millisecond, the user among them; `None`
    /// where not all of them are known, or there are too many to keep.
    pub(crate) same_time: Option<Vec<UserId>>,
}

impl Cursor {
    /// No more than a page is kept of users who were created at one time.
    const MAX_SAME_TIME: usize = 500;

    /// The first user of a walk, or of a time; `alone` where nobody of the same time was walked past
    /// before.
    pub(crate) fn new(id: UserId, created_at: Timestamp, alone: bool) -> Self {
        Self {
            same_time: alone.then(|| vec![id.clone()]),
            id,
            created_at: Some(created_at),
        }
    }

    /// Of a user of whom no more is known than the id.
    pub(crate) fn of(id: UserId) -> Self {
        Self {
            id,
            created_at: None,
            same_time: None,
        }
    }

    /// Moves on to a user.
    pub(crate) fn advance(&mut self, id: &UserId, created_at: Timestamp) {
        if self.created_at != Some(created_at) {
            let alone = self.created_at.is_some();
            *self = Self::new(id.clone(), created_at, alone);
            return;
        }
        self.id = id.clone();
        match &mut self.same_time {
            Some(same_time) if same_time.len() < Self::MAX_SAME_TIME => {
                same_time.push(id.clone());
            }
            same_time => *same_time = None,
        }
    }

    /// Whether a user is known to have been walked past.
    pub(crate) fn knows(&self, id: &UserId) -> bool {
        let mut same_time = self.same_time.iter().flatten();
        self.id == *id || same_time.any(|known| known == id)
    }
}

/// A text that is no [`Position`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionError(());

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("this is not the position of a pager: it begins with offset: or after:")
    }
}

impl std::error::Error for PositionError {}

/// `offset:` and a number; or `after:`, the id, and, where they are known, `@` the time of creation
/// and the others of that time.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cursor = match &self.0 {
            Place::Offset(offset) => return write!(f, "offset:{offset}"),
            Place::After(cursor) => cursor,
        };
        write!(f, "after:{}", encode(cursor.id.as_str()))?;
        if let Some(created_at) = cursor.created_at {
            write!(f, "@{}", created_at.as_millis())?;
        }
        if let Some(same_time) = &cursor.same_time {
            for id in same_time {
                write!(f, ",{}", encode(id.as_str()))?;
            }
        }
        Ok(())
    }
}

impl FromStr for Position {
    type Err = PositionError;

    fn from_str(text: &str) -> Result<Self, PositionError> {
        parse(text).map(Self).ok_or(PositionError(()))
    }
}

fn parse(text: &str) -> Option<Place> {
    if let Some(offset) = text.strip_prefix("offset:") {
        return Some(Place::Offset(offset.parse().ok()?));
    }
    let mut parts = text.strip_prefix("after:")?.split(',');
    let first = parts.next()?;
    let (id, created_at) = match first.split_once('@') {
        Some((id, millis)) => (id, Some(Timestamp::from_millis(millis.parse().ok()?))),
        None => (first, None),
    };
    let same_time: Vec<UserId> = parts.map(user_id).collect::<Option<_>>()?;
    Some(Place::After(Cursor {
        id: user_id(id)?,
        created_at,
        same_time: (!same_time.is_empty()).then_some(same_time),
    }))
}

fn user_id(text: &str) -> Option<UserId> {
    let id = percent_decode_str(text).decode_utf8().ok()?;
    (!id.is_empty()).then(|| UserId::from(&*id))
}

impl Serialize for Position {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.parse().map_err(serde_core::de::Error::custom)
    }
}
