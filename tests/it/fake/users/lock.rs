//! Users who are locked out.

use std::time::Duration;

use clerk_client::Timestamp;
use clerk_client::mock::{FakeClerk, FakeUser};

use crate::support::run;

#[test]
fn locks_count_down_and_expire() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada"));
    let users = fake.client().users();
    run(async {
        let locked = users.lock_user("user_ada").await.unwrap();
        assert_eq!(
            (locked.locked, locked.lockout_expires_in_seconds),
            (true, Some(3_600))
        );
        fake.clock().advance(Duration::from_millis(600_500));
        let later = users.get_user("user_ada").await.unwrap();
        assert_eq!(
            (later.locked, later.lockout_expires_in_seconds),
            (true, Some(3_000))
        );
        fake.clock().advance(Duration::from_secs(3_000));
        let unlocked = users.get_user("user_ada").await.unwrap();
        assert_eq!(
            (unlocked.locked, unlocked.lockout_expires_in_seconds),
            (false, None)
        );
    });
}

#[test]
fn each_lock_shows_its_own_remaining_seconds() {
    let fake = FakeClerk::new();
    for number in 0..5 {
        fake.add(FakeUser::new(format!("user_{number}")).locked());
        fake.clock().advance(Duration::from_millis(10_300));
    }
    let seconds = || -> Vec<_> {
        let users = (0..5).map(|number| fake.user(format!("user_{number}")).unwrap());
        users
            .map(|user| (user.locked, user.lockout_expires_in_seconds))
            .collect()
    };
    let left = |seconds: [i64; 5]| seconds.map(|left| (left > 0, (left > 0).then_some(left)));
    assert_eq!(seconds(), left([3_549, 3_559, 3_570, 3_580, 3_590]));
    fake.clock().advance(Duration::from_millis(700));
    assert_eq!(seconds(), left([3_548, 3_559, 3_569, 3_579, 3_589]));
    fake.set_time(Timestamp::from_millis(0));
    fake.clock().advance(Duration::from_secs(3_569));
    assert_eq!(seconds(), left([0, 0, 0, 10, 20]));
}

#[test]
fn restored_locks_expire_on_time() {
    let fake = FakeClerk::new();
    fake.add(FakeUser::new("user_ada").locked());
    assert!(fake.user("user_ada").unwrap().locked);
    fake.clock().advance(Duration::from_secs(1_800));
    let again = FakeClerk::from_json(&fake.to_json().to_string()).unwrap();
    again.clock().advance(Duration::from_secs(1_799));
    assert!(again.user("user_ada").unwrap().locked);
    again.clock().advance(Duration::from_secs(1));
    assert!(!again.user("user_ada").unwrap().locked);
}
