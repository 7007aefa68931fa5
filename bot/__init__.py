"""The roof: reads the config, builds everything once, takes updates in and keeps the beat. Nobody imports it from below."""

import os

# python-telegram-bot warns at each RetryAfter unless it may give its waits as timedelta; it reads this when first imported.
os.environ.setdefault("PTB_TIMEDELTA", "true")
