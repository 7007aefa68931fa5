-- An answer that asks what to make of some fields instead of showing its entry: which ones, as the buttons name them.
ALTER TABLE answers ADD COLUMN asks TEXT;
