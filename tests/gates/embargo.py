"""The sweep: every public surface of a forum, read as text, for words that must not be told yet.

A programme is made at random: each session has its own unmistakable word in its title, abstract, speaker and
document, its own visibility, and perhaps an instant before which nothing of it may be known. What may be known is
decided here once more, in three lines that share nothing with the product's own visibility function.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Flask
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.wrappers import Response

from forum.agenda.programme import SessionState, Visibility
from forum.core.database import begin_writing, session
from forum.events.models import Forum, Room
from tests.furnishing import Said, add_session, release

LETTERS = "bcdfghjklmnpqrstvwxz"
SURFACES = (
    "agenda", "agenda.json", "agenda.ics", "agenda.csv", "agenda.xlsx", "schedule.xml", "schedule.json",
    "schedule.json?v=2", "people/", "programme", "releases/", "releases/1", "", "practical",
)  # fmt: skip
SLOW_SURFACES = ("agenda.pdf",)
SITE_SURFACES = ("/sitemap.xml", "/{language}/", "/{language}/forums/")


@dataclass(frozen=True)
class Secret:
    """One session and when its word may be known by everybody."""

    word: str
    public_id: str
    person_guid: str
    visibility: Visibility
    state: SessionState
    embargo_until: datetime | None
    has_placeholder: bool

    def is_public(self, at: datetime) -> bool:
        """Whether everybody may know the word at that instant."""
        told = self.visibility is Visibility.PUBLIC and self.state is not SessionState.IDEA
        return told and (self.embargo_until is None or self.embargo_until <= at)


def words(dice: random.Random, number: int) -> list[str]:
    """Unmistakable words: twelve consonants, so that no language and no code holds them by chance."""
    made: set[str] = set()
    while len(made) < number:
        made.add("".join(dice.choices(LETTERS, k=12)))
    return sorted(made)


def plant(forum: Forum, dice: random.Random, number: int, now: datetime) -> list[Secret]:
    """Make and release a programme of that many sessions at random; flushes, does not commit."""
    room = session.query(Room).filter_by(forum_id=forum.id).order_by(Room.order).first()
    start = datetime.combine(forum.first_day, datetime.min.time()) + timedelta(hours=9)
    secrets = []
    for index, word in enumerate(words(dice, number)):
        visibility = dice.choice([Visibility.PUBLIC, Visibility.PUBLIC, *Visibility])
        state = dice.choice([SessionState.CONFIRMED, SessionState.CONFIRMED, SessionState.TENTATIVE, SessionState.IDEA])
        embargo = now + timedelta(hours=dice.randint(1, 48)) if dice.random() < 0.5 else None
        hidden = embargo is not None or visibility is not Visibility.PUBLIC
        said = Said(
            title=(f"Title {word}", f"标题{word}"),
            abstract=(f"Abstract {word}.", f"摘要{word}。"),
            speaker=(f"{word.title()} Person", f"人{word}"),
            material=(f"Paper {word}", f"论文{word}"),
            placeholder=("To be announced", "待公布") if hidden and dice.random() < 0.5 else ("", ""),
        )
        made = add_session(
            forum, said, room, start + timedelta(minutes=30 * index), 20,
            visibility=visibility, state=state, embargo_until=embargo,
        )  # fmt: skip
        person = made.contributions[0].person
        assert person is not None
        secrets.append(Secret(word, made.public_id, person.guid, visibility, state, embargo, bool(said.placeholder[0])))
    release(forum, now)
    return secrets


def surfaces(slug: str, language: str, *, slow: bool) -> Iterator[str]:
    """The addresses that everybody can ask for."""
    for path in (*SURFACES, *(SLOW_SURFACES if slow else ())):
        yield f"/{language}/forums/{slug}/{path}"
    yield from (address.format(language=language) for address in SITE_SURFACES)


def as_text(answer: Response) -> str:
    """Everything in an answer that somebody can read, its headers and its hidden parts included."""
    body = answer.get_data()
    kind = answer.mimetype or ""
    head = "\n".join(f"{name}: {value}" for name, value in answer.headers)
    if kind == "application/pdf":
        reader = PdfReader(io.BytesIO(body))
        text = "\n".join(page.extract_text() for page in reader.pages) + repr(reader.metadata)
    elif kind.endswith(("sheet", "wordprocessingml.document")):
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            text = "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    else:
        text = re.sub(r"\r?\n[ \t]", "", body.decode("utf-8", "replace"))  # folded lines of calendars
    return (head + text).casefold()


def leaks(
    client: FlaskClient, slug: str, secrets: list[Secret], at: datetime, language: str, *, slow: bool
) -> Iterator[str]:
    """Every surface that tells too early, and every one of the agenda that doesn't tell what it may."""
    for address in surfaces(slug, language, slow=slow):
        answer = client.get(address)
        if answer.status_code != 200:
            yield f"{address} answers {answer.status_code}"
            continue
        text = as_text(answer)
        squeezed = re.sub(r"[\s\u00ad-]", "", text)
        for secret in secrets:
            told = secret.word in text or secret.word in squeezed
            if told and not secret.is_public(at):
                yield f"{address} tells {secret}"
            elif not told and secret.is_public(at) and re.search(r"/(?:agenda|programme|schedule)[\w.?=]*$", address):
                yield f"{address} keeps back {secret}"
            elif not secret.is_public(at) and not secret.has_placeholder and secret.public_id in text:
                yield f"{address} tells the address of {secret}"
    yield from _leaks_of_pages(client, f"/{language}/forums/{slug}", secrets, at)


def _leaks_of_pages(client: FlaskClient, forum: str, secrets: list[Secret], at: datetime) -> Iterator[str]:
    """The pages of one session and one person, and the search for a word."""
    for secret in secrets:
        public = secret.is_public(at)
        for address in (f"{forum}/sessions/{secret.public_id}", f"{forum}/people/{secret.person_guid}"):
            if (secret.word in as_text(client.get(address))) is not public:
                yield f"{address} {'keeps back' if public else 'tells'} {secret}"
        found = as_text(client.get(f"{forum}/agenda?q={secret.word}"))
        # What was asked for stands in the field; a hit would stand there in a title.
        if (f"title {secret.word}" in found or f"标题{secret.word}" in found) is not public:
            yield f"the search {'misses' if public else 'finds'} {secret}"


def sweep(
    app: Flask, slug: str, seed: int, now: datetime, set_clock: Callable[[datetime], None], *, sessions: int, slow: bool
) -> list[str]:
    """One programme at random, looked at before, between and after its instants."""
    dice = random.Random(seed)
    with app.app_context():
        begin_writing()
        forum = session.query(Forum).filter_by(slug=slug).one()
        secrets = plant(forum, dice, sessions, now)
        session.commit()
        session.remove()
    found: list[str] = []
    client = app.test_client()
    for at in (now, now + timedelta(hours=dice.randint(1, 47), minutes=30), now + timedelta(hours=49)):
        set_clock(at)
        language = dice.choice(("en", "zh"))
        found += [
            f"seed {seed} at {at:%d %H:%M}: {leak}" for leak in leaks(client, slug, secrets, at, language, slow=slow)
        ]
    return found
