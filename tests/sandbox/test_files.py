"""Files: sent by bots and by people, fetched by both."""

import json
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from sandbox.files import image_size
from tests.sandbox.conftest import PNG, Line


def form(**parts: Any) -> aiohttp.FormData:
    """Bytes are files, all else is text."""
    data = aiohttp.FormData(quote_fields=False)
    for name, value in parts.items():
        if isinstance(value, bytes):
            ending, mime = ("png", "image/png") if value == PNG else ("csv", "text/csv")
            data.add_field(name, BytesIO(value), filename=f"отчёт.{ending}", content_type=mime)
        else:
            data.add_field(name, value if isinstance(value, str) else json.dumps(value))
    return data


async def upload(line: Line, method: str, **parts: Any) -> tuple[int, Any]:
    return await line.ask("POST", f"/bot{line.token}/{method}", data=form(**parts))


async def sent(line: Line, method: str, **parts: Any) -> Any:
    status, body = await upload(line, method, **parts)
    assert status == 200, body
    return body["result"]


async def fetch(line: Line, path: str) -> tuple[int, bytes]:
    async with line.http.get(path) as answer:
        return answer.status, await answer.read()


async def test_a_document_goes_and_can_be_fetched(chat: Line) -> None:
    message = await sent(chat, "sendDocument", chat_id=1001, document=b"a;b\n", caption="<b>x</b>", parse_mode="HTML")
    document = message["document"]
    assert (document["file_name"], document["mime_type"], document["file_size"]) == ("отчёт.csv", "text/csv", 4)
    assert (message["caption"], message["caption_entities"][0]["type"]) == ("x", "bold")
    file = await chat.ok("getFile", file_id=document["file_id"])
    assert (file["file_path"], file["file_size"]) == ("documents/file_0.csv", 4)
    assert await fetch(chat, f"/file/bot{chat.token}/{file['file_path']}") == (200, b"a;b\n")
    assert (await fetch(chat, f"/file/bot{chat.token}/documents/no.csv"))[0] == 404
    assert await fetch(chat, f"/files/{document['file_id']}") == (200, b"a;b\n")
    assert (await fetch(chat, "/files/none"))[0] == 404
    assert await chat.no("getFile", file_id="none") == "wrong file_id or the file is temporarily unavailable"


async def test_a_photo_by_upload_by_attachment_and_by_id(chat: Line) -> None:
    first = await sent(chat, "sendPhoto", chat_id=1001, photo=PNG, has_spoiler=True)
    [size] = first["photo"]
    assert (size["width"], size["height"], size["file_size"]) == (2, 3, len(PNG))
    assert first["has_media_spoiler"] is True
    second = await sent(chat, "sendPhoto", chat_id=1001, photo="attach://mine", mine=PNG)
    assert second["photo"][0]["file_id"] != size["file_id"]
    third = await chat.ok("sendPhoto", chat_id=1001, photo=size["file_id"])
    assert third["photo"] == first["photo"]


async def test_files_that_are_refused(chat: Line) -> None:
    async def no(method: str, **parts: Any) -> str:
        status, body = await upload(chat, method, chat_id=1001, **parts)
        assert status == body["error_code"]
        return str(body["description"]).removeprefix("Bad Request: ")

    assert await no("sendDocument") == "there is no document in the request"
    assert await no("sendPhoto", photo="attach://none") == "there is no photo in the request"
    assert await no("sendDocument", document=b"") == "file must be non-empty"
    assert await no("sendPhoto", photo=b"no image") == "IMAGE_PROCESS_FAILED"
    assert (await no("sendPhoto", photo="x")).startswith("wrong remote file identifier specified")
    assert (await no("sendPhoto", photo="https://e.org/x.png")).startswith("Not Implemented")
    assert await no("sendDocument", document=b"x", caption="x" * 1025) == "message caption is too long"
    huge = PNG.replace(b"\x00\x00\x00\x02\x00\x00\x00\x03", b"\x00\x00\x27\x00\x00\x00\x27\x00")
    assert await no("sendPhoto", photo=huge) == "PHOTO_INVALID_DIMENSIONS"
    document = (await sent(chat, "sendDocument", chat_id=1001, document=b"x"))["document"]["file_id"]
    assert await no("sendPhoto", photo=document) == "type of file mismatch: can't use file of type Document as Photo"


async def test_too_large_to_fetch_and_too_large_to_send(chat: Line) -> None:
    message = await sent(chat, "sendDocument", chat_id=1001, document=b"x" * (20 * 1024 * 1024 + 1))
    assert await chat.no("getFile", file_id=message["document"]["file_id"]) == "file is too big"
    status, body = await upload(chat, "sendDocument", chat_id=1001, document=b"x" * (50 * 1024 * 1024 + 1))
    assert (status, body["description"]) == (413, "Request Entity Too Large")


async def test_albums(chat: Line) -> None:
    media = [{"type": "photo", "media": "attach://a", "caption": "one"}, {"type": "photo", "media": "attach://a"}]
    first, second = await sent(chat, "sendMediaGroup", chat_id=1001, media=media, a=PNG)
    assert first["media_group_id"] == second["media_group_id"]
    assert (first["caption"], "caption" in second) == ("one", False)
    status, body = await upload(chat, "sendMediaGroup", chat_id=1001, media=media[:1], a=PNG)
    assert (status, body["description"]) == (400, "Bad Request: number of media in an album must be from 2 to 10")
    mixed = [media[0], {"type": "video", "media": "attach://a"}]
    status, body = await upload(chat, "sendMediaGroup", chat_id=1001, media=mixed, a=PNG)
    assert status == 400


