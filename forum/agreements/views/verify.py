"""The public check of a signature copy: whether its digits are those of a frozen text, and nothing of the text."""

from __future__ import annotations

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.agreements import queries
from forum.agreements.forms import DigitsForm
from forum.agreements.kinds import INSTRUMENTS
from forum.agreements.neighbours import neighbours
from forum.agreements.rules.canonical import Seal, digits, is_same, short_hash
from forum.web.policy import PUBLIC, Pages

pages = Pages("agreements", __name__)


@pages.page("/verify", policy=PUBLIC)
def check() -> ResponseReturnValue:
    """Where somebody types the digits of a copy."""
    form = DigitsForm(request.args, meta={"csrf": False})
    typed = digits(form.digits.data or "")
    if "digits" in request.args and form.validate():
        return redirect(url_for("agreements.verify", code=typed[:64] or "-"), 303)
    return render_template("agreements/verify.html", form=form, code="", freezing=None, unknown=False)


@pages.page("/verify/<code>", policy=PUBLIC)
def verify(code: str) -> ResponseReturnValue:
    """Whether these are the digits of a frozen text: instrument, parties and date, never the text."""
    found = queries.freezings_by(code)
    if not found:
        form = DigitsForm(data={"digits": code[:100]})
        return render_template("agreements/verify.html", form=form, code=code, freezing=None, unknown=True), 404
    # What is told follows from what both sides know: that a text stands approved for signature, or that it doesn't.
    # Whether it is under review, was returned, changed or withdrawn is said in the same words.
    stands = next((one for one in found if one.ended_at is None and neighbours.for_signature(one.agreement)), None)
    freezing = stands or found[0]
    text = freezing.agreement
    known = Seal(freezing.hash_en, freezing.hash_zh, freezing.hash_both)
    compared = request.args.get("copy", "")[:200]
    return render_template(
        "agreements/verify.html",
        form=DigitsForm(data={"digits": compared}),
        code=code,
        freezing=freezing,
        unknown=False,
        stands=stands is not None,
        agreed_at=queries.agreed_at(text, freezing.hash_both) if stands else None,
        text=text,
        parties=text.party_list,
        instruments=INSTRUMENTS,
        short=short_hash(freezing.hash_both),
        altered=freezing.ended_at is None and not queries.unaltered(text),
        compared=compared,
        same=is_same(known, compared),
    )
