"""Structured logs: one JSON line an event, with the request's id; never personal data, never secrets."""

from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import MutableMapping
from types import TracebackType
from typing import Any

import structlog

MOST_FRAMES = 200


def _one_line(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> dict[str, Any]:
    """Keep every value on one line, so that no input can forge an entry."""
    return {k: v.replace("\n", "\\n").replace("\r", "\\r") if isinstance(v, str) else v for k, v in event.items()}


def _frames(exc_info: tuple[type[BaseException], BaseException, TracebackType | None]) -> str:
    """Return where a fault arose and of which kind it is, without its words: a database's hold what was typed."""
    lines: list[str] = []
    error: BaseException | None = exc_info[1]
    while error is not None and len(lines) < MOST_FRAMES:
        lines = [*traceback.format_tb(error.__traceback__), f"{type(error).__module__}.{type(error).__name__}", *lines]
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return "".join(lines)


def set_up_logs(level: str) -> None:
    """Write JSON lines to standard error."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(_frames),
            _one_line,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level)),
        logger_factory=structlog.WriteLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )
