"""The worklist of one scope: its texts, who has them by when, and machine drafts for all of it."""

from __future__ import annotations

from typing import Any

from flask import flash, jsonify, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.bilingual import TextState
from forum.core.refusals import Refusal, spoken
from forum.drafting.models import TranslationJob
from forum.drafting.neighbours import neighbours
from forum.drafting.operations.asking import ask_for
from forum.drafting.queries import progress
from forum.drafting.rules import told
from forum.events.models import Forum
from forum.ports.engines.choosing import facts_from
from forum.translating import queries
from forum.translating.collections import COLLECTIONS
from forum.translating.models import TASKS
from forum.translating.permissions import TEXTS, current_scope
from forum.translating.queries import Unit, assignments
from forum.translating.rules import FIELDS, ORDER, STATES
from forum.translating.rules.dues import DUES, STANDINGS
from forum.translating.views.blueprint import ONE_SCOPE, pages
from forum.translating.views.desk import TONES
from forum.translating.views.filtering import worklist
from forum.web.viewer import now, settings, viewer


@pages.page(f"{ONE_SCOPE}/", policy=TEXTS)
def texts(collection: str, key: str) -> ResponseReturnValue:
    """The texts of a scope, what needs work most first."""
    scope, listed = current_scope(), worklist(current_scope())
    units = [entry.unit for entry in listed.entries]
    kept = listed.filters.kept
    kinds = dict.fromkeys(unit.source for unit in units)
    forum = scope.holder if isinstance(scope.holder, Forum) else None
    return render_template(
        "translating/texts.html",
        scope=scope,
        collection=COLLECTIONS[collection],
        tally=queries.whole(units),
        gaps=queries.gaps_of(units),
        listed=listed,
        people=assignments.people_of(listed.rows),
        kinds=[(source.entity, _(source.label)) for source in kinds],
        kept=kept,
        drafts=progress.round_of(scope.name),
        failures=[_failure(job, units) for job in progress.failures(scope.name)],
        engine=facts_from(settings(), neighbours.embedded),
        cleared=forum is not None and queries.is_cleared(forum),
        organises=forum is not None and bool(viewer().roles_in(forum) & {"organiser", "admin"}),
        address=lambda page: url_for(
            "translating.texts", collection=collection, key=key, **kept, page=page if page > 1 else None
        ),
        me=viewer().public_id,
        draft_words=progress_words,
        states=STATES,
        order=ORDER,
        tones=TONES,
        fields=FIELDS,
        tasks=TASKS,
        standings=STANDINGS,
        dues=DUES,
        missing=TextState.MISSING,
    )


def _failure(job: TranslationJob, units: list[Unit]) -> tuple[TranslationJob, Unit | None, str]:
    """Return a draft that failed with its text, where it is still there, and why."""
    named = (job.entity, job.entity_id, job.field)
    unit = next((each for each in units if (each.source.entity, each.entity_id, each.field) == named), None)
    word, facts = told(job.error)
    sentence = spoken(word, _)
    return job, unit, sentence % facts if facts else sentence


@pages.page(f"{ONE_SCOPE}/draft", policy=TEXTS, methods=("POST",))
def draft(collection: str, key: str) -> ResponseReturnValue:
    """Ask for a machine draft of each text that has no other language and may be handed to the engine."""
    engine = facts_from(settings(), neighbours.embedded)
    try:
        asked = ask_for(current_scope(), engine=engine, actor=viewer().actor(), now=now())
    except Refusal as refusal:
        flash(refusal.say(_), "error")
    else:
        left = len(asked.left_out)
        said = ngettext("%(num)s draft is asked for.", "%(num)s drafts are asked for.", asked.queued)
        if left:
            said += " " + ngettext("%(num)s text is left out.", "%(num)s texts are left out.", left)
        flash(said, "success")
    return redirect(url_for("translating.texts", collection=collection, key=key), 303)


@pages.page(f"{ONE_SCOPE}/drafts.json", policy=TEXTS)
def drafts(collection: str, key: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """How far the machine drafts are, for the script that looks again by itself."""
    found = progress.round_of(current_scope().name)
    return jsonify(done=found.done, total=found.total, failed=found.failed, sentence=progress_words(found))


def progress_words(found: progress.Round) -> str:
    """Return how far the machine drafts are, as a sentence."""
    facts: dict[str, Any] = {"done": found.done, "total": found.total, "failed": found.failed}
    if found.is_going:
        return _("Machine drafts: %(done)s of %(total)s are ready.", **facts)
    if found.failed:
        return _("All machine drafts are settled; %(failed)s of %(total)s failed.", **facts)
    return _("All %(total)s machine drafts are ready.", **facts)
