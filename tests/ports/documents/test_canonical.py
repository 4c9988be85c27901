"""One spelling for equal documents."""

from __future__ import annotations

import pytest

from forum.ports.documents.canonical import digest, encode


def test_the_order_of_keys_does_not_matter() -> None:
    assert encode({"b": 1, "a": "城市"}) == encode({"a": "城市", "b": 1}) == '{"a":"城市","b":1}'.encode()


def test_a_changed_character_changes_the_digest() -> None:
    assert digest(encode({"a": "城市"})) != digest(encode({"a": "城镇"}))
    assert len(digest(b"")) == 64


def test_what_json_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode({"a": float("nan")})
