-- The words of an entry, folded so that they can be found whatever their script; NULL until the desk has gathered them.
ALTER TABLE entries ADD COLUMN sought TEXT;
CREATE INDEX entries_not_gathered ON entries (team) WHERE sought IS NULL;

-- Pairs that may be one thing told twice: `entry` is the one told later. A pair that both were kept of is not asked about again.
CREATE TABLE doubts (
  team INTEGER NOT NULL REFERENCES teams (id),
  entry BIGINT NOT NULL,
  other BIGINT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('asked', 'kept')),
  PRIMARY KEY (team, entry, other),
  FOREIGN KEY (team, entry) REFERENCES entries (team, id),
  FOREIGN KEY (team, other) REFERENCES entries (team, id)
);
CREATE INDEX doubts_open ON doubts (team, state);
CREATE INDEX doubts_of_other ON doubts (team, other);
