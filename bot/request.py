"""The way to the Bot API: python-telegram-bot's requests carried by one aiohttp session.

Errors say by their class what is known of a call that failed: `NotDone` = Telegram certainly did nothing; `NetworkError` and
`TimedOut` otherwise = it may have. None carries an address, since the token stands in it.
"""

import io
import json
import re
from collections.abc import Mapping
from http import HTTPStatus
from types import MappingProxyType
from typing import IO, Final, TypeAlias

import aiohttp
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from exchange.limits import LIMITS

CONNECTIONS: Final = 256
UPLOAD_SECONDS: Final = 20.0
FETCHED: Final = LIMITS.size
"""Bytes of a file that are fetched, and one more that tells it is too big."""
FOREIGN: Final = "something that is not the Bot API answered"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]+")
_NO_DATA = RequestData()
_URL_ENCODED: Final[Mapping[str, str]] = MappingProxyType({"Content-Type": "application/x-www-form-urlencoded"})

Seconds: TypeAlias = float | None


class NotDone(NetworkError):  # noqa: N818  (an outcome, named as the courier names its own)
    """The call had no effect at Telegram: it never left, or was turned down for a passing reason."""

    __slots__ = ()


class AiohttpRequest(BaseRequest):
    """Carries calls to the Bot API over at most `connections` connections.

    Times are seconds, None for no limit; those of a single call come with the call. There is no time limit on writing as such, so
    a whole call is bounded by the sum of its times.
    """

    def __init__(
        self,
        connections: int = CONNECTIONS,
        *,
        read: Seconds = 10.0,
        write: Seconds = 10.0,
        connect: Seconds = 5.0,
        pool: Seconds = 30.0,
    ) -> None:
        """Opens nothing yet; `initialize` does."""
        self._connections = connections
        self._read, self._write, self._connect, self._pool = read, write, connect, pool
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> Seconds:
        """Seconds an answer may take unless a call says otherwise."""
        return self._read

    async def initialize(self) -> None:
        """Opens the session, once."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Closes the session and its connections."""
        session, self._session = self._session, None
        if session:
            await session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: object = BaseRequest.DEFAULT_NONE,
        write_timeout: object = BaseRequest.DEFAULT_NONE,
        connect_timeout: object = BaseRequest.DEFAULT_NONE,
        pool_timeout: object = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """The answer's status and body. Raises NotDone, TimedOut or NetworkError, as the module says."""
        if self._session is None:
            raise NotDone("the connection to the Bot API is closed")
        data = request_data or _NO_DATA
        write = UPLOAD_SECONDS if data.contains_files else self._write
        limits = _limits(
            read=_seconds(read_timeout, self._read),
            write=_seconds(write_timeout, write),
            connect=_seconds(connect_timeout, self._connect),
            pool=_seconds(pool_timeout, self._pool),
        )
        body, headers = _body(data) if method == "POST" else (None, None)
        try:
            async with self._session.request(
                method, url, data=body, headers=headers, timeout=limits, allow_redirects=False
            ) as answer:
                status = answer.status
                payload = await (_beginning(answer) if method == "GET" else answer.read())
        # aiohttp's own words hold the address and so the token: only the name of the error is passed on.
        except (aiohttp.ConnectionTimeoutError, aiohttp.ClientConnectorError, aiohttp.InvalidURL) as error:
            raise NotDone(f"no connection ({type(error).__name__})") from None
        except TimeoutError as error:
            raise TimedOut(f"no answer in time ({type(error).__name__})") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError(f"the connection broke ({type(error).__name__})") from None
        _check(status, payload)
        return status, payload

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, object]:
        """The answer as an object. Raises NetworkError for anything else, and unlike the original logs nothing of it."""
        parsed = _object(payload)
        if "result" not in parsed and "error_code" not in parsed:
            raise NetworkError(FOREIGN)
        return parsed


async def _beginning(answer: aiohttp.ClientResponse) -> bytes:
    """A file up to one byte more than anybody reads, whatever its size was said to be."""
    found = bytearray()
    async for piece in answer.content.iter_any():
        found += piece
        if len(found) > FETCHED:
            break
    return bytes(found[: FETCHED + 1])


def _check(status: int, payload: bytes) -> None:
    """Raises for refusals python-telegram-bot would misread; the others are left to it.

    A proxy's page for 401 or 404 must not pass for a refused token, nor its text (which may quote the address) for Telegram's.
    """
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return
    parsed = _object(payload)
    known = parsed.get("ok") is False
    if status == HTTPStatus.GATEWAY_TIMEOUT:
        raise NetworkError(f"a gateway gave up waiting ({status})")
    if not known or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        raise NotDone(f"Telegram is unwell ({status})" if known else f"{FOREIGN} ({status})")
    parameters = parsed.get("parameters")
    if status == HTTPStatus.TOO_MANY_REQUESTS and not (isinstance(parameters, dict) and parameters.get("retry_after")):
        raise NotDone(f"too many requests ({status})")


def _object(payload: bytes) -> dict[str, object]:
    try:
        parsed = json.loads(payload.decode("utf-8", "replace"))
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _seconds(given: object, default: Seconds) -> Seconds:
    return given if given is None or isinstance(given, (int, float)) else default


def _limits(*, read: Seconds, write: Seconds, connect: Seconds, pool: Seconds) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(
        total=_sum(read, write, connect, pool), connect=_sum(pool, connect), sock_connect=connect, sock_read=read
    )


def _sum(*times: Seconds) -> Seconds:
    known = [time for time in times if time is not None]
    return sum(known) if len(known) == len(times) else None


def _body(data: RequestData) -> tuple[bytes | aiohttp.FormData, Mapping[str, str] | None]:
    """The parameters as a form. aiohttp's own, which draws a random boundary for each call, is only made when there are files."""
    if not data.contains_files:
        return data.url_encoded_parameters().encode(), _URL_ENCODED
    form = aiohttp.FormData(quote_fields=False)
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (file_name, content, mime) in _files(data):
        form.add_field(name, content, filename=_CONTROLS.sub("", file_name), content_type=mime)
    return form, None


def _files(data: RequestData) -> list[tuple[str, tuple[str, IO[bytes], str]]]:
    """Bytes are wrapped: aiohttp sends a file object in pieces and warns of plain bytes."""
    return [
        (name, (file_name, io.BytesIO(content) if isinstance(content, bytes) else content, mime))
        for name, (file_name, content, mime) in data.multipart_data.items()
    ]
