"""Writing down who somebody is, and forgetting it again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from forum.core.database import session
from forum.core.text import fold, pinyin_key, search_forms
from forum.people.models import NameOrder, Person

NAME_FIELDS = (
    "family_latin",
    "given_latin",
    "name_order",
    "name_zh",
    "native_name",
    "passport_surname",
    "passport_given",
    "honorific",
    "pronunciation",
)
PERSON_FIELDS = (
    *NAME_FIELDS,
    "email",
    "language",
    "country_iso2",
    "city_id",
    "function_en",
    "function_zh",
    "organisation_name_en",
    "organisation_name_zh",
)
IDENTITY_FIELDS = frozenset(
    {"family_latin", "given_latin", "name_zh", "native_name", "passport_surname", "passport_given"}
)


def create(values: Mapping[str, object], *, account_id: int | None = None) -> Person:
    """Write a new person down."""
    person = Person(account_id=account_id)
    session.add(person)
    change(person, values)
    session.flush()
    return person


def change(person: Person, values: Mapping[str, object]) -> frozenset[str]:
    """Change what is known of a person; return the names of the fields that really changed."""
    changed = set()
    for name, value in values.items():
        if name not in PERSON_FIELDS:
            raise KeyError(name)
        wanted = NameOrder(str(value)) if name == "name_order" else value
        if (getattr(person, name) or None) != (wanted or None):
            setattr(person, name, wanted)
            changed.add(name)
    if changed:
        index(person)
    return frozenset(changed)


def index(person: Person) -> None:
    """Renew the sort keys (by the Latin family name, and by pinyin) and the forms the person is found under."""
    latin = " ".join(part for part in (person.family_latin, person.given_latin) if part)
    person.sort_key = (fold(latin) if latin else pinyin_key(person.name_zh or person.native_name or ""))[:300]
    person.sort_zh = pinyin_key(person.name_zh) if person.name_zh else person.sort_key
    person.search = search_forms(
        latin,
        " ".join(part for part in (person.given_latin, person.family_latin) if part),
        person.name_zh,
        person.native_name,
        person.organisation_name_en,
        person.organisation_name_zh,
    )[:1000]


def erase(person: Person, *, now: datetime) -> None:
    """Take away everything that names a person; the row stays for the counts."""
    for name in NAME_FIELDS:
        setattr(person, name, NameOrder.GIVEN_FIRST if name == "name_order" else "")
    for name in ("function", "organisation_name", "biography"):
        setattr(person, f"{name}_en", None)
        setattr(person, f"{name}_zh", None)
    person.email = ""
    person.account_id = None
    person.city_id = None
    person.organisation_id = None
    person.sort_key = ""
    person.sort_zh = ""
    person.search = ""
    person.erased_at = now
    session.flush()
