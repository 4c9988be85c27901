"""How the chain is linked and checked."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterable
from datetime import datetime

GENESIS = "0" * 64


def canonical(body: dict[str, object]) -> str:
    """Return the one text of a body: sorted keys, no blanks, no escapes."""
    return json.dumps(body, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def link(seq: int, prev: str, line: str) -> str:
    """Return the hash of an entry: SHA-256 over its number, the hash before it and its text."""
    return hashlib.sha256(f"{seq}\n{prev}\n{line}".encode()).hexdigest()


def agrees(line: str, at: datetime, actor: str, action: str, kind: str, object_id: str) -> bool:
    """Tell whether the columns by which an entry is found and shown say what its chained text says."""
    try:
        body = json.loads(line)
        told = datetime.fromisoformat(body["at"])
    except (ValueError, KeyError, TypeError):
        return False
    named = (body.get("actor"), body.get("action"), body.get("kind"), body.get("object"))
    return told == at and named == (actor, action, kind, object_id)


def first_break(rows: Iterable[tuple[int, str, str, str]], anchor: tuple[int, str] | None = None) -> int | None:
    """Return the number of the first entry that doesn't fit, or None when the chain is whole.

    ``rows`` are (seq, prev, line, hash) in order.  ``anchor`` is (seq, hash) kept outside of the table:
    without it a cut tail couldn't be seen; a wrong end is reported as the number after the last entry.
    """
    seen, expected = GENESIS, 0
    for expected, (seq, prev, line, digest) in enumerate(rows, 1):
        if seq != expected or prev != seen or not hmac.compare_digest(link(seq, prev, line), digest):
            return expected
        seen = digest
    if anchor is not None and (expected, seen) != anchor:
        return expected + 1
    return None
