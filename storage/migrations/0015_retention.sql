-- Whether an entry, or its lines in the journal, may still hold words somebody wrote: a note, a source, a reason.
ALTER TABLE entries ADD COLUMN worded INTEGER NOT NULL DEFAULT 1;
CREATE INDEX entries_worded ON entries (team, revised) WHERE worded = 1;

-- Withdrawn entries that still hold something.
CREATE INDEX entries_to_empty ON entries (team, withdrawn) WHERE withdrawn IS NOT NULL AND body <> '{}';

-- When an answer was given; of older ones it is not known, so they count as given when this column came.
ALTER TABLE answers ADD COLUMN at TEXT NOT NULL DEFAULT '';
UPDATE answers SET at = (SELECT MAX(at) FROM journal) WHERE EXISTS (SELECT 1 FROM journal);
CREATE INDEX answers_by_age ON answers (team, at);

-- Who did something, by a number of the desk's own: the journal's lines hold the number. Without an id nobody knows any more who it was.
CREATE TABLE people (
  team INTEGER NOT NULL REFERENCES teams (id),
  number BIGINT NOT NULL,
  who BIGINT,
  PRIMARY KEY (team, number),
  UNIQUE (team, who)
);