async def test_captions_and_media_are_edited(chat: Line) -> None:
    message = await sent(chat, "sendPhoto", chat_id=1001, photo=PNG, caption="one")
    where = {"chat_id": 1001, "message_id": message["message_id"]}
    assert (await chat.ok("editMessageCaption", **where, caption="two"))["caption"] == "two"
    assert "caption" not in await chat.ok("editMessageCaption", **where)
    assert await chat.no("editMessageText", **where, text="x") == "there is no text in the message to edit"
    new = await sent(chat, "editMessageMedia", **where, media={"type": "document", "media": "attach://d"}, d=b"x")
    assert ("photo" in new, new["document"]["file_size"]) == (False, 1)
    text = await chat.ok("sendMessage", chat_id=1001, text="x")
    item = {"type": "document", "media": new["document"]["file_id"]}
    where["message_id"] = text["message_id"]
    assert await chat.no("editMessageMedia", **where, media=item) == "there is no media in the message to edit"
    copy = await chat.ok("copyMessage", chat_id=1001, from_chat_id=1001, message_id=new["message_id"], caption="mine")
    seen = (await chat.see("/person/1001/messages"))[-1]
    assert (seen["message_id"], seen["caption"], seen["document"]) == (copy["message_id"], "mine", new["document"])


async def test_people_send_photos_and_documents(chat: Line) -> None:
    status, photo = await chat.ask("POST", "/person/1001/send", data=form(file=PNG, caption="/import it"))
    assert (status, photo["photo"][0]["width"], photo["caption_entities"][0]["type"]) == (200, 2, "bot_command")
    status, document = await chat.ask("POST", "/person/1001/send", data=form(file=b"a;b", chat="1001"))
    assert (status, document["document"]["file_name"]) == (200, "отчёт.csv")
    assert [update["message"] for update in await chat.updates()] == [photo, document]
    for wrong in (form(caption="x"), form(file=b""), form(file=b"x", chat="y"), form(file=b"x", chat="5"), form(x="y")):
        status, _ = await chat.ask("POST", "/person/1001/send", data=wrong)
        assert status in (400, 404)
    assert (await chat.cant("/person/1001/send", file="x"))[0] == 400
    edited = await chat.do("/person/1001/edit", message=photo["message_id"], text="new")
    assert (edited["caption"], "text" in edited) == ("new", False)


def album(*parts: tuple[str, bytes | str]) -> aiohttp.FormData:
    data = aiohttp.FormData()
    for name, value in parts:
        named = {"filename": "x.png", "content_type": "image/png"} if name == "file" else {}
        data.add_field(name, value, **named)
    return data


async def test_people_send_albums_each_item_a_message_of_its_own(chat: Line) -> None:
    parts = ("caption", "one"), ("file", PNG), ("file", PNG), ("file", PNG), ("caption", "three")
    status, items = await chat.ask("POST", "/person/1001/send", data=album(*parts))
    assert (status, [item.get("caption") for item in items]) == (200, ["one", None, "three"])
    assert len({item["media_group_id"] for item in items}) == 1
    assert [update["message"] for update in await chat.updates()] == items
    _, others = await chat.ask("POST", "/person/1001/send", data=album(("file", PNG), ("file", PNG)))
    assert others[0]["media_group_id"] != items[0]["media_group_id"]
    for wrong in ([("file", PNG), ("file", b"x")], [("file", PNG)] * 11, [("file", PNG), ("file", b"")]):
        status, _ = await chat.ask("POST", "/person/1001/send", data=album(*wrong))
        assert status == 400
    edited = await chat.do("/person/1001/edit", message=items[1]["message_id"], text="two")
    assert (edited["caption"], edited["media_group_id"]) == ("two", items[0]["media_group_id"])


async def test_the_page_never_runs_what_was_uploaded(chat: Line) -> None:
    data = aiohttp.FormData()
    data.add_field("file", b"<script>", filename="x.html", content_type="text/html")
    _, message = await chat.ask("POST", "/person/1001/send", data=data)
    async with chat.http.get(f"/files/{message['document']['file_id']}") as answer:
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Security-Policy"] == "sandbox"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


JPEG = b"\xff\xd8\xff\xe0\x00\x04ab\xff\xc0\x00\x0b\x08\x00\x05\x00\x07\x01\x01\x11\x00"


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (PNG, (2, 3)),
        (JPEG, (7, 5)),
        (b"GIF89a\x04\x00\x05\x00", (4, 5)),
        (b"RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x03\x00\x00\x04\x00\x00", (4, 5)),
        (b"GIF89a\x00\x00\x05\x00", None),
        (PNG[:18], None),
        (JPEG[:12], None),
        (b"\xff\xd8\xff\xd9", None),
        (b"", None),
    ],
)
def test_sizes_of_images(data: bytes, size: tuple[int, int] | None) -> None:
    assert image_size(data) == size
