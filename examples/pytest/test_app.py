"""Tests `invite` and `is_signed_in`, two functions of an application on Clerk's SDK."""

import httpx
import pytest
from clerk_backend_api import Clerk, models
from clerk_backend_api.security import AuthenticateRequestOptions, authenticate_request

pytest_plugins = ["clerk_mock"]


def invite(clerk, email_address):
    """Creates a user. Returns the id, or Clerk's error code if the creation fails."""
    try:
        return clerk.users.create(email_address=[email_address], password="open sesame 7").id
    except models.ClerkErrors as error:
        return error.data.errors[0].code


def is_signed_in(headers, jwt_key):
    request = httpx.Request("GET", "https://example.com/", headers=headers)
    options = AuthenticateRequestOptions(jwt_key=jwt_key)
    return authenticate_request(request, options).is_signed_in


@pytest.fixture
def clerk(clerk_mock):
    with Clerk(bearer_auth="sk_test_any", server_url=f"{clerk_mock.url}/v1") as clerk:
        yield clerk


def test_a_new_user_is_invited(clerk_mock, clerk):
    user_id = invite(clerk, "ada@example.com")
    assert clerk.users.get(user_id=user_id).email_addresses[0].email_address == "ada@example.com"
    clerk_mock.assert_requested(operation="CreateUser", path="/v1/users")
    created, _ = clerk_mock.control("GET", "requests")["requests"]
    assert (created["status"], created["request"]["body"]["password"]) == (200, "[hidden]")


def test_a_known_user_is_not_invited_again(clerk_mock, clerk):
    clerk_mock.control("POST", "seed", {"users": [{"email_address": ["ada@example.com"]}]})
    assert invite(clerk, "ada@example.com") == "form_identifier_exists"


def test_a_leaked_password_is_reported(clerk_mock, clerk):
    fault = {"operation": "CreateUser", "times": 1, "status": 422, "code": "form_password_pwned"}
    clerk_mock.control("POST", "faults", fault)
    assert invite(clerk, "ada@example.com") == "form_password_pwned"
    assert invite(clerk, "ada@example.com").startswith("user_")


def test_a_token_is_accepted_until_it_expires(clerk_mock):
    clerk_mock.control("POST", "seed", {"users": [{"id": "user_ada"}]})
    jwt_key = clerk_mock.control("GET", "jwt_key")["jwt_key"]
    for issued_at, accepted in [(None, True), ("2026-01-01T00:00:00Z", False)]:
        session = {"user_id": "user_ada", "issued_at": issued_at}
        token = clerk_mock.control("POST", "sign_in", session)["token"]
        assert is_signed_in({"Authorization": f"Bearer {token}"}, jwt_key) is accepted


def test_a_lock_ends_after_an_hour(clerk_mock, clerk):
    clerk_mock.control("POST", "seed", {"users": [{"id": "user_ada"}]})
    assert clerk.users.lock(user_id="user_ada").locked
    clerk_mock.control("POST", "clock", {"advance_seconds": 3600})
    assert not clerk.users.get(user_id="user_ada").locked
