"""What readers see, checked by its meaning: what is said, what is not, and that Telegram can show it."""
