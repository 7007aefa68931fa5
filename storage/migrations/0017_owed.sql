-- Days whose digest was still owed when its rule or its zone was changed, apart by spaces, and the moment of that change: since
-- then the days follow from the rule.
ALTER TABLE schedules ADD COLUMN owed TEXT NOT NULL DEFAULT '';
ALTER TABLE schedules ADD COLUMN ruled_at TEXT;
