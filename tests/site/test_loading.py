"""The demonstration loads into an empty database, in seconds, the same every time, and never beside anything else."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Account
from forum.accounts.operations import password_fits
from forum.agenda.models import AgendaChange, AgendaRelease
from forum.agenda.queries import released
from forum.audit import queries as audit
from forum.ballots.models import Ballot
from forum.cities.models import CityProfile, Need, Offer
from forum.cities.words import Visibility
from forum.comments.models import Comment
from forum.core.bilingual import TextState
from forum.core.database import Base, session
from forum.events import queries as events
from forum.events.models import Forum, ForumRole
from forum.offices.models import Office
from forum.ports.mail.models import MailState, OutboxMail
from forum.registration import seats
from forum.registration.models import Delegation, Participation, SealedField, WaitingEntry
from forum.registration.states import ParticipationState, WaitingState
from forum.site.demonstration import loading
from forum.site.demonstration.content import load_content
from tests.cast import Cast
from tests.conftest import START

NAMES = (
    "admin", "organiser", "registration", "protocol", "focalpoint", "delegate", "agenda", "door", "viewer", "liaison",
    "counterpart", "citylead", "province", "nation", "approver", "registrar", "foreignaffairs", "auditor",
)  # fmt: skip


def count_of(kind: type[Base]) -> int:
    return session.scalar(select(func.count()).select_from(kind)) or 0


def test_the_demonstration_is_whole(loaded: Flask) -> None:
    content = load_content()
    forum = events.by_slug(content.slug)
    assert forum is not None
    _everybody_can_sign_in()
    _both_releases_are_there(forum)
    states = set(session.scalars(select(Participation.state).distinct()))
    assert states == set(ParticipationState)
    assert count_of(Participation) >= 400
    assert count_of(Delegation) >= 30
    assert seats.reconcile(forum) == []
    assert [head.chain for head in audit.chains() if audit.broken_at(head) is not None] == []
    lines = set(session.scalars(select(WaitingEntry.state).distinct()))
    assert lines == {WaitingState.WAITING, WaitingState.OFFERED}
    assert set(session.scalars(select(OutboxMail.state).distinct())) == {MailState.KEPT}
    assert set(session.scalars(select(OutboxMail.language).distinct())) == {"en", "zh"}
    assert count_of(SealedField) > 0
    _sixty_cities_are_shown()


def _sixty_cities_are_shown() -> None:
    shown = session.scalars(select(CityProfile).where(CityProfile.visibility == Visibility.PUBLIC)).unique().all()
    assert [sum((each.city.country_iso2 == "CN") is chinese for each in shown) for chinese in (True, False)] == [30, 30]
    assert all(each.side("summary", language) for each in shown for language in ("en", "zh"))
    assert all(each.population is None or each.shows_population for each in shown)
    kinds: tuple[type[Any], ...] = (Offer, Need)
    for model in kinds:
        rows = session.scalars(select(model)).all()
        assert {each.city_id for each in rows} == {each.city_id for each in shown}
        assert all(each.side("text", language) for each in rows for language in ("en", "zh"))
    held = set(session.scalars(select(Office.role)))
    assert {"city_liaison", "city_lead", "province_reviewer", "fa_officer", "national_approver", "auditor"} <= held


def _everybody_can_sign_in() -> None:
    accounts = {account.email: account for account in session.scalars(select(Account))}
    for name in NAMES:
        assert password_fits(accounts[f"{name}@forum.example"], "demonstration")
    assert all(account.password_hash is None for email, account in accounts.items() if "delegates." in email)
    assert session.scalar(select(func.count()).select_from(ForumRole)) == 7  # the organiser of both forums


def _both_releases_are_there(forum: Forum) -> None:
    assert session.scalars(
        select(AgendaRelease.number).filter_by(forum_id=forum.id).order_by(AgendaRelease.number)
    ).all() == [1, 2]
    kinds = set(session.scalars(select(AgendaChange.kind)))
    assert kinds >= {"added", "moved_time", "moved_room", "lengthened", "renamed", "cancelled"}
    programme = released.current(forum)
    assert programme is not None
    assert len(programme.items) >= 60
    found = {
        text.state(side) for item in programme.items for text in (item.title, item.abstract) for side in ("en", "zh")
    }
    assert found == set(TextState)


def test_each_ballot_is_loaded_once_with_its_comments(loaded: Flask) -> None:
    voted_on = session.scalars(select(Ballot.standard_id)).all()
    assert len(voted_on) == len(set(voted_on)) == 6
    assert session.scalar(select(func.count()).select_from(Comment)) == 7


def test_no_letter_of_the_demonstration_waits_to_leave(loaded: Flask) -> None:
    assert set(session.scalars(select(OutboxMail.state))) == {MailState.KEPT}


def test_loading_twice_does_nothing_the_second_time(loaded: Flask) -> None:
    assert loading.load(loaded, now=START) == "The demonstration is there already."
    assert session.scalar(select(func.count()).select_from(AgendaRelease)) == 3


def test_the_demonstration_never_mixes_with_anything_else(cast: Cast) -> None:
    with cast.app.app_context():
        with pytest.raises(loading.NotEmpty):
            loading.load(cast.app, now=START)
        assert session.scalar(select(func.count()).select_from(AgendaRelease)) == 0
