"""One standard, two cities: the board on which results are compared clause by clause."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.cooperation import errors
from forum.cooperation.models import Activity, ActivityKind, BoardClause, Finding
from forum.cooperation.operations import activities, comparing
from forum.cooperation.queries.board import clauses_of
from forum.cooperation.rules.board import clause_order, differ, is_clause_number, settled, tally
from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.core.database import begin_writing, session
from forum.core.refusals import NotFound
from forum.partnerships.models import Side
from tests.cast import Cast
from tests.conftest import START
from tests.cooperation.pair import Pair, in_force, planned
from tests.statements import counted_statements
from tests.translation.planting import plant_state

WORDS = Text("Stakeholders are named", "已确定利益相关方")
NOTHING = Text("", "")


def parallel(pair: Pair) -> Activity:
    return planned(pair, kind=ActivityKind.PARALLEL, title=Text("One standard", "同一标准"))


def clause(pair: Pair, number: str = "4.6.2", activity: Activity | None = None) -> BoardClause:
    return comparing.add_clause(activity or parallel(pair), number, WORDS, **pair.as_("delegate"))  # type: ignore[arg-type]


def result(pair: Pair, who: str, row: BoardClause, finding: Finding, seen: int = 0, remark: Text = WORDS) -> None:
    comparing.give_result(row, finding, remark, seen=seen, **pair.as_(who))  # type: ignore[arg-type]


def test_clauses_stand_as_the_standard_counts_them() -> None:
    typed = ["A.1", "4.6.10", "4.6.9", "4", "10.1"]
    assert sorted(typed, key=clause_order) == ["4", "4.6.9", "4.6.10", "10.1", "A.1"]
    assert all(map(is_clause_number, typed))
    assert not any(map(is_clause_number, ["", "four", "4..6", "<b>", "4.6.2; 5"]))


def test_results_differ_only_when_both_stand() -> None:
    assert differ(["met", "partly"])
    assert not differ(["met", "met"])
    assert not differ(["met", "under_way"])
    assert settled(["met", "not_applicable"])
    assert not settled(["met"])
    counted = tally([["met", "partly"], ["met", "met"], ["met"], []])
    assert (counted.clauses, counted.settled, counted.different) == (4, 2, 1)


def test_each_side_gives_its_own_result(pair: Pair) -> None:
    row = clause(pair)
    result(pair, "delegate", row, Finding.MET)
    result(pair, "focal", row, Finding.PARTLY)
    assert {side: each.finding for side, each in row.by_side.items()} == {
        Side.DOMESTIC: Finding.MET,
        Side.FOREIGN: Finding.PARTLY,
    }
    with pytest.raises(NotFound):
        result(pair, "viewer", row, Finding.MET)


def test_a_result_in_part_says_why(pair: Pair) -> None:
    row = clause(pair)
    for finding in (Finding.PARTLY, Finding.NOT_APPLICABLE):
        with pytest.raises(errors.RemarkNeeded):
            result(pair, "delegate", row, finding, remark=NOTHING)
    result(pair, "delegate", row, Finding.MET, remark=NOTHING)


def test_two_people_of_one_side_never_write_over_each_other(pair: Pair) -> None:
    row = clause(pair)
    result(pair, "delegate", row, Finding.UNDER_WAY)
    with pytest.raises(errors.ChangedMeanwhile):
        result(pair, "door", row, Finding.MET)
    result(pair, "door", row, Finding.MET, seen=row.by_side[Side.DOMESTIC].version)
    assert row.by_side[Side.DOMESTIC].finding is Finding.MET


def test_a_clause_is_on_the_board_once(pair: Pair) -> None:
    activity = parallel(pair)
    clause(pair, activity=activity)
    with pytest.raises(errors.ClauseThere):
        clause(pair, " 4.6.2 ", activity)
    with pytest.raises(errors.ClauseNumberNeeded):
        clause(pair, "the first", activity)
    assert [row.number for row in clauses_of(activity.id)] == ["4.6.2"]


def test_only_a_parallel_implementation_has_a_board(pair: Pair) -> None:
    with pytest.raises(errors.NotParallel):
        clause(pair, activity=planned(pair))


def test_a_cancelled_activity_keeps_its_board_as_it_is(pair: Pair) -> None:
    row = clause(pair)
    activities.perform(row.activity, "cancel", held=activities.NOT_HELD, reason="No money", **pair.as_("delegate"))  # type: ignore[arg-type]
    with pytest.raises(errors.BoardClosed):
        result(pair, "delegate", row, Finding.MET)
    with pytest.raises(errors.BoardClosed):
        clause(pair, "5", row.activity)


def test_a_clause_with_a_result_is_not_taken_off(pair: Pair) -> None:
    row = clause(pair)
    result(pair, "focal", row, Finding.MET)
    with pytest.raises(errors.ClauseHasResults):
        comparing.remove_clause(row, **pair.as_("delegate"))  # type: ignore[arg-type]
    other = clause(pair, "5", row.activity)
    comparing.remove_clause(other, **pair.as_("delegate"))  # type: ignore[arg-type]
    assert [each.number for each in clauses_of(row.activity_id)] == ["4.6.2"]


def test_what_the_committee_should_know_is_written_by_either_side_but_never_twice_at_once(pair: Pair) -> None:
    row = clause(pair)
    seen = row.version
    comparing.note_difference(row, WORDS, seen=seen, **pair.as_("delegate"))  # type: ignore[arg-type]
    with pytest.raises(errors.ChangedMeanwhile):
        comparing.note_difference(row, NOTHING, seen=seen, **pair.as_("focal"))  # type: ignore[arg-type]
    assert row.difference_en == WORDS.en


def test_the_board_is_worked_on_in_the_browser_by_both_sides(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        activity = parallel(in_force(cast))
        case, activity_id = activity.partnership.versions[0].public_id, activity.public_id
        session.commit()
    here = f"/desk/partnerships/{case}/plan/activities/{activity_id}/board"
    hangzhou, lyon = cast.client("delegate"), cast.client("focal")
    typed = {"number": "4.6.2", "title_en": "Governance", "title_zh": "治理"}
    assert hangzhou.submit(f"/zh{here}/new", typed).status_code == 303
    again = hangzhou.submit(f"/zh{here}/new", {**typed, "title_en": "Kept as typed"})
    assert again.status_code == 409
    assert "Kept as typed" in again.text
    with app.app_context():
        clause_id = session.scalars(select(BoardClause.public_id)).one()
    result_at = f"{here}/{clause_id}/result"
    assert hangzhou.submit(f"/zh{result_at}", {"finding": "met"}).status_code == 303
    refused = lyon.submit(f"/en{result_at}", {"finding": "partly"})
    assert refused.status_code == 422
    assert "Say what is missing" in refused.text
    assert lyon.submit(f"/en{result_at}", {"finding": "partly", "remark_en": "=No budget line"}).status_code == 303
    assert hangzhou.submit(f"/en{here}/{clause_id}/remove", {}).status_code == 409
    told = {"difference_en": "Clause 4.6.2 should name a minimum.", "difference_zh": "第4.6.2条宜规定下限。"}
    assert lyon.submit(f"/en{here}/{clause_id}/difference", told).status_code == 303
    page = hangzhou.get(f"/zh{here}").text
    assert all(word in page for word in ("治理", "杭州", "里昂", "第4.6.2条宜规定下限。", "No budget line"))
    table = lyon.get(f"/en{here}.csv").text
    assert "'=No budget line" in table
    assert "Result (Hangzhou)" in table
    assert cast.client("other_focal").get(f"/en{here}").status_code == 404
    assert cast.client("viewer").get(f"/en{here}").status_code == 200
    assert cast.client("viewer").get(f"/en{here}/new").status_code == 404


def test_a_long_board_costs_no_more_statements(app: Flask, cast: Cast) -> None:
    counts = []
    with app.app_context():
        begin_writing()
        pair = in_force(cast)
        activity = parallel(pair)
        address = f"/en/desk/partnerships/{pair.version.public_id}/plan/activities/{activity.public_id}/board"
        session.commit()
    for numbers in (range(1, 3), range(3, 40)):
        with app.app_context():
            begin_writing()
            activity = session.scalars(select(Activity)).one()
            again = Pair(cast, activity.partnership.versions[0].id)
            for number in numbers:
                result(again, "focal", clause(again, str(number), activity), Finding.MET)
            session.commit()
        reader = cast.client("delegate")
        reader.get(address)
        with app.app_context(), counted_statements() as seen:
            assert reader.get(address).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_the_table_for_the_committee_holds_a_machine_s_words_only_with_their_mark(app: Flask, cast: Cast) -> None:
    with app.app_context():
        begin_writing()
        pair = in_force(cast)
        activity = parallel(pair)
        row = clause(pair, activity=activity)
        result(pair, "focal", row, Finding.MET, remark=Text("Named in the plan", "机器备注"))
        plant_state(row, "title", "machine", START)
        plant_state(row.by_side[Side.FOREIGN], "remark", "machine", START)
        here = f"/desk/partnerships/{pair.version.public_id}/plan/activities/{activity.public_id}/board"
        session.commit()
    lyon = cast.client("focal")
    for texts in ("", "?texts=reviewed", "?texts=source"):
        table = lyon.get(f"/zh{here}.csv{texts}").text
        assert WORDS.zh not in table
        assert "机器备注" not in table
        assert WORDS.en in table
    marked = lyon.get(f"/zh{here}.csv?texts=machine").text
    mark = translator("zh")("machine translation")
    assert f"{WORDS.zh} [{mark}]" in marked
    assert f"机器备注 [{mark}]" in marked
    assert f"/zh{here}.csv?texts=machine" in lyon.get(f"/zh{here}").text
    assert lyon.get(f"/zh{here}.csv?texts=all").status_code == 400
