-- A record half told: one person's form in one chat. `asked` is the message that opened it, `field` what it asks for just now.
CREATE TABLE drafts (
  team INTEGER NOT NULL REFERENCES teams (id),
  id BIGINT NOT NULL,
  chat BIGINT NOT NULL,
  who BIGINT NOT NULL,
  kind TEXT NOT NULL,
  asked BIGINT NOT NULL,
  body TEXT NOT NULL,
  field TEXT NOT NULL DEFAULT '',
  revision INTEGER NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (team, id),
  UNIQUE (team, chat, who)
);
CREATE INDEX drafts_by_age ON drafts (at);
