"""The one blueprint of this room, and what its pages share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from babel.dates import format_skeleton
from flask import flash, render_template
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _

from forum.committees.models import CONFIDENCES
from forum.core.database import session
from forum.core.refusals import Refusal, spoken
from forum.evidence.rules import GAPS, PHASES
from forum.evidence.states import (
    CAPACITIES,
    END_KINDS,
    IDEA_STATES,
    IDEA_TONES,
    LINK_STATES,
    LINK_VISIBILITIES,
    RELATIONS,
    STATE_TONES,
    USE_CONSENTS,
    USE_STATES,
    USE_WAYS,
)
from forum.places.models import City
from forum.web.forms import BaseForm
from forum.web.language import current_language
from forum.web.policy import Pages
from forum.web.prose import paragraphs

pages = Pages("evidence", __name__)


def month_words(on: date) -> str:
    """Return ``April 2027`` or ``2027年4月``."""
    noon = datetime(on.year, on.month, 1, 12, 0)  # noqa: DTZ001 - a calendar month has no zone
    return format_skeleton("yMMMM", noon, locale=get_locale())


def named(city: City) -> str:
    """Return the name of a city in the reader's language."""
    return city.tr("name", current_language()).text


FILTERS: dict[str, Any] = {
    "said": lambda word: spoken(word, _),
    "phase_words": lambda phase: spoken(PHASES[phase], _),
    "gap_words": lambda phase: spoken(GAPS[phase], _),
    "capacity_words": lambda capacity: spoken(CAPACITIES[capacity], _),
    "confidence_words": lambda confidence: spoken(CONFIDENCES[confidence], _),
    "month_words": month_words,
    "named": named,
}
for name, words in FILTERS.items():
    pages.add_app_template_filter(words, name)

WORDS: dict[str, Any] = {
    "idea_states": IDEA_STATES,
    "idea_tones": IDEA_TONES,
    "link_states": LINK_STATES,
    "state_tones": STATE_TONES,
    "link_visibilities": LINK_VISIBILITIES,
    "end_kinds": END_KINDS,
    "relations": RELATIONS,
    "capacities": CAPACITIES,
    "use_states": USE_STATES,
    "use_consents": USE_CONSENTS,
    "use_ways": USE_WAYS,
    "confidences": CONFIDENCES,
}


def shown(template: str, **facts: Any) -> str:
    """Render a page of this room with its words."""
    return render_template(f"evidence/{template}.html", **WORDS, paragraphs=paragraphs, **facts)


def attempt(form: BaseForm, deed: Callable[[], object], said: str) -> Refusal | None:
    """Do the deed and say so, or bring the refusal to its field and return it."""
    try:
        deed()
    except Refusal as refusal:
        if refusal.status == 404:
            raise
        session.rollback()
        form.refuse(refusal)
        return refusal
    flash(said, "success")
    return None


def status_of(form: BaseForm, refused: Refusal | None = None) -> int:
    """Return the status of a form's page."""
    return refused.status if refused is not None else 422 if form.sent else 200


def form_page(form: BaseForm, refused: Refusal | None = None, **facts: Any) -> ResponseReturnValue:
    """Show a form of its own page; fields that come as a pair of languages stand side by side."""
    page = shown("form", form=form, rows=_rows(form), lead=facts.pop("lead", ""), **facts)
    return page, status_of(form, refused)


def _rows(form: BaseForm) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    for field in form:
        if field.type in {"HiddenField", "CSRFTokenField"} or field.name.endswith("_zh"):
            continue
        rows.append((field, form[f"{field.name[:-3]}_zh"]) if field.name.endswith("_en") else (field,))
    return rows
