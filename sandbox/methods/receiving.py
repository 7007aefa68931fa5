"""Methods that fetch: updates and files."""

import re
from functools import partial
from urllib.parse import urlsplit

from sandbox.files import TOO_BIG_TO_FETCH
from sandbox.methods.call import Call
from sandbox.oracle import ORACLE
from sandbox.refusals import bad, conflict, not_built
from sandbox.shapes import Json, Object
from sandbox.updates import OTHER_HOOK
from sandbox.webhooks import Hook

_MOST = 100
_LONGEST_POLL = 50
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_LOOPBACK = ("localhost", "127.0.0.1", "::1")


async def get_updates(call: Call) -> Json:
    """getUpdates: a long poll; the offset confirms all that came before it."""
    if call.bot.hook:
        raise conflict(
            "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
        )
    call.bot.inbox.allow(_allowed(call))
    limit = min(max(call.given.get("limit", _MOST), 1), _MOST)
    seconds = min(max(call.given.get("timeout", 0), 0), _LONGEST_POLL)
    return await call.bot.inbox.poll(call.given.get("offset", 0), limit, seconds)


def _allowed(call: Call) -> list[str] | None:
    kinds: list[str] | None = call.given.get("allowed_updates")
    for kind in kinds or ():
        if kind not in ORACLE.update_kinds:
            raise bad(f'allowed_updates: there is no update "{kind}" (Telegram would ignore it)')
    return kinds


def set_webhook(call: Call) -> Json:
    """setWebhook: to http on loopback only, the way the sandbox itself is spoken to."""
    url = call.given["url"]
    if not url:
        return delete_webhook(call)
    parts = urlsplit(url)
    if parts.scheme != "http" or parts.hostname not in _LOOPBACK:
        raise bad("bad webhook: the sandbox delivers to http://127.0.0.1, http://localhost or http://[::1] only")
    if "certificate" in call.given:
        raise not_built("webhook certificates")
    secret = call.given.get("secret_token", "")
    if secret and not _SECRET.fullmatch(secret):
        raise bad("secret token contains unallowed characters")
    bot = call.bot
    bot.inbox.allow(_allowed(call))
    bot.inbox.interrupt(OTHER_HOOK)
    if call.given.get("drop_pending_updates"):
        bot.inbox.waiting.clear()
    if bot.hook:
        bot.hook.close()
    connections = min(max(call.given.get("max_connections", 40), 1), _MOST)
    bot.hook = Hook(bot.inbox, url, secret, connections, partial(call.world.by_webhook, bot))
    return True


def delete_webhook(call: Call) -> Json:
    """DeleteWebhook"""
    if call.bot.hook:
        call.bot.hook.close()
        call.bot.hook = None
    if call.given.get("drop_pending_updates"):
        call.bot.inbox.waiting.clear()
    return True


def get_webhook_info(call: Call) -> Json:
    """GetWebhookInfo"""
    inbox, hook = call.bot.inbox, call.bot.hook
    inbox.drop_old()
    info: Object = {
        "url": hook.url if hook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(inbox.waiting),
    }
    if hook:
        info |= {"max_connections": hook.connections, "ip_address": "127.0.0.1", **hook.last_error}
    if inbox.narrowed:
        info["allowed_updates"] = sorted(inbox.allowed)
    return info


def get_file(call: Call) -> Json:
    """GetFile"""
    stored = call.world.files.get(call.given["file_id"])
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    size = len(stored.upload.data)
    if size > TOO_BIG_TO_FETCH:
        raise bad("file is too big")
    unique = stored.described["file_unique_id"]
    return {"file_id": stored.file_id, "file_unique_id": unique, "file_size": size, "file_path": stored.path}
