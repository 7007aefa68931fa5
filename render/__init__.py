"""The desk's voice: cards, lists, tables, refusals and digest pages as finished Telegram HTML, in the reader's language.

Here belongs how things are said; what is said is decided elsewhere. No sentence stands in these files: each is in `locale`.
"""
