"""The ground: kinds, the command language, counting people, places, periods, and the shapes that cross floors.

Nothing here knows of a chat, a database or a clock: whatever decides is given all it needs, the time too.
"""
