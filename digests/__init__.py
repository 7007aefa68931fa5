"""The clock: when a digest is due, what it says, and carrying it. Knows nothing of Telegram; SQL stands in `storage`."""
