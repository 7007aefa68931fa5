"""The sandbox's own bugs: logged whole, save for tokens, and told to the client as a 500."""

import logging
import traceback

from sandbox.tokens import hide

_log = logging.getLogger(__name__)


def own_up(error: Exception) -> str:
    """Log it with where it came from; the sentence for whoever asked."""
    _log.error("a bug of the sandbox's own\n%s", hide("".join(traceback.format_exception(error))))
    return hide(f"the sandbox's own bug: {type(error).__name__}: {error}")
