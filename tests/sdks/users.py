"""Tests the lifecycle of a user with Clerk's SDK for Python, against a served fake."""

import time

from sdk import NAME, client, has, refused

with client() as clerk:
    users = clerk.users

    def count(wanted):
        wanted = {"request": wanted} if has("counts_by_request") else wanted
        return users.count(**wanted).total_count

    ada = users.create(
        email_address=["ada@example.com"],
        phone_number=["+15555550100"],
        username="ada_l",
        first_name="Ada",
        password="correct horse battery staple",
        external_id="py-1",
        public_metadata={"role": "analyst", "engine": {"mill": 1, "store": 2}},
    )
    assert ada.id.startswith("user_")
    assert ada.email_addresses[0].email_address == "ada@example.com"
    assert ada.email_addresses[0].verification.status.value == "verified"
    assert ada.primary_email_address_id == ada.email_addresses[0].id
    assert ada.phone_numbers[0].phone_number == "+15555550100"
    assert ada.password_enabled
    assert abs(ada.created_at - time.time() * 1000) < 60_000
    refused(lambda: users.create(email_address=["ada@example.com"]), 422, "form_identifier_exists")

    got = users.get(user_id=ada.id)
    assert got.username == "ada_l"
    assert got.public_metadata == {"role": "analyst", "engine": {"mill": 1, "store": 2}}
    refused(lambda: users.get(user_id="user_nobody"), 404, "resource_not_found")

    for wanted in [
        {"email_address": ["ada@example.com", "nobody@example.com"]},
        {"phone_number": ["+15555550100"]},
        {"username": ["ada_l"]},
        {"external_id": ["py-1"]},
        {"user_id": [ada.id, "user_nobody"]},
        {"query": "da@exam"},
        {"name_query": "ada"},
        {"user_id": ["-user_grace"]},
    ]:
        found = [user.id for user in users.list(request={**wanted, "limit": 5})]
        assert found == [ada.id], (wanted, found)
        assert count(wanted) == 1, wanted
    ordered = users.list(request={"order_by": "+created_at"})
    assert [user.id for user in ordered] == ["user_grace", ada.id]
    assert count({"organization_id": ["org_navy"]}) == 1

    changed = users.update(user_id=ada.id, last_name="Lovelace", username="countess")
    assert (changed.first_name, changed.last_name) == ("Ada", "Lovelace")
    assert changed.username == "countess"
    assert users.update(user_id=ada.id, username=None).username is None

    merged = users.update_metadata(
        user_id=ada.id,
        public_metadata={"role": None, "engine": {"store": 3}},
        private_metadata={"plan": "pro"},
    )
    assert merged.public_metadata == {"engine": {"mill": 1, "store": 3}}
    assert merged.private_metadata == {"plan": "pro"}
    # Version 4 of the SDK has no `replace_metadata`. Its updates replace metadata, because the SDK
    # uses the API version 2025-11-10.
    replace = users.replace_metadata if has("metadata_is_replaced") else users.update
    replaced = replace(user_id=ada.id, public_metadata={"only": True})
    assert replaced.public_metadata == {"only": True}
    assert replaced.private_metadata == {"plan": "pro"}

    assert users.ban(user_id=ada.id).banned
    assert not users.unban(user_id=ada.id).banned
    assert [user.banned for user in users.bulk_ban(user_ids=[ada.id, "user_grace"])] == [True, True]
    assert not any(user.banned for user in users.bulk_unban(user_ids=[ada.id, "user_grace"]))
    assert users.lock(user_id=ada.id).locked
    assert not users.unlock(user_id=ada.id).locked

    right = users.verify_password(user_id=ada.id, password="correct horse battery staple")
    assert right.verified
    refused(lambda: users.verify_password(user_id=ada.id, password="wrong"), 422, "incorrect_password")
    once = users.verify_totp(user_id="user_grace", code="a-code-for-once")
    assert once.verified and once.code_type.value == "backup_code"
    refused(lambda: users.verify_totp(user_id="user_grace", code="a-code-for-once"), 422, "totp_incorrect_code")

    memberships = users.get_organization_memberships(user_id="user_grace")
    assert memberships.total_count == 2
    roles = [(of.organization.id, of.role) for of in memberships.data]
    assert roles == [("org_navy", "org:admin"), ("org_univac", "org:member")]
    tokens = users.get_o_auth_access_token(user_id="user_grace", provider="oauth_google")
    assert tokens[0].token == "ya29.made-up"
    assert tokens[0].scopes == ["openid", "email"]

    if has("billing_credit"):
        balance = users.adjust_billing_credit_balance(
            user_id=ada.id, amount=500, action="increase", idempotency_key="once"
        )
        assert balance.amount.amount == 500
        assert users.get_billing_credit_balance(user_id=ada.id).balance.amount == 500

    assert users.delete(user_id=ada.id).deleted
    refused(lambda: users.get(user_id=ada.id), 404, "resource_not_found")
    assert count({}) == 1
print(f"{NAME}: the life of a user")
