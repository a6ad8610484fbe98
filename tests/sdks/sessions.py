"""Tests the authentication of requests by Clerk's SDK for Python, with tokens of a served fake."""

from datetime import datetime, timedelta, timezone

import httpx
from clerk_backend_api.security import authenticaterequest
from clerk_backend_api.security.types import (
    AuthenticateRequestOptions,
    AuthStatus,
    TokenVerificationErrorReason as Reason,
)

from sdk import NAME, client, control, has, use_keys_of_the_fake
from sdk import refused as rejected

use_keys_of_the_fake()

SESSION = {
    "user_id": "user_grace",
    "organization_id": "org_navy",
    "permissions": ["org:docs:read", "org:docs:write", "org:invoices:write"],
    "plans": ["o:pro"],
    "authorized_party": "https://example.com",
}


def sign_in(**changes):
    return control("POST", "sign_in", {**SESSION, **changes})


def authenticate(headers, **options):
    """Authenticates a request.

    Newer versions of the SDK cache signing keys by secret key, so another `secret_key` makes them
    fetch the keys again.
    """
    if "jwt_key" not in options:
        options.setdefault("secret_key", "sk_test_python")
    options.setdefault("authorized_parties", ["https://example.com"])
    request = httpx.Request("GET", "https://example.com/", headers=headers)
    options = AuthenticateRequestOptions(**options)
    return authenticaterequest.authenticate_request(request, options)


def by_header(signed_in, **options):
    return authenticate({"Authorization": f"Bearer {signed_in['token']}"}, **options)


def by_cookie(signed_in, **options):
    return authenticate({"Cookie": signed_in["cookie"]}, **options)


def refused(state, reason):
    assert state.status == AuthStatus.SIGNED_OUT, state
    assert state.reason == reason, state.reason


signed_in = sign_in()
jwt_key = control("GET", "jwt_key")["jwt_key"]
for state in [
    by_header(signed_in),
    by_cookie(signed_in),
    by_header(signed_in, jwt_key=jwt_key),
    by_cookie(signed_in, jwt_key=jwt_key),
]:
    assert state.status == AuthStatus.SIGNED_IN, state.reason
    claims = state.payload
    assert claims["sub"] == "user_grace"
    assert claims["sid"] == signed_in["session_id"]
    assert (claims["org_id"], claims["org_role"]) == ("org_navy", "admin")
    assert sorted(claims["org_permissions"]) == SESSION["permissions"]
    assert claims["pla"] == "o:pro"

long_ago = datetime.now(timezone.utc) - timedelta(hours=1)
expired = sign_in(issued_at=long_ago.strftime("%Y-%m-%dT%H:%M:%SZ"))
refused(by_header(expired), Reason.TOKEN_EXPIRED)
refused(by_cookie(expired), Reason.TOKEN_EXPIRED)
evil = sign_in(authorized_party="https://evil.example")
refused(by_header(evil), Reason.TOKEN_INVALID_AUTHORIZED_PARTIES)

control("POST", "rotate_signing_key")
other = {"secret_key": "sk_test_python_rotated"}
# Older versions of the SDK would still use the key that they cached for the first secret key.
if has("keys_are_cached_by_client"):
    refused(by_header(signed_in, **other), Reason.JWK_KID_MISMATCH)
assert by_header(sign_in(), **other).status == AuthStatus.SIGNED_IN
refused(by_header(sign_in(), jwt_key=jwt_key), Reason.TOKEN_INVALID_SIGNATURE)

with client() as clerk:
    sessions = clerk.sessions
    created = sessions.create(request={"user_id": "user_grace"})
    assert created.status.value == "active"
    token = sessions.create_token(session_id=created.id, expires_in_seconds=600).jwt
    made = by_header({"token": token}, authorized_parties=None, **other)
    assert made.payload["sid"] == created.id
    assert made.payload["exp"] - made.payload["iat"] == 600
    sessions.create_token_from_template(session_id=created.id, template_name="hasura")
    assert sessions.get(session_id=created.id).id == created.id
    listed = sessions.list(user_id="user_grace", status="active")
    assert listed[0].id == created.id
    assert sessions.revoke(session_id=created.id).status.value == "revoked"
    clerk.users.ban(user_id="user_grace")
    for session_id in [created.id, signed_in["session_id"]]:
        rejected(lambda: sessions.create_token(session_id=session_id), 404, "resource_not_found")
print(f"{NAME}: session tokens")
