-- A digest may be followed by a chart.
ALTER TABLE schedules ADD COLUMN chart INTEGER NOT NULL DEFAULT 0;
-- What is drawn of a page that is a picture, which then has its text for a caption; '' for a page of text.
ALTER TABLE pages ADD COLUMN chart TEXT NOT NULL DEFAULT '';
