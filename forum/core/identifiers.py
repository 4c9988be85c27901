"""Identifiers that nobody can guess, and the hashes under which secrets are kept."""

from __future__ import annotations

import hashlib
import secrets
import uuid

ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"  # without 0 o 1 i l


def public_id() -> str:
    """Return a random id of 16 characters (79 bits) for addresses."""
    return "".join(secrets.choice(ALPHABET) for _ in range(16))


def guid() -> str:
    """Return a random UUID as text."""
    return str(uuid.uuid4())


def secret_token() -> str:
    """Return an opaque secret of 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """Return the SHA-256 of a secret: the only form in which the database knows it."""
    return hashlib.sha256(secret.encode()).hexdigest()
