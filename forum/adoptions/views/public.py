"""The public ledger: which national standard takes over which edition, what moved since, and the same as data."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.adoptions import exports
from forum.adoptions.models import DEGREES, Adoption
from forum.adoptions.permissions import ADOPTION_READERS, changes, current_adoption, hand_of, reach_of
from forum.adoptions.queries import ledger, rates
from forum.adoptions.queries.ledger import Wanted
from forum.adoptions.queries.moving import drift_of, drifts
from forum.adoptions.rules.drift import LEVELS, Drift
from forum.adoptions.rules.rate import Scope
from forum.adoptions.states import ADOPTION_LIFE, ADOPTION_STATES, ENTRY_LIFE, EntryState
from forum.adoptions.views.blueprint import pages
from forum.adoptions.views.parts import words
from forum.committees.models import Committee
from forum.core.catalogue import Translator, translator
from forum.core.text import clean_line
from forum.ports.documents import delimited
from forum.standards.kinds import DELIVERABLE_KINDS
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.viewer import now, settings, viewer

PAGE = 40
LAST = 10_000
ZONE = "Asia/Shanghai"


def _say() -> Translator:
    return translator(current_language())


def _wanted(committees: Sequence[Committee], kinds: Sequence[str]) -> Wanted:
    """Return what the address asks for; what no list holds is left out."""
    asked = request.args
    degree, state, alarm = asked.get("degree", ""), asked.get("state", ""), asked.get("alarm", "")
    committee, kind = asked.get("committee", ""), asked.get("type", "")
    return Wanted(
        text=clean_line(asked.get("q", ""))[:100],
        degree=degree if degree in {*DEGREES, "open"} else "",
        committee=committee if committee in {each.slug for each in committees} else "",
        kind=kind if kind in kinds else "",
        state=state if state in ADOPTION_STATES else "",
        alarm=alarm if alarm in LEVELS else "",
    )


def _carried(wanted: Wanted) -> dict[str, str]:
    given = {"q": wanted.text, "alarm": wanted.alarm, "degree": wanted.degree, "committee": wanted.committee}
    given |= {"type": wanted.kind, "state": wanted.state}
    return {name: text for name, text in given.items() if text}


def _scope(wanted: Wanted, committees: Sequence[Committee]) -> Scope:
    ids = frozenset(each.id for each in committees if each.slug == wanted.committee)
    return Scope(ids, frozenset({wanted.kind}) if wanted.kind else frozenset())


def _found(wanted: Wanted, *, differences: bool = False) -> tuple[Sequence[Adoption], Mapping[int, Drift]]:
    """Return what the ledger holds for somebody's wishes; the alarms are reckoned afresh."""
    rows = ledger.entered(wanted, differences=differences)
    moved = drifts(rows)
    if wanted.alarm:
        rows = [row for row in rows if row.id in moved and moved[row.id].level == wanted.alarm]
    return rows, moved


@pages.page("/adoptions/", policy=PUBLIC)
def adoptions() -> ResponseReturnValue:
    """Every adoption of the ledger with its alarm, and how much of the scope is adopted."""
    committees, kinds = rates.committees(), rates.kinds()
    wanted = _wanted(committees, kinds)
    rows, moved = _found(wanted)
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), LAST)
    kept: dict[str, Any] = _carried(wanted)
    return render_template(
        "adoptions/adoptions.html",
        found=rows[(number - 1) * PAGE : number * PAGE],
        drifts=moved,
        count=len(rows),
        number=number,
        last=max(1, -(-len(rows) // PAGE)),
        wanted=wanted,
        kept=kept,
        committees=committees,
        kinds=kinds,
        deliverable_kinds=DELIVERABLE_KINDS,
        rate=rates.rate(_scope(wanted, committees)),
        today=now().date(),
        keeps=bool(reach_of(viewer())),
        address=lambda page: url_for("adoptions.adoptions", **kept, **({"page": page} if page > 1 else {})),
        **words(),
    )


def _absolute(row: Adoption) -> str:
    return f"{settings().base_url}{url_for('adoptions.adoption', adoption_id=row.public_id)}"


@pages.page("/adoptions.json", policy=PUBLIC)
def as_json() -> ResponseReturnValue:
    """What the list shows, as data, with the same filters."""
    committees, kinds = rates.committees(), rates.kinds()
    wanted = _wanted(committees, kinds)
    rows, moved = _found(wanted, differences=True)
    named = [each.reference for each in committees if each.slug == wanted.committee]
    rate = rates.rate(_scope(wanted, committees))
    stated = exports.rate_as_data(rate, named, [wanted.kind] if wanted.kind else [], now().date())
    text = json.dumps(exports.as_data(rows, moved, stated, _say(), _absolute), ensure_ascii=False)
    return Response(text, mimetype="application/json")


@pages.page("/adoptions.csv", policy=PUBLIC)
def as_csv() -> ResponseReturnValue:
    """What the list shows, as a table for spreadsheets, with the same filters."""
    rows, moved = _found(_wanted(rates.committees(), rates.kinds()))
    answer = Response(exports.as_csv(rows, moved, _say(), _absolute), content_type=delimited.MEDIA_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="adoptions.csv"'
    return answer


@pages.page("/adoptions/<adoption_id>/", policy=ADOPTION_READERS)
def adoption(adoption_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has loaded the entry
    """One adoption: the two standards, the degree and how sure it is, the differences, and what moved."""
    row, who = current_adoption(), viewer()
    hand = hand_of(who)
    mine = hand.roles if hand.is_office or row.mirror_id in hand.mirror_ids else frozenset[str]()
    entered = row.entry is EntryState.ENTERED
    return render_template(
        "adoptions/adoption.html",
        row=row,
        drift=drift_of(row),
        technical=[each for each in row.differences if each.kind == "technical"],
        editorial=[each for each in row.differences if each.kind == "editorial"],
        seen=ledger.alarms(row) if mine or reach_of(who) else (),
        changes=changes(who, row),
        confirms=hand.is_office and entered and row.degree is not None and row.confirmed_degree is None,
        steps=ENTRY_LIFE.lawful(row.entry, mine),
        turns=ADOPTION_LIFE.lawful(row.state, mine) if entered else (),
        inside=bool(reach_of(who)),
        zone=ZONE,
        **words(),
    )
