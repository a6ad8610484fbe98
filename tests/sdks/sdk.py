"""Functions that the scripts share: a client of the SDK, and the features of its versions."""

import functools
import os
from importlib.metadata import version

import httpx
from clerk_backend_api import Clerk, models
from clerk_backend_api.security import authenticaterequest
from clerk_backend_api.security.types import VerifyTokenOptions

# The first major version of the SDK with each feature. The scripts support version 4 and later.
SINCE = {
    "api_keys_need_a_201": 5,
    "billing_credit": 7,
    "counts_by_request": 5,
    "identifiers_are_replaced": 5,
    "keys_are_cached_by_client": 7,
    "metadata_is_replaced": 5,
    "organization_metadata_is_replaced": 7,
    "role_sets": 5,
}
VERSION = version("clerk-backend-api")
NAME = f"clerk-backend-api {VERSION}"
URL = os.environ["CLERK_MOCK_URL"]


def has(part):
    """Whether this version of the SDK has a feature."""
    return int(VERSION.split(".")[0]) >= SINCE[part]


def client(key="sk_test_python"):
    return Clerk(bearer_auth=key, server_url=f"{URL}/v1")


def use_keys_of_the_fake():
    """Makes `authenticate_request` use the fake. The function has no option for the API's URL."""
    authenticaterequest.VerifyTokenOptions = functools.partial(VerifyTokenOptions, api_url=URL)


def refused(call, status, code):
    """Asserts that a call fails with this status and this error code."""
    try:
        call()
    except models.ClerkBaseError as error:
        assert error.status_code == status, error.status_code
        assert code in error.body, error.body
    else:
        raise AssertionError(f"not refused with {status} {code}")


def lists(page, ids, what=None):
    """Asserts that a page has these items, in this order, and that they are the whole list."""
    found = [item.id for item in page.data]
    assert (found, page.total_count) == (ids, len(ids)), (what, found, page.total_count)


def control(method, path, body=None):
    """Sends a request that controls the fake."""
    response = httpx.request(method, f"{URL}/__clerk_mock/{path}", json=body)
    assert response.status_code == 200, response.text
    return response.json()
