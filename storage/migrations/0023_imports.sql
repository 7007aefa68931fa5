-- Tables that people sent. `rows` is what was read of one that waits to be stored, and NULL from then on; `told` what its preview
-- counted; `since` and `until` are the journal's lines it was stored with.
CREATE TABLE imports (
  team INTEGER NOT NULL REFERENCES teams (id),
  id BIGINT NOT NULL,
  chat BIGINT,
  who BIGINT NOT NULL,
  kind TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'stored', 'cancelled', 'undone')),
  rows TEXT,
  told TEXT NOT NULL,
  since BIGINT,
  until BIGINT,
  at TEXT NOT NULL,
  PRIMARY KEY (team, id)
);
CREATE INDEX imports_by_age ON imports (at);
CREATE INDEX imports_of_person ON imports (team, who);
