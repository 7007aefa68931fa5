-- Updates that were set aside, in the order in which that was done, until the admins have been told and the updates are forgotten.
CREATE TABLE asides (
  number INTEGER PRIMARY KEY,
  update_id BIGINT NOT NULL UNIQUE,
  reference TEXT NOT NULL,
  at TEXT NOT NULL,
  told TEXT
);
CREATE INDEX asides_by_told ON asides (told);
