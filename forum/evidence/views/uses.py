"""How cities use standards: their own cases, consent at any time, and the national office's confirmation."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from forum.cities.models import Pilot
from forum.committees.permissions import is_national_office
from forum.core.database import session
from forum.core.refusals import Refusal
from forum.evidence.forms import ConsentForm, UseForm
from forum.evidence.models import CityUse
from forum.evidence.operations import uses as keeping
from forum.evidence.permissions import CITY_SPEAKERS, CONFIRMERS, READERS, own_cities
from forum.evidence.queries import offered
from forum.evidence.queries import uses as reading
from forum.evidence.states import UseConsent, UseState
from forum.evidence.views.blueprint import attempt, form_page, pages, shown
from forum.places.models import City
from forum.web.viewer import now, viewer


@pages.page("/desk/evidence/uses", policy=READERS)
def uses() -> ResponseReturnValue:
    """The cases of the reader's own cities; for the national office those of all."""
    return _page()


def _page(form: ConsentForm | None = None, wrong: str = "", status: int = 200) -> ResponseReturnValue:
    who = viewer()
    page = shown(
        "uses",
        found=reading.listed(who),
        mine=own_cities(who),
        confirms=is_national_office(who),
        me=who.actor().reference,
        form=form or ConsentForm(formdata=None),
        wrong=wrong,
    )
    return page, status


def _lead() -> str:
    return _(
        "What the city did, by which clauses, and what came of it. The national office confirms it; beyond that it "
        "travels only as far as the city consents, and the city may change its mind at any time."
    )


def _form(**options: Any) -> tuple[UseForm, dict[str, City]]:
    who = viewer()
    cities = dict(offered.by_public_id(offered.own_city_rows(who)))
    return UseForm(**options).offer(cities.values(), offered.pilots_for(who)), cities


def _pilot(form: UseForm, city: City) -> Pilot | None:
    public_id = (form.pilot.data or "").partition(":")[2]
    if not public_id:
        return None
    return offered.pilot_of(city, public_id)


@pages.page("/desk/evidence/uses/new", policy=CITY_SPEAKERS, methods=("GET", "POST"), soft_csrf=True)
def new_use() -> ResponseReturnValue:
    """File how a city uses a standard."""
    form, cities = _form(data={"standard": request.args.get("standard", "")[:120]})
    facts: dict[str, Any] = {
        "title": _("File a city’s use of a standard"),
        "submit": _("File the case"),
        "way_back": url_for("evidence.uses"),
        "lead": _lead(),
    }
    if not form.validate_on_submit():
        return form_page(form, **facts)

    def deed() -> None:
        city = cities[form.city.data]
        case = form.case(offered.standard_by_reference(form.standard.data or ""), _pilot(form, city))
        keeping.file_use(city, case, actor=viewer().actor(), now=now())

    if refused := attempt(form, deed, _("The case is filed. The national office confirms it.")):
        return form_page(form, refused, **facts)
    return redirect(url_for("evidence.uses"), 303)


def _found(use_id: str) -> CityUse:
    use = reading.one(use_id, viewer())
    if use is None:
        abort(404)
    return use


def _own(use_id: str) -> CityUse:
    use = _found(use_id)
    if use.city_id not in own_cities(viewer()):
        abort(404)
    return use


@pages.page("/desk/evidence/uses/<use_id>/change", policy=CITY_SPEAKERS, methods=("GET", "POST"), soft_csrf=True)
def change_use(use_id: str) -> ResponseReturnValue:
    """Reword a case that isn't confirmed."""
    use = _own(use_id)
    if use.state is not UseState.FILED:
        abort(404)
    names = (
        "title_en",
        "title_zh",
        "result_en",
        "result_zh",
        "way",
        "clauses",
        "starts_on",
        "ends_on",
        "website",
        "consent",
    )
    held = {name: getattr(use, name) for name in names} | {
        "city": use.city.public_id,
        "standard": use.standard.reference,
        "pilot": f"pilot:{use.pilot.public_id}" if use.pilot else "",
        "version": str(use.version),
    }
    form, cities = _form(data=held)
    form.about(use)
    facts: dict[str, Any] = {
        "title": _("Change the case"),
        "submit": _("Save"),
        "way_back": url_for("evidence.uses"),
        "lead": _lead(),
    }
    if not form.validate_on_submit():
        return form_page(form, **facts)

    def deed() -> None:
        case = form.case(offered.standard_by_reference(form.standard.data or ""), _pilot(form, use.city))
        keeping.reword_use(use, case, seen=form.seen, actor=viewer().actor(), now=now())

    if cities.get(form.city.data or "") is not use.city:
        abort(404)
    if refused := attempt(form, deed, _("The case is saved.")):
        return form_page(form, refused, **facts)
    return redirect(url_for("evidence.uses"), 303)


@pages.page("/desk/evidence/uses/<use_id>/consent", policy=CITY_SPEAKERS, methods=("POST",), soft_csrf=True)
def consent(use_id: str) -> ResponseReturnValue:
    """Say anew how far a case may travel."""
    use, form = _own(use_id), ConsentForm().offer()
    if not form.validate():
        return _page(form, use_id, 422)
    return _done(use, form, "consent", _("From now on the case travels as far as you say, and no further."))


@pages.page("/desk/evidence/uses/<use_id>/confirm", policy=CONFIRMERS, methods=("POST",), soft_csrf=True)
def confirm_use(use_id: str) -> ResponseReturnValue:
    """Stand behind a case for the national office."""
    return _done(_found(use_id), ConsentForm(), "confirm", _("The case is confirmed."))


@pages.page("/desk/evidence/uses/<use_id>/withdraw", policy=READERS, methods=("POST",), soft_csrf=True)
def withdraw_use(use_id: str) -> ResponseReturnValue:
    """Take a case back: the city itself, or the national office."""
    use = _found(use_id)
    if use.city_id not in own_cities(viewer()) and not is_national_office(viewer()):
        abort(404)
    return _done(use, ConsentForm(), "withdraw", _("The case is withdrawn. It stays on record."))


def _done(use: CityUse, form: ConsentForm, deed: str, said: str) -> ResponseReturnValue:
    common: dict[str, Any] = {"seen": form.seen, "actor": viewer().actor(), "now": now()}
    try:
        if deed == "consent":
            keeping.consent(use, UseConsent(form.consent.data), **common)
        elif deed == "confirm":
            keeping.confirm_use(use, **common)
        else:
            keeping.withdraw_use(use, **common)
    except Refusal as refusal:
        session.rollback()
        form.refuse(refusal)
        return _page(form, use.public_id, refusal.status)
    flash(said, "success")
    return redirect(url_for("evidence.uses"), 303)
