use std::fmt;
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use serde_core::{Deserialize, Deserializer, Serialize, Serializer};

use crate::client::error::Error;
use crate::types::id::UserId;
use crate::types::timestamp::Timestamp;
use crate::uri::path::encode;

/// A position in a list, from which a [`Pager`](crate::Pager) can resume.
///
/// Store it as a line of text, with `Display` or serde, and read it with `parse` or serde. It is
/// valid only for the same list with the same parameters.
///
/// The text is rarely longer than 100 bytes. If several users before the position were created in
/// the same millisecond as the last of them, the text names these users, and has up to 3.4 kB. If
/// there are more than 100 such users, the text names only the last.
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
pub struct Position(pub(crate) Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The number of items before the position.
    Offset(u64),
    /// The user before the position.
    Cursor(Cursor),
}

/// The position after a user, in a list that is ordered by the time of creation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cursor {
    pub(crate) id: UserId,
    /// The time at which the user was created. `None` if it is unknown.
    pub(crate) created_at: Option<Timestamp>,
    /// The users seen so far who were created at `created_at`, including `id`. `None` if some of
    /// them are unknown, or if there are more than [`Cursor::MAX_SEEN`].
    pub(crate) seen_at_created_at: Option<Vec<UserId>>,
}

impl Cursor {
    /// The maximum length of `seen_at_created_at`. It limits the length of a position's text.
    const MAX_SEEN: usize = 100;

    /// Creates a cursor after a user. `first_at_time` tells whether the user is known to be the
    /// first user in the list with this time of creation.
    pub(crate) fn new(id: UserId, created_at: Timestamp, first_at_time: bool) -> Self {
        Self {
            seen_at_created_at: first_at_time.then(|| vec![id.clone()]),
            id,
            created_at: Some(created_at),
        }
    }

    /// Creates a cursor after a user of whom only the id is known.
    pub(crate) fn of(id: UserId) -> Self {
        Self {
            id,
            created_at: None,
            seen_at_created_at: None,
        }
    }

    /// Moves the cursor past the next user.
    pub(crate) fn advance(&mut self, id: &UserId, created_at: Timestamp) {
        if self.created_at != Some(created_at) {
            let first_at_time = self.created_at.is_some();
            *self = Self::new(id.clone(), created_at, first_at_time);
            return;
        }
        self.id = id.clone();
        match &mut self.seen_at_created_at {
            Some(seen) if seen.len() < Self::MAX_SEEN => seen.push(id.clone()),
            seen => *seen = None,
        }
    }

    /// Whether a user is known to have been seen.
    pub(crate) fn has_seen(&self, id: &UserId) -> bool {
        let mut seen = self.seen_at_created_at.iter().flatten();
        self.id == *id || seen.any(|known| known == id)
    }
}

/// The error returned when parsing a [`Position`] fails.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PositionError(());

impl fmt::Display for PositionError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("invalid position: expected `offset:…` or `after:…`")
    }
}

impl std::error::Error for PositionError {}

impl From<PositionError> for Error {
    fn from(error: PositionError) -> Self {
        Self::invalid_request(error.to_string())
    }
}

impl Position {
    /// Returns the offset. `None` if the position is a cursor.
    pub(crate) fn offset(&self) -> Option<u64> {
        match &self.0 {
            Kind::Offset(offset) => Some(*offset),
            Kind::Cursor(_) => None,
        }
    }

    /// Moves an offset past one item. A cursor stays unchanged.
    pub(crate) fn advance_offset(&mut self) {
        if let Kind::Offset(offset) = &mut self.0 {
            *offset = offset.saturating_add(1);
        }
    }
}

/// Writes `offset:1500` or `after:user_2@1700000000000,user_1,user_2`. The second form starts with
/// the last user before the position, and the creation time of this user in milliseconds. The users
/// already seen with this creation time follow. The time is omitted if it is unknown. The users
/// already seen are omitted if some of them are unknown, or if there are more than 100.
impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cursor = match &self.0 {
            Kind::Offset(offset) => return write!(f, "offset:{offset}"),
            Kind::Cursor(cursor) => cursor,
        };
        write!(f, "after:{}", encode(cursor.id.as_str()))?;
        if let Some(created_at) = cursor.created_at {
            write!(f, "@{}", created_at.as_millis())?;
        }
        if let Some(seen) = &cursor.seen_at_created_at {
            for id in seen {
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

fn parse(text: &str) -> Option<Kind> {
    if let Some(offset) = text.strip_prefix("offset:") {
        return Some(Kind::Offset(offset.parse().ok()?));
    }
    let mut parts = text.strip_prefix("after:")?.split(',');
    let first = parts.next()?;
    let (id, created_at) = match first.split_once('@') {
        Some((id, millis)) => (id, Some(Timestamp::from_millis(millis.parse().ok()?))),
        None => (first, None),
    };
    let seen: Vec<UserId> = parts.map(user_id).collect::<Option<_>>()?;
    Some(Kind::Cursor(Cursor {
        id: user_id(id)?,
        created_at,
        seen_at_created_at: (1..=Cursor::MAX_SEEN).contains(&seen.len()).then_some(seen),
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
