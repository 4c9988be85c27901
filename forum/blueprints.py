"""The site map: every room that has pages, in the order of the house."""

from __future__ import annotations

from forum.accounts import own_data
from forum.accounts.closing import ask_before_closing
from forum.accounts.views import pages as accounts
from forum.agenda.operations import stars
from forum.agenda.queries import stars as starred
from forum.agenda.views import pages as agenda
from forum.agreements.neighbours import neighbours as agreements_neighbours
from forum.agreements.views import pages as agreements
from forum.cities import own_data as cities_data
from forum.cities.views import pages as cities
from forum.committees.neighbours import neighbours as committees_neighbours
from forum.cooperation.operations import handing_over
from forum.cooperation.views import pages as cooperation
from forum.cooperation.work import REMINDED, Activities
from forum.events.views import pages as events
from forum.liaisons import committee_page as liaisons_of
from forum.liaisons.views import pages as liaisons
from forum.matching.views import pages as matching
from forum.offices import own_data as offices_data
from forum.offices.ending import ask_before_ending
from forum.offices.views import pages as offices
from forum.partnerships.library_text import for_signature
from forum.partnerships.neighbours import neighbours
from forum.partnerships.views import pages as partnerships
from forum.places.views import pages as places
from forum.registration import own_data as registration_data
from forum.registration.views import pages as registration
from forum.registry.views import pages as registry
from forum.reminders import operations as reminding
from forum.reminders import own_data as reminders_data
from forum.reminders.views import pages as reminders
from forum.site import desk, mail_desk
from forum.site.health import pages as health
from forum.site.views import pages as site
from forum.workdays.views import pages as workdays

# The desk and the mail have modules of their own; naming them here brings their pages into the site.
__all__ = ["BLUEPRINTS", "OWN_DATA", "desk", "mail_desk"]

BLUEPRINTS = (
    site,
    health,
    accounts,
    places,
    workdays,
    offices,
    reminders,
    events,
    agenda,
    registration,
    cities,
    agreements,
    partnerships,
    cooperation,
    matching,
    registry,
    liaisons,
)

# What each room holds about somebody: (sections to show and export, how to erase them).
OWN_DATA: list[tuple[own_data.Sections, own_data.Erase]] = [
    (registration_data.sections, registration_data.erase_for),
    (starred.own_sections, stars.erase),
    (reminders_data.sections, reminding.erase),
    (offices_data.sections, offices_data.erase_for),
    (cities_data.sections, cities_data.erase_for),
]

# What a room must say before a lower one acts.
ask_before_closing(handing_over.before_closing)
ask_before_ending(handing_over.before_ending)
neighbours.work = Activities()
neighbours.reminded |= REMINDED
agreements_neighbours.for_signature = for_signature
committees_neighbours.parts[30] = liaisons_of.of_committee
