//! The lifecycle of an organization.

use serde_json::{Value, json};

use crate::sdk::{Sdk, ids, lists, refused};
use crate::world::serve;

pub(crate) async fn live<S: Sdk>() {
    let server = serve().await;
    let clerk = S::new(&server.url());
    let ada = user(&clerk, "ada@example.com", "Ada").await;
    let kay = user(&clerk, "kay@example.com", "Kay").await;

    let engines = clerk
        .create_organization(json!({
            "name": "Engines",
            "slug": "engines",
            "created_by": ada,
            "max_allowed_memberships": 6,
            "public_metadata": { "tier": { "seats": 5, "since": 1843 } },
            "private_metadata": { "account": "42" },
        }))
        .await
        .unwrap();
    let id = engines["id"].as_str().unwrap();
    assert!(id.starts_with("org_"));
    assert_eq!(
        (&engines["name"], &engines["slug"]),
        (&json!("Engines"), &json!("engines"))
    );
    assert_eq!(engines["created_by"], *ada);
    assert_eq!(engines["max_allowed_memberships"], 6);
    assert_eq!(
        engines["public_metadata"],
        json!({ "tier": { "seats": 5, "since": 1843 } })
    );
    assert_eq!(engines["private_metadata"], json!({ "account": "42" }));
    let taken = json!({ "name": "Other", "slug": "engines" });
    refused(
        clerk.create_organization(taken).await,
        422,
        "form_identifier_exists",
    );
    refused(
        clerk.get_organization("org_none").await,
        404,
        "resource_not_found",
    );

    for key in [id, "engines"] {
        let got = clerk.get_organization(key).await.unwrap();
        assert_eq!((&got["id"], &got["name"]), (&json!(id), &json!("Engines")));
    }
    for query in ["engin", id] {
        lists(
            &clerk.list_organizations(Some(query), 10, 0).await.unwrap(),
            &[id],
        );
    }
    let second = clerk.list_organizations(None, 1, 1).await.unwrap();
    assert_eq!(
        (ids(&second["data"]).len(), &second["total_count"]),
        (1, &json!(3))
    );
    // Both versions of clerk-rs request the number of members.
    let counted = clerk.list_organizations(Some("engin"), 1, 0).await.unwrap();
    assert_eq!(counted["data"][0]["members_count"], 1);

    let fields = json!({
        "name": "Analytical Engines",
        "slug": "analytical-engines",
        "admin_delete_enabled": false,
        "max_allowed_memberships": 7,
    });
    let updated = clerk.update_organization(id, fields.clone()).await.unwrap();
    for (name, value) in fields.as_object().unwrap() {
        assert_eq!(updated[name], *value);
    }
    let merged = json!({
        "public_metadata": { "tier": { "seats": 6, "since": null } },
        "private_metadata": { "plan": "pro" },
    });
    let merged = clerk.merge_organization_metadata(id, merged).await.unwrap();
    assert_eq!(merged["public_metadata"], json!({ "tier": { "seats": 6 } }));
    assert_eq!(
        merged["private_metadata"],
        json!({ "account": "42", "plan": "pro" })
    );

    employ(&clerk, id, &ada, &kay).await;
    invite(&clerk, id, &ada).await;

    let deleted = clerk.delete_organization(id).await.unwrap();
    assert_eq!(
        (&deleted["id"], &deleted["deleted"]),
        (&json!(id), &json!(true))
    );
    refused(clerk.get_organization(id).await, 404, "resource_not_found");
    let left = clerk
        .users_get_organization_memberships(&ada)
        .await
        .unwrap();
    lists(&left, &[]);
}

async fn user(clerk: &impl Sdk, email: &str, name: &str) -> String {
    let request = json!({ "email_address": [email], "first_name": name });
    let user = clerk.create_user(request).await.unwrap();
    user["id"].as_str().unwrap().to_owned()
}

