"""The step of the person: names in every printed form, function, organisation, country, address."""

from __future__ import annotations

from typing import Any

from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from sqlalchemy import select

from forum.core.database import session
from forum.core.refusals import Refusal, StaleEdit
from forum.core.text import fold
from forum.people.operations import NAME_FIELDS
from forum.places.models import City
from forum.places.queries import everything
from forum.registration.forms.registering import (
    PersonForm,
)
from forum.registration.models import Participation
from forum.registration.operations import registering
from forum.registration.permissions import OWN_PARTICIPATION, current_participation, own_actor
from forum.registration.views.blueprint import pages
from forum.registration.views.steps import (
    editable,
    onward,
    printed,
    step_page,
    version_of,
)
from forum.web.forms import options
from forum.web.language import current_language
from forum.web.viewer import now


@pages.page(
    "/forums/<slug>/my/<participation_id>/person", policy=OWN_PARTICIPATION, methods=("GET", "POST"), soft_csrf=True
)
def person(slug: str, participation_id: str) -> ResponseReturnValue:  # noqa: ARG001 - read by the policy
    """Who: names in every printed form, function, organisation, country, address."""
    participation = current_participation()
    editable(participation)
    was = participation.state
    one = participation.person
    form = PersonForm(
        **{name: getattr(one, name) for name in NAME_FIELDS if not name.startswith("passport")},
        **{name: getattr(participation, name) or "" for name in (*TITLES, "country_iso2", "mail_language")},
        email=one.email,
        version=str(participation.version),
        city=participation.city.tr("name", current_language()).text if participation.city else "",
    )
    form.about(participation)
    if not form.sent and current_language() == "zh" and not (one.family_latin or one.given_latin):
        form.name_order.data = "family_first"
    form.name_order.choices = options(
        [("given_first", _("Given name first")), ("family_first", _("Family name first"))]
    )
    form.country_iso2.choices = options(
        [("", _("Please choose")), *((c.iso2, c.tr("name", current_language()).text) for c in _countries())]
    )
    theirs: list[tuple[str, str]] = []
    status = 200
    if form.validate_on_submit():
        city = _city(form)
        if not form.city.errors:
            try:
                _save_person(form, city)
                return onward("person", was)
            except StaleEdit as stale:
                theirs, status = _theirs(form, participation), 409
                form.version.data = str(participation.version)
                form.refuse(stale)
            except Refusal as refusal:
                form.refuse(refusal)
    if form.sent and status == 200:
        status = 422
    return step_page("person", "person", form, status, theirs=theirs, preview=printed(participation))


TITLES = ("function_en", "function_zh", "organisation_name_en", "organisation_name_zh")


def _countries() -> Any:
    found = everything("countries", current_language())
    if current_language() == "zh":
        return found
    return sorted(found, key=lambda country: fold(country.tr("name", "en").text))


def _city(form: PersonForm) -> City | None:
    if not form.city.data:
        return None
    with session.no_autoflush:
        found = (
            session.scalars(
                select(City).where(
                    City.country_iso2 == form.country_iso2.data,
                    City.search.contains(form.city.data.casefold(), autoescape=True),
                )
            )
            .unique()
            .all()
        )
    wanted = form.city.data.casefold()
    for city in found:
        if wanted in {city.side("name", "en").casefold(), city.side("name", "zh").casefold()}:
            return city
    form.city.errors = (_("We don't know a city of this name in the country you chose. You may leave it empty."),)
    return None


def _save_person(form: PersonForm, city: City | None) -> None:
    names = [name for name in NAME_FIELDS if not name.startswith("passport")]
    values: dict[str, object] = {name: form[name].data or "" for name in names}
    values |= {name: form[name].data or None for name in TITLES}
    values |= {"email": form.email.data or "", "country_iso2": form.country_iso2.data}
    values |= {"city_id": city.id if city else None}
    facts: dict[str, object] = {name: form[name].data or None for name in TITLES}
    facts |= {"country_iso2": form.country_iso2.data, "city_id": city.id if city else None}
    facts |= {"mail_language": form.mail_language.data}
    registering.change(
        current_participation(),
        person=values,
        facts=facts,
        sealed={"phone": form.phone.data} if form.phone.data else {},
        version=version_of(form),
        actor=own_actor(),
        now=now(),
    )


def _theirs(form: Any, participation: Participation) -> list[tuple[str, str]]:
    """Return what somebody else saved meanwhile, for the fields that differ from what was typed."""
    found = []
    for field in form:
        source = participation if field.name in TITLES else participation.person
        kept = getattr(source, field.name, None)
        if isinstance(kept, str) and field.name != "version" and kept != (field.data or ""):
            found.append((str(field.label.text), kept))
    return found
