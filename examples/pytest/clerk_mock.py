"""A plugin for pytest: the fixture `clerk_mock` is a world, an independent fake for one test."""

import json
import os
import subprocess
import urllib.error
import urllib.request
import uuid

import pytest


class World:
    def __init__(self, server):
        self.server, self.name = server, uuid.uuid4().hex
        self.url = f"{server}/__clerk_mock/worlds/{self.name}"

    def control(self, method, path, body=None, url=None):
        """Sends a request that clerk-mock's openapi.json describes."""
        data = None if body is None else json.dumps(body).encode()
        url = f"{url or self.url}/__clerk_mock/{path}"
        request = urllib.request.Request(url, data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{method} {path}: {error.read().decode()}") from None

    def assert_requested(self, times=1, **matcher):
        counted = self.control("POST", "requests/count", {"times": times, **matcher})
        assert counted["count"] == times, counted["explanation"]

    def delete(self):
        self.control("DELETE", f"worlds/{self.name}", url=self.server)


@pytest.fixture(scope="session")
def clerk_mock_server():
    """The URL of a server: CLERK_MOCK_URL, or that of the program clerk-mock on a free port."""
    if url := os.environ.get("CLERK_MOCK_URL"):
        yield url
        return
    command = [os.environ.get("CLERK_MOCK", "clerk-mock"), "--port", "0", "--quiet"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        yield program.stdout.readline().split()[-1].removesuffix("/v1")
        program.terminate()


@pytest.fixture
def clerk_mock(clerk_mock_server):
    world = World(clerk_mock_server)
    world.control("GET", "clock")
    yield world
    world.delete()
