-- Carriers and aircraft are words too: entries whose words were taken out before are looked at once more.
UPDATE entries SET worded = 1;
