"""Persons: found under every form of their name, sorted by the Latin one, forgotten without a trace."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from forum.people import operations
from forum.people.queries import all_of_account, of_account
from tests.cast import Cast

NOW = datetime(2027, 3, 1, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.usefixtures("cast", "writing")


def test_a_person_is_found_by_every_form_of_the_name() -> None:
    made = operations.create({"family_latin": "Lü", "given_latin": "Ān", "name_zh": "吕安"})
    for wanted in ("lu an", "an lu", "吕安"):
        assert wanted in made.search, wanted
    assert made.sort_key.startswith("lu")


def test_a_person_without_latin_name_is_sorted_by_pinyin() -> None:
    assert operations.create({"name_zh": "王芳"}).sort_key.startswith("wang")


def test_only_real_changes_are_reported() -> None:
    made = operations.create({"family_latin": "Dubois", "email": "a@city.example"})
    assert operations.change(made, {"family_latin": "Dubois", "email": ""}) == {"email"}
    assert operations.change(made, {"email": "", "function_en": None}) == frozenset()
    with pytest.raises(KeyError):
        operations.change(made, {"account_id": 1})


def test_an_erased_person_has_no_name_address_or_account(cast: Cast) -> None:
    account_id = cast.accounts["delegate"]
    made = operations.create({"family_latin": "Dubois", "email": "a@city.example"}, account_id=account_id)
    assert of_account(account_id) is made
    operations.erase(made, now=NOW)
    assert of_account(account_id) is None
    assert list(all_of_account(account_id)) == []
    assert (made.family_latin, made.email, made.search, made.sort_key) == ("", "", "", "")
    assert made.erased_at == NOW
