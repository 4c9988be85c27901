"""Hostile texts in every field of every form: nothing breaks, nothing comes back as markup, nothing typed is lost.

A submission is judged by its answer alone: the status, the headers, the page. What was accepted is rolled back,
so that one submission never decides about the next; what is kept is judged by ``stored`` afterwards.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from unittest.mock import patch
from urllib.parse import urlsplit

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse

from forum.core.database import session
from tests.gates.crawl import endpoint_of, walk
from tests.gates.pages import Form, Page
from tests.gates.payloads import MARK, endless

# What is never shown again, by law of the house: secrets, and values that are sealed at once.
NEVER_ECHOED = re.compile(
    r"(?i)password|current|^code$|passport|birth|phone|medical|allerg|health|diet|access|emergency|note_sealed|^sealed"
)
EVALUATED = re.compile(rf"{MARK}\s*1337|{MARK}.{{0,4}}(?:&lt;|<)(?:Config|Request|class)")


@dataclass
class Tally:
    """What happened to the submissions."""

    sent: int = 0
    refused: int = 0
    accepted: int = 0
    faults: list[str] = field(default_factory=list)
    fields: set[tuple[str, str]] = field(default_factory=set)
    """Every (endpoint, field) that was written into."""


@contextmanager
def nothing_kept() -> Iterator[None]:
    """Let every request do its work down to the database, and roll it back instead of committing it."""

    def undo() -> None:
        session.flush()
        session.rollback()

    with patch.object(session, "commit", undo):
        yield


Wrapped = Callable[[str, random.Random], tuple[bytes, str]]  # a hostile text: the file that holds it, and its ending


def bare(text: str, _dice: random.Random) -> tuple[bytes, str]:
    """A file that is nothing but the text."""
    return text.encode("utf-8", "replace") * 3, "csv"


def submission(form: Form, name: str, text: str, dice: random.Random, wrapped: Wrapped = bare) -> dict[str, Any]:
    """The form as it stands, with one hostile text, and with the rest filled in well enough."""
    body: MultiDict[str, Any] = MultiDict(form.values)
    if name in form.files:
        content, ending = wrapped(text, dice)
        body.setlist(name, [FileStorage(BytesIO(content), filename=f"{text[:80]}.{ending}")])
    else:
        body.setlist(name, [text])
    for other in form.choices:
        if other not in body and other != name and dice.random() < 0.5:
            body.add(other, dice.choice(form.choices[other]))
    return {key: body.getlist(key) if len(body.getlist(key)) > 1 else body[key] for key in body}


def fields_of(form: Form) -> list[str]:
    """Every field of a form that a hostile hand can write into: all of them, but for the token."""
    names = [*form.typed, *form.files, *form.choices, *(name for name, _value in form.values)]
    return [name for name in dict.fromkeys(names) if name != "csrf_token"]


def attack(
    app: Flask,
    client: FlaskClient,
    forms: list[tuple[str, str, Form]],
    number: int,
    seed: int,
    tally: Tally | None = None,
    wrapped: Wrapped = bare,
) -> Tally:
    """Send that many submissions: ``forms`` holds (endpoint, address of the page, form)."""
    tally = tally or Tally()
    texts = endless(seed)
    dice = random.Random(seed)
    cookies = dict(client._cookies or {})
    targets = [(endpoint, address, form, name) for endpoint, address, form in forms for name in fields_of(form)]
    dice.shuffle(targets)
    if not targets:
        return tally
    with nothing_kept():
        for turn in range(number):
            endpoint, address, form, name = targets[turn % len(targets)]
            text = next(texts)
            client._cookies = dict(cookies)  # whoever was signed out by the last form comes back
            body = submission(form, name, text, dice, wrapped)
            kind = "multipart/form-data" if form.multipart else "application/x-www-form-urlencoded"
            target = urlsplit(form.action)._replace(scheme="", netloc="", fragment="").geturl()
            answer = client.post(target, data=body, content_type=kind, buffered=True)
            tally.sent += 1
            tally.fields.add((endpoint, name))
            for fault in judge(answer, form, name, text):
                tally.faults.append(f"{endpoint} {name} on {address}: {fault}; text {text!r}")
            tally.refused += answer.status_code >= 400
            tally.accepted += answer.status_code < 400
    return tally


def judge(answer: TestResponse, form: Form, name: str, text: str) -> Iterator[str]:
    """What is wrong with the answer to a hostile text."""
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"
        return
    if any(MARK in key.casefold() or "\n" in value or "\r" in value for key, value in answer.headers):
        yield "a header of its own"
    if answer.mimetype != "text/html" or not answer.text:
        return
    page = Page(form.action, answer.text)
    yield from reflections(page, text)
    if answer.status_code == 422:
        # Nobody types into a list or a hidden field: who tampers with those gets a plain page of refusal.
        if name in {*form.typed, *form.files}:
            yield from _refusal_faults(page)
        if name in form.typed and not NEVER_ECHOED.search(name) and not _kept(page, name, text):
            yield "what was typed is lost"


def reflections(page: Page, text: str) -> Iterator[str]:
    """Where a hostile text has become markup or was evaluated."""
    for element in page.tree.iter():
        if not isinstance(element.tag, str):
            continue
        if MARK in element.tag or any(MARK in str(key) for key in element.attrib):
            yield f"became markup: <{element.tag}>"
        target = element.get("href") or element.get("src") or element.get("action") or ""
        if re.match(r"\s*(?:javascript|data|vbscript):", target, re.IGNORECASE) and MARK in target:
            yield f"became an address: {target[:60]}"
    # Typing the sum is no evaluation of it: only its result is.
    if EVALUATED.search(page.text) and "1337" not in text:
        yield "was evaluated"


def _refusal_faults(page: Page) -> Iterator[str]:
    """A refusal leads to the field that it speaks of, or stands above the form."""
    summaries = page.tree.find_class("error-summary")
    if not summaries:
        yield "a refusal without a summary"
        return
    ids = {element.get("id") for element in page.tree.iter() if isinstance(element.tag, str)}
    for link in summaries[0].iter("a"):
        target = (link.get("href") or "").removeprefix("#")
        if target not in ids:
            yield f"a refusal leads to no field: {target}"
    if not summaries[0].findall(".//li"):
        yield "a refusal without a sentence"


_APOSTROPHES = dict.fromkeys(map(ord, "´`‘’＇"), "'")


def plain(text: str) -> str:
    """A text as far as it must be kept: without control characters, blanks, letter forms and kinds of apostrophe."""
    folded = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    return "".join(each for each in folded if unicodedata.category(each)[0] not in "ZC").casefold()


def _kept(page: Page, name: str, text: str) -> bool:
    """Whether what was typed stands in the field again."""
    again = [value for form in page.forms() for key, value in form.values if key == name]
    return not again or any(plain(value) == plain(text) for value in again)


def forms_of(app: Flask, client: FlaskClient, language: str, starts: list[str]) -> list[tuple[str, str, Form]]:
    """Every form that somebody is offered: (endpoint, address of its page, form), each endpoint's once."""
    offered = [start for start in starts if client.get(start).status_code == 200]
    found = walk(app, client, offered, prefix=f"/{language}/")
    forms: dict[tuple[str, tuple[str, ...]], tuple[str, str, Form]] = {}
    for address, page in found.pages.items():
        for form in page.forms():
            endpoint = endpoint_of(app, form.action, "POST")
            if endpoint is not None:
                forms.setdefault((endpoint, tuple(fields_of(form))), (endpoint, address, form))
    return list(forms.values())
