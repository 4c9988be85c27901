"""The thread: one line of time, each arrow with who and when, gaps as gaps, and nothing that is hidden."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from forum.agenda.models import AgendaSession
from forum.agenda.programme import Visibility as SessionVisibility
from forum.cities.models import CityProfile, Pilot
from forum.cities.words import Visibility
from forum.core.bilingual import Text
from forum.core.database import session
from forum.evidence import errors
from forum.evidence.models import EvidenceLink
from forum.evidence.neighbours import AdoptionFact, StageFact, neighbours
from forum.evidence.operations import links as keeping
from forum.evidence.operations import uses as using
from forum.evidence.operations.links import Assertion
from forum.evidence.operations.uses import Case
from forum.evidence.permissions import capacity_for
from forum.evidence.queries import links as reading
from forum.evidence.queries.ends import ends
from forum.evidence.queries.thread import is_bare, standard_thread
from forum.evidence.rules import Entry, Gap, Line, Phase, arranged
from forum.evidence.states import Capacity, LinkState, LinkVisibility, Relation, UseConsent, UseWay
from forum.partnerships.states import VersionState
from forum.places.models import City
from forum.standards.models import Scheme
from tests.conftest import START
from tests.cooperation.pair import held
from tests.evidence.chain import HIDDEN, LIAISON, OFFICER, ORGANISER, SECRETARY, Chain, stage
from tests.furnishing import release
from tests.statements import counted_statements

ON = date(2027, 2, 1)


def tie(
    laid: Chain,
    subject: str,
    relation: Relation,
    target: str,
    who: str = LIAISON,
    *,
    confirmed: bool = True,
    **more: object,
) -> EvidenceLink:
    """Tie two things together, as somebody who may, and have the office confirm it."""
    one, other = laid.end(subject, who), laid.end(target, who)
    said = Assertion(one, relation, other, ON, **more)  # type: ignore[arg-type]
    viewer = laid.viewer(who)
    capacity = capacity_for(one, viewer) or capacity_for(other, viewer)
    link = keeping.assert_link(said, capacity, actor=laid.actor(who), now=START)
    if confirmed:
        keeping.confirm_link(link, seen=None, actor=laid.actor("admin"), now=START)
    return link


def lines(laid: Chain, who: str | None = None) -> list[Line]:
    return standard_thread(laid.standard, laid.viewer(who), START)


def titles(found: list[Line]) -> list[str]:
    return [line.title.en for line in found if isinstance(line, Entry)]


def gaps(found: list[Line]) -> set[Phase]:
    return {line.phase for line in found if isinstance(line, Gap)}


def test_a_line_of_time_shows_what_is_missing_as_a_gap_in_its_place() -> None:
    talk = Entry(Phase.TALK, "", Text("talk"), date(2020, 1, 1))
    stage = Entry(Phase.STAGES, "", Text("stage"), date(2022, 1, 1))
    undated = Entry(Phase.STAGES, "", Text("later stage"), None)
    made = arranged([stage, talk, undated])
    assert [line.title.en if isinstance(line, Entry) else line.phase for line in made] == [
        "talk",
        Phase.IDEA,
        Phase.PARTNERSHIP,
        Phase.WORK,
        "stage",
        "later stage",
        Phase.PUBLICATION,
        Phase.ADOPTION,
        Phase.USE,
    ]
    assert [line for line in arranged([]) if isinstance(line, Entry)] == []
    assert len(arranged([])) == len(Phase)


def test_the_thread_leads_from_the_talk_to_the_use(laid: Chain) -> None:
    partnership = laid.pair.partnership.reference
    tie(laid, laid.talk, Relation.DISCUSSED, laid.standard_reference, ORGANISER)
    tie(laid, partnership, Relation.WORKED_ON, laid.standard_reference)
    tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference)
    use(laid, UseConsent.PUBLIC)
    found = lines(laid)
    assert set(titles(found)) >= {"From talk to standard", "Two cities, one standard", "Pilot", "A plan by clauses"}
    assert gaps(found) == {Phase.IDEA, Phase.ADOPTION}
    dates = [line.on for line in found if isinstance(line, Entry) and line.on]
    assert dates == sorted(dates)
    pilot = next(line for line in found if isinstance(line, Entry) and line.title.en == "Pilot")
    assert [(arrow.capacity, arrow.asserted_on, arrow.confirmed_on) for arrow in pilot.arrows] == [
        (Capacity.CITY, ON, START.date())
    ]


def test_a_link_is_read_by_the_public_once_confirmed_and_not_before(laid: Chain) -> None:
    link = tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference, confirmed=False)
    assert "Pilot" not in titles(lines(laid))
    assert is_bare(lines(laid))
    with pytest.raises(errors.SomebodyElseConfirms):
        keeping.confirm_link(link, seen=None, actor=laid.actor(LIAISON), now=START)
    keeping.confirm_link(link, seen=None, actor=laid.actor(OFFICER), now=START)
    assert "Pilot" in titles(lines(laid))
    keeping.withdraw_link(link, "Wrong city", seen=None, actor=laid.actor(LIAISON), now=START)
    assert "Pilot" not in titles(lines(laid))
    assert session.get_one(EvidenceLink, link.id).state is LinkState.WITHDRAWN  # withdrawn, never deleted
    again = tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference)
    assert again.id != link.id


def test_a_link_for_offices_is_not_for_the_public(laid: Chain) -> None:
    tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference, visibility=LinkVisibility.OFFICES)
    assert "Pilot" not in titles(lines(laid))
    assert "Pilot" in titles(lines(laid, OFFICER))


def test_hidden_ends_are_neither_shown_nor_walked_through(laid: Chain) -> None:
    veiled = f"pilot:{laid.one(Pilot, 'veiled').public_id}"
    tie(laid, veiled, Relation.TRIED, laid.standard_reference, "admin", confirmed=False)
    link = session.query(EvidenceLink).one()
    keeping.confirm_link(link, seen=None, actor=laid.actor(OFFICER), now=START)
    secret = f"session:{laid.one(AgendaSession, 'secret').public_id}"
    assert ends([veiled, secret], laid.viewer(None), START) == {}
    assert ends([secret], laid.viewer("admin"), START) == {}  # not released: for nobody
    shown = lines(laid)
    assert HIDDEN not in " ".join(titles(shown))
    assert gaps(shown) >= {Phase.WORK}
    session.query(CityProfile).filter_by(slug="osaka").one().visibility = Visibility.PUBLIC
    session.flush()
    assert HIDDEN in " ".join(titles(lines(laid)))  # the negative control


def test_what_lies_behind_something_hidden_is_unknown_too(laid: Chain) -> None:
    activity = held(laid.pair)
    tie(laid, activity.reference, Relation.WORKED_ON, laid.standard_reference)
    tie(laid, activity.reference, Relation.LED_TO, laid.pilot)
    assert titles(lines(laid))[:1] != ["Webinar"]
    assert "Webinar" not in titles(lines(laid))  # its parties haven't consented to show it
    assert "Pilot" not in titles(lines(laid))
    assert {"Webinar", "Pilot"} <= set(titles(lines(laid, LIAISON)))


def test_a_session_and_a_partnership_stand_apart_without_the_parties_consent(laid: Chain) -> None:
    partnership = laid.pair.partnership.reference
    tie(laid, laid.talk, Relation.LED_TO, partnership, ORGANISER)
    tie(laid, partnership, Relation.WORKED_ON, laid.standard_reference)
    assert "From talk to standard" not in titles(lines(laid))
    assert "From talk to standard" in titles(lines(laid, LIAISON))


def test_nobody_ties_together_what_is_not_theirs(laid: Chain) -> None:
    with pytest.raises(errors.NotYourEnd):
        tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference, "other_focal")
    with pytest.raises(errors.RelationUnfit):
        tie(laid, laid.pilot, Relation.BECAME, laid.standard_reference)
    link = tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference, SECRETARY, confirmed=False)
    assert link.asserted_as is Capacity.SECRETARY
    with pytest.raises(errors.LinkedAlready):
        tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference)
    ahead = Assertion(
        laid.end(laid.talk), Relation.DISCUSSED, laid.end(laid.standard_reference), START.date() + timedelta(days=1)
    )
    with pytest.raises(errors.DateAhead):
        keeping.assert_link(ahead, Capacity.ORGANISER, actor=laid.actor(ORGANISER), now=START)


def test_each_reads_the_links_that_concern_them(laid: Chain) -> None:
    tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference, confirmed=False)
    for who, count in ((LIAISON, 1), (OFFICER, 1), (SECRETARY, 1), ("agenda", 1), ("other_focal", 0), ("stranger", 0)):
        assert len(reading.listed(laid.viewer(who), START)) == count, who


def test_adoptions_come_from_their_room(laid: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    adoption = AdoptionFact(laid.standard.id, "GB/T 40759-2021", "", in_force=True, on=date(2021, 10, 11))
    monkeypatch.setattr(neighbours, "adoptions", lambda _ids, _who, _now: [adoption])
    found = lines(laid)
    assert "GB/T 40759-2021" in titles(found)
    assert Phase.ADOPTION not in gaps(found)


def test_an_adoption_of_which_the_year_alone_is_known_never_shows_a_day(
    laid: Chain, monkeypatch: pytest.MonkeyPatch
) -> None:
    known = AdoptionFact(laid.standard.id, "GB/T 1", "", in_force=True, on=date(2021, 1, 1), precision="year")
    monkeypatch.setattr(neighbours, "adoptions", lambda _ids, _who, _now: [known])
    (line,) = [each for each in lines(laid) if getattr(each, "phase", None) is Phase.ADOPTION]
    assert getattr(line, "precision", "") == "year"


def use(laid: Chain, consent: UseConsent, **more: object) -> object:
    case = Case(
        laid.standard,
        Text("A plan by clauses", "按条款编制的规划"),
        Text("Eleven per cent less energy", "能耗下降百分之十一"),
        UseWay.APPLIED,
        date(2025, 1, 1),
        date(2026, 12, 31),
        "4.2, 6.1",
        consent=consent,
        **more,  # type: ignore[arg-type]
    )
    made = using.file_use(laid.one(City, "hangzhou"), case, actor=laid.actor(LIAISON), now=START)
    using.confirm_use(made, seen=None, actor=laid.actor(OFFICER), now=START)
    return made


def test_the_thread_costs_the_same_for_one_link_as_for_many(laid: Chain) -> None:
    city = laid.one(City, "hangzhou")

    def cost() -> int:
        session.flush()
        session.expire_all()
        standard, viewer = laid.standard, laid.viewer(None)
        with counted_statements() as seen:
            standard_thread(standard, viewer, START)
        return len(seen)

    tie(laid, laid.pilot, Relation.TRIED, laid.standard_reference)
    first = cost()
    for number in range(12):
        pilot = Pilot(city_id=city.id, area="A01", title_en=f"Pilot {number}", title_zh="试点", starts_on=ON)
        session.add(pilot)
        session.flush()
        tie(laid, f"pilot:{pilot.public_id}", Relation.TRIED, laid.standard_reference)
    assert cost() == first
    assert first < 25


def test_a_talk_that_is_hidden_later_leaves_the_thread_and_stays_for_its_organiser(laid: Chain) -> None:
    tie(laid, laid.talk, Relation.DISCUSSED, laid.standard_reference, ORGANISER)
    assert "From talk to standard" in titles(lines(laid))
    laid.one(AgendaSession, "talk").visibility = SessionVisibility.STAFF
    session.flush()
    release(laid.cast.forum, START)
    assert "From talk to standard" not in titles(lines(laid))
    assert "From talk to standard" not in titles(lines(laid, LIAISON))
    assert "From talk to standard" in titles(lines(laid, ORGANISER))


def test_a_partnership_that_is_not_registered_is_not_on_the_thread(laid: Chain) -> None:
    tie(laid, laid.pair.partnership.reference, Relation.WORKED_ON, laid.standard_reference)
    assert "Two cities, one standard" in titles(lines(laid))
    laid.pair.version.state = VersionState.NEGOTIATING
    laid.pair.version.circle = 1
    session.flush()
    assert Phase.PARTNERSHIP in gaps(lines(laid))
    assert Phase.PARTNERSHIP in gaps(lines(laid, OFFICER))
    assert Phase.PARTNERSHIP not in gaps(lines(laid, LIAISON))


def test_no_line_shows_a_bare_code_of_a_scheme(laid: Chain, monkeypatch: pytest.MonkeyPatch) -> None:
    stage(laid.standard, "PPUB", date(2016, 8, 1), scheme=Scheme.IEC)
    assert "PPUB" not in titles(lines(laid))
    named = {"PPUB": StageFact(Text("International Standard published", "国际标准发布"), "60.60")}
    monkeypatch.setattr(neighbours, "stages", lambda _scheme, code: named.get(code))
    found = [line for line in lines(laid) if isinstance(line, Entry) and line.phase is Phase.PUBLICATION]
    assert [line.title.zh for line in found] == ["国际标准发布"]
