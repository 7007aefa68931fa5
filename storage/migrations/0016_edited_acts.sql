-- What a message did: put the entry right, withdrew or restored it, or gave another source's figure. Editing it goes by that.
ALTER TABLE corrections ADD COLUMN act TEXT NOT NULL DEFAULT 'corrected';
