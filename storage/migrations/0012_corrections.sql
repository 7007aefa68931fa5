-- A message that corrected an entry: what it said, and how that was before, so that editing it corrects by the difference only.
CREATE TABLE corrections (
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  message BIGINT NOT NULL,
  entry BIGINT NOT NULL,
  said TEXT NOT NULL,
  was TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (team, chat, message)
);
CREATE INDEX corrections_by_age ON corrections (at);