/// Adds a member to the organization, changes the role, and removes the member.
async fn employ(clerk: &impl Sdk, id: &str, ada: &str, kay: &str) {
    let request = |role: &str| json!({ "user_id": kay, "role": role });
    let member = clerk
        .create_organization_membership(id, request("org:member"))
        .await;
    let member = member.unwrap();
    assert!(member["id"].as_str().unwrap().starts_with("orgmem_"));
    assert_eq!(member["organization"]["id"], id);
    assert_eq!(member["role"], "org:member");
    let person = &member["public_user_data"];
    assert_eq!(person["user_id"], *kay);
    assert_eq!(person["identifier"], "kay@example.com");
    assert_eq!(person["first_name"], "Kay");
    let again = clerk
        .create_organization_membership(id, request("org:member"))
        .await;
    refused(again, 400, "already_a_member_in_organization");

    let role = |role: &str| json!({ "role": role });
    let promoted = clerk.update_organization_membership(id, kay, role("org:admin"));
    let promoted = promoted.await.unwrap();
    assert_eq!(
        (&promoted["id"], &promoted["role"]),
        (&member["id"], &json!("org:admin"))
    );
    let permissions = promoted["permissions"].as_array().unwrap();
    assert!(permissions.contains(&json!("org:sys_memberships:manage")));
    let unknown = clerk
        .update_organization_membership(id, kay, role("org:none"))
        .await;
    refused(unknown, 404, "resource_not_found");

    let metadata = json!({
        "public_metadata": { "floor": 2 },
        "private_metadata": { "badge": 3 },
    });
    let changed = clerk.update_organization_membership_metadata(id, kay, metadata);
    let changed = changed.await.unwrap();
    assert_eq!(changed["public_metadata"], json!({ "floor": 2 }));
    assert_eq!(changed["private_metadata"], json!({ "badge": 3 }));

    let page = clerk
        .list_organization_memberships(id, 10, 0)
        .await
        .unwrap();
    assert_eq!(page["total_count"], 2);
    let members: Vec<&Value> = page["data"].as_array().unwrap().iter().collect();
    let mut users: Vec<_> = members
        .iter()
        .map(|of| &of["public_user_data"]["user_id"])
        .collect();
    users.sort_by_key(|user| **user != *ada);
    assert_eq!(users, [ada, kay]);
    let second = clerk.list_organization_memberships(id, 1, 1).await.unwrap();
    assert_eq!(
        (ids(&second["data"]).len(), &second["total_count"]),
        (1, &json!(2))
    );

    let removed = clerk.delete_organization_membership(id, kay).await.unwrap();
    assert_eq!(removed["id"], member["id"]);
    let gone = clerk.delete_organization_membership(id, kay).await;
    refused(gone, 404, "resource_not_found");
}

/// Invites two people to the organization, and revokes one of the invitations.
async fn invite(clerk: &impl Sdk, id: &str, ada: &str) {
    let request = |address: &str| {
        json!({
            "email_address": address,
            "inviter_user_id": ada,
            "role": "org:member",
            "redirect_url": "https://example.com/joined",
            "public_metadata": { "team": "logic" },
            "private_metadata": { "source": "test" },
        })
    };
    let alan = clerk
        .create_organization_invitation(id, request("alan@example.com"))
        .await;
    let alan = alan.unwrap();
    let of_alan = alan["id"].as_str().unwrap();
    assert!(of_alan.starts_with("orginv_"));
    assert_eq!(alan["email_address"], "alan@example.com");
    assert_eq!(alan["organization_id"], id);
    assert_eq!(
        (&alan["role"], &alan["status"]),
        (&json!("org:member"), &json!("pending"))
    );
    assert_eq!(alan["public_metadata"], json!({ "team": "logic" }));
    assert_eq!(alan["private_metadata"], json!({ "source": "test" }));
    let again = clerk
        .create_organization_invitation(id, request("alan@example.com"))
        .await;
    refused(again, 400, "organization_invitation_not_unique");

    let joan = clerk
        .create_organization_invitation(id, request("joan@example.com"))
        .await;
    let joan = joan.unwrap();
    let pending = clerk
        .list_pending_organization_invitations(id)
        .await
        .unwrap();
    assert_eq!(pending["total_count"], 2);
    let by = || json!({ "requesting_user_id": ada });
    let revoked = clerk
        .revoke_organization_invitation(id, of_alan, by())
        .await
        .unwrap();
    assert_eq!(
        (&revoked["id"], &revoked["status"]),
        (&alan["id"], &json!("revoked"))
    );
    let twice = clerk
        .revoke_organization_invitation(id, of_alan, by())
        .await;
    refused(twice, 404, "organization_invitation_not_pending");
    let pending = clerk
        .list_pending_organization_invitations(id)
        .await
        .unwrap();
    lists(&pending, &[joan["id"].as_str().unwrap()]);
}
