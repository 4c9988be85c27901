"""The copy for signature, read back from its pages: both languages, the digits, and a letter that was changed."""

from __future__ import annotations

import io
import re
from typing import Any
from urllib.parse import urlsplit

import pypdf
import pytest
import segno
from sqlalchemy import func, update
from sqlalchemy import text as sql

from forum.agreements import queries
from forum.agreements.exports import copy_facts
from forum.agreements.models import AgreementText, Clause
from forum.agreements.rules.canonical import seal
from forum.agreements.rules.variables import resolve, variables
from forum.core.bilingual import LANGUAGES
from forum.core.database import begin_writing, session
from tests.cast import Cast
from tests.partnerships.people import World, act, favour
from tests.partnerships.test_pages import Office
from tests.partnerships.test_text_races import negotiated

COPY, ADDRESS = "/text/copy.pdf", re.compile(r"http://[^\s]+?/verify/[0-9a-f]{16}")


def approved(of: World) -> Any:
    """A negotiated text that may be signed."""
    version = negotiated(of)
    for who in ("liaison", "other_liaison"):
        act(version, "agree_text", of[who])
    favour(version, of)
    act(version, "endorse", of["lead"])
    act(version, "endorse", of["reviewer"])
    for who in ("approver", "second_approver"):
        act(version, "approve", of[who])
    return version


class Signing:
    """An approved case, its copy and the visitor who checks it."""

    def __init__(self, cast: Cast) -> None:
        self.office = Office(cast)
        self.case = self.office.open(approved)

    def copy(self) -> Any:
        return self.office.browser("liaison").get(f"/en/desk/partnerships/{self.case}{COPY}")

    def pages(self) -> list[str]:
        answer = self.copy()
        assert answer.status_code == 200
        return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(answer.data)).pages]

    def check(self, address: str) -> Any:
        return self.office.cast.client(None).get(urlsplit(address).path)

    def said(self) -> list[str]:
        """What the stored clauses say in both languages, line by line."""
        with self.office.cast.app.app_context():
            found = session.execute(sql("SELECT text_id FROM agreement_version WHERE public_id = :case"),
                                    {"case": self.case}).scalar_one()  # fmt: skip
            text = session.get_one(AgreementText, found)
            whole = queries.agreement(text)
            return [
                squeezed(line)
                for language in LANGUAGES
                for clause in whole.clauses
                for line in resolve(clause.side(language), variables(whole, language)).splitlines()
            ]

    def change(self, language: str, old: str, new: str) -> None:
        """Change one letter past the product."""
        with self.office.cast.app.app_context():
            begin_writing()
            column = getattr(Clause, language)
            session.execute(
                update(Clause).where(Clause.key == "scope").values({language: func.replace(column, old, new)})
            )
            session.commit()


def squeezed(text: str) -> str:
    """A text without what the setting of a page puts into it: blanks, ends of lines, hyphens at them."""
    return re.sub(r"[\s\u00ad\u2010-]+", "", text)


@pytest.fixture
def signing(cast: Cast) -> Signing:
    return Signing(cast)


def test_every_line_of_both_languages_stands_on_the_pages_with_the_digits_and_the_way_to_check_them(
    signing: Signing,
) -> None:
    pages = signing.pages()
    whole = "".join(pages)
    for line in signing.said():
        assert line in whole
    address = ADDRESS.search(pages[0])
    assert address
    digits = address[0][-16:]
    for page in pages:
        assert page.count(digits) >= 2  # printed by themselves, and in the address
    for language in LANGUAGES:
        answer = signing.check(address[0].replace("/en/", f"/{language}/"))
        assert answer.status_code == 200
        assert "notice good" in answer.text
        assert "Wenzhou" in answer.text


def test_the_code_on_the_page_is_the_address_that_is_printed(signing: Signing) -> None:
    address = ADDRESS.search(signing.pages()[0])
    assert address
    with signing.office.cast.app.app_context():
        row = session.execute(sql("SELECT text_id FROM agreement_version WHERE public_id = :case"),
                              {"case": signing.case}).scalar_one()  # fmt: skip
        whole = queries.agreement(session.get_one(AgreementText, row))
        drawn = io.BytesIO()
        segno.make(address[0], error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, border=0, scale=1)
        assert copy_facts(whole, seal(whole), address[0], final=True)["qr"] == drawn.getvalue().decode()


@pytest.mark.parametrize(("language", "old", "new"), [("en", "areas", "arees"), ("zh", "领域", "领城")])
def test_a_letter_changed_after_the_copy_was_printed_is_detected(
    signing: Signing, language: str, old: str, new: str
) -> None:
    printed = signing.pages()
    address = ADDRESS.search(printed[0])
    assert address
    assert all(line in "".join(printed) for line in signing.said())
    signing.change(language, old, new)
    assert [line for line in signing.said() if line not in "".join(printed)]  # the stored text isn't the printed one
    answer = signing.check(address[0])
    assert "notice good" not in answer.text
    assert "Sign nothing" in answer.text
    assert signing.copy().status_code == 409
