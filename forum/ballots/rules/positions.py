"""The digest of a position: what was approved is what is submitted."""

from __future__ import annotations

import hashlib
import json

from forum.ballots.models import Position


def digest_of(position: Position) -> str:
    """Return the SHA-256 over what stands in a position, as canonical JSON; never from what was kept of it."""
    body = json.dumps(
        {
            "ballot": position.ballot_id,
            "number": position.number,
            "answer": position.answer,
            "details": position.details,
            "reason_en": position.reason_en or "",
            "reason_zh": position.reason_zh or "",
        },
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(body.encode()).hexdigest()
