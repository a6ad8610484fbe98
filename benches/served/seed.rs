//! A file with many users, in the format of `clerk-mock --save`.

use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeUser};

/// The path of a seed file. Dropping this value removes the file.
pub(crate) struct Seed(PathBuf);

impl Seed {
    pub(crate) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Seed {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

/// Writes a file with `users` users. Each user has names, an e-mail address and a password.
pub(crate) fn write(users: usize) -> Seed {
    let fake = FakeClerk::new();
    for number in 0..users {
        fake.add(user(number));
    }
    let name = format!("clerk-benches-{}.json", std::process::id());
    let seed = Seed(std::env::temp_dir().join(name));
    let file = File::create(seed.path()).expect("a file");
    fake.write_json(BufWriter::new(file)).expect("a file");
    seed
}

fn user(number: usize) -> FakeUser {
    let created = 1_700_000_000_000 + i64::try_from(number).expect("a number");
    FakeUser::new(format!("user_{number}"))
        .created_at(Timestamp::from_millis(created))
        .name("Ada", &format!("Lovelace {}", number % 1_000))
        .email_address(&format!("user{number}@example.com"))
        .password("correct horse battery staple")
}
