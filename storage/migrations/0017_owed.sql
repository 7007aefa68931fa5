-- Days whose digest is still owed, apart by spaces, until one is cut that names them; and those that a digest on its way names: if
-- it never gets there, another does.
ALTER TABLE schedules ADD COLUMN owed TEXT NOT NULL DEFAULT '';
ALTER TABLE letters ADD COLUMN days TEXT NOT NULL DEFAULT '';
UPDATE letters SET days = substr(due_at, 1, 10) WHERE state <> 'sent';
