"""The settings of the desk, for the national office."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.comments.forms import SettingForm
from forum.comments.operations.settings import parsed, set_terms
from forum.comments.queries import settings as reading
from forum.comments.rules.dispositions import DISPOSITIONS, Disposition
from forum.comments.views.blueprint import attempt, pages
from forum.committees.permissions import STANDARDS_KEEPERS
from forum.core.catalogue import translator
from forum.core.refusals import spoken
from forum.core.text import clean_code
from forum.web.viewer import now, viewer


def _words() -> dict[str, Disposition]:
    """Return the names of the decisions in both languages."""
    return {
        clean_code(spoken(label, translator(language))).casefold(): Disposition(key)
        for language in ("en", "zh")
        for key, label in DISPOSITIONS.items()
    }


@pages.page("/desk/comments/settings", policy=STANDARDS_KEEPERS, methods=("GET", "POST"), soft_csrf=True)
def settings() -> ResponseReturnValue:
    """What is suggested, when the check warns, and how answers are read."""
    today = now().date()
    terms = reading.terms_on(today)
    lines = [f"{each.words} = {spoken(DISPOSITIONS[str(each.disposition)], _)}" for each in terms.patterns]
    form = SettingForm(
        data={
            "effective_from": today,
            "similarity_percent": int(terms.similarity * 100),
            "near_hours": int(terms.near.total_seconds() // 3600),
            "patterns": "\n".join(lines),
        }
    )
    status = 200
    if form.sent:
        status = 422
        if form.validate():

            def deed() -> None:
                set_terms(
                    form.effective_from.data,
                    form.similarity_percent.data,
                    form.near_hours.data,
                    parsed(form.patterns.data or "", _words()),
                    actor=viewer().actor(),
                    now=now(),
                )

            refused = attempt(form, deed, _("The settings are saved."))
            if refused is None:
                return redirect(url_for("comments.settings"), 303)
            status = refused.status
    return render_template("comments/settings.html", form=form, history=reading.history()), status
