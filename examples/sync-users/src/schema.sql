CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    name TEXT,
    email_address TEXT,
    -- When Clerk last changed the user, in milliseconds since 1970.
    updated_at INTEGER NOT NULL,
    -- A deleted user keeps the row, without personal data, so that a late event does not restore
    -- the user.
    deleted INTEGER NOT NULL DEFAULT 0 CHECK (deleted IN (0, 1)),
    -- The number of the last walk that saw the user, or during which an event inserted the row.
    walk INTEGER NOT NULL
) STRICT;

-- One row: the current or last walk over all users.
CREATE TABLE IF NOT EXISTS walk (
    id INTEGER PRIMARY KEY CHECK (id = 1),
    number INTEGER NOT NULL,
    -- The position after the pages that are stored; NULL before the first page.
    position TEXT,
    finished INTEGER NOT NULL CHECK (finished IN (0, 1))
) STRICT;

INSERT OR IGNORE INTO walk (id, number, position, finished) VALUES (1, 1, NULL, 0);
