-- The album an answered message belongs to, which is asked about once; and what the answer was written in, for drawing it anew.
ALTER TABLE answers ADD COLUMN album TEXT;
ALTER TABLE answers ADD COLUMN language TEXT;
CREATE INDEX answers_of_album ON answers (team, chat, album, answer) WHERE album IS NOT NULL;
