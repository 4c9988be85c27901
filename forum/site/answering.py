"""What the house knows for engines: the answers of the one that is built in, and the names that none may translate."""

from __future__ import annotations

from sqlalchemy import select

from forum.agenda.models import Contribution
from forum.core.database import session
from forum.core.text import has_han
from forum.memory import queries as memory
from forum.people.models import Person
from forum.people.rules import latin
from forum.places.models import Organisation
from forum.terms.queries.checking import glossary
from forum.translation import protection

MOST_NAMES = 2000  # people and bodies each, the latest first
_SHORTEST = 5  # characters of a Chinese name: a shorter one stands inside other words


def embedded(text: str, source: str, target: str) -> str:
    """Return what the memory or the glossary has for a text; nothing where neither knows it."""
    for found in memory.suggest(text, source, target, most=1, wait=True):
        return found.target
    for span, terms in glossary().in_text(text, source):
        if span.length == len(text):
            return next((word for term in terms for word in term.good(target)), "")
    return ""


def names() -> tuple[str, ...]:
    """Return the names that no engine outside translates, in two statements: of who speaks, and of bodies.

    People by their Latin names, as lists and letters write them: a Chinese name of two or three characters also
    stands inside other words.  Bodies by their acronym and by their names in both languages; what is one word in
    English, such as a company named after its town, isn't told from other words.  Cities aren't among them: the
    glossary has their names in both languages.
    """
    people = session.scalars(
        select(Person)
        .where(Person.id.in_(select(Contribution.person_id)), Person.erased_at.is_(None))
        .order_by(Person.id.desc())
        .limit(MOST_NAMES)
    ).unique()
    bodies = session.scalars(select(Organisation).order_by(Organisation.id.desc()).limit(MOST_NAMES)).unique()
    spoken = {latin(person, capitals=large) for person in people for large in (True, False)}
    written = {name for body in bodies for name in (body.acronym, body.side("name", "en"), body.side("name", "zh"))}
    return tuple(sorted(name for name in spoken | written if _is_a_name(name)))


def _is_a_name(name: str) -> bool:
    """Tell whether nothing else is called so; references of standards are protected by their own rule, whole."""
    if not name.strip():
        return False
    if has_han(name):
        return len(name) >= _SHORTEST
    words = name.split()
    if len(words) > 1:
        return protection.protected(name) != [name]
    is_acronym = sum(sign.isupper() or sign.isdigit() for sign in name) > 1
    return is_acronym and protection.protected(f"{name} 1000") != [f"{name} 1000"] and not protection.protected(name)
