"""The list of participations: found, sorted, decided in bulk, handed out as a file."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.core.bilingual import HTML_TAGS
from forum.core.refusals import N_, Refusal
from forum.core.text import clean_line, has_han
from forum.core.workflow import Transition
from forum.events.permissions import REGISTRATION_DESK, REGISTRATION_READERS, current_forum
from forum.places.models import Country
from forum.registration import exports, queries
from forum.registration.columns import COLUMNS, allowed, chosen
from forum.registration.desk_permissions import LISTING, decides, desk_actor
from forum.registration.forms.desk import BulkForm, ExportForm
from forum.registration.models import Participation
from forum.registration.operations.decisions import OTHER, REASONS, decide_many
from forum.registration.queries import desk
from forum.registration.rules.fields import ATTENDANCES
from forum.registration.states import PARTICIPATION_LIFE, PARTICIPATION_STATES
from forum.registration.views.blueprint import pages
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.limits import limiter
from forum.web.viewer import now

PAGE = 50
MOST_AT_ONCE = 500
GROUP_LABELS = {
    "to_decide": N_("To be decided"),
    "seated": N_("Approved and after"),
    "active": N_("All but those who ended"),
}
SORT_LABELS = {
    "name": N_("Family name"),
    "pinyin": N_("Pinyin"),
    "number": N_("Number"),
    "since": N_("Longest in their state"),
    "recent": N_("Latest change"),
    "delegation": N_("Delegation"),
}
# What is decided for many at once; the rest belongs on somebody's own page.
BULK_ACTIONS = ("screen", "approve", "return", "refuse", "waitlist", "refuse_waiting", "withdraw", "revoke")
_TONES = {
    "approved": "good",
    "confirmed": "good",
    "arrived": "good",
    "submitted": "wait",
    "focal_approved": "wait",
    "screening": "wait",
    "waitlisted": "wait",
    "returned": "stop",
    "refused": "stop",
    "revoked": "stop",
    "draft": "past",
    "withdrawn": "past",
    "replaced": "past",
    "left": "past",
    "no_show": "past",
}


def tone(state: str) -> str:
    """Return the tone in which a state is shown."""
    return _TONES.get(str(state), "")


def asked() -> tuple[desk.Filters, list[str], str]:
    """Return the filters, the columns and the order that stand in the address."""
    args = request.args
    sort = args.get("sort", "name")
    country = args.get("country", "")
    filters = desk.Filters(
        text=clean_line(args.get("q", ""))[:100],
        state=args.get("state", "")[:40],
        category=args.get("category", "")[:16],
        delegation=args.get("delegation", "")[:16],
        country=country if re.fullmatch(r"[A-Z]{2}", country) else "",
        attendance=args.get("attendance", "") if args.get("attendance", "") in ATTENDANCES else "",
        letter=bool(args.get("letter")),
    )
    return filters, chosen(args.getlist("columns"), decides=decides()), sort if sort in desk.SORTS else "name"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the list: text or an instant, with its language where it stands in for the other."""

    key: str
    label: str
    text: str
    at: datetime | None = None
    day: date | None = None  # at the venue
    tag: str = ""


def _cell(key: str, one: Participation, speech: Any) -> Cell:
    column = COLUMNS[key]
    label = _(column.label)
    if key == "since":
        return Cell(key, label, "", one.state_since, speech.wall(one.state_since).date())
    text = str(column.value(one, speech) or "")
    return Cell(key, label, text, tag=_tag(text, speech.language))


def _tag(text: str, language: str) -> str:
    """Return the language of a text that stands in for the reader's, or nothing."""
    if language == "en":
        return HTML_TAGS["zh"] if has_han(text) else ""
    return HTML_TAGS["en"] if text and not has_han(text) and any(letter.isalpha() for letter in text) else ""


def bulk_form() -> BulkForm:
    """Return the form of bulk decisions with what this person may decide."""
    form = BulkForm()
    roles = desk_actor().roles
    lawful: dict[str, Transition] = {row.action: row for row in PARTICIPATION_LIFE.rows if row.actors & roles}
    form.action.choices = options(
        [("", _("Choose a decision")), *((key, _(lawful[key].label)) for key in BULK_ACTIONS if key in lawful)]
    )
    known = [(key, _(reason.label)) for key, reason in REASONS.items()]
    form.code.choices = options([("", _("No reason needed")), *known, (OTHER, _("Another reason"))])
    return form


def _address(slug: str, arguments: dict[str, Any]) -> str:
    made: str = url_for(".participations", slug=slug, **arguments)
    return made


def _sorted(countries: Sequence[Country], language: str) -> list[Country]:
    return sorted(countries, key=lambda one: one.sort_zh if language == "zh" else one.side("name", "en").casefold())


