"""A stand-in of the Bot API over HTTP on loopback, with a chat page: here belongs whatever Telegram itself would do.

Nothing of the desk belongs here, and nothing of `telegram`: whoever wants something of the sandbox asks it over HTTP.
"""

from sandbox.clock import Clock
from sandbox.server import Sandbox, serve
from sandbox.tokens import TOKEN

__all__ = ["TOKEN", "Clock", "Sandbox", "serve"]
