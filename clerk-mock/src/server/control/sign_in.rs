//! The sign-in of a user.

use crate::fake::operations::response::ApiResult;
use crate::fake::operations::sessions::sign_in;
use crate::server::control::call::Call;

pub(crate) fn sign_in(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let world = call.world()?;
    let now = world.fake.time();
    sign_in::sign_in(&mut world.fake.world(), &body, now)
}
