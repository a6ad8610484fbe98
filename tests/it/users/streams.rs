//! Pagers as streams, and the lists of a user's memberships, invitations and tokens.

use std::sync::atomic::{AtomicUsize, Ordering};

use clerk_client::mock::{MockTransport, Reply};
use clerk_client::models::{OAuthAccessToken, OrganizationInvitation, OrganizationMembership};
use clerk_client::requests::{OrganizationInvitationListParams, PageParams, UserListParams};
use clerk_client::{Clerk, Position};
use futures_util::StreamExt;
use serde_json::json;

use crate::support::{client_replying, key};
use crate::users::paging::{fake, ids, one_by_one, paged};

#[tokio::test]
async fn memberships_invitations_and_tokens_are_paged() {
    let fake = fake(1, one_by_one);
    for n in 0..5 {
        fake.add_membership(
            "user_000",
            OrganizationMembership::new(format!("orgmem_{n}")),
        );
        let mut invitation = OrganizationInvitation::default();
        invitation.id = format!("orginv_{n}").into();
        invitation.status = if n == 4 { "revoked" } else { "pending" }.into();
        fake.add_organization_invitation("user_000", invitation);
        let mut token = OAuthAccessToken::default();
        token.provider = "oauth_google".into();
        token.provider_user_id = n.to_string();
        fake.add_oauth_access_token("user_000", token);
    }
    let users = fake.client().users();
    let page = PageParams::new();

    let mut memberships = users
        .list_all_organization_memberships("user_000", page)
        .page_size(2);
    let mut seen = Vec::new();
    while let Some(page) = memberships.next_page().await.unwrap() {
        seen.extend(page.into_iter().map(|membership| membership.id.to_string()));
    }
    assert_eq!(
        seen,
        ["orgmem_0", "orgmem_1", "orgmem_2", "orgmem_3", "orgmem_4"]
    );
    assert_eq!(memberships.position().to_string(), "offset:5");

    let params = OrganizationInvitationListParams::new().status("pending");
    let invitations = users
        .list_all_organization_invitations("user_000", params)
        .page_size(3);
    let seen: Vec<_> = invitations
        .into_stream()
        .map(|item| item.unwrap().id)
        .collect()
        .await;
    assert_eq!(seen, ["orginv_0", "orginv_1", "orginv_2", "orginv_3"]);

    let page = page.offset(1);
    let tokens = users
        .list_all_oauth_access_tokens("user_000", "oauth_google", page)
        .page_size(2);
    let tokens = tokens
        .into_stream()
        .map(|item| item.unwrap().provider_user_id);
    let seen: Vec<_> = tokens.collect().await;
    assert_eq!(seen, ["1", "2", "3", "4"]);
    // The pager knows the total, so it sends no request after a full last page.
    let of = |name| {
        fake.requests()
            .iter()
            .filter(|request| request.path().contains(name))
            .count()
    };
    assert_eq!(
        (of("memberships"), of("invitations"), of("tokens")),
        (3, 2, 2)
    );
}

/// Some servers return tokens as a bare array. The array contains the requested page or, if the
/// server ignores `limit` and `offset`, all tokens.
#[tokio::test]
async fn token_lists_may_be_bare_arrays() {
    let token = |n: usize| json!({ "provider_user_id": n.to_string() });
    for (size, responses, expected) in [
        (2, vec![json!([token(0), token(1)]), json!([token(2)])], 3),
        (2, vec![json!([token(0), token(1), token(2)])], 3),
        (2, vec![json!([token(0), token(1)]), json!([])], 2),
        (5, vec![json!({ "data": [token(0)], "total_count": 0 })], 1),
        (
            1,
            vec![
                json!({ "data": [token(0)], "total_count": 2 }),
                json!({ "data": [] }),
            ],
            1,
        ),
    ] {
        let mut responses = responses.into_iter();
        let mut mock = MockTransport::new();
        mock.expect_send()
            .returning(move |_| Reply::json(200, &responses.next().unwrap()));
        let clerk = Clerk::new(mock, key());
        let tokens = clerk
            .users()
            .list_all_oauth_access_tokens("u", "oauth_google", PageParams::new())
            .page_size(size);
        let seen = tokens.into_stream().map(|item| item.unwrap()).count().await;
        assert_eq!(seen, expected);
    }
}

#[tokio::test]
async fn a_stream_can_be_resumed_after_each_item() {
    let fake = fake(7, |n| 1_000 + n / 2);
    let users = fake.client().users();
    let params = || UserListParams::new().limit(3);
    let whole = ids(paged(&users, params())).await.unwrap().concat();
    for taken in 0..=7 {
        let mut stream = paged(&users, params()).into_stream();
        let mut met = Vec::new();
        for _ in 0..taken {
            met.push(stream.next().await.unwrap().unwrap().id.to_string());
        }
        let position: Position = stream.position().to_string().parse().unwrap();
        let rest = ids(paged(&users, params()).resume_from(position))
            .await
            .unwrap();
        met.extend(rest.concat());
        assert_eq!(met, whole, "after {taken}");
    }
}

#[tokio::test]
async fn a_stream_yields_an_error_once() {
    let (clerk, requests) = client_replying(|| Reply::bytes(400, ""));
    let mut stream = clerk
        .users()
        .list_all_users(UserListParams::new())
        .into_stream();
    assert!(stream.next().await.unwrap().is_err());
    assert!(stream.next().await.is_none());
    assert!(stream.next().await.is_none());
    assert_eq!(requests.lock().unwrap().len(), 1);
    assert_eq!(stream.position().to_string(), "offset:0");
}

#[tokio::test]
async fn after_a_repeated_page_a_stream_resumes_at_the_position_of_the_pager() {
    let pages = [["1", "2"], ["1", "2"], ["3", "4"]];
    let next = AtomicUsize::new(0);
    let reply = move || {
        let page = pages[next.fetch_add(1, Ordering::Relaxed)];
        let data = page.map(|id| json!({ "id": format!("orgmem_{id}") }));
        Reply::json(200, &json!({ "data": data, "total_count": 20 }))
    };
    let (clerk, _) = client_replying(reply);
    let pager = clerk
        .users()
        .list_all_organization_memberships("user_1", PageParams::new())
        .page_size(2);
    let mut stream = pager.into_stream();
    for (id, offset) in [("1", 1), ("2", 2), ("3", 5), ("4", 6)] {
        let item = stream.next().await.unwrap().unwrap();
        assert_eq!(item.id, *format!("orgmem_{id}"));
        assert_eq!(stream.position().to_string(), format!("offset:{offset}"));
    }
}
