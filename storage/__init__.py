"""The memory: everything that is kept, and all SQL there is. Database drivers are imported here and nowhere else.

Each query stands once, by name, and says in a sentence what it gives; what it depends on goes in as named parameters, never as
text. It reads as both SQLite and PostgreSQL speak. Nothing here decides what may be done, and nothing here makes sentences.
"""
