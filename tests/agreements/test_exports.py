"""The copy for signature, read back from the paper."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pypdf
import pytest
from sqlalchemy import text as sql
from sqlalchemy import update

from forum.agreements import operations, queries
from forum.agreements.errors import TextAltered, TextIsOpen
from forum.agreements.exports import copy_facts, signature_pdf
from forum.agreements.models import AgreementText
from forum.agreements.rules.canonical import seal
from forum.core.database import session
from tests.agreements.texts import HANGZHOU, HERS, LYON, NOW, TODAY, started, value

ADDRESS = "https://forum.example/en/verify/0123456789abcdef"


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def pages(content: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(content)).pages]


def fonts(content: bytes) -> set[str]:
    found = set()
    for page in pypdf.PdfReader(io.BytesIO(content)).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()
            descriptor = inner["/FontDescriptor"].get_object()
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
            found.add(str(descriptor["/FontName"]))
    return found


@pytest.fixture
def frozen(writing: None) -> AgreementText:
    text = started()
    operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    return text


def test_every_page_carries_digits_address_and_its_number(frozen: AgreementText) -> None:
    found = pages(signature_pdf(frozen, ADDRESS, final=True))
    assert len(found) > 1
    digits = squeezed(queries.fresh_seal(frozen).short)
    for number, page in enumerate(found, start=1):
        assert digits in page
        assert ADDRESS in page
        assert f"{number}/{len(found)}" in page


def test_both_languages_of_each_clause_and_a_place_to_sign_for_each_party_are_there(frozen: AgreementText) -> None:
    whole = queries.agreement(frozen)
    text = "".join(pages(signature_pdf(frozen, ADDRESS, final=True)))
    for number, clause in enumerate(whole.clauses, start=1):
        assert squeezed(f"Article {number} {clause.heading_en}") in text
        assert squeezed(clause.heading_zh) in text
    assert "有效期五年" in text
    assert "foratermoffive(5)years" in text
    assert "{{" not in text
    for party in (LYON, HANGZHOU):
        assert squeezed(f"For {party.name_en}") in text
        assert party.name_zh in text


def test_chinese_is_embedded(frozen: AgreementText) -> None:
    assert any("CJKsc" in name for name in fonts(signature_pdf(frozen, ADDRESS, final=True)))


def test_only_a_copy_that_is_not_final_says_draft_on_every_page(frozen: AgreementText) -> None:
    assert not any("DRAFT" in page for page in pages(signature_pdf(frozen, ADDRESS, final=True)))
    for page in pages(signature_pdf(frozen, ADDRESS, final=False)):
        assert "DRAFT" in page


@pytest.mark.usefixtures("writing")
def test_an_open_or_altered_text_gives_no_final_copy() -> None:
    text = started()
    assert signature_pdf(text, ADDRESS, final=False).startswith(b"%PDF-")
    with pytest.raises(TextIsOpen):
        signature_pdf(text, ADDRESS, final=True)
    operations.freeze(text, today=TODAY, actor=HERS, now=NOW)
    session.execute(sql("UPDATE agreement_clause SET en = en || '.' WHERE key = 'scope'"))
    with pytest.raises(TextAltered):
        signature_pdf(text, ADDRESS, final=True)


def test_two_copies_of_one_text_are_the_same_bytes(frozen: AgreementText) -> None:
    assert signature_pdf(frozen, ADDRESS, final=True) == signature_pdf(frozen, ADDRESS, final=True)


def test_the_copy_says_what_was_sealed_and_nothing_that_typst_could_obey(writing: None) -> None:
    whole = replace(value(), title_en='#eval("1") *bold* $x$')
    facts = copy_facts(whole, seal(whole), ADDRESS, final=False)
    assert facts["title"]["en"] == whole.title_en
    text = operations.start_text(whole.instrument, whole.parties, actor=HERS, now=NOW)
    text.title_en = whole.title_en
    session.flush()
    assert squeezed(whole.title_en) in pages(signature_pdf(text, ADDRESS, final=False))[0]


@pytest.mark.usefixtures("writing")
def test_a_draft_does_not_tell_when_the_text_was_last_touched() -> None:
    text = started()
    before = signature_pdf(text, ADDRESS, final=False)
    session.execute(update(AgreementText).values(updated_at=datetime(2031, 5, 6, tzinfo=UTC)))
    session.refresh(text)
    assert text.updated_at.year == 2031
    assert signature_pdf(text, ADDRESS, final=False) == before
