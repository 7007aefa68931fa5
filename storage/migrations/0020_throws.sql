-- Random bytes that decide which number a team's groups are told in the place of a small one. Changed, they would tell it anew.
ALTER TABLE teams ADD COLUMN secret BLOB;
UPDATE teams SET secret = randomblob(32);
