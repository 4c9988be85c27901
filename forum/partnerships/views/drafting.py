"""Changing a draft before it is sent: title, instrument, aims, cities, invitation."""

from __future__ import annotations

from flask import abort, flash, redirect, render_template
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cities.queries import Wanted, public_list
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.partnerships.errors import CityUnclear, DraftChanged
from forum.partnerships.forms import DraftForm
from forum.partnerships.models import AgreementVersion, Instrument, Origin
from forum.partnerships.neighbours import neighbours
from forum.partnerships.operations.proposing import Proposal, may_redraft, parties_free, redraft
from forum.partnerships.permissions import CASE, current_case, my_standing
from forum.partnerships.queries.desk import refused_before
from forum.partnerships.views.blueprint import address_of, pages, refused
from forum.partnerships.views.proposing import area_choices
from forum.places.models import City
from forum.web.language import current_language
from forum.web.viewer import now, viewer

WORDS = ("title", "objectives", "invitation")


@pages.page(
    "/desk/partnerships/<case_id>/proposal", policy=CASE, methods=("GET", "POST"), soft_csrf=True, endpoint="redraft"
)
def drafting(case_id: str) -> ResponseReturnValue:
    """The draft as a form."""
    version = current_case()
    if not may_redraft(version, my_standing()):
        abort(404)
    one = version.partnership
    invited = [party.city for party in one.parties if not party.inviting]
    form = DraftForm(data=_as_written(version)).about(one)
    form.offer_draft([(city.public_id, city.tr("name", current_language()).text) for city in invited], area_choices())
    status = 200
    if form.sent:
        status = 422
        if form.validate():
            try:
                _keep(version, form, invited)
            except Refusal as refusal:
                status = refused(form, refusal, version)
                session.refresh(one)
                if isinstance(refusal, DraftChanged):
                    form.version.data = str(one.version)  # who sends once more has been told
            else:
                flash(_("The draft is changed."), "success")
                return redirect(address_of(case_id), 303)
    page = render_template(
        "partnerships/redraft.html", case=version, one=one, form=form, parties_free=parties_free(version)
    )
    return page, status


def _as_written(version: AgreementVersion) -> dict[str, object]:
    one = version.partnership
    words = {f"{name}_{language}": one.side(name, language) for name in WORDS for language in ("en", "zh")}
    return {
        **words,
        "version": str(one.version),
        "instrument": str(one.instrument),
        "areas": list(one.areas),
        "counterpart": [party.city.public_id for party in one.parties if not party.inviting],
        "cites": one.cites.number if one.cites else "",
    }


def _keep(version: AgreementVersion, form: DraftForm, invited: list[City]) -> None:
    one = version.partnership
    inviting = next(party.city for party in one.parties if party.inviting)
    kept = [city for city in invited if city.public_id in (form.counterpart.data or ())]
    if not parties_free(version):
        kept = invited  # the page shows no boxes then
    if form.add_city.data:
        kept.append(_city_named(form.add_city.data))
    grounds = one.origin is Origin.MATCH and len(kept) == 1
    redraft(
        version,
        kept,
        Proposal(
            instrument=Instrument(form.instrument.data),
            title=form.text("title"),
            objectives=form.text("objectives"),
            invitation=form.text("invitation"),
            areas=tuple(form.areas.data or ()),
            plan_tasks=tuple(one.plan_tasks),
            origin_parts=neighbours.match(inviting, kept[0], now().date()) if grounds else {},
            cites=refused_before(inviting, kept[0], form.cites.data or "") if kept else None,
        ),
        seen=form.seen,
        who=viewer(),
        actor=viewer().actor(),
        now=now(),
    )


def _city_named(name: str) -> City:
    """Return the city with a public profile that is called so; raise ``CityUnclear`` when none or several are."""
    found, _count = public_list(Wanted(text=name), current_language(), today=now().date(), limit=20)
    called = name.casefold()
    cities = [profile.city for profile in found]
    same = [city for city in cities if called in {(city.name_en or "").casefold(), city.name_zh or ""}] or cities
    if len(same) == 1:
        return same[0]
    raise CityUnclear(candidates="; ".join(city.tr("name", current_language()).text for city in same[:5]) or "–")
