use std::fmt;
use std::hash::{BuildHasher, RandomState};

use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderValue;

use crate::requests::argument::Argument;
use crate::requests::body::not_blank;
use crate::requests::parts::{RequestBody, RequestParts};

/// An image file: the body of
/// [`set_user_profile_image`](crate::UsersApi::set_user_profile_image).
///
/// It is sent as a part of a `multipart/form-data` body that is held in memory, so the request can
/// be retried.
///
/// A call returns an error if the image is invalid:
///
/// - the content or the file name is empty,
/// - the file name contains a control character,
/// - the media type is malformed.
///
/// ```
/// use clerk_client::requests::ProfileImage;
///
/// let png = vec![0x89, b'P', b'N', b'G'];
/// let image = ProfileImage::new("ada.png", "image/png", png);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileImage {
    /// The file name.
    pub file_name: String,
    /// The media type: `image/png`, `image/jpeg` …
    pub content_type: String,
    /// The content of the file.
    pub bytes: Bytes,
}

impl ProfileImage {
    /// Creates an image file from its name, media type and content.
    #[must_use]
    pub fn new(
        file_name: impl Into<String>,
        content_type: impl Into<String>,
        bytes: impl Into<Bytes>,
    ) -> Self {
        Self {
            file_name: file_name.into(),
            content_type: content_type.into(),
            bytes: bytes.into(),
        }
    }

    /// Returns a body with the image. `part` is the name and the text of another part. With `None`,
    /// the image is the only part.
    #[inline]
    pub(crate) fn encode(&self, part: Option<(&str, &str)>) -> Result<RequestBody, String> {
        self.check()?;
        if let Some((name, text)) = part {
            check_text(name, text)?;
        }
        let boundary = self.boundary()?;
        let part = part.map_or_else(String::new, |(name, text)| {
            format!(
                "--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{text}\r\n"
            )
        });
        // Browsers escape a quotation mark as `%22`. A backslash is escaped because some servers
        // read it as an escape character.
        let name = self.file_name.replace('"', "%22").replace('\\', "%5C");
        let head = format!(
            "{part}--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n",
            self.content_type
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        let mut body = BytesMut::with_capacity(head.len() + self.bytes.len() + tail.len());
        body.put(head.as_bytes());
        body.put(&*self.bytes);
        body.put(tail.as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type).map_err(|e| e.to_string())?;
        Ok(RequestBody {
            content_type,
            bytes: body.freeze(),
        })
    }

    /// Returns a multipart boundary that the file does not contain. The boundary is random, so that
    /// an attacker cannot predict it. The file is checked anyway, because not every platform has
    /// randomness.
    #[inline]
    fn boundary(&self) -> Result<String, String> {
        let random = || RandomState::new().hash_one(0_u8);
        for _ in 0..16 {
            let boundary = format!("clerk-client-{:016x}{:016x}", random(), random());
            let mut windows = self.bytes.windows(boundary.len());
            if !windows.any(|window| window == boundary.as_bytes()) {
                return Ok(boundary);
            }
        }
        Err(
            "invalid image: it contains all multipart boundaries that were tried; change the file"
                .to_owned(),
        )
    }

    #[inline]
    fn check(&self) -> Result<(), String> {
        if self.bytes.is_empty() {
            return Err("invalid image: it is empty".to_owned());
        }
        if self.file_name.is_empty() {
            return Err("invalid image: the file name is empty".to_owned());
        }
        if let Some(character) = self.file_name.chars().find(|c| c.is_control()) {
            return Err(format!(
                "invalid image: the file name contains the control character {character:?}"
            ));
        }
        if !is_media_type(&self.content_type) {
            return Err(format!(
                "invalid image: the content type {:?} is not a media type such as image/png",
                self.content_type
            ));
        }
        Ok(())
    }
}

/// Refuses a text that is blank or contains a control character. A control character could end the
/// part of the body.
fn check_text(name: &str, text: &str) -> Result<(), String> {
    not_blank(name, text)?;
    if let Some((at, character)) = text.char_indices().find(|(_, c)| c.is_control()) {
        return Err(format!(
            "invalid {name}: it contains the control character {character:?} at byte {at}"
        ));
    }
    Ok(())
}

/// Whether a text is `type/subtype`, optionally with parameters in printable ASCII.
fn is_media_type(text: &str) -> bool {
    let token = |text: &str| {
        let is_token = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$&^_.+-".contains(&byte);
        !text.is_empty() && text.bytes().all(is_token)
    };
    let (essence, parameters) = text.split_once(';').unwrap_or((text, ""));
    let (kind, subtype) = essence
        .trim_end_matches(' ')
        .split_once('/')
        .unwrap_or_default();
    token(kind)
        && token(subtype)
        && parameters
            .bytes()
            .all(|byte| byte == b' ' || byte.is_ascii_graphic())
}

/// Shows the length of the content instead of the content.
impl fmt::Debug for ProfileImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileImage")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}

impl Argument for ProfileImage {
    #[inline]
    fn write(&self, parts: &mut RequestParts) -> Result<(), String> {
        parts.body = Some(self.encode(None)?);
        Ok(())
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for ProfileImage {
    fn sample(_: &crate::samples::Sampler, _: &str) -> Self {
        Self::new("ada.png", "image/png", vec![0x89, b'P', 0, b'\n'])
    }
}
