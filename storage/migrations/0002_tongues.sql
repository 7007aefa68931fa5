-- The language a chat is spoken to in: a person's in their private chat, a group's own.
CREATE TABLE tongues (
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  language TEXT NOT NULL,
  PRIMARY KEY (team, chat)
);
