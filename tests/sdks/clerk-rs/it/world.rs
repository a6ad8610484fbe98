//! The served fake that both versions of clerk-rs use.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use clerk_client::mock::{FakeClerk, FakeServer};

/// Serves the state of `world.json`, which the scripts in other languages also use. The objects are
/// an hour old. The fake uses the system's time, because clerk-rs compares the times in tokens with
/// the system's clock.
pub(crate) async fn serve() -> FakeServer {
    let world = include_str!("../../world.json");
    let now = SystemTime::now();
    let an_hour_ago = now - Duration::from_secs(3600);
    let fake = FakeClerk::from_json_at(world, an_hour_ago.into()).unwrap();
    fake.set_time(now.into());
    FakeServer::start(fake).await.unwrap()
}

/// Writes an image to a file, because clerk-rs 0.5.0 uploads only files.
pub(crate) fn image(name: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&path, b"GIF89a").unwrap();
    path
}
