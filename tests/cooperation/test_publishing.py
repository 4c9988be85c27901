"""Publishing by consent: nothing is shown before each party has consented to the very same words."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from forum.audit.models import AuditEntry
from forum.cooperation import errors
from forum.cooperation.models import (
    Evidence,
    OutcomeKind,
    PublicationConsent,
    PublishedOutcome,
)
from forum.cooperation.operations import linking, publishing
from forum.cooperation.operations.publishing import OfficeWords, Wording
from forum.cooperation.queries import publishing as reading
from forum.cooperation.queries.publishing import Published
from forum.cooperation.rules.publishing import CONTACT, SUMMARY, Given, Thing
from forum.cooperation.states import OutcomeState
from forum.core import revisions
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.offices.models import OfficeRole
from forum.offices.operations import Appointment, appoint
from forum.partnerships.models import PartnershipParty, Side
from forum.partnerships.states import PUBLIC, VersionState
from forum.ports.mail.models import OutboxMail
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, city, handed, held

WORDS = Wording(
    OutcomeKind.STANDARD,
    Text("A joint indicator table", "联合指标表"),
    Text("Both cities now measure in the same way.", "双方以同一方法测量。"),
    date(2027, 2, 20),
    None,
)
LATER = START + timedelta(days=1)


def shown(pair: Pair) -> Published:
    return reading.public_of([pair.version]).get(pair.partnership.id, reading.NOTHING)


def wording(pair: Pair, evidence: Evidence | None = None) -> Wording:
    return replace(WORDS, evidence=evidence or accepted(pair))


def proposed(pair: Pair, who: str = "delegate") -> PublishedOutcome:
    return publishing.propose_outcome(pair.partnership, wording(pair), **pair.as_(who))  # type: ignore[arg-type]


def marks(pair: Pair, key: str) -> list[str]:
    thing = next((one for one in reading.things_of(pair.partnership) if one.key == key), None)
    return list(thing.fingerprints.values()) if thing else []


def consent(pair: Pair, key: str, who: str) -> bool:
    return publishing.consent(pair.partnership, key, marks(pair, key), **pair.as_(who, LATER))  # type: ignore[arg-type]


def take_back(pair: Pair, key: str, who: str) -> None:
    publishing.take_consent_back(pair.partnership, key, **pair.as_(who, LATER))  # type: ignore[arg-type]


def registered(pair: Pair) -> None:
    pair.version.registered_objectives_en = "To measure in the same way."
    pair.version.registered_objectives_zh = "以同一方法测量。"
    session.flush()


class TestOutcomes:
    """Proposed by a side, consented to by each, withdrawn by either."""

    def test_an_outcome_is_public_when_the_last_party_consents_and_not_before(self, pair: Pair) -> None:
        outcome = proposed(pair)
        assert outcome.state is OutcomeState.PROPOSED
        assert shown(pair).outcomes == ()
        assert consent(pair, outcome.reference, "focal") is True
        assert (outcome.state, outcome.published_at) == (OutcomeState.PUBLISHED, LATER)
        assert shown(pair).outcomes == (outcome,)
        assert [row for _version, row in reading.newest_public(10)] == [outcome]

    @pytest.mark.parametrize("who", ["delegate", "focal"])
    def test_either_party_takes_it_back_alone_and_all_consent_anew(self, pair: Pair, who: str) -> None:
        outcome = proposed(pair)
        consent(pair, outcome.reference, "focal")
        take_back(pair, outcome.reference, who)
        assert outcome.state is OutcomeState.WITHDRAWN
        assert shown(pair).outcomes == ()
        assert reading.newest_public(10) == []
        for other in ("delegate", "focal"):
            with pytest.raises(errors.OutcomeTakenBack):
                consent(pair, outcome.reference, other)
        again = pair.as_("delegate", LATER + timedelta(hours=1))
        publishing.reword_outcome(outcome, wording(pair, outcome.evidence), **again)  # type: ignore[arg-type]
        assert shown(pair).outcomes == ()  # the same words, and yet the other one is asked once more
        consent(pair, outcome.reference, "focal")
        assert shown(pair).outcomes == (outcome,)

    def test_a_state_without_consents_shows_nothing_and_consents_without_the_state_neither(self, pair: Pair) -> None:
        outcome = proposed(pair)
        outcome.state, outcome.published_at = OutcomeState.PUBLISHED, LATER
        session.flush()
        assert shown(pair).outcomes == ()
        assert reading.newest_public(10) == []
        consent(pair, outcome.reference, "focal")
        assert shown(pair).outcomes == (outcome,)
        outcome.state = OutcomeState.PROPOSED
        session.flush()
        assert shown(pair).outcomes == ()

    @pytest.mark.parametrize("field", ["title_en", "summary_zh", "happened_on"])
    def test_words_that_were_changed_past_the_product_are_not_shown(self, pair: Pair, field: str) -> None:
        outcome = proposed(pair)
        consent(pair, outcome.reference, "focal")
        setattr(outcome, field, date(2027, 1, 1) if field == "happened_on" else "Something else")
        session.flush()
        assert shown(pair).outcomes == ()

    def test_it_is_only_public_while_its_partnership_is(self, pair: Pair) -> None:
        outcome = proposed(pair)
        consent(pair, outcome.reference, "focal")
        for state in VersionState:
            pair.version.state = state
            session.flush()
            there = bool(shown(pair).outcomes) and bool(reading.newest_public(10))
            assert there is (state in PUBLIC), state

    def test_published_words_stay_and_those_that_wait_may_be_changed(self, pair: Pair) -> None:
        outcome = proposed(pair)
        words = replace(wording(pair, outcome.evidence), title=Text("Another", "另一"))
        publishing.reword_outcome(outcome, words, **pair.as_("focal", LATER))  # type: ignore[arg-type]
        assert shown(pair).outcomes == ()  # the first side consented to other words
        consent(pair, outcome.reference, "delegate")
        assert shown(pair).outcomes == (outcome,)
        with pytest.raises(errors.OutcomePublished):
            publishing.reword_outcome(outcome, words, **pair.as_("focal", LATER))  # type: ignore[arg-type]

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"title": Text("Only English")}, errors.BothLanguagesNeeded),
            ({"summary": Text("", "只有中文")}, errors.BothLanguagesNeeded),
            ({"happened_on": date(2027, 3, 3)}, errors.OutcomeAhead),
            ({"evidence": None}, errors.OutcomeNeedsEvidence),
        ],
    )
    def test_what_the_public_could_not_read_or_check_is_refused(
        self, pair: Pair, changes: dict[str, object], refusal: type[Exception]
    ) -> None:
        words = replace(wording(pair), **changes)  # type: ignore[arg-type]
        with pytest.raises(refusal):
            publishing.propose_outcome(pair.partnership, words, **pair.as_("delegate"))  # type: ignore[arg-type]

    def test_evidence_that_nobody_accepted_carries_no_outcome(self, pair: Pair) -> None:
        with pytest.raises(errors.OutcomeNeedsEvidence):
            publishing.propose_outcome(
                pair.partnership,
                wording(pair, handed(pair).evidence),
                **pair.as_("delegate"),  # type: ignore[arg-type]
            )

    def test_it_names_the_standard_it_concerns(self, pair: Pair) -> None:
        standard = linking.link_standard(pair.partnership, "ISO 37101:2016", **pair.as_("delegate"))  # type: ignore[arg-type]
        words = replace(wording(pair), standard=standard)
        outcome = publishing.propose_outcome(pair.partnership, words, **pair.as_("delegate"))  # type: ignore[arg-type]
        assert outcome.standard is standard

    def test_the_other_side_is_written_to_and_the_audit_tells_no_words(self, pair: Pair) -> None:
        proposed(pair)
        mails = session.scalars(select(OutboxMail).where(OutboxMail.kind == "cooperation_outcome_waits")).all()
        assert [mail.recipient for mail in mails] == ["focal@forum.test"]
        assert "/plan/publication" in mails[0].body
        said = " ".join(session.scalars(select(AuditEntry.body)))
        assert '"propose"' in said
        assert "joint indicator table" not in said


class TestConsent:
    """One record a party and thing, for the words that were read."""

    def test_the_summary_needs_each_party(self, pair: Pair) -> None:
        registered(pair)
        assert shown(pair).summary is False
        assert consent(pair, SUMMARY, "registration") is False  # the lead speaks for the city as the liaison does
        assert shown(pair).summary is False
        assert consent(pair, SUMMARY, "focal") is True
        assert shown(pair).summary is True
        take_back(pair, SUMMARY, "delegate")
        assert shown(pair).summary is False

    def test_there_is_one_record_however_often_somebody_consents(self, pair: Pair) -> None:
        registered(pair)
        for _ in range(2):
            consent(pair, SUMMARY, "delegate")
            take_back(pair, SUMMARY, "delegate")
        consent(pair, SUMMARY, "door")  # a colleague of the same city
        rows = session.scalars(select(PublicationConsent)).all()
        assert len(rows) == 1
        assert rows[0].withdrawn_at is None

    def test_other_words_registered_later_are_not_what_was_consented_to(self, pair: Pair) -> None:
        registered(pair)
        for who in ("delegate", "focal"):
            consent(pair, SUMMARY, who)
        pair.version.registered_objectives_en = "To do something else."
        session.flush()
        assert shown(pair).summary is False

    def test_words_that_moved_since_the_page_was_opened_are_not_consented_to(self, pair: Pair) -> None:
        registered(pair)
        with pytest.raises(errors.WordsMoved):
            publishing.consent(pair.partnership, SUMMARY, ["0" * 64], **pair.as_("focal"))  # type: ignore[arg-type]

    def test_nobody_else_consents_and_nobody_for_the_other_side(self, pair: Pair) -> None:
        registered(pair)
        for who in ("viewer", "protocol", "stranger", "other_focal", "agenda"):
            with pytest.raises(NotFound):
                consent(pair, SUMMARY, who)
        lyon = Appointment(OfficeRole.CITY_LIAISON, starts_on=date(2026, 1, 1), city=city("Lyon"))
        appoint(pair.cast.account("delegate"), lyon, actor=pair.actor("viewer"), now=START)
        for _ in range(2):  # liaison of both cities: one press, or two, are one side's consent
            assert consent(pair, SUMMARY, "delegate") is False
        assert {row.party_id for row in session.scalars(select(PublicationConsent))} == {
            party.id for party in pair.partnership.parties if party.side is Side.DOMESTIC
        }

    def test_an_activity_is_shown_when_it_was_held_and_each_party_consents(self, pair: Pair) -> None:
        activity = held(pair)
        with pytest.raises(errors.NothingToConsentTo):
            publishing.consent(pair.partnership, "activity:unknown", [], **pair.as_("focal"))  # type: ignore[arg-type]
        consent(pair, activity.reference, "delegate")
        assert shown(pair).activities == ()
        consent(pair, activity.reference, "focal")
        assert shown(pair).activities == (activity,)
        activity.actual_to = date(2027, 2, 12)
        session.flush()
        assert shown(pair).activities == ()

    def test_a_contact_office_is_named_by_its_party_and_shown_by_consent_of_all(self, pair: Pair) -> None:
        words = OfficeWords(Text("Standards office", "标准化办公室"), "office@city.test", "https://city.test/")
        with pytest.raises(errors.OfficeNameNeeded):
            publishing.name_office(pair.partnership, replace(words, name=Text()), **pair.as_("focal"))  # type: ignore[arg-type]
        with pytest.raises(errors.WebsiteUnsafe):
            publishing.name_office(pair.partnership, replace(words, website="http://x"), **pair.as_("focal"))  # type: ignore[arg-type]
        office = publishing.name_office(pair.partnership, words, **pair.as_("focal"))  # type: ignore[arg-type]
        consent(pair, CONTACT, "focal")
        assert shown(pair).offices == ()
        consent(pair, CONTACT, "delegate")
        assert shown(pair).offices == (office,)
        ours = publishing.name_office(pair.partnership, words, **pair.as_("delegate"))  # type: ignore[arg-type]
        assert shown(pair).offices == ()  # ours is new, so we consent once more; they needn't
        consent(pair, CONTACT, "delegate")
        assert set(shown(pair).offices) == {office, ours}

    def test_a_third_party_is_asked_as_well(self, pair: Pair) -> None:
        registered(pair)
        third = PartnershipParty(
            partnership_id=pair.partnership.id, city_id=city("Osaka").id, side=Side.FOREIGN, order=2
        )
        session.add(third)
        session.flush()
        session.expire(pair.partnership, ["parties"])
        for who, everybody in (("delegate", False), ("focal", False), ("other_focal", True)):
            assert consent(pair, SUMMARY, who) is everybody
            assert shown(pair).summary is everybody

    def test_every_change_makes_the_public_pages_anew(self, pair: Pair) -> None:
        registered(pair)
        for deed in (consent, take_back):
            before = revisions.standing(revisions.PARTNERSHIPS)[0]
            deed(pair, SUMMARY, "delegate")
            assert revisions.standing(revisions.PARTNERSHIPS)[0] == before + 1

    def test_taking_back_what_was_never_given_is_refused(self, pair: Pair) -> None:
        with pytest.raises(errors.NothingToConsentTo):
            take_back(pair, SUMMARY, "focal")
        assert session.scalar(select(func.count()).select_from(PublicationConsent)) == 0

    def test_without_the_guard_everything_would_show(self, pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
        registered(pair)
        outcome, activity = proposed(pair), held(pair)
        outcome.state = OutcomeState.PUBLISHED
        session.flush()
        assert shown(pair) == reading.NOTHING
        monkeypatch.setattr(Thing, "may_be_shown", lambda *_: True)
        assert (shown(pair).summary, shown(pair).outcomes, shown(pair).activities) == (True, (outcome,), (activity,))


def test_a_thing_without_parties_is_nobodys_to_show() -> None:
    assert Thing("summary", None, {}).may_be_shown({}) is False
    given = {(1, "summary"): Given("a", START)}
    assert Thing("summary", None, {1: "a"}).may_be_shown(given) is True
    assert Thing("summary", None, {1: "b"}).may_be_shown(given) is False
    assert Thing("summary", None, {1: "a", 2: "a"}).may_be_shown(given) is False
