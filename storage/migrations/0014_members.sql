-- Who belongs to a team, in which role, and what they are called in histories: a function ("Aktau desk 2"), never a name.
CREATE TABLE members (
  team INTEGER NOT NULL REFERENCES teams (id),
  who BIGINT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'reporter', 'coordinator', 'admin')),
  label TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (team, who)
);

-- Invitations that were neither taken nor have lapsed, by the hash of what their link holds: nobody can tell the link from it.
CREATE TABLE invitations (
  team INTEGER NOT NULL REFERENCES teams (id),
  hash TEXT NOT NULL,
  role TEXT NOT NULL CHECK (role IN ('viewer', 'reporter', 'coordinator', 'admin')),
  label TEXT NOT NULL,
  who BIGINT NOT NULL,
  until TEXT NOT NULL,
  PRIMARY KEY (team, hash)
);

-- Groups that belong to a team.
CREATE TABLE linked (
  team INTEGER NOT NULL REFERENCES teams (id),
  chat BIGINT NOT NULL,
  who BIGINT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (team, chat)
);
