-- Chats that can't be reached, as the admins are told of them: once for each reason.
CREATE TABLE alarms (
  id INTEGER PRIMARY KEY,
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  reason TEXT NOT NULL,
  schedule INTEGER NOT NULL REFERENCES schedules (id),
  at TEXT NOT NULL,
  told INTEGER NOT NULL,
  UNIQUE (team, chat, reason)
);
