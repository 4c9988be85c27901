"""The hand-over page: all that a successor must know about one city's partnerships, and the note itself."""

from __future__ import annotations

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cooperation.forms import NoteForm
from forum.cooperation.operations.handing_over import write_note
from forum.cooperation.permissions import LIAISON
from forum.cooperation.queries import handover as reading
from forum.cooperation.states import REPORT_STATES
from forum.cooperation.views.blueprint import attempt, pages
from forum.offices.models import Office, OfficeRole
from forum.offices.queries import offices_of
from forum.web.viewer import now, viewer


def _offices() -> list[Office]:
    held = offices_of(viewer().account_id or 0, now())
    return [office for office in held if office.role is OfficeRole.CITY_LIAISON and office.city is not None]


@pages.page("/desk/partnerships/handover", policy=LIAISON, methods=("GET", "POST"), soft_csrf=True)
def handover() -> ResponseReturnValue:
    """One page for each liaison: promises, dates, people, last contact, open points, and the note."""
    offices = _offices()
    office = offices[0]
    note = reading.note_of(office.id)
    form = NoteForm(obj=note, data={"version": note.version} if note else None)
    status = 200
    if form.sent:
        if form.validate():

            def deed() -> None:
                write_note(office, form.text("note"), actor=viewer().actor(), now=now(), seen=form.seen)

            refused = attempt(form, deed, _("The hand-over note is saved."))
            if refused is None:
                return redirect(url_for("cooperation.handover"), 303)
            status = refused.status
        else:
            status = 422
    page = render_template(
        "cooperation/handover.html",
        office=office,
        matters=reading.of_city(office.city_id or 0),
        notes=[row for row in reading.notes_of_city(office.city_id or 0) if row.office_id != office.id],
        form=form,
        report_states=REPORT_STATES,
    )
    return page, status
