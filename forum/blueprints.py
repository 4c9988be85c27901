"""The site map: every room that has pages, in the order of the house."""

from __future__ import annotations

from forum.accounts import own_data
from forum.accounts.closing import ask_before_closing
from forum.accounts.views import pages as accounts
from forum.adoptions.views import pages as adoptions
from forum.adoptions.views import standard_part as adoptions_of_standard
from forum.agenda.neighbours import neighbours as agenda_neighbours
from forum.agenda.operations import stars
from forum.agenda.queries import stars as starred
from forum.agenda.views import pages as agenda
from forum.agreements.neighbours import neighbours as agreements_neighbours
from forum.agreements.views import pages as agreements
from forum.ballots import own_data as ballots_data
from forum.ballots.neighbours import neighbours as ballots_neighbours
from forum.ballots.page_parts import on_committee, on_standard
from forum.ballots.views import pages as ballots
from forum.cities import own_data as cities_data
from forum.cities.dues import KINDS as CITY_DATES
from forum.cities.views import pages as cities
from forum.comments import own_data as comments_data
from forum.comments.facts import facts_of, freeze_comments
from forum.comments.parts import ballot_part
from forum.comments.views import pages as comments
from forum.committees import own_data as committees_data
from forum.committees.neighbours import neighbours as committees_neighbours
from forum.committees.views import pages as committees
from forum.cooperation.operations import handing_over
from forum.cooperation.views import pages as cooperation
from forum.cooperation.work import REMINDED, Activities
from forum.drafting.neighbours import neighbours as drafting_neighbours
from forum.drafting.sources import SOURCES
from forum.drafting.views import pages as drafting
from forum.events.views import pages as events
from forum.evidence import own_data as evidence_data
from forum.evidence.neighbours import neighbours as evidence_neighbours
from forum.evidence.parts import THREAD_ORDER, thread_part
from forum.evidence.views import pages as evidence
from forum.experts import own_data as experts_data
from forum.experts.views import committee_part as experts_of_committee
from forum.experts.views import pages as experts
from forum.liaisons import committee_page as liaisons_of
from forum.liaisons import own_data as liaisons_data
from forum.liaisons.views import pages as liaisons
from forum.matching.views import pages as matching
from forum.memory.operations import learn
from forum.memory.views import pages as memory
from forum.offices import own_data as offices_data
from forum.offices.ending import ask_before_ending
from forum.offices.views import pages as offices
from forum.partnerships.library_text import for_signature
from forum.partnerships.neighbours import neighbours
from forum.partnerships.rules.due import Reminded
from forum.partnerships.views import pages as partnerships
from forum.places.views import pages as places
from forum.registration import own_data as registration_data
from forum.registration.views import pages as registration
from forum.registry.views import pages as registry
from forum.reminders import operations as reminding
from forum.reminders import own_data as reminders_data
from forum.reminders.views import pages as reminders
from forum.site import answering, desk, joining, mail_desk, worklists
from forum.site.health import pages as health
from forum.site.views import pages as site
from forum.standards.neighbours import neighbours as standards_neighbours
from forum.standards.views import pages as standards
from forum.standards.work import programme
from forum.terms.views import pages as terms
from forum.translating import own_data as translating_data
from forum.translating.views import pages as translating
from forum.translation.neighbours import neighbours as translation_neighbours
from forum.watching import operations as watching_operations
from forum.watching import own_data as watching_data
from forum.watching.neighbours import neighbours as watching_neighbours
from forum.watching.parts import FOLLOW_ORDER, committee_part, standard_part
from forum.watching.views import pages as watching
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
    memory,
    terms,
    committees,
    standards,
    events,
    agenda,
    registration,
    cities,
    agreements,
    partnerships,
    cooperation,
    matching,
    registry,
    ballots,
    comments,
    liaisons,
    adoptions,
    experts,
    evidence,
    drafting,
    translating,
    watching,
)

# What each room holds about somebody: (sections to show and export, how to erase them).
OWN_DATA: list[tuple[own_data.Sections, own_data.Erase]] = [
    (registration_data.sections, registration_data.erase_for),
    (starred.own_sections, stars.erase),
    (reminders_data.sections, reminding.erase),
    (offices_data.sections, offices_data.erase_for),
    (cities_data.sections, cities_data.erase_for),
    (committees_data.sections, committees_data.erase_for),
    (ballots_data.sections, ballots_data.erase_for),
    (comments_data.sections, comments_data.erase_for),
    (experts_data.sections, experts_data.erase_for),
    (liaisons_data.sections, liaisons_data.erase_for),
    (evidence_data.sections, evidence_data.erase_for),
    (translating_data.sections, translating_data.erase_for),
    (watching_data.sections, watching_operations.erase),
]

# What a room must say before a lower one acts.
ask_before_closing(handing_over.before_closing)
ask_before_ending(handing_over.before_ending)
ballots_neighbours.parts[20] = ballot_part
ballots_neighbours.comments, ballots_neighbours.freeze_comments = facts_of, freeze_comments
neighbours.work = Activities()
neighbours.reminded |= REMINDED | {kind: Reminded(*told) for kind, told in CITY_DATES.items()}
neighbours.reminded |= joining.REMINDED
agenda_neighbours.worklist = worklists.worklist
agreements_neighbours.for_signature = for_signature
translation_neighbours.reviewed = learn
committees_neighbours.parts[10] = programme
standards_neighbours.parts[20] = on_standard
committees_neighbours.parts[20] = on_committee
standards_neighbours.parts[30] = adoptions_of_standard
committees_neighbours.parts[40] = experts_of_committee
standards_neighbours.parts[THREAD_ORDER] = thread_part
standards_neighbours.parts[FOLLOW_ORDER] = standard_part
committees_neighbours.parts[FOLLOW_ORDER] = committee_part
committees_neighbours.bumping.add(10)
committees_neighbours.parts[30] = liaisons_of.of_committee
standards_neighbours.adoption_states, standards_neighbours.adopted = joining.ADOPTION_STATES, joining.adopted
ballots_neighbours.use, ballots_neighbours.experts = joining.use_of, joining.experts_of
evidence_neighbours.adoptions, evidence_neighbours.stages = joining.adoptions_of, joining.stage_fact
watching_neighbours.adopted = joining.adopted
drafting_neighbours.offer(SOURCES)
drafting_neighbours.embedded, drafting_neighbours.names = answering.embedded, answering.names
