"""Files: what was uploaded, and the names it is fetched by."""

import mimetypes
import struct
from dataclasses import dataclass

from sandbox.refusals import bad
from sandbox.shapes import Object

TOO_BIG_TO_FETCH = 20 * 1024 * 1024
TOO_BIG_FOR_PHOTO = 10 * 1024 * 1024
_MARK = 0xFF  # begins each part of a JPEG
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # the parts that tell its size
_SIDES = 10_000  # a photo's width and height together


@dataclass(slots=True, frozen=True)
class Upload:
    """A file as it came in a request."""

    name: str
    mime: str
    data: bytes


@dataclass(slots=True, frozen=True)
class Stored:
    """A file the sandbox keeps, with the object that describes it in messages."""

    file_id: str
    kind: str  # "document" or "photo"
    path: str
    upload: Upload
    described: Object


class Files:
    """All files of a world, by id and by path."""

    def __init__(self) -> None:
        self._by_id: dict[str, Stored] = {}
        self._by_path: dict[str, Stored] = {}

    def get(self, file_id: str) -> Stored | None:
        return self._by_id.get(file_id)

    def at(self, path: str) -> Stored | None:
        return self._by_path.get(path)

    def keep_document(self, upload: Upload) -> Stored:
        described = {"file_name": upload.name, "mime_type": upload.mime, "file_size": len(upload.data)}
        return self._keep("document", upload, described)

    def keep_photo(self, upload: Upload) -> Stored:
        if len(upload.data) > TOO_BIG_FOR_PHOTO:
            raise bad("file is too big for a photo")
        size = image_size(upload.data)
        if size is None:
            raise bad("IMAGE_PROCESS_FAILED")
        width, height = size
        if width + height > _SIDES or max(size) > 20 * min(size):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        return self._keep("photo", upload, {"width": width, "height": height, "file_size": len(upload.data)})

    def _keep(self, kind: str, upload: Upload, described: Object) -> Stored:
        number = len(self._by_id)
        unique = f"AgAD{number:08d}"
        file_id = f"{'AgACAgI' if kind == 'photo' else 'BQACAgI'}sandbox{number:012d}AQ"
        ending = upload.name.rpartition(".")[2] if "." in upload.name else ""
        ending = ending if ending.isalnum() else (mimetypes.guess_extension(upload.mime) or ".bin").lstrip(".")
        path = f"{kind}s/file_{number}.{ending}"
        stored = Stored(file_id, kind, path, upload, {"file_id": file_id, "file_unique_id": unique, **described})
        self._by_id[file_id] = self._by_path[path] = stored
        return stored


def image_size(data: bytes) -> tuple[int, int] | None:
    """Width and height of a PNG, JPEG, GIF or (extended) WebP, else None."""
    try:
        if data[:8] == b"\x89PNG\r\n\x1a\n":
            size = struct.unpack_from(">II", data, 16)
        elif data[:6] in (b"GIF87a", b"GIF89a"):
            size = struct.unpack_from("<HH", data, 6)
        elif data[:4] == b"RIFF" and data[8:16] == b"WEBPVP8X":
            wide, wider, high, higher = struct.unpack_from("<HBHB", data, 24)
            size = 1 + wide + (wider << 16), 1 + high + (higher << 16)
        else:
            return _jpeg_size(data) if data[:2] == b"\xff\xd8" else None
    except struct.error:
        return None
    return (size[0], size[1]) if all(size) else None


def _jpeg_size(data: bytes) -> tuple[int, int] | None:
    place = 2
    while place + 9 <= len(data) and data[place] == _MARK:
        marker, length = data[place + 1], int.from_bytes(data[place + 2 : place + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack(">HH", data[place + 5 : place + 9])
            return (width, height) if width and height else None
        place += 2 + length
    return None
