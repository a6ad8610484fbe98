//! The path that signs a user in: `sign_in` below `/__clerk_mock/`.

use crate::fake::operations::response::ApiResult;
use crate::fake::operations::sessions::sign_in;
use crate::server::control::call::Call;

pub(crate) fn sign_in(call: &Call<'_>) -> ApiResult {
    let body = call.body()?;
    let served = call.world()?;
    let instance = &served.fake.instance;
    instance.change(|world, now| sign_in::sign_in(world, &body, now))
}
