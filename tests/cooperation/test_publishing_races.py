"""Two sides that consent, or consent and take back, at the same moment: nothing is lost and nothing leaks."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from forum.cooperation.models import PublicationConsent, PublishedOutcome
from forum.cooperation.operations import publishing
from forum.cooperation.rules.publishing import SUMMARY
from forum.cooperation.states import OutcomeState
from forum.core.database import begin_writing, session
from forum.core.refusals import Refusal
from tests.cast import Cast
from tests.cooperation.pair import Pair, in_force
from tests.cooperation.test_publishing import consent, proposed, registered, shown, take_back, wording


def at_once(cast: Cast, *deeds: Callable[[], object]) -> list[Refusal | None]:
    """Let each deed happen in a transaction of its own, all at the same moment; return what each was answered."""
    answers: list[Refusal | None] = []
    start = threading.Barrier(len(deeds))

    def work(deed: Callable[[], object]) -> None:
        with cast.app.app_context():
            start.wait()
            begin_writing()
            try:
                deed()
                session.commit()
                answers.append(None)
            except Refusal as refusal:
                session.rollback()
                answers.append(refusal)

    threads = [threading.Thread(target=work, args=(deed,)) for deed in deeds]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == len(deeds)  # nobody was left waiting for the other
    return answers


@pytest.fixture
def pair(cast: Cast) -> Pair:
    """A pair with a summary and an outcome that Hangzhou has proposed, written and committed."""
    with cast.app.app_context():
        begin_writing()
        made = in_force(cast)
        registered(made)
        proposed(made)
        session.commit()
    return made


def outcome() -> PublishedOutcome:
    return session.scalars(select(PublishedOutcome)).one()


def test_two_sides_that_consent_at_once_have_both_consented(cast: Cast, pair: Pair) -> None:
    answers = at_once(
        cast, lambda: consent(pair, SUMMARY, "delegate"), lambda: consent(pair, SUMMARY, "focal"),
        lambda: consent(pair, SUMMARY, "door"),
    )  # fmt: skip
    assert answers == [None, None, None]
    with cast.app.app_context():
        rows = session.scalars(select(PublicationConsent).where(PublicationConsent.thing == SUMMARY)).all()
        assert len(rows) == 2
        assert shown(pair).summary is True


@pytest.mark.parametrize("change", ["take back", "reword"])
def test_consent_while_the_other_side_takes_back_or_rewords_never_shows_what_one_of_them_did_not_want(
    cast: Cast, pair: Pair, change: str
) -> None:
    def other() -> None:
        if change == "take back":
            take_back(pair, outcome().reference, "delegate")
        else:
            words = wording(pair, outcome().evidence)
            publishing.reword_outcome(outcome(), words, **pair.as_("delegate"))  # type: ignore[arg-type]

    at_once(cast, lambda: consent(pair, outcome().reference, "focal"), other)
    with cast.app.app_context():
        if change == "take back":
            assert outcome().state is OutcomeState.WITHDRAWN
            assert shown(pair).outcomes == ()
        else:
            assert bool(shown(pair).outcomes) is (outcome().state is OutcomeState.PUBLISHED)
