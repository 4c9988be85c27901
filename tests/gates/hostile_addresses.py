"""Hostile texts in addresses: in every part of a path and in every question that the forms of a page put into one."""

from __future__ import annotations

import random
from collections.abc import Iterable
from urllib.parse import quote, urlencode

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from tests.gates.hostile import Tally, judge
from tests.gates.pages import Form, Page
from tests.gates.payloads import endless

NOBODY = Form("", "get", multipart=False, values=(), typed=(), files=())
BESIDE = ("page", "q", "sort", "lang", "next")  # what somebody may ask although no form offers it


def questions_of(page: Page) -> list[str]:
    """The names that the searches and filters of a page put into its address."""
    found: list[str] = []
    for form in page.tree.iter("form"):
        if (form.get("method") or "get").casefold() == "get":
            found += [name for control in form.iter("input", "select") if (name := control.get("name"))]
    return found


def ask(
    app: Flask, client: FlaskClient, addresses: Iterable[tuple[Rule, str]], number: int, seed: int, tally: Tally
) -> Tally:
    """Ask that many hostile addresses: each a page as it is with a hostile question, or with one part replaced."""
    dice, texts = random.Random(seed), endless(seed)
    targets: list[tuple[Rule, str, str]] = []
    for rule, address in addresses:
        opened = client.get(address)
        assert opened.status_code < 500, f"{address} answers {opened.status_code}"
        asked = questions_of(Page(address, opened.text)) if opened.mimetype == "text/html" and opened.text else []
        if opened.status_code == 200:
            targets += [(rule, address, f"?{name}") for name in dict.fromkeys((*asked, *BESIDE))]
        targets += [(rule, address, part) for part in sorted(rule.arguments - {"lang"})]
    dice.shuffle(targets)
    for turn in range(number if targets else 0):
        rule, address, part = targets[turn % len(targets)]
        text = next(texts)
        target = f"{address}?{urlencode({part[1:]: text})}" if part.startswith("?") else _replaced(rule, address, text)
        answer = client.get(target, buffered=True)
        tally.sent += 1
        tally.fields.add((rule.endpoint, part))
        for fault in judge(answer, NOBODY, "", text):
            tally.faults.append(f"{rule.endpoint} {part} in {address}: {fault}; text {text!r}")
        tally.refused += answer.status_code >= 400
        tally.accepted += answer.status_code < 400
    return tally


def _replaced(rule: Rule, address: str, text: str) -> str:
    """The address with the text for one of its parts; the first that differs from the rule's own words."""
    fixed = set(rule.rule.split("/"))
    parts = address.split("/")
    own = [place for place, part in enumerate(parts) if part and part not in fixed and place > 1]
    place = own[len(text) % len(own)] if own else len(parts) - 1
    return "/".join([*parts[:place], quote(text, safe="", errors="replace"), *parts[place + 1 :]])
