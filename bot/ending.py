"""How the shell's commands end: what they found is printed, what keeps them from it is said in plain lines, with an exit code."""
# ruff: noqa: PLC0415

import asyncio
import sys
from collections.abc import Coroutine, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.shell import Result

T = TypeVar("T")
DEFAULT_FILE = Path("wayhome.toml")


def settings_or_end(config: Path | None, *, offline: bool = False) -> "Settings":
    """The settings, or the end with everything that is wrong with them."""
    from bot.config import ConfigError, load

    path = config or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)
    try:
        return load(path, offline=offline)
    except ConfigError as error:
        end(error.lines)


def do(work: Coroutine[object, object, T]) -> T:
    """Runs the work to its end; what the world refuses ends it with a plain line."""
    from bot import sentences
    from bot.config import ConfigError
    from bot.intake import TokenRefused
    from bot.logs import redact
    from storage.errors import BackupRefused, StorageError

    try:
        return asyncio.run(work)
    except KeyboardInterrupt:
        sys.exit(0)
    except ConfigError as error:
        end(error.lines)
    except TokenRefused as error:
        end([str(error)])
    except BackupRefused as error:
        end([sentences.CANNOT.format(why=redact(str(error)))])
    except StorageError as error:
        end([sentences.CHECK_NO_DATABASE.format(why=redact(str(error)))])
    except OSError as error:
        end([sentences.CANNOT.format(why=redact(error.strerror or str(error)))])


def finish(result: "Result") -> NoReturn:
    """Prints what was found, complaints to standard error, and leaves with the result's exit code."""
    for line in result.out:
        print(line)
    sys.stdout.buffer.write(result.raw)
    sys.stdout.flush()
    end(result.wrong, result.code)


def end(lines: Iterable[str], code: int = 1) -> NoReturn:
    """Leaves with the exit code, saying why on standard error."""
    for line in lines:
        print(line, file=sys.stderr)
    sys.exit(code)
