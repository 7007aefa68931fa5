-- A message that answered a form: what it said, and in answer to which field, so that editing it changes that. `entry` is what became of the form.
CREATE TABLE typed (
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  message BIGINT NOT NULL,
  draft BIGINT NOT NULL,
  field TEXT NOT NULL DEFAULT '',
  said TEXT NOT NULL,
  entry BIGINT,
  at TEXT NOT NULL,
  PRIMARY KEY (team, chat, message)
);
CREATE INDEX typed_of_draft ON typed (team, draft);
CREATE INDEX typed_by_age ON typed (at);
