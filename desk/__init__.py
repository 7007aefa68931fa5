"""The acts: what a message, an edit, a button and the shell all do alike, each one whole change of the store.

An act is a plain function of a transaction; it refuses by raising, so that nothing of it stays. Words and chats live elsewhere.
"""
