-- Entries that only sum up others: few, and looked at whenever one of their kind is posted.
CREATE INDEX entries_summing_up ON entries (team, kind, day) WHERE stands_for = 0;
