//! Keys and secrets from environment variables.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt;
use std::process::Command;

use clerk_client::SecretKey;
use clerk_client::auth::PublishableKey;
use clerk_client::webhooks::WebhookSecret;

const NAMES: [&str; 3] = [SecretKey::ENV, WebhookSecret::ENV, PublishableKey::ENV];

/// If this variable is set, the test only prints the errors. The test sets it for a child process
/// that runs the same test.
const PRINT: &str = "CLERK_TESTS_PRINT_ERRORS";

#[test]
fn errors_tell_missing_variables_from_malformed_ones() {
    if std::env::var_os(PRINT).is_some() {
        let errors = [
            SecretKey::from_env().unwrap_err(),
            WebhookSecret::from_env().unwrap_err(),
            PublishableKey::from_env().unwrap_err(),
        ];
        for error in errors {
            println!("{error}");
        }
        return;
    }
    let text = printed(None);
    for name in NAMES {
        assert!(text.contains(&format!("the environment variable {name} is not set")));
    }
    let text = printed(Some(OsStr::from_bytes(b"sk_test_s3cret\xff")));
    for name in NAMES {
        assert!(text.contains(&format!("the environment variable {name} is not Unicode")));
    }
    assert!(!text.contains("s3cret"), "{text}");
}

/// Runs the test in a child process in which each variable of [`NAMES`] has this value. Returns the
/// output of the child. `None` removes the variables.
fn printed(value: Option<&OsStr>) -> String {
    let mut child = Command::new(std::env::current_exe().unwrap());
    child.args([
        "errors_tell_missing_variables_from_malformed_ones",
        "--nocapture",
    ]);
    child.env(PRINT, "1");
    for name in NAMES {
        match value {
            Some(value) => child.env(name, value),
            None => child.env_remove(name),
        };
    }
    let output = child.output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}
