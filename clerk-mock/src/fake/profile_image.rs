//! Profile images, and the form that brings one.

use clerk_core::Timestamp;
use clerk_core::http::StatusCode;
use clerk_core::http::header::CONTENT_TYPE;

use super::account::find_mut;
use super::answer::{Outcome, Refusal, value};
use super::world::World;
use crate::Recorded;

/// The image of those who have none of their own.
pub(super) const DEFAULT_IMAGE: &str = "https://img.clerk.com/default";

pub(super) fn set(world: &mut World, id: &str, request: &Recorded, now: Timestamp) -> Outcome {
    let name = world.new_id("img");
    let user = &mut find_mut(world, id)?.user;
    if file(request).is_none_or(<[u8]>::is_empty) {
        let message = "file must be included.";
        return Err(Refusal::with_status(
            StatusCode::BAD_REQUEST,
            "form_param_missing",
            "file",
            message,
        ));
    }
    user.has_image = true;
    user.image_url = Some(format!("https://img.clerk.com/{name}").into());
    user.updated_at = now;
    Ok(value(user))
}

pub(super) fn delete(world: &mut World, id: &str, now: Timestamp) -> Outcome {
    let user = &mut find_mut(world, id)?.user;
    if user.has_image {
        user.has_image = false;
        user.image_url = Some(DEFAULT_IMAGE.into());
        user.updated_at = now;
    }
    Ok(value(user))
}

/// The content of the part named `file` that has a file name, of a multipart form.
fn file(request: &Recorded) -> Option<&[u8]> {
    let content_type = request.header(CONTENT_TYPE.as_str())?;
    let parameters = content_type.strip_prefix("multipart/form-data;")?;
    let mut parameters = parameters.split(';').map(str::trim);
    let boundary = parameters.find_map(|parameter| parameter.strip_prefix("boundary="))?;
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let mut rest = request.body();
    loop {
        rest = after(rest, delimiter.as_bytes())?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let (head, content) = rest.split_at_checked(head_end)?;
        let content = content.get(4..)?;
        let end = find(content, format!("\r\n{delimiter}").as_bytes())?;
        let head = String::from_utf8_lossy(head).to_lowercase();
        if head.contains("name=\"file\"") && head.contains("filename=\"") {
            return content.get(..end);
        }
        rest = content.get(end..)?;
    }
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

fn after<'a>(bytes: &'a [u8], what: &[u8]) -> Option<&'a [u8]> {
    bytes.get(find(bytes, what)? + what.len()..)
}
