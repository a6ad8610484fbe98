//! Exports of other systems: refused rows, invalid options and invalid files.

use std::fs;
use std::path::Path;

use clerk_client::mock::Fault;
use clerk_client::operations;
use serde_json::json;

use crate::imported::{HASH_CONFIG, Imported, assert_user};
use crate::{command, file, run, sibling};

/// The second run imports the first row, which the first run refused. Both runs refuse a later row
/// with the same id.
#[tokio::test(flavor = "multi_thread")]
async fn refused_rows_are_imported_by_a_run_with_more_options() {
    let mut imported = Imported::new("firebase", "firebase.csv", &[]).await;
    let (line, id, message) = imported.refusals().remove(0);
    assert_eq!((line, id.as_str()), (1, "Fb0000000000000000000000Ada1"));
    assert!(
        message.contains("start with --hash-config FILE"),
        "{message}"
    );
    assert!(!imported.users().contains_key(&id));

    // The first run created the user of another row with the e-mail address of this row. So the
    // test gives this row a new address.
    let text = fs::read_to_string(&imported.file).unwrap();
    let text = text.replacen("1,ada@example.com", "1,countess@example.com", 1);
    fs::write(&imported.file, text).unwrap();
    imported.run("firebase", &HASH_CONFIG).await;
    let summary = "8 rows: 1 created, 0 already existed, 3 imported before, 4 refused, 0 left.";
    assert!(
        imported.printed.starts_with(summary),
        "{}",
        imported.printed
    );
    assert_user(
        &imported.users()[&id],
        json!({ "emails": ["countess@example.com"] }),
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn secrets_of_exports_are_never_printed() {
    for (format, sample) in [
        ("firebase", "firebase.csv"),
        ("auth0", "auth0-hashes.jsonl"),
    ] {
        let imported = Imported::new(format, sample, &[]).await;
        let refused = fs::read_to_string(sibling(&imported.file, ".refused.jsonl")).unwrap();
        let journal = fs::read_to_string(sibling(&imported.file, ".journal")).unwrap();
        for printed in [&imported.printed, &refused, &journal] {
            for secret in ["bG9uZyBl", "c2FsdDE", "$2b$", "pbkdf2"] {
                assert!(!printed.contains(secret), "{secret} is in {printed}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_ban_of_supabase_may_end_at_a_time_in_milliseconds() {
    let mut imported = Imported::new("supabase", "supabase.json", &[]).await;
    let rows = r#"[{"id": "7", "email": "banned@example.com", "banned_until": 32472144000000},
        {"id": "8", "email": "free@example.com", "banned_until": 946684800000}]"#;
    fs::write(&imported.file, rows).unwrap();
    imported.run("supabase", &[]).await;
    let is_banned = |id: &str| imported.users()[id]["banned"].clone();
    assert_eq!(is_banned("7"), true);
    assert_eq!(is_banned("8"), false);
}

/// Status 402 means that the plan of the instance has no bans.
#[tokio::test(flavor = "multi_thread")]
async fn a_ban_that_the_plan_lacks_refuses_only_that_user() {
    let mut imported = Imported::new("supabase", "supabase.json", &[]).await;
    let rows = r#"[{"id": "2", "email": "banned@example.com", "banned_until": "infinity"},
        {"id": "3", "email": "next@example.com"}]"#;
    fs::write(&imported.file, rows).unwrap();
    let fake = imported.server.fake();
    let fault = Fault::error(402, "unsupported_subscription_plan_features");
    fake.inject_fault(operations::CreateUser, 1, fault);
    imported.run("supabase", &[]).await;
    assert_eq!(imported.refusals()[0].1, "2");
    assert!(imported.users().contains_key("3"));
}

#[tokio::test]
async fn invalid_options_are_rejected_before_anything_is_sent() {
    let folder = tempfile::tempdir().unwrap();
    let config = folder.path().join("config.txt");
    fs::write(&config, "algorithm: BCRYPT,\n").unwrap();
    let partial = folder.path().join("partial.txt");
    fs::write(&partial, "algorithm: SCRYPT,\nrounds: 8,\n").unwrap();
    let (config, partial) = (config.to_str().unwrap(), partial.to_str().unwrap());
    for (options, fault) in [
        (
            vec!["--format", "okta"],
            "invalid --format \"okta\": it must be clerk, auth0",
        ),
        (
            vec!["--hash-config", config],
            "--hash-config needs --format firebase",
        ),
        (
            vec!["--format", "firebase", "--hash-config", config],
            "the algorithm is \"BCRYPT\"; Clerk supports only SCRYPT",
        ),
        (
            vec!["--format", "firebase", "--hash-config", partial],
            "it needs the line \"base64_signer_key: VALUE\"",
        ),
        (
            vec!["--format", "auth0"],
            "the first line has no column user_id; is it a header?",
        ),
    ] {
        let mut command = command(None, Path::new("samples/firebase.csv"));
        command.args(&options);
        let output = run(command).await;
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(
            !output.status.success() && error.contains(fault),
            "{options:?}: {error}"
        );
    }
}

#[tokio::test]
async fn a_file_that_is_not_firebases_object_is_rejected() {
    let folder = tempfile::tempdir().unwrap();
    for (text, fault) in [
        (
            "{\"accounts\": []}",
            "line 1: expected an object with the array \"users\"",
        ),
        ("{\"users\": {}}", "line 1: not a JSON array"),
        ("{\"users\": []", "line 1: expected the end of the object"),
        (
            "{\"users\": []} {",
            "line 1: text after the end of the array",
        ),
        ("", "line 1: expected an object with the array \"users\""),
    ] {
        let users = file(&folder, "users.json", text);
        let mut command = command(None, &users);
        command.args(["--format", "firebase"]);
        let output = run(command).await;
        let error = str::from_utf8(&output.stderr).unwrap();
        assert!(
            !output.status.success() && error.contains(fault),
            "{text}: {error}"
        );
    }
}
