-- What became of each digest that was due: in how many messages it went out and when, or why it didn't; never what it said.
-- `due_at` is the first hour it stands for, `mornings` how many it stands for, `sent` how many of its `parts` are out.
CREATE TABLE deliveries (
  id INTEGER PRIMARY KEY,
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  schedule INTEGER NOT NULL REFERENCES schedules (id),
  due_at TEXT NOT NULL,
  mornings INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'skipped', 'merged', 'paused', 'off')),
  reason TEXT NOT NULL DEFAULT '',
  parts INTEGER NOT NULL,
  sent INTEGER NOT NULL DEFAULT 0,
  sent_at TEXT,
  marked INTEGER NOT NULL DEFAULT 0,
  plain INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX deliveries_of_team ON deliveries (team, id);
CREATE INDEX deliveries_of_chat ON deliveries (chat, team, id);
CREATE INDEX deliveries_by_age ON deliveries (due_at);

-- The digest a letter is a part of; NULL of letters older than this.
ALTER TABLE letters ADD COLUMN delivery INTEGER REFERENCES deliveries (id);
CREATE INDEX letters_of_delivery ON letters (delivery, part);
