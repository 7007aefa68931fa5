-- Moments are UTC text of one length ("2019-05-31T08:00:00.000000Z"), days "2019-05-31": both sort as they follow each other.

-- A team. `seq` and `head` are the number and the hash of the last line of its journal.
CREATE TABLE teams (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  seq BIGINT NOT NULL DEFAULT 0,
  head TEXT NOT NULL
);

-- The last number given in each series of a team: references of a kind, ids of entries.
CREATE TABLE counters (
  team INTEGER NOT NULL REFERENCES teams (id),
  series TEXT NOT NULL,
  last BIGINT NOT NULL,
  PRIMARY KEY (team, series)
);

-- What is known now. The columns of an entry repeat what `body` holds, so that it can be found and counted.
CREATE TABLE entries (
  team INTEGER NOT NULL REFERENCES teams (id),
  id BIGINT NOT NULL,
  kind TEXT NOT NULL,
  ref TEXT NOT NULL,
  ref_folded TEXT NOT NULL,
  revision INTEGER NOT NULL,
  chat BIGINT,
  message BIGINT,
  who BIGINT NOT NULL,
  recorded TEXT NOT NULL,
  revised TEXT NOT NULL,
  withdrawn TEXT,
  day TEXT NOT NULL,
  status TEXT NOT NULL,
  counted INTEGER NOT NULL,
  stands_for INTEGER NOT NULL,
  approx INTEGER NOT NULL,
  attend_from TEXT,
  country TEXT,
  origin TEXT,
  departure TEXT,
  destination TEXT,
  site TEXT,
  type TEXT,
  operation TEXT,
  provider TEXT,
  mode TEXT,
  men INTEGER,
  women INTEGER,
  boys INTEGER,
  girls INTEGER,
  adults_not_stated INTEGER,
  children_not_stated INTEGER,
  not_stated INTEGER,
  unaccompanied INTEGER,
  separated INTEGER,
  orphans INTEGER,
  medical INTEGER,
  disability INTEGER,
  pregnant INTEGER,
  justice INTEGER,
  boarded INTEGER,
  expected INTEGER,
  escorts INTEGER,
  new INTEGER,
  referrals INTEGER,
  sessions INTEGER,
  minutes INTEGER,
  people INTEGER,
  body TEXT NOT NULL,
  said TEXT NOT NULL,
  PRIMARY KEY (team, id),
  UNIQUE (team, ref_folded),
  UNIQUE (chat, message)
);
CREATE INDEX entries_by_day ON entries (team, kind, day);
CREATE INDEX entries_to_attend ON entries (team, attend_from);

-- All that was ever done, in order, each line sealed by the one before it. Emptying a line takes away payload and salt only.
CREATE TABLE journal (
  team INTEGER NOT NULL REFERENCES teams (id),
  seq BIGINT NOT NULL,
  at TEXT NOT NULL,
  act TEXT NOT NULL,
  entry BIGINT,
  revision INTEGER,
  payload TEXT,
  salt TEXT,
  digest TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (team, seq),
  FOREIGN KEY (team, entry) REFERENCES entries (team, id)
);
CREATE INDEX journal_of_entry ON journal (team, entry, seq);

-- Telegram's updates: new -> owed -> done | aside. What is done keeps no payload.
CREATE TABLE inbox (
  update_id BIGINT PRIMARY KEY,
  lane BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('new', 'owed', 'done', 'aside')),
  tries INTEGER NOT NULL DEFAULT 0,
  at TEXT NOT NULL,
  payload TEXT,
  reference TEXT
);
CREATE INDEX inbox_by_state ON inbox (state, at);

-- Which message of the desk answers which message of a person, and which shows which entry.
CREATE TABLE answers (
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  answer BIGINT NOT NULL,
  message BIGINT NOT NULL,
  entry BIGINT,
  PRIMARY KEY (team, chat, answer),
  FOREIGN KEY (team, entry) REFERENCES entries (team, id)
);
CREATE INDEX answers_to_message ON answers (team, chat, message, answer);
CREATE INDEX answers_of_entry ON answers (team, entry, chat, answer);

-- Which chat wants a digest. `told` is the last line of the journal that one of its digests covered.
CREATE TABLE schedules (
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
  UNIQUE (team, chat, thread)
);
CREATE INDEX schedules_due ON schedules (state, due_at);

-- A page of a digest, once for all whose letters hold it.
CREATE TABLE pages (
  id INTEGER PRIMARY KEY,
  team INTEGER NOT NULL REFERENCES teams (id),
  html TEXT NOT NULL
);

-- A page on its way to a chat: it tells the journal's lines after `since` up to `until`.
CREATE TABLE letters (
  id INTEGER PRIMARY KEY,
  schedule INTEGER NOT NULL REFERENCES schedules (id),
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
CREATE INDEX letters_waiting ON letters (state, not_before, id);
CREATE INDEX letters_of_schedule ON letters (schedule, id);
CREATE INDEX letters_of_page ON letters (page);

-- For whoever reads the database with tools of their own: what counts and what doesn't is in `counted`.
CREATE VIEW flights AS
SELECT
  team, id, ref, revision, recorded, revised, day, status, counted, stands_for AS flights, approx,
  country AS citizens, origin, departure, destination, site, type, operation,
  people, men, women, boys, girls, adults_not_stated, children_not_stated, not_stated,
  unaccompanied, separated, orphans, medical, disability, pregnant, justice, boarded, expected, escorts
FROM entries
WHERE kind = 'flight' AND withdrawn IS NULL;

CREATE VIEW sessions AS
SELECT
  team, id, ref, revision, recorded, revised, day, status, counted, sessions, minutes, approx,
  country AS citizens, site, type, operation, provider, mode,
  people AS attendances, men, women, boys, girls, adults_not_stated, children_not_stated, not_stated,
  unaccompanied, separated, orphans, medical, disability, pregnant, justice, new, expected, referrals
FROM entries
WHERE kind = 'session' AND withdrawn IS NULL;
