"""How far both languages of a scope are of equal worth, as a page and as a table."""

from __future__ import annotations

from typing import Any

from flask import Response, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.refusals import spoken
from forum.ports.documents import delimited
from forum.translating import queries
from forum.translating.collections import COLLECTIONS
from forum.translating.permissions import TEXTS, current_scope
from forum.translating.rules import FIELDS, ORDER, STATES
from forum.translating.views.blueprint import ONE_SCOPE, pages
from forum.web.language import current_language


@pages.page(f"{ONE_SCOPE}/parity", policy=TEXTS)
def parity(collection: str, key: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """The texts of a scope by kind of record, field and state."""
    units = queries.units_of(current_scope())
    return render_template(
        "translating/parity.html",
        scope=current_scope(),
        collection=COLLECTIONS[collection],
        rows=queries.parity_of(units),
        tally=queries.whole(units),
        order=ORDER,
        states=STATES,
        fields=FIELDS,
    )


@pages.page(f"{ONE_SCOPE}/parity.csv", policy=TEXTS)
def parity_csv(collection: str, key: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """Give the parity report as a table."""
    rows = queries.parity_of(queries.units_of(current_scope()))
    head = [_("Kind"), _("Text"), _("Language"), _("Texts"), *(spoken(STATES[state], _) for state in ORDER)]
    lines: list[tuple[Any, ...]] = [
        (_(label), spoken(FIELDS[field], _), language, tally.total, *(tally.counts[each] for each in ORDER))
        for (label, field, language), tally in rows.items()
    ]
    answer = Response(delimited.encode(head, lines), content_type=delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename=parity-{key}-{current_language()}.csv"
    return answer
