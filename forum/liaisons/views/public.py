"""What everybody reads: posted public statements and the relations of the committees that are mirrored here."""

from __future__ import annotations

import json
from typing import Any

from flask import Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from forum.committees.models import RELATION_CATEGORIES
from forum.core.catalogue import translator
from forum.core.text import clean_line
from forum.liaisons import exports
from forum.liaisons.exports.pdf import as_pdf
from forum.liaisons.exports.sheet import deadline_words, file_name, sheet
from forum.liaisons.forms import SeenStepForm
from forum.liaisons.models import (
    ACTION_TAGS,
    BACK_LINKS,
    CONFIDENTIALITIES,
    CONTACT_ROLES,
    DIRECTIONS,
    LINK_KINDS,
    PURPOSES,
    Direction,
    Statement,
)
from forum.liaisons.operations.drafting import writes
from forum.liaisons.operations.moving import roles_towards, wrote
from forum.liaisons.permissions import STATEMENT, current_statement
from forum.liaisons.queries import obligations, statements
from forum.liaisons.queries import relations as reading
from forum.liaisons.queries.mirrors import today
from forum.liaisons.queries.reminding import partner_name
from forum.liaisons.queries.statements import Wanted
from forum.liaisons.states import (
    INCOMING_LIFE,
    OBLIGATION_STATES,
    OPEN_TEXT,
    OUTGOING_LIFE,
    RELATION_STATES,
    RELATION_TONES,
    STATEMENT_STATES,
    STATEMENT_TONES,
    StatementState,
)
from forum.liaisons.views.blueprint import PAGE, page_asked, pages, standing
from forum.ports.documents.typeset import MEDIA_TYPE as PDF
from forum.web.attachments import attachment as handed_out
from forum.web.language import current_language
from forum.web.policy import PUBLIC
from forum.web.viewer import now, settings, viewer

WORDS: dict[str, Any] = {
    "action_tags": ACTION_TAGS,
    "back_links": BACK_LINKS,
    "confidentialities": CONFIDENTIALITIES,
    "contact_roles": CONTACT_ROLES,
    "directions": DIRECTIONS,
    "link_kinds": LINK_KINDS,
    "purposes": PURPOSES,
    "states": STATEMENT_STATES,
    "tones": STATEMENT_TONES,
    "obligation_states": OBLIGATION_STATES,
}


def wanted() -> Wanted:
    """Return what the address asks for; what no list holds is left out."""
    asked = request.args
    direction, purpose, state = asked.get("direction", ""), asked.get("purpose", ""), asked.get("state", "")
    committee = asked.get("committee", "")
    return Wanted(
        text=clean_line(asked.get("q", ""))[:100],
        direction=direction if direction in DIRECTIONS else "",
        purpose=purpose if purpose in PURPOSES else "",
        state=state if state in STATEMENT_STATES else "",
        committee=committee if len(committee) <= 80 and "\0" not in committee else "",
    )


def carried(found: Wanted) -> dict[str, Any]:
    """Return what links to other pages of the same list carry."""
    given = {"q": found.text, "direction": found.direction, "purpose": found.purpose, "state": found.state}
    return {name: text for name, text in {**given, "committee": found.committee}.items() if text}


def deadline_of(statement: Statement) -> str:
    """Return a deadline in words of the reader's language."""
    return deadline_words(statement, translator(current_language()))


@pages.page("/liaisons/", policy=PUBLIC)
def liaisons() -> ResponseReturnValue:
    """The posted statements; those who work in the committees also find what waits for them."""
    asked, number, mine = wanted(), page_asked(), standing()
    seen = statements.public() & (Statement.state == StatementState.POSTED)
    rows, count = statements.page(asked, seen, offset=(number - 1) * PAGE, limit=PAGE)
    kept = carried(asked)
    return render_template(
        "liaisons/liaisons.html",
        rows=rows,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        wanted=asked,
        committees=statements.committees_named(seen),
        works=bool(mine),
        waiting=len(statements.waiting(mine, now())) if mine else 0,
        owed=obligations.count_owed_by(mine.account_id) if mine else 0,
        deadline_of=deadline_of,
        address=lambda page: url_for("liaisons.liaisons", **kept, **({"page": page} if page > 1 else {})),
        data_address=url_for("liaisons.as_json", **kept),
        **WORDS,
    )


