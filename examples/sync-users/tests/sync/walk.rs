//! Tests the walk over all users of a fake Clerk, without webhooks.

use std::time::Duration;

use clerk_client::mock::{FakeClerk, FakeUser, Fault, RequestMatcher};
use sync_users::{UserTable, Walk};

use crate::fixture::{assert_in_step, execute, fake_with_users};

async fn walk(fake: &FakeClerk, table: &UserTable) -> Walk {
    let users = fake.client().users();
    Walk::unfinished(&users, table).await.unwrap().unwrap()
}

async fn finish(mut walk: Walk) -> Vec<usize> {
    let mut pages = Vec::new();
    while let Some(count) = walk.next_page().await.unwrap() {
        pages.push(count);
    }
    pages
}

#[tokio::test]
async fn the_first_walk_stores_all_users() {
    let (fake, table) = (fake_with_users(), UserTable::in_memory().await.unwrap());
    let pages = finish(walk(&fake, &table).await).await;
    assert_eq!(pages, [500, 500, 234]);
    assert_in_step(&table, &fake).await;

    let users = fake.client().users();
    let again = Walk::unfinished(&users, &table).await.unwrap();
    assert!(again.is_none(), "it walks once");
}

#[tokio::test]
async fn a_walk_continues_after_an_error() {
    let (fake, table) = (fake_with_users(), UserTable::in_memory().await.unwrap());
    fake.inject_fault("GetUserList", 2, Fault::status(403));
    let mut walk = walk(&fake, &table).await;
    assert_eq!(walk.next_page().await.unwrap(), Some(500));
    let error = walk.next_page().await.unwrap_err();
    assert!(error.to_string().contains("403"), "{error}");
    assert_eq!(finish(walk).await, [500, 234]);
    assert_in_step(&table, &fake).await;
}

/// If a page cannot be stored, its position is not stored either. The walk then resumes before this
/// page.
#[tokio::test]
async fn a_page_is_stored_as_a_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("users.db");
    let (fake, table) = (fake_with_users(), UserTable::open(&path).await.unwrap());
    let fail = "
        CREATE TRIGGER fail BEFORE INSERT ON users WHEN new.id = 'user_00700'
        BEGIN SELECT RAISE(FAIL, 'disk full'); END";
    execute(&path, fail).await;
    let mut first = walk(&fake, &table).await;
    assert_eq!(first.next_page().await.unwrap(), Some(500));
    let error = first.next_page().await.unwrap_err();
    assert!(error.to_string().contains("disk full"), "{error}");
    assert_eq!(table.list("", 1_000).await.unwrap().len(), 500);

    execute(&path, "DROP TRIGGER fail").await;
    let resumed = walk(&fake, &table).await;
    assert_eq!(finish(resumed).await, [500, 234]);
    assert_eq!(finish(first).await, [500, 234], "it has kept the page");
    assert_in_step(&table, &fake).await;
}

#[tokio::test]
async fn the_next_walk_finds_changes_without_webhooks() {
    let (fake, table) = (fake_with_users(), UserTable::in_memory().await.unwrap());
    finish(walk(&fake, &table).await).await;

    fake.clock().advance(Duration::from_secs(1));
    fake.remove_user("user_00000");
    fake.edit("user_00700", |user| user.first_name = Some("New".into()));
    fake.add(FakeUser::new("user_new").name("New", "User"));
    Walk::start_again(&table).await.unwrap();
    let mut next = walk(&fake, &table).await;
    next.next_page().await.unwrap();
    // This walk has already passed the user, so only the next walk finds the deletion.
    fake.remove_user("user_00001");
    finish(next).await;
    assert_eq!(table.get("user_00000").await.unwrap(), None);
    assert!(table.get("user_00001").await.unwrap().is_some());

    Walk::start_again(&table).await.unwrap();
    finish(walk(&fake, &table).await).await;
    assert_in_step(&table, &fake).await;
}

/// If `start_again` restarted an unfinished walk, a program that is stopped often would never
/// finish a walk.
#[tokio::test]
async fn starting_again_does_not_restart_an_unfinished_walk() {
    let (fake, table) = (fake_with_users(), UserTable::in_memory().await.unwrap());
    walk(&fake, &table).await.next_page().await.unwrap();
    Walk::start_again(&table).await.unwrap();
    assert_eq!(finish(walk(&fake, &table).await).await, [500, 234]);
    fake.assert_requested(&RequestMatcher::operation("GetUserList"), 3);
}

/// The walk continues after the last user of a page. If this user is deleted, Clerk no longer knows
/// where to continue.
#[tokio::test]
async fn a_walk_resumes_after_a_user_who_was_deleted() {
    let (fake, table) = (fake_with_users(), UserTable::in_memory().await.unwrap());
    walk(&fake, &table).await.next_page().await.unwrap();
    fake.remove_user("user_00499");
    table.delete("user_00499").await.unwrap();
    finish(walk(&fake, &table).await).await;
    assert_in_step(&table, &fake).await;
}
