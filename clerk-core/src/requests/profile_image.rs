use std::fmt;
use std::hash::{BuildHasher, RandomState};

use bytes::{BufMut, Bytes, BytesMut};
use http::HeaderValue;

/// An image file: the body of
/// [`set_user_profile_image`](crate::UsersApi::set_user_profile_image).
///
/// It is sent as one part of a `multipart/form-data` body whose length is known beforehand, so that
/// the request can be sent again.
///
/// ```
/// use clerk_client::ProfileImage;
///
/// let png = vec![0x89, b'P', b'N', b'G'];
/// let image = ProfileImage::new("ada.png", "image/png", png);
/// ```
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ProfileImage {
    /// What the file is called.
    pub file_name: String,
    /// What it is: `image/png`, `image/jpeg` …
    pub content_type: String,
    /// The file itself.
    pub bytes: Bytes,
}

impl ProfileImage {
    /// A file of this name, media type and content.
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

    /// The body and its content type.
    pub(crate) fn encode(&self) -> Result<(HeaderValue, Bytes), String> {
        self.check()?;
        let boundary = self.boundary()?;
        // A quotation mark as browsers escape it; a backslash because some servers read one as an
        // escape.
        let name = self.file_name.replace('"', "%22").replace('\\', "%5C");
        let head = format!(
            "--{boundary}\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: {}\r\n\r\n",
            self.content_type
        );
        let tail = format!("\r\n--{boundary}--\r\n");
        let mut body = BytesMut::with_capacity(head.len() + self.bytes.len() + tail.len());
        body.put(head.as_bytes());
        body.put(&*self.bytes);
        body.put(tail.as_bytes());
        let content_type = format!("multipart/form-data; boundary={boundary}");
        let content_type = HeaderValue::try_from(content_type).map_err(|e| e.to_string())?;
        Ok((content_type, body.freeze()))
    }

    /// A text that the file does not have in it. It is drawn at random, so that nobody can make a
    /// file that has, and looked for all the same: not every platform has randomness.
    fn boundary(&self) -> Result<String, String> {
        let random = || RandomState::new().hash_one(0_u8);
        for _ in 0..16 {
            let boundary = format!("clerk-client-{:016x}{:016x}", random(), random());
            let mut windows = self.bytes.windows(boundary.len());
            if !windows.any(|window| window == boundary.as_bytes()) {
                return Ok(boundary);
            }
        }
        Err("the image has every boundary in it that was tried".to_owned())
    }

    fn check(&self) -> Result<(), String> {
        if self.bytes.is_empty() {
            return Err("the image has no bytes".to_owned());
        }
        if self.file_name.is_empty() {
            return Err("the image's file name is empty".to_owned());
        }
        if let Some(character) = self.file_name.chars().find(|c| c.is_control()) {
            return Err(format!(
                "the image's file name has the control character {character:?}"
            ));
        }
        if !is_media_type(&self.content_type) {
            return Err(format!(
                "the image's content type is {:?}, and must be of the form image/png",
                self.content_type
            ));
        }
        Ok(())
    }
}

/// `type/subtype`, and parameters in printable ASCII.
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

/// Shows the length of the file only.
impl fmt::Debug for ProfileImage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ProfileImage")
            .field("file_name", &self.file_name)
            .field("content_type", &self.content_type)
            .field("bytes", &self.bytes.len())
            .finish()
    }
}
