"""How a call's parameters come in: query, form, multipart or JSON; and what the oracle makes of them."""

import json
from collections.abc import Mapping

from aiohttp import BodyPartReader, MultipartReader, web

from sandbox.files import Upload
from sandbox.oracle import Method, MismatchError
from sandbox.refusals import RefusedError, bad
from sandbox.shapes import Json, Object

# What Telegram says when these are missing; of the others it says nothing that clients know.
_MISSING = {
    "chat_id": "chat_id is empty",
    "from_chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "message_ids": "message identifiers are not specified",
    "user_id": "invalid user_id specified",
    "document": "there is no document in the request",
    "photo": "there is no photo in the request",
    "action": "wrong parameter action in request",
    "file_id": "file_id not specified",
}
_WRONG = {
    "chat_id": "chat not found",
    "from_chat_id": "chat not found",
    "message_id": "message identifier is not specified",
    "user_id": "invalid user_id specified",
}
_BROKEN_JSON = {"reply_markup": "can't parse reply keyboard markup JSON object"}
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


async def read(request: web.Request) -> tuple[Object, dict[str, Upload]]:
    """The raw parameters and the uploaded files; later sources win over earlier, as with Telegram."""
    raw: Object = dict(request.query) if request.query_string else {}
    uploads: dict[str, Upload] = {}
    if not request.can_read_body:
        return raw, uploads
    kind = request.content_type
    if kind == "application/json":
        raw.update(json_object(await request.read()))
    elif kind == "multipart/form-data":
        await _read_multipart(request, raw, uploads)
    elif kind == "application/x-www-form-urlencoded":
        raw.update({key: str(value) for key, value in (await request.post()).items()})
    elif await request.read():
        raise bad(f"a body of type {kind} can't be read: use one of application/json, {', '.join(_FORMS)}")
    return raw, uploads


def json_object(body: bytes) -> Object:
    """A JSON body that must be an object; an empty one holds no parameters."""
    try:
        data = json.loads(body) if body.strip() else {}
    except (ValueError, RecursionError):
        raise bad("can't parse JSON object") from None
    if not isinstance(data, dict):
        raise bad("object expected as JSON body")
    return data


async def _read_multipart(request: web.Request, raw: Object, uploads: dict[str, Upload]) -> None:
    try:
        reader = await request.multipart()
        while (part := await reader.next()) is not None:
            if isinstance(part, MultipartReader) or not part.name:
                raise bad("can't parse multipart body")
            if part.filename is None:
                raw[part.name] = await part.text()
            else:
                uploads[part.name] = await _upload(part, part.filename)
    except (ValueError, LookupError):
        # aiohttp's words for a broken body would mean nothing to a bot.
        raise bad("can't parse multipart body") from None


async def _upload(part: BodyPartReader, name: str) -> Upload:
    mime = part.headers.get("Content-Type", "application/octet-stream").partition(";")[0]
    data = bytes(await part.read(decode=False))
    if len(data) > 50 * 1024 * 1024:
        raise RefusedError(413, "Request Entity Too Large")
    return Upload(name.replace("\\", "/").rpartition("/")[2] or "file", mime, data)


def decode(method: Method, raw: Mapping[str, Json], uploads: Mapping[str, Upload]) -> Object:
    """Every parameter as the oracle means it; refused are those it doesn't know, and wrong or missing ones."""
    meant: Object = {}
    for name, value in raw.items():
        check = method.parameters.get(name)
        if check is None:
            raise bad(f'{method.name} has no parameter "{name}" (Telegram would ignore it)')
        if value is None or (value == "" and name not in method.texts):
            continue
        try:
            meant[name] = check(_read_text(method, name, value, uploads) if type(value) is str else value)
        except MismatchError as mismatch:
            raise _refusal(name, mismatch) from None
    for name, upload in uploads.items():
        if name in method.parameters and name not in meant:
            meant[name] = upload
    for name in method.required:
        if name not in meant:
            raise bad(_MISSING.get(name, f'parameter "{name}" is required'))
    return meant


def _refusal(name: str, mismatch: MismatchError) -> RefusedError:
    if name in _WRONG and not mismatch.path:
        return bad(_WRONG[name])
    if mismatch.problem == "strings must be encoded in UTF-8":
        return bad(mismatch.problem)
    return bad(f"can't parse {name}: {mismatch}")


def _read_text(method: Method, name: str, value: str, uploads: Mapping[str, Upload]) -> Json:
    """In a form everything is text: JSON for what is complex, a name for an attached file."""
    if name in method.nested:
        return _from_text(name, value)
    return uploads.get(value.removeprefix("attach://"), value) if value.startswith("attach://") else value


def _from_text(name: str, value: str) -> Json:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        raise bad(_BROKEN_JSON.get(name, f"can't parse {name} JSON object")) from None
