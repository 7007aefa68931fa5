-- A team's own sites. One that was removed keeps its row, since entries may stand at it: it is only read and offered no more.
CREATE TABLE sites (
  team INTEGER NOT NULL REFERENCES teams (id),
  key TEXT NOT NULL,
  name TEXT NOT NULL,
  folded TEXT NOT NULL,
  country TEXT NOT NULL,
  zone TEXT NOT NULL,
  kept INTEGER NOT NULL,
  PRIMARY KEY (team, key)
);

-- What a team calls places: its own sites and shipped ones. A place typed before anybody knew it stands for the place that has its
-- name here; spellings that fold alike are of one place. `how`: "given" for a name to be shown, "merged" for one only understood.
CREATE TABLE place_names (
  team INTEGER NOT NULL REFERENCES teams (id),
  folded TEXT NOT NULL,
  name TEXT NOT NULL,
  place TEXT NOT NULL,
  how TEXT NOT NULL CHECK (how IN ('given', 'merged')),
  id BIGINT NOT NULL,
  PRIMARY KEY (team, folded, name)
);
CREATE INDEX names_of_place ON place_names (team, place);

-- Entries at places nobody knew when they were told: few, and looked for by what was typed.
CREATE INDEX entries_unknown_departure ON entries (team, departure) WHERE departure LIKE '~%';
CREATE INDEX entries_unknown_destination ON entries (team, destination) WHERE destination LIKE '~%';
CREATE INDEX entries_unknown_site ON entries (team, site) WHERE site LIKE '~%';
