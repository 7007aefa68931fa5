"""The doors: an update comes in, an answer goes out; one file per family of commands, one guard before them all.

Telegram's classes are known here and in the roof, nowhere below. What a command means is decided further down.
"""
