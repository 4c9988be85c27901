"""The page of the engine: which one is set, where it runs, whether it is in order, and what waits for it."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.refusals import spoken
from forum.drafting.models import BREAKER_STATES, JOB_STATES
from forum.drafting.neighbours import neighbours
from forum.drafting.operations.asking import try_again
from forum.drafting.permissions import ENGINE_KEEPERS
from forum.drafting.queries import progress
from forum.drafting.rules import told
from forum.ports.engines.choosing import facts_from
from forum.web.policy import Pages
from forum.web.viewer import now, settings, viewer

pages = Pages("drafting", __name__)
TONES = {"closed": "good", "open": "stop", "half_open": "wait"}


def _sentence(error: str) -> str:
    word, facts = told(error)
    sentence = spoken(word, _)
    return sentence % facts if facts else sentence


@pages.page("/desk/translation/engine", policy=ENGINE_KEEPERS)
def engine() -> ResponseReturnValue:
    """The state of the engine; no text is shown here."""
    found = facts_from(settings(), neighbours.embedded)
    failed = [
        (neighbours.sources.get(job.entity), job, _sentence(job.error))
        for job in progress.failures()
    ]  # fmt: skip
    return render_template(
        "drafting/engine.html",
        engine=found,
        standing=progress.engine_state(found.name, now()) if found is not None else None,
        budget=settings().translation_budget,
        rate=settings().translation_rate,
        counts=progress.counts(),
        failed=failed,
        breaker_states=BREAKER_STATES,
        job_states=JOB_STATES,
        tones=TONES,
        sources=list(neighbours.sources.values()),
    )


@pages.page("/desk/translation/engine/again", policy=ENGINE_KEEPERS, methods=("POST",))
def again() -> ResponseReturnValue:
    """Put the drafts that failed back into the queue."""
    number = try_again(actor=viewer().actor(), now=now())
    flash(ngettext("%(num)s draft waits again.", "%(num)s drafts wait again.", number), "success")
    return redirect(url_for("drafting.engine"), 303)
