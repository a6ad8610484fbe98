//! Reading multipart forms.

use clerk_core::http::header::CONTENT_TYPE;

use crate::fake::operations::body::invalid;
use crate::fake::operations::codes;
use crate::fake::operations::response::ApiError;
use crate::requests::recorded_request::RecordedRequest;

/// The maximum size of an image: 10 MiB.
const MAX_IMAGE: usize = 10 * 1_024 * 1_024;

/// Returns an error if the request has no file, or if the file is too large or not an image.
/// `is_image` checks the format.
pub(crate) fn check_image(
    request: &RecordedRequest,
    is_image: fn(&[u8]) -> bool,
) -> Result<(), ApiError> {
    let Some(image) = file(request).filter(|file| !file.is_empty()) else {
        let message = "There was no image file present in the request.";
        return Err(ApiError::new(codes::FILE_MISSING, message));
    };
    if image.len() > MAX_IMAGE {
        let message = "The image must be no larger than 10 MB.";
        return Err(ApiError::new(codes::IMAGE_TOO_LARGE, message));
    }
    if !is_image(image) {
        return Err(invalid());
    }
    Ok(())
}

/// Returns the content of the part that is named `file` and has a file name.
///
/// Returns `None` if the body is not a multipart form with such a part.
fn file(request: &RecordedRequest) -> Option<&[u8]> {
    let content_type = request.header(CONTENT_TYPE.as_str())?;
    let (kind, parameters) = content_type.split_once(';')?;
    if !kind.trim().eq_ignore_ascii_case("multipart/form-data") {
        return None;
    }
    let mut parameters = parameters
        .split(';')
        .filter_map(|text| text.split_once('='));
    let (_, boundary) =
        parameters.find(|(name, _)| name.trim().eq_ignore_ascii_case("boundary"))?;
    let boundary = boundary.trim();
    let delimiter = format!("--{}", boundary.trim_matches('"'));
    let mut rest = request.body();
    loop {
        rest = after(rest, delimiter.as_bytes())?;
        let head_end = find(rest, b"\r\n\r\n")?;
        let (head, content) = rest.split_at_checked(head_end)?;
        let content = content.get(4..)?;
        let end = find(content, format!("\r\n{delimiter}").as_bytes())?;
        if is_file(&String::from_utf8_lossy(head)) {
            return content.get(..end);
        }
        rest = content.get(end..)?;
    }
}

/// Whether these are the headers of a part that is named `file` and has a file name. The parameter
/// `filename*` can contain a file name that is not ASCII.
fn is_file(head: &str) -> bool {
    let mut headers = head.lines().filter_map(|line| line.split_once(':'));
    let disposition = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-disposition"));
    let parameters = disposition.map(|(_, value)| value.split(';').map(str::trim));
    parameters.is_some_and(|mut parameters| {
        let is_named = |parameter: &str| matches!(parameter, "name=\"file\"" | "name=file");
        let has_name = |parameter: &str| {
            parameter.starts_with("filename=") || parameter.starts_with("filename*=")
        };
        parameters.clone().any(is_named) && parameters.any(has_name)
    })
}

/// Returns the position of `what` in `bytes`, or `None` if it does not occur.
fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Returns the bytes after the first `what`, or `None` if it does not occur.
fn after<'a>(bytes: &'a [u8], what: &[u8]) -> Option<&'a [u8]> {
    bytes.get(find(bytes, what)? + what.len()..)
}
