"""Structured logs that cannot carry a person's words, ids, tokens or keys.

Law: only the keys of `ALLOWED` are written, event names are literals in our code, an error is its type and place,
never its text. Records of other libraries are reduced to logger, level and error type, because their texts may hold
request bodies and URLs with the token.
"""

import logging
import sys
import traceback
from collections.abc import MutableMapping
from contextlib import suppress
from types import TracebackType
from typing import Any

import structlog

ALLOWED = frozenset(
    {
        *("event", "level", "timestamp", "logger", "error", "where"),
        *("kind", "node", "deed", "reason", "urgency"),
        *("count", "attempts", "seconds", "conversations", "letters", "condemned"),
    }
)

log: structlog.typing.FilteringBoundLogger = structlog.get_logger()


def configure(level: str) -> None:
    """Write JSON lines to standard error from `level` (DEBUG, INFO, WARNING, ERROR) upwards.

    Other libraries are heard from WARNING on: below that their records, without their texts, say nothing.
    """
    number = logging.getLevelNamesMapping()[level.upper()]
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _allowed_only,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *_: _Printer(sys.stderr),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(level=max(number, logging.WARNING), handlers=[_Foreign()], force=True)
    logging.captureWarnings(capture=True)
    sys.excepthook = _uncaught


def place_of(error: BaseException) -> str:
    """Where an error was raised, as `file:line`, innermost frame; without any value that was in play."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"


class _Printer(structlog.PrintLogger):
    """Writes a line, or on a full disk or a broken pipe lets it go: no log is worth the program's end."""

    def msg(self, message: str) -> None:
        """Write one line."""
        with suppress(OSError, ValueError):
            super().msg(message)

    log = debug = info = warning = error = critical = msg


def _allowed_only(_logger: object, _name: str, fields: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    return {key: value for key, value in fields.items() if key in ALLOWED}


class _Foreign(logging.Handler):
    """Lets other libraries say that something happened, and of which kind, never what was in it."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[0] if record.exc_info else None
        log.log(
            record.levelno,
            "library",
            logger=record.name,
            error=error.__name__ if error else None,
        )


def _uncaught(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
    log.critical("uncaught", error=kind.__name__, where=place_of(error))
