"""The page of one record: opened as its address says, and shown with all that stands beside its texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.accounts.queries import names_of_actors
from forum.core.refusals import Refusal, StaleEdit
from forum.drafting.models import KeptInside
from forum.drafting.neighbours import Source, neighbours
from forum.drafting.queries.texts import kept_inside, outgoing
from forum.memory.models import SEGMENT_ORIGINS
from forum.memory.rules import scoring
from forum.ports.engines.choosing import facts_from
from forum.terms.states import USES
from forum.translating import queries
from forum.translating.beside import BOX_STATES, Sheet, helped, sheets_of
from forum.translating.collections import COLLECTIONS
from forum.translating.forms import RecordForm
from forum.translating.permissions import current_scope
from forum.translating.queries import Unit
from forum.translating.rules import FIELDS, STATES
from forum.translating.views.desk import TONES
from forum.translating.views.filtering import Filters, worklist
from forum.translating.walking import Way, way_through
from forum.web.viewer import now, settings, viewer

SEGMENTS = "segments"


def kept_arguments(view: str = "") -> dict[str, Any]:
    """Return what every further address keeps: the choice in the worklist, and how texts are laid out."""
    return Filters.asked(request.args).kept | ({"view": view} if view else {})


def asked_view() -> str:
    """Return how texts are to be laid out: segment by segment, or whole."""
    return SEGMENTS if request.args.get("view") == SEGMENTS else ""


@dataclass(slots=True)
class Place:
    """A record of this page's scope, and the ways from it."""

    source: Source
    record: Any
    view: str

    def address(self, endpoint: str = "record", view: str | None = None, **more: Any) -> str:
        """Return an address of this record."""
        scope = current_scope()
        return url_for(
            f"translating.{endpoint}",
            collection=scope.collection,
            key=scope.key,
            entity=self.source.entity,
            record_id=self.record.public_id,
            **kept_arguments(self.view if view is None else view),
            **more,
        )

    def way(self, field: str = "") -> Way:
        """Return which texts stand before and after it."""
        found = worklist(current_scope())
        units, chosen = ([entry.unit for entry in entries] for entries in (found.entries, found.found))
        return way_through(units, chosen, str(self.record.public_id), viewer().actor().reference, field)

    def to(self, unit: Unit | None) -> ResponseReturnValue:
        """Lead to a text; where none is left, to the worklist."""
        scope = current_scope()
        if unit is None:
            back = url_for("translating.texts", collection=scope.collection, key=scope.key, **kept_arguments())
            return redirect(back, 303)
        return redirect(address_of(unit, **kept_arguments(self.view)), 303)

    def back(self, anchor: str | None = None) -> ResponseReturnValue:
        """Lead to this page anew."""
        return redirect(self.address(_anchor=anchor), 303)


@dataclass(slots=True)
class Opened(Place):
    """The same with the form of its texts."""

    units: list[Unit]
    fixed: Mapping[str, str]  # why the words of some texts may not be changed here, by their fields
    sheets: list[Sheet]  # of the others
    form: RecordForm

    def unit(self, field: str) -> Unit | None:
        """Return one of its texts that may be changed."""
        return next((sheet.unit for sheet in self.sheets if sheet.unit.field == field), None)

    def refused(self, refusal: Refusal) -> ResponseReturnValue:
        """Show the page with a refusal and everything that was typed."""
        self.form.refuse(refusal)
        if isinstance(refusal, StaleEdit):
            self.form.renew(self.sheets)
        return self.shown(refusal.status)

    def shown(self, status: int = 200, focus: str = "") -> ResponseReturnValue:
        """Show the page."""
        who, scope = viewer().actor().reference, current_scope()
        engine = facts_from(settings(), neighbours.embedded)
        kept = kept_inside(self.source.entity, self.record.public_id)
        self.sheets = helped(self.sheets)
        page = render_template(
            "translating/record.html",
            opened=self,
            scope=scope,
            collection=COLLECTIONS[scope.collection],
            source=self.source,
            record=self.record,
            sheets=self.sheets,
            units=self.units,
            fixed=self.fixed,
            form=self.form,
            focus=focus,
            me=who,
            way=self.way(),
            address_of=lambda unit: address_of(unit, **kept_arguments(self.view)),
            kept_arguments=kept_arguments(),
            engine=engine,
            staying=self._staying() if engine is not None and engine.outside else {},
            kept=kept,
            people=names_of_actors(self._named(kept)),
            meaning=_meaning,
            place_of_context=_place_of_context,
            origins=SEGMENT_ORIGINS,
            uses=USES,
            states=STATES,
            box_states=BOX_STATES,
            tones=TONES,
            fields=FIELDS,
        )
        return page, status

    def _staying(self) -> dict[str, str]:
        """Return of each text that may not leave the house why."""
        leaving = outgoing([(self.source.entity, self.record.public_id)], now())
        found = {unit.field: leaving.refusal(self.source, self.record, unit.field) for unit in self.units}
        return {field: reason for field, reason in found.items() if reason is not None}

    def _named(self, kept: KeptInside | None) -> list[str]:
        answers = [said.answer.by for sheet in self.sheets for said in sheet.all_said() if said.answer is not None]
        return [*answers, *([kept.by] if kept is not None else [])]


def found(entity: str, record_id: str) -> Place:
    """Return a record of this page's scope; what isn't there is no page."""
    there = queries.record_in(current_scope(), entity, record_id)
    if there is None:
        abort(404)
    return Place(*there, asked_view())


def opened(entity: str, record_id: str) -> Opened:
    """Open the texts of a record: as the address says, or as the form that was sent has them."""
    place = found(entity, record_id)
    units = queries.units_of_record(place.source, place.record)
    if not units:
        abort(404)
    reasons = {unit.field: place.source.fixed(place.record, unit.field) for unit in units}
    fixed = {field: reason for field, reason in reasons.items() if reason is not None}
    written = [unit for unit in units if unit.field not in fixed]
    names, sent = [unit.field for unit in written], request.form
    is_sent = request.method == "POST"
    cut = [name for name in names if sent.get(f"{name}_cut")] if is_sent else names if place.view else []
    sheets = sheets_of(written, cut)
    torn = {each.unit.field for each in sheets if is_sent and each.pairs and sent[f"{each.unit.field}_cut"] != each.cut}
    if torn:  # what was typed into segments that aren't there any more is shown as one text
        sheets = sheets_of(written, [name for name in cut if name not in torn])
    form = RecordForm.of(sheets, _)
    if is_sent:
        form.mend(sheets, sent)
    return Opened(place.source, place.record, place.view, units, fixed, sheets, form)


def address_of(unit: Unit, **kept: Any) -> str:
    """Return the address of a text of this page's scope."""
    scope = current_scope()
    return url_for(
        "translating.record",
        collection=scope.collection,
        key=scope.key,
        entity=unit.source.entity,
        record_id=unit.entity_id,
        _anchor=unit.field,
        **kept,
    )


def _meaning(suggestion: Any, unit: Unit) -> str:
    same = suggestion.context == f"{unit.source.entity}.{unit.field}"
    return scoring.said(suggestion.score, by_machine=suggestion.origin == "machine", same_place=same)


def _place_of_context(context: str) -> tuple[str, str]:
    """Return the kind of record and the field in which a segment of the memory was learnt, as words; empty: unknown."""
    entity, _dot, field = context.partition(".")
    source = neighbours.sources.get(entity)
    return (source.label, FIELDS[field]) if source is not None and field in FIELDS else ("", "")