@pages.page("/liaisons.json", policy=PUBLIC)
def as_json() -> ResponseReturnValue:
    """The public statements as data, with the same filters; always what a visitor sees."""
    number = page_asked()
    rows, count = statements.page(wanted(), statements.public(), offset=(number - 1) * 200, limit=200)
    found = exports.as_data(
        rows,
        translator(current_language()),
        lambda one: f"{settings().base_url}{url_for('liaisons.statement', statement_id=one)}",
    )
    text = json.dumps({"count": count, "page": number, **found}, ensure_ascii=False)
    return Response(text, mimetype="application/json")


@pages.page("/liaisons/relations/", policy=PUBLIC)
def relations() -> ResponseReturnValue:
    """Which committee lists which one as a liaison; the other direction stands in a line of its own."""
    number, text = page_asked(), clean_line(request.args.get("q", ""))[:100]
    rows, count = reading.page(today(now()), text=text, offset=(number - 1) * PAGE, limit=PAGE)
    kept: dict[str, Any] = {"q": text} if text else {}
    return render_template(
        "liaisons/relations.html",
        rows=rows,
        count=count,
        number=number,
        last=max(1, -(-count // PAGE)),
        text=text,
        works=bool(standing()),
        partner_name=partner_name,
        categories=RELATION_CATEGORIES,
        relation_states=RELATION_STATES,
        relation_tones=RELATION_TONES,
        address=lambda page: url_for("liaisons.relations", **kept, **({"page": page} if page > 1 else {})),
    )


@pages.page("/liaisons/<statement_id>/", policy=STATEMENT)
def statement(statement_id: str) -> ResponseReturnValue:  # noqa: ARG001 - the policy has used it
    """One statement: what everybody may read of it, and for those inside how it stands."""
    return statement_page()


def statement_page(status: int = 200, life: SeenStepForm | None = None) -> ResponseReturnValue:
    """Show the statement that the policy has loaded."""
    one, mine, at = current_statement(), standing(), now()
    roles = roles_towards(one, mine, at) if mine else frozenset()
    table = OUTGOING_LIFE if one.direction is Direction.OUT else INCOMING_LIFE
    steps = table.lawful(one.state, roles)
    if wrote(one, mine.account_id):
        steps = tuple(step for step in steps if step.action != "approve")
    obligation = obligations.of_statement(one.id) if mine else None
    page = render_template(
        "liaisons/statement.html",
        one=one,
        inside=bool(mine),
        relatives=statements.relatives(one, statements.visible(mine, at)),
        steps=steps,
        edits="drafter" in roles and one.state in OPEN_TEXT,
        sends="drafter" in roles and one.state in {"approved", "received", "posted"},
        takes_out=bool(mine) and writes(one, mine, at),
        answers=mine.drafts and one.state in {"posted", "received"},
        obligation=obligation,
        takes_action=one.action == "required"
        and (mine.nation or mine.officer or (obligation is not None and obligation.owner_id == mine.account_id)),
        deadline_of=deadline_of,
        layouts=exports.LAYOUTS,
        life=life,
        now=at,
        own=wrote(one, mine.account_id) and one.state == "pending",
        **WORDS,
    )
    return page, status


@pages.page("/liaisons/<statement_id>/<any(itu,iso):layout>.<any(docx,pdf):ending>", policy=STATEMENT)
def document(statement_id: str, layout: str, ending: str) -> ResponseReturnValue:  # noqa: ARG001
    """The statement as a document in one of two layouts, in the language of the address."""
    one, language = current_statement(), current_language()
    kind = exports.Layout(layout)
    made = sheet(one, kind, translator(language), inside=bool(standing()), now=now())
    content, media_type = (exports.as_docx(made), exports.DOCX) if ending == "docx" else (as_pdf(made), PDF)
    answer = Response(content, mimetype=media_type)
    answer.headers["Content-Disposition"] = f'attachment; filename="{file_name(one, kind, language, ending)}"'
    if viewer().signed_in:
        answer.headers["Cache-Control"] = "private, no-store"
    return answer


@pages.page("/liaisons/<statement_id>/attachments/<attachment_id>", policy=STATEMENT)
def attachment(statement_id: str, attachment_id: str) -> ResponseReturnValue:  # noqa: ARG001
    """A file of a statement; one that was taken out is handed out to nobody but the national office."""
    row = statements.attachment(current_statement(), attachment_id, removed=standing().reads_all)
    if row is None:
        abort(404)
    return handed_out(row.file)
