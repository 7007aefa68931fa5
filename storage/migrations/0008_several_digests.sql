-- Several digests in one chat, one for each filter. A table's UNIQUE can't be widened, so it is made anew with its rows under their
-- own ids; letters are too, as nothing may point to a table that is dropped. `told_on` is the day whose digest came last, "" for none.
CREATE TABLE schedules_anew (
  id INTEGER PRIMARY KEY,
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  thread BIGINT NOT NULL DEFAULT 0,
  who BIGINT NOT NULL,
  rule TEXT NOT NULL,
  zone TEXT NOT NULL,
  language TEXT NOT NULL,
  filter TEXT NOT NULL DEFAULT '',
  when_empty TEXT NOT NULL CHECK (when_empty IN ('send', 'skip')),
  due_at TEXT NOT NULL,
  told BIGINT NOT NULL,
  told_at TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('on', 'off', 'paused')),
  reason TEXT NOT NULL DEFAULT '',
  told_on TEXT NOT NULL DEFAULT '',
  UNIQUE (team, chat, thread, filter)
);
INSERT INTO schedules_anew (id, team, chat, thread, who, rule, zone, language, filter, when_empty, due_at, told, told_at, state, reason)
SELECT id, team, chat, thread, who, rule, zone, language, filter, when_empty, due_at, told, told_at, state, reason
FROM schedules;

CREATE TABLE letters_anew (
  id INTEGER PRIMARY KEY,
  schedule INTEGER NOT NULL REFERENCES schedules_anew (id),
  due_at TEXT NOT NULL,
  part INTEGER NOT NULL,
  parts INTEGER NOT NULL,
  since BIGINT NOT NULL,
  since_at TEXT NOT NULL,
  until BIGINT NOT NULL,
  page INTEGER NOT NULL REFERENCES pages (id),
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent')),
  marked INTEGER NOT NULL,
  tries INTEGER NOT NULL,
  not_before TEXT NOT NULL,
  message BIGINT
);
INSERT INTO letters_anew (id, schedule, due_at, part, parts, since, since_at, until, page, state, marked, tries, not_before, message)
SELECT id, schedule, due_at, part, parts, since, since_at, until, page, state, marked, tries, not_before, message
FROM letters;

DROP TABLE letters;
DROP TABLE schedules;
ALTER TABLE schedules_anew RENAME TO schedules;
ALTER TABLE letters_anew RENAME TO letters;
CREATE INDEX schedules_due ON schedules (state, due_at);
CREATE INDEX letters_waiting ON letters (state, not_before, id);
CREATE INDEX letters_of_schedule ON letters (schedule, id);
CREATE INDEX letters_of_page ON letters (page);
