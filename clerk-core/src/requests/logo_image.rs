use crate::requests::argument::Argument;
use crate::requests::parts::RequestParts;
use crate::requests::profile_image::ProfileImage;
use crate::types::id::UserId;

/// A logo: an image file, and the user who uploads the file. A [`ProfileImage`] converts into this
/// type.
///
/// ```
/// use clerk_client::requests::{LogoImage, ProfileImage};
///
/// let png = vec![0x89, b'P', b'N', b'G'];
/// let image = ProfileImage::new("logo.png", "image/png", png);
/// let logo = LogoImage::new(image).uploader_user_id("user_1");
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct LogoImage {
    /// The image file.
    pub image: ProfileImage,
    /// The user who uploads the image. With `None`, Clerk records no user.
    pub uploader_user_id: Option<UserId>,
}

impl LogoImage {
    /// Creates a logo from an image file.
    #[must_use]
    pub fn new(image: ProfileImage) -> Self {
        Self {
            image,
            uploader_user_id: None,
        }
    }

    /// Sets `uploader_user_id`.
    ///
    /// The user who uploads the image.
    #[must_use]
    pub fn uploader_user_id(mut self, user_id: impl Into<UserId>) -> Self {
        self.uploader_user_id = Some(user_id.into());
        self
    }
}

impl From<ProfileImage> for LogoImage {
    fn from(image: ProfileImage) -> Self {
        Self::new(image)
    }
}

impl Argument for LogoImage {
    #[inline]
    fn write(&self, parts: &mut RequestParts) -> Result<(), String> {
        let uploader = self.uploader_user_id.as_ref().map(UserId::as_str);
        let part = uploader.map(|id| ("uploader_user_id", id));
        parts.body = Some(self.image.encode(part)?);
        Ok(())
    }
}

#[cfg(feature = "_samples")]
impl crate::samples::Sample for LogoImage {
    fn sample(sampler: &crate::samples::Sampler, _: &str) -> Self {
        Self {
            image: sampler.value("image"),
            uploader_user_id: sampler.value("uploader_user_id"),
        }
    }
}
