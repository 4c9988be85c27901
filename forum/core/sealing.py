"""Sealing of personal fields: AES-256-GCM with associated data, one key for each person.

A person's key is wrapped by a master key that lives outside the database.  Erasing the person's key
makes every sealed value of theirs unreadable, in old backups too once those age out.
Source: reliability rules of the house, section 9; NIST SP 800-38D for the 96-bit nonce.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM


class SealBroken(Exception):
    """The value was altered, moved from another row or field, or sealed with a key that is gone."""


@dataclass(frozen=True, slots=True)
class Keyring:
    """The master keys, newest first, and the key of the blind index."""

    masters: tuple[tuple[str, bytes], ...]  # (key id, 32 bytes)
    index_key: bytes

    @classmethod
    def from_text(cls, text: str) -> Keyring:
        """Read ``id:base64`` pairs separated by commas, newest first; the oldest also keys the index."""
        masters: list[tuple[str, bytes]] = []
        for part in text.split(","):
            key_id, _, body = part.strip().partition(":")
            raw = base64.urlsafe_b64decode(body)
            if not key_id or len(raw) != 32:
                message = "a master key is written id:base64 of 32 bytes"
                raise ValueError(message)
            masters.append((key_id, raw))
        index_key = hmac.digest(masters[-1][1], b"blind index", "sha256")
        return cls(tuple(masters), index_key)

    @staticmethod
    def new_text() -> str:
        """Return a new keyring as text, for the key file."""
        key_id = base64.b32encode(os.urandom(5)).decode().lower()
        return f"{key_id}:{base64.urlsafe_b64encode(os.urandom(32)).decode()}"

    def _master(self, key_id: str) -> bytes:
        for known, raw in self.masters:
            if known == key_id:
                return raw
        raise SealBroken(key_id)

    def new_person_key(self, place: str) -> str:
        """Return a fresh person's key, wrapped by the newest master and bound to its place."""
        return self.seal_with_master(place, os.urandom(32))

    def seal_with_master(self, place: str, raw: bytes) -> str:
        """Seal bytes with the newest master key."""
        key_id, master = self.masters[0]
        nonce = os.urandom(12)
        box = AESGCM(master).encrypt(nonce, raw, f"{place}:{key_id}".encode())
        return f"v1.{key_id}." + base64.urlsafe_b64encode(nonce + box).decode()

    def open_with_master(self, place: str, stored: str) -> bytes:
        """Open what ``seal_with_master`` sealed; raise ``SealBroken`` otherwise."""
        try:
            _, key_id, body = stored.split(".")
            raw = base64.urlsafe_b64decode(body)
            return AESGCM(self._master(key_id)).decrypt(raw[:12], raw[12:], f"{place}:{key_id}".encode())
        except (InvalidTag, ValueError) as broken:
            raise SealBroken(place) from broken

    def blind(self, kind: str, text: str) -> str:
        """Return the blind index of a normalised value: equal values match, nothing can be read back."""
        return hmac.new(self.index_key, f"{kind}\n{text}".encode(), hashlib.sha256).hexdigest()


def seal(person_key: bytes, place: str, text: str) -> str:
    """Seal one field; ``place`` is ``table:row:field`` and must be the same at opening."""
    nonce = os.urandom(12)
    box = AESGCM(person_key).encrypt(nonce, text.encode(), place.encode())
    return "p1." + base64.urlsafe_b64encode(nonce + box).decode()


def unseal(person_key: bytes, place: str, stored: str) -> str:
    """Open one field; raise ``SealBroken`` if it was altered or moved."""
    try:
        _, body = stored.split(".")
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(person_key).decrypt(raw[:12], raw[12:], place.encode()).decode()
    except (InvalidTag, ValueError) as broken:
        raise SealBroken(place) from broken
