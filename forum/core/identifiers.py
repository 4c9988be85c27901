"""Identifiers that nobody can guess, and the hashes under which secrets are kept."""

from __future__ import annotations

import hashlib
import re
import secrets
import uuid

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 o 1 i l
# What follows these words is the key to something; so are the 64 digits of a personal link.
_SECRET_PART = re.compile(r"/(calendar|link|offers?|invitation)/[^/\s?#]+|/[0-9a-fA-F]{64}")


_PAIRS = [one + other for one in ALPHABET for other in ALPHABET]


def public_id() -> str:
    """Return a random id of 16 characters (79 bits) for addresses."""
    # Each sign by itself would ask the system sixteen times; imports make a million ids.  What 160 bits lean
    # towards some pair is less than one in 2**80.
    bits, pairs = secrets.randbits(160), []
    for _ in range(8):
        bits, place = divmod(bits, len(_PAIRS))
        pairs.append(_PAIRS[place])
    return "".join(pairs)


def guid() -> str:
    """Return a random UUID as text."""
    return str(uuid.uuid4())


def secret_token() -> str:
    """Return an opaque secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return the SHA-256 of a secret: the only form in which the database knows it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def without_secrets(text: str) -> str:
    """Return an address, or a text with addresses, without the secrets that some of them are made of.

    Public ids (16 characters) and guids (36) stay: they open nothing by themselves.
    """
    return _SECRET_PART.sub(lambda found: f"/{found[1]}/…" if found[1] else "/…", text)
