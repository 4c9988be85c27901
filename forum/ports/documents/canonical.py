"""JSON with one spelling only: sorted keys, no blanks, characters as they are.

Two equal documents give equal bytes, so a hash says whether a release was altered.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping


def encode(document: Mapping[str, object]) -> bytes:
    """Return the canonical UTF-8 bytes; raise ValueError for NaN and infinities, which JSON lacks."""
    return json.dumps(
        document,
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 of the bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
