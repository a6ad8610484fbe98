"""Lists all users of a server with Clerk's SDK for Python: `python walk.py URL`."""

import sys

from clerk_backend_api import Clerk

LIMIT = 500
seen = 0
with Clerk(bearer_auth="sk_test_peers", server_url=sys.argv[1]) as clerk:
    while True:
        page = clerk.users.list(request={"limit": LIMIT, "offset": seen})
        seen += len(page)
        if len(page) < LIMIT:
            break
print(seen)
