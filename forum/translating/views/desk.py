"""What waits at the desk: forums with their progress, the worklist of one, its parity, machine drafts for all of it."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext

from forum.core.bilingual import TextState
from forum.core.refusals import Refusal, spoken
from forum.drafting.neighbours import neighbours
from forum.drafting.operations import keeping
from forum.drafting.operations.asking import ask_for_forum
from forum.drafting.queries import progress
from forum.events.permissions import ORGANISERS, current_forum
from forum.ports.documents import delimited
from forum.ports.engines.choosing import facts_from
from forum.translating import queries
from forum.translating.forms import ClearingForm
from forum.translating.permissions import FORUM_TRANSLATION, TRANSLATION_DESK
from forum.translating.rules import FIELDS, ORDER, STATES
from forum.translating.views.blueprint import FORUM, pages
from forum.web.language import current_language
from forum.web.viewer import now, settings, viewer

PAGE = 50
TONES = {"missing": "stop", "outdated": "wait", "machine": "wait", "human": "", "reviewed": "good"}


@pages.page("/desk/translation/", policy=TRANSLATION_DESK)
def desk() -> ResponseReturnValue:
    """The forums whose texts somebody may work on, with what is lacking."""
    found = [(forum, queries.whole(queries.units_of(forum))) for forum in queries.forums_for(viewer())]
    return render_template("translating/desk.html", found=found, missing=TextState.MISSING, states=STATES, order=ORDER)


@pages.page(f"{FORUM}/", policy=FORUM_TRANSLATION)
def forum(slug: str) -> ResponseReturnValue:
    """The texts of a forum, what needs work most first."""
    asked, kind = request.args.get("state", ""), request.args.get("kind", "")
    units = queries.units_of(current_forum())
    state = TextState(asked) if asked in STATES else None
    chosen = [
        unit
        for unit in units
        if (state is None or unit.state is state) and (not kind or unit.source.entity == kind)
    ]  # fmt: skip
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), max(1, -(-len(chosen) // PAGE)))
    kept: dict[str, Any] = {name: value for name, value in (("state", asked if state else ""), ("kind", kind)) if value}
    kinds = dict.fromkeys(unit.source for unit in units)
    return render_template(
        "translating/forum.html",
        forum=current_forum(),
        tally=queries.whole(units),
        gaps=queries.gaps_of(units),
        units=chosen[(number - 1) * PAGE : number * PAGE],
        count=len(chosen),
        number=number,
        last=max(1, -(-len(chosen) // PAGE)),
        state=asked if state else "",
        kind=kind,
        kinds=[(source.entity, _(source.label)) for source in kinds],
        drafts=progress.counts(current_forum().chain),
        engine=facts_from(settings(), neighbours.embedded),
        cleared=queries.is_cleared(current_forum()),
        organises=bool(viewer().roles_in(current_forum()) & {"organiser", "admin"}),
        address=lambda page: url_for("translating.forum", slug=slug, **kept, **({"page": page} if page > 1 else {})),
        states=STATES,
        order=ORDER,
        tones=TONES,
        fields=FIELDS,
        missing=TextState.MISSING,
    )


@pages.page(f"{FORUM}/draft", policy=FORUM_TRANSLATION, methods=("POST",))
def draft(slug: str) -> ResponseReturnValue:
    """Ask for a machine draft of each text that has no other language and may be handed to the engine."""
    engine = facts_from(settings(), neighbours.embedded)
    who = viewer()
    try:
        asked = ask_for_forum(current_forum(), engine=engine, actor=who.actor(), now=now())
    except Refusal as refusal:
        flash(refusal.say(_), "error")
    else:
        left = len(asked.left_out)
        told = ngettext("%(num)s draft is asked for.", "%(num)s drafts are asked for.", asked.queued)
        if left:
            told += " " + ngettext("%(num)s text is left out.", "%(num)s texts are left out.", left)
        flash(told, "success")
    return redirect(url_for("translating.forum", slug=slug), 303)


@pages.page(f"{FORUM}/clearing", policy=ORGANISERS, methods=("POST",))
def clearing(slug: str) -> ResponseReturnValue:
    """Let confirmed, public sessions go to the engine before their release, or take that back."""
    form = ClearingForm()
    if not form.validate():
        abort(422)
    who = viewer()
    deed = keeping.clear_programme if form.deed.data == "clear" else keeping.close_programme
    deed(current_forum(), actor=who.actor(*who.roles_in(current_forum())), now=now())
    flash(_("Noted."), "success")
    return redirect(url_for("translating.forum", slug=slug), 303)


@pages.page(f"{FORUM}/parity", policy=FORUM_TRANSLATION)
def parity(slug: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """How far both languages of a forum are of equal worth, by kind of record and field."""
    units = queries.units_of(current_forum())
    return render_template(
        "translating/parity.html",
        forum=current_forum(),
        rows=queries.parity_of(units),
        tally=queries.whole(units),
        order=ORDER,
        states=STATES,
        fields=FIELDS,
    )


@pages.page(f"{FORUM}/parity.csv", policy=FORUM_TRANSLATION)
def parity_csv(slug: str) -> ResponseReturnValue:
    """Give the parity report as a table."""
    rows = queries.parity_of(queries.units_of(current_forum()))
    head = [_("Kind"), _("Text"), _("Language"), _("Texts"), *(spoken(STATES[state], _) for state in ORDER)]
    lines: list[tuple[Any, ...]] = [
        (_(label), spoken(FIELDS[field], _), language, tally.total, *(tally.counts[each] for each in ORDER))
        for (label, field, language), tally in rows.items()
    ]
    answer = Response(delimited.encode(head, lines), content_type=delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = f"attachment; filename=parity-{slug}-{current_language()}.csv"
    return answer
