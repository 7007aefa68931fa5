-- When a chat is to be told again what still needs someone: the first digest after that moment does. NULL for never.
ALTER TABLE schedules ADD COLUMN remind_at TEXT;

-- Whether the buttons that ask for it stand below the page.
ALTER TABLE pages ADD COLUMN reminds INTEGER NOT NULL DEFAULT 0;

-- The journal's line at which a pair became a question: digests before that one did not name it.
ALTER TABLE doubts ADD COLUMN seq BIGINT NOT NULL DEFAULT 0;
