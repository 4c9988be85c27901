"""The entries of a profile at the desk: offers, needs, certificates, pilots, committees, networks, contacts."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cities import operations, queries
from forum.cities.forms.entries import FORMS_OF
from forum.cities.models import Exchange
from forum.cities.permissions import CITY_EDITORS, current_profile
from forum.cities.views.blueprint import pages
from forum.cities.views.desk import ONE, ZONE, differences, refused, settled, text_labels
from forum.core.bilingual import Bilingual
from forum.core.refusals import N_, Refusal
from forum.translation.queries import translations_of
from forum.web.viewer import now, viewer

# Which entries a page can change, and what they are called: a new one, and one that is known.
NEW = {
    "offers": N_("New offer"),
    "needs": N_("New need"),
    "certificates": N_("New certificate"),
    "pilots": N_("New pilot"),
    "committees": N_("New part in a committee"),
    "networks": N_("New membership in a network"),
    "contacts": N_("New contact"),
}
KNOWN = {
    "offers": N_("Offer"),
    "needs": N_("Need"),
    "certificates": N_("Certificate"),
    "pilots": N_("Pilot"),
    "committees": N_("Part in a committee"),
    "networks": N_("Membership in a network"),
    "contacts": N_("Contact"),
}
KIND = "<any(offers,needs,certificates,pilots,committees,networks,contacts):kind>"
ENTRY = f"{ONE}/{KIND}/<entry_id>"


def _entry(kind: str, entry_id: str) -> Any:
    found = queries.entry(kind, current_profile().city_id, entry_id)
    if found is None:
        abort(404)
    return found


@pages.page(ENTRY, policy=CITY_EDITORS, methods=("GET", "POST"), soft_csrf=True)
def entry(city_slug: str, kind: str, entry_id: str) -> ResponseReturnValue:
    """Edit an entry; ``new`` makes one."""
    profile, new, form_kind = current_profile(), entry_id == "new", FORMS_OF[kind]
    found = queries.ENTRIES[kind]() if new else _entry(kind, entry_id)
    form = form_kind(data={} if new else form_kind.present(found))
    bilingual = not new and isinstance(found, Bilingual)
    form.about(found if bilingual else None)
    status = 200
    if request.method == "POST" and not form.validate():
        status = 422
    elif request.method == "POST":
        try:
            operations.save_entry(
                profile, found, form.seen, form.sides(), form.values(), actor=viewer().actor(), now=now()
            )
        except Refusal as refusal:
            status = refused(form, refusal, found)
        else:
            flash(_("Saved."), "success")
            return redirect(url_for("cities.desk_city", city_slug=city_slug, _anchor=kind), 303)
    page = render_template(
        "cities/desk/entry.html",
        profile=profile,
        kind=kind,
        found=found,
        new=new,
        closed=isinstance(found, Exchange) and found.closed_on is not None,
        exchanged=isinstance(found, Exchange),
        heading=_(NEW[kind] if new else KNOWN[kind]),
        form=form,
        edits=differences(form, form_kind.present(found)) if status == 409 and not new else [],
        translations=translations_of(found) if bilingual else [],
        labels=text_labels(form),
        zone=ZONE,
    )
    return page, status


@pages.page(f"{ENTRY}/translation", policy=CITY_EDITORS, methods=("POST",))
def settle_entry(city_slug: str, kind: str, entry_id: str) -> ResponseReturnValue:
    """Review the translation of an entry, or confirm that it is still right."""
    found = _entry(kind, entry_id)
    if not isinstance(found, Bilingual):
        abort(404)
    settled(found)
    return redirect(
        url_for("cities.entry", city_slug=city_slug, kind=kind, entry_id=entry_id, _anchor="translations"), 303
    )


@pages.page(f"{ENTRY}/end", policy=CITY_EDITORS, methods=("GET", "POST"))
def end_entry(city_slug: str, kind: str, entry_id: str) -> ResponseReturnValue:
    """Close an offer or a need, or remove another entry; asks first."""
    found = _entry(kind, entry_id)
    exchanged = isinstance(found, Exchange)
    if request.method == "GET":
        return render_template(
            "layouts/confirm.html",
            heading=_("Close this entry?") if exchanged else _("Remove this entry?"),
            sentence=_("It stays for the record, and the area is free for another one.")
            if exchanged
            else _("Remove only what was wrong. What has ended keeps its last day instead."),
            button=_("Close") if exchanged else _("Remove"),
            cancel_url=url_for("cities.entry", city_slug=city_slug, kind=kind, entry_id=entry_id),
        )
    if exchanged:
        operations.close_entry(current_profile(), found, actor=viewer().actor(), now=now())
    else:
        operations.remove_entry(current_profile(), found, actor=viewer().actor(), now=now())
    flash(_("Closed.") if exchanged else _("Removed."), "success")
    return redirect(url_for("cities.desk_city", city_slug=city_slug, _anchor=kind), 303)
