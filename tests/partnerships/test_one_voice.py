"""Where every city has to say yes, one person says it for one city."""

from __future__ import annotations

from dataclasses import replace

import pytest

from forum.core.database import session
from forum.partnerships import errors
from forum.partnerships.models import ConsentKind, PartyConsent
from forum.partnerships.operations.texts import confirm_text
from forum.partnerships.rules import guards
from forum.partnerships.states import VersionState
from tests.cast import Cast
from tests.partnerships.people import NOW, Officer, World, act, drafted, negotiating, renewing, standing, world

pytestmark = pytest.mark.usefixtures("cast", "writing")


@pytest.fixture
def of(cast: Cast, writing: None) -> World:
    return world()


def both(of: World) -> Officer:
    return of.officer(("city_liaison", "Wenzhou"), ("city_liaison", "Nantes"))


def test_a_liaison_of_both_cities_agrees_no_text_for_both(of: World) -> None:
    version, who = negotiating(of), both(of)
    with pytest.raises(errors.ActsForSeveral):
        act(version, "agree_text", who)
    with pytest.raises(errors.ActsForSeveral):
        confirm_text(version, standing=standing(version, who), actor=who.actor, now=NOW)
    assert version.state is VersionState.NEGOTIATING


def test_without_the_condition_one_press_would_agree_for_both(of: World, monkeypatch: pytest.MonkeyPatch) -> None:
    version, who = negotiating(of), both(of)
    monkeypatch.setattr(guards, "speaks_for_one", lambda *_: None)
    assert act(version, "agree_text", who).moved


def test_a_liaison_of_both_cities_neither_answers_the_own_invitation_nor_opens_new_terms(of: World) -> None:
    who = both(of)
    invited = drafted(of)
    act(invited, "invite", of["liaison"])
    with pytest.raises(errors.ActsForSeveral):
        act(invited, "express_interest", who)
    act(invited, "withdraw", of["liaison"])
    version, then = renewing(of)
    with pytest.raises(errors.ActsForSeveral):
        act(version, "new_terms", who, now=then)


def test_who_agreed_for_one_city_and_changes_office_does_not_agree_for_the_other(of: World) -> None:
    version, then = renewing(of)
    act(version, "new_terms", of["liaison"], now=then)
    moved = replace(of["liaison"], offices=of["other_liaison"].offices)
    with pytest.raises(errors.ActsForSeveral):
        act(version, "new_terms", moved, now=then)
    kept = session.query(PartyConsent).filter_by(version_id=version.id, kind=ConsentKind.NEW_TERMS).all()
    assert [consent.account_id for consent in kept] == [of["liaison"].account_id]
    assert act(version, "new_terms", of["other_liaison"], now=then).moved