@pages.page("/forums/<slug>/desk/participations", policy=REGISTRATION_READERS)
def participations(slug: str) -> ResponseReturnValue:
    """The list with its filters, columns and order, all of them in the address."""
    forum, language = current_forum(), current_language()
    filters, columns, sort = asked()
    count = desk.count(forum, filters)
    last = max(1, -(-count // PAGE))
    number = min(max(request.args.get("page", default=1, type=int) or 1, 1), last)
    rows = desk.matching(forum, filters, sort=sort, language=language, offset=(number - 1) * PAGE, limit=PAGE)
    speech = exports.speech_of(forum, language)
    others = [key for key in columns if key not in {"number", "name", "state"}]

    def address(page: int = 1, **changes: Any) -> str:
        arguments: dict[str, Any] = {**filters.arguments(), "sort": sort, "columns": others, **changes}
        return _address(slug, {**arguments, "page": page if page > 1 else None})

    return render_template(
        "registration/desk/participations.html",
        forum=forum,
        rows=[(one, [_cell(key, one, speech) for key in others]) for one in rows],
        heads=[_(COLUMNS[key].label) for key in others],
        columns=columns,
        possible={key: column.label for key, column in allowed(decides=decides()).items() if not column.always},
        filters=filters,
        sort=sort,
        sorts=SORT_LABELS,
        count=count,
        number=number,
        last=last,
        address=address,
        carried={**filters.arguments(), "sort": sort, "columns": others},
        categories=queries.categories(forum),
        delegations=queries.delegations(forum),
        countries=_sorted(desk.countries_present(forum), language),
        states=PARTICIPATION_STATES,
        groups=GROUP_LABELS,
        attendances=ATTENDANCES,
        without=desk.WITHOUT,
        tone=tone,
        decides=decides(),
        form=bulk_form() if decides() else None,
    )


def _reason_lacks(form: BulkForm) -> bool:
    """Tell whether the decision needs a reason and has none: asked once, before any row is tried."""
    needing = any(row.needs_reason for row in PARTICIPATION_LIFE.rows if row.action == form.action.data)
    return needing and not form.code.data and not (form.text.data or "").strip()


@pages.page("/forums/<slug>/desk/participations/decide", policy=REGISTRATION_DESK, methods=("POST",), soft_csrf=True)
@limiter.limit("120/minute", methods=["POST"])
def desk_decide_many(slug: str) -> ResponseReturnValue:
    """Decide about the chosen rows: each has its answer, and none stops the others."""
    forum = current_forum()
    form = bulk_form()
    ids = list(dict.fromkeys(request.form.getlist("chosen")))[:MOST_AT_ONCE]
    rows = desk.chosen(forum, ids)
    outcomes: Sequence[Any] = ()
    known = {choice.value for choice in form.action.choices or ()}
    if not rows:
        form.form_errors.append(_("Choose at least one row of the list."))
    elif form.action.data not in known or not form.action.data:
        form.action.errors = (*form.action.errors, _("Choose a decision."))
    elif _reason_lacks(form):
        form.code.errors = (*form.code.errors, _("Choose a reason or write one. The person concerned will read it."))
    elif form.validate():
        try:
            outcomes = decide_many(
                rows,
                form.action.data,
                code=form.code.data or "",
                text=form.text.data or "",
                actor=desk_actor(),
                now=now(),
            )
        except Refusal as refusal:
            form.refuse(refusal)
    wrong = bool(form.errors)
    return (
        render_template(
            "registration/desk/decided.html",
            forum=forum,
            form=form,
            rows=rows,
            outcomes=[(one.participation, one.refusal.say(_) if one.refusal else "") for one in outcomes],
            done=sum(1 for outcome in outcomes if outcome.refusal is None),
            states=PARTICIPATION_STATES,
            tone=tone,
            back=url_for(".participations", slug=slug),
        ),
        422 if wrong else 200,
    )


@pages.page("/forums/<slug>/desk/participations/export", policy=LISTING, methods=("GET", "POST"), soft_csrf=True)
@limiter.limit("20/minute", methods=["POST"])
def desk_export(slug: str) -> ResponseReturnValue:
    """Hand out a list of people as a file, after saying what it is for; the audit keeps it."""
    forum = current_forum()
    filters, columns, sort = asked()
    form = ExportForm(language=current_language())
    if not decides():
        form.what.choices = [choice for choice in form.what.choices or () if choice.value == "participants"]
        form.what.data = form.what.data if form.sent else "participants"
    if form.validate_on_submit():
        return _file(form, filters, columns, sort)
    return (
        render_template(
            "registration/desk/export.html",
            forum=forum,
            form=form,
            count=desk.count(forum, filters),
            columns=[COLUMNS[key].label for key in columns],
            decides=decides(),
            back=_address(slug, {**filters.arguments(), "sort": sort}),
        ),
        422 if form.sent else 200,
    )


def _file(form: ExportForm, filters: desk.Filters, columns: list[str], sort: str) -> Response:
    forum, language, kind = current_forum(), form.language.data, form.form.data
    if form.what.data == "participants":
        latin = desk.in_list_of_participants(forum, sort="name")
        pinyin = desk.in_list_of_participants(forum, sort="pinyin")
        body = exports.list_of_participants(forum, latin, pinyin, form=kind, language=language, now=now())
        name, number, shown = "list-of-participants", len(latin), list(exports.LIST_COLUMNS)
    else:
        rows = desk.matching(forum, filters, sort=sort, language=language)
        body = exports.participations(forum, rows, columns, form=kind, language=language, now=now())
        name, number, shown = "registrations", len(rows), columns
    exports.note_export(
        forum, f"{name}.{kind}", number, shown, purpose=form.purpose.data, actor=desk_actor(), now=now()
    )
    answer = Response(body, content_type=exports.MEDIA_TYPES[kind])
    answer.headers["Content-Disposition"] = f'attachment; filename="{forum.slug}-{name}.{kind}"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
