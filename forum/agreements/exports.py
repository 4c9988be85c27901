"""The copy for signature: both languages clause by clause, with the seal's digits and a QR code on every page.

This module prepares what is said; ``templates/typst/agreement.typ`` says how it looks.
"""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from typing import Any

import segno

from forum.agreements.errors import TextAltered, TextIsOpen
from forum.agreements.kinds import Agreement
from forum.agreements.models import AgreementText
from forum.agreements.queries import agreed_at, agreement, unaltered
from forum.agreements.rules.canonical import Seal, normal, seal
from forum.agreements.rules.variables import resolve, variables
from forum.core.bilingual import LANGUAGES
from forum.core.catalogue import translator
from forum.core.refusals import N_
from forum.ports.documents.typeset import MEDIA_TYPE, typeset

__all__ = ["MEDIA_TYPE", "copy_facts", "signature_pdf"]


def signature_pdf(text: AgreementText, verify_url: str, *, final: bool) -> bytes:
    """Return the copy as PDF; ``verify_url`` is the complete address behind the QR code.

    A final copy is made of a frozen text alone, read afresh: raises ``TextIsOpen``, ``TextAltered`` and what
    ``typeset`` raises.  Without ``final`` every page says that it is a draft.  Two runs give the same bytes.
    """
    if final and not text.is_frozen:
        raise TextIsOpen
    if final and not unaltered(text):
        raise TextAltered
    whole = agreement(text)
    sealed = seal(whole)
    # Days that both sides know, of a draft that on which it was begun: others would tell of a domestic return.
    dated = (agreed_at(text, sealed.both) if final else None) or text.created_at
    return typeset("agreement", copy_facts(whole, sealed, verify_url, final=final), dated=_whole_second(dated))


def _whole_second(at: datetime) -> datetime:
    return at.replace(microsecond=0)


def copy_facts(whole: Agreement, sealed: Seal, verify_url: str, *, final: bool) -> dict[str, Any]:
    """Return everything that the template prints, each text in both languages."""
    words = {language: variables(whole, language) for language in LANGUAGES}
    return {
        "draft": not final,
        "title": {language: whole.title(language) for language in LANGUAGES},
        "parties": [{language: party.name(language) for language in LANGUAGES} for party in whole.parties],
        "clauses": [
            {
                "number": number,
                "heading": {language: resolve(clause.heading(language), words[language]) for language in LANGUAGES},
                "lines": {
                    language: normal(resolve(clause.side(language), words[language])).split("\n")
                    for language in LANGUAGES
                },
            }
            for number, clause in enumerate(whole.clauses, start=1)
        ],
        "digits": sealed.short,
        "verify_url": verify_url,
        "qr": _qr(verify_url),
        "labels": _labels(),
    }


def _qr(address: str) -> str:
    """Return the QR code of an address as SVG."""
    drawn = BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, svgns=True, border=0, scale=1)
    return drawn.getvalue().decode()


def _labels() -> dict[str, dict[str, str]]:
    """Return the fixed words of the template."""
    said = {
        "article": N_("Article %(number)s"),
        "draft": N_("DRAFT"),
        "digits": N_("Digits of the text"),
        "check": N_("Check this copy"),
        "for_party": N_("For %(party)s"),
        "name": N_("Name and title"),
        "signature": N_("Signature"),
        "date": N_("Date and place"),
        "qr": N_("QR code with the address where this copy can be checked"),
    }
    return {
        name: {language: translator(language)(message, number="#", party="#") for language in LANGUAGES}
        for name, message in said.items()
    }
