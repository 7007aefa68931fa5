-- The words of an entry, folded so that they can be found whatever their script; NULL until the desk has gathered them.
ALTER TABLE entries ADD COLUMN sought TEXT;
CREATE INDEX entries_not_gathered ON entries (team) WHERE sought IS NULL;
