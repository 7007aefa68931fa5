-- The days a digest names that is on its way, apart by spaces: if it never gets there, another names them. Days that are owed
-- stand beside the schedule from then on until a digest is cut; what stood there of digests that were cut since goes.
ALTER TABLE letters ADD COLUMN days TEXT NOT NULL DEFAULT '';
UPDATE letters SET days = substr(due_at, 1, 10) WHERE state <> 'sent';
UPDATE schedules SET owed = '' WHERE due_at > ruled_at;
ALTER TABLE schedules DROP COLUMN ruled_at;
