"""Seeds, stages that are declared, edits that are remembered, and work that is handed over."""

from __future__ import annotations

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.audit.models import AuditEntry
from forum.committees.errors import SameCommittee
from forum.committees.models import (
    Committee,
    CommitteeState,
    Confidence,
    Mirror,
    Post,
    Succession,
    SuccessionKind,
    TitleStatus,
)
from forum.core import revisions
from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.standards import errors, operations
from forum.standards.models import FormerSlug, Scheme, StageEvent, StageKind, Standard, Standing, Topic, Track
from forum.standards.operations import ChineseTitle, Declared, Transfer
from forum.standards.operations.addresses import settle_addresses
from forum.standards.queries import changes, reading
from tests.cast import Cast
from tests.committees import scene as committees_scene
from tests.conftest import FixedClock
from tests.standards import scene as standards_scene
from tests.standards.ground import committee, standard

DAY = date(2027, 2, 1)


@pytest.fixture(autouse=True)
def writing_here(catalogue: Cast, app: Flask) -> object:
    """A write transaction on the catalogue."""
    with app.app_context():
        begin_writing()
        yield
        session.rollback()
        session.remove()


def test_the_seeds_hold_every_deliverable_with_its_facts() -> None:
    counts = dict(session.execute(select(Standard.scheme, func.count()).group_by(Standard.scheme)).all())
    assert counts == {Scheme.ISO: 81, Scheme.IEC: 23, Scheme.ITU: 56, Scheme.SAC: 10}
    titles = dict(session.execute(select(Standard.zh_status, func.count()).group_by(Standard.zh_status)).all())
    assert titles == {
        TitleStatus.UNOFFICIAL: 124,
        TitleStatus.NONE: 23,
        TitleStatus.TO_CONFIRM: 1,
        TitleStatus.IN_USE: 13,
        TitleStatus.OFFICIAL: 9,
    }
    owners = dict(
        session.execute(
            select(Committee.reference, func.count())
            .join(Standard, Standard.committee_id == Committee.id)
            .group_by(Committee.reference)
        ).all()
    )
    assert owners["ISO/TC 268"] == 24
    assert owners["ISO/TC 268/SC 1"] == 23
    assert owners["ISO/TC 268/SC 2"] == 22
    assert owners["ITU-T SG20"] == 56
    assert session.scalar(select(func.count()).select_from(Topic)) == 7
    unsure = session.scalars(select(Standard).where(Standard.confidence == Confidence.TO_CONFIRM)).all()
    assert {row.reference for row in unsure} == {"GB/T 40759-2021", "GB/T 41150-2021"}
    amendment = standard("ISO 37101:2016/Amd 1:2024")
    assert amendment.base is not None
    assert amendment.base.reference == "ISO 37101:2016"


def test_loading_the_seeds_again_changes_nothing_and_leaves_edits_alone(clock: FixedClock) -> None:
    found = standard("ISO 37101:2016")
    operations.set_chinese_title(
        found, found.version, ChineseTitle("另一译名", TitleStatus.UNOFFICIAL), actor=SYSTEM, now=clock()
    )
    counted = [select(func.count()).select_from(table) for table in (Standard, StageEvent, Committee, Succession)]
    before = [session.scalar(count) for count in counted]
    assert operations.seed(actor=SYSTEM, now=clock()) == (0, 0)
    assert [session.scalar(count) for count in counted] == before
    assert standard("ISO 37101:2016").title_zh == "另一译名"


def test_the_current_edition_has_the_number_as_its_address_and_older_ones_their_year() -> None:
    assert standard("ISO 37120:2018").slug == "iso-37120"
    assert standard("ISO 37120:2014").slug == "iso-37120-2014"
    assert standard("ISO 37100:2016").slug == "iso-37100"
    assert standard("ISO/DIS 37100").slug == "iso-37100-draft"
    assert standard("ISO/DIS 37187").slug == "iso-37187"
    assert standard("ISO/TS 37151:2015").slug == "iso-ts-37151"
    assert standard("ITU-T Y.4903 (03/2022)").slug == "itu-t-y-4903"
    assert standard("ITU-T Y.4903/L.1603 (10/2016)").slug == "itu-t-y-4903-2016-10"


def test_a_draft_that_is_published_takes_the_address_and_the_old_addresses_lead_on() -> None:
    draft, old = standard("ISO/DIS 37100"), standard("ISO 37100:2016")
    draft.reference, draft.published_on, draft.standing = "ISO 37100:2027", date(2027, 2, 1), Standing.PUBLISHED
    old.standing = Standing.WITHDRAWN
    settle_addresses("iso-37100")
    assert (draft.slug, old.slug) == ("iso-37100", "iso-37100-2016")
    led = {row.slug: row.standard_id for row in session.scalars(select(FormerSlug))}
    assert led["iso-37100-draft"] == draft.id
    assert reading.former("iso-37100-draft") == "iso-37100"
    assert reading.former("ISO 37100：2016") == "iso-37100-2016"


@pytest.mark.parametrize("written", ["GB/T 36749—2018", "GB/T 36749-2018", "gbt36749-2018", "gb-t-36749-2018"])
def test_a_reference_in_any_spelling_finds_its_page(written: str) -> None:
    assert reading.former(written) == "gb-t-36749"


def declared(reference: str, code: str, clock: FixedClock, on: date = DAY, reason: str = "Notice N 100") -> StageEvent:
    found = standard(reference)
    return operations.declare(found, found.version, Declared(code, on, reason), actor=SYSTEM, now=clock())


def test_a_declared_stage_follows_the_matrix_and_is_one_more_row(clock: FixedClock) -> None:
    before = revisions.standing(revisions.STANDARDS)[0]
    event = declared("ISO/DIS 37187", "40.60", clock)
    found = standard("ISO/DIS 37187")
    assert (found.stage, found.stage_on, found.standing) == ("40.60", DAY, Standing.UNDER_DEVELOPMENT)
    assert event.kind is StageKind.DECLARED
    assert [row.code for row in reading.events_of(found.id)] == ["40.60", "40.20"]
    assert revisions.standing(revisions.STANDARDS)[0] == before + 1
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "declare_stage")).one()
    assert "Notice" not in entry.body  # states and days, never free text
    assert '"after":"40.60"' in entry.body


@pytest.mark.parametrize("code", ["60.60", "40.20", "00.00", "40.98"])
def test_a_step_outside_the_matrix_is_refused_and_the_lawful_ones_are_named(clock: FixedClock, code: str) -> None:
    with pytest.raises(errors.UnlawfulStage) as refused:
        declared("ISO/DIS 37187", code, clock)
    assert refused.value.status == 409
    assert str(refused.value).endswith("only be one of these: 40.60.")
    assert standard("ISO/DIS 37187").stage == "40.20"


def test_nothing_follows_the_end(clock: FixedClock) -> None:
    with pytest.raises(errors.LastStage):
        declared("ISO 37120:2014", "90.20", clock)


def test_a_code_of_another_scheme_is_no_stage(clock: FixedClock) -> None:
    with pytest.raises(errors.UnknownStage):
        declared("ITU-T Y.4903 (03/2022)", "90.20", clock)
    assert declared("ITU-T Y.4903 (03/2022)", "superseded", clock).scheme is Scheme.ITU
    assert standard("ITU-T Y.4903 (03/2022)").standing is Standing.WITHDRAWN


def test_a_report_is_put_to_the_vote_at_stage_50_alone(clock: FixedClock) -> None:
    made = standard("ISO/DIS 37187")
    made.kind, made.stage = "TR", "30.99"
    session.flush()
    assert "40.00" not in operations.lawful(made)
    assert "50.00" in operations.lawful(made)
    with pytest.raises(errors.BallotStageWrong):
        declared("ISO/DIS 37187", "40.20", clock)


def test_a_declared_stage_needs_a_reason_and_a_day_that_has_come(clock: FixedClock) -> None:
    with pytest.raises(errors.ReasonMissing):
        declared("ISO/DIS 37187", "40.60", clock, reason="  ")
    with pytest.raises(errors.DayAhead):
        declared("ISO/DIS 37187", "40.60", clock, on=date(2027, 3, 2))
    declared("ISO/DIS 37187", "40.60", clock)
    with pytest.raises(errors.DayBefore):
        declared("ISO/DIS 37187", "40.99", clock, on=date(2027, 1, 31))


def test_who_opened_an_older_version_declares_nothing(clock: FixedClock) -> None:
    found = standard("ISO/DIS 37187")
    seen = found.version
    declared("ISO/DIS 37187", "40.60", clock)
    with pytest.raises(errors.StandardChanged):
        operations.declare(found, seen, Declared("40.99", DAY, "Report"), actor=SYSTEM, now=clock())


def test_what_is_edited_here_is_remembered_for_imports(clock: FixedClock) -> None:
    found = standard("ISO/DIS 37190")
    title = ChineseTitle("某标准", TitleStatus.OFFICIAL, "GB/T 1")
    operations.set_chinese_title(found, found.version, title, actor=SYSTEM, now=clock())
    operations.plan(found, found.version, Track.M36, {"IS": date(2028, 1, 1)}, actor=SYSTEM, now=clock())
    operations.set_topics(found, found.version, ["indicators", "nonsense"], actor=SYSTEM, now=clock())
    assert found.edited_fields == ["targets", "title_zh", "topics", "track", "zh_status"]
    assert (found.zh_status, found.targets) == (TitleStatus.OFFICIAL, {"IS": "2028-01-01"})
    assert [topic.slug for topic in reading.entry(found).topics] == ["indicators"]
    operations.set_chinese_title(
        found, found.version, ChineseTitle("", TitleStatus.OFFICIAL, "GB/T 1"), actor=SYSTEM, now=clock()
    )
    assert (found.zh_status, found.zh_source) == (TitleStatus.NONE, "")


def test_target_dates_follow_one_another(clock: FixedClock) -> None:
    found = standard("ISO/DIS 37190")
    with pytest.raises(errors.TargetsReversed) as refused:
        operations.plan(
            found,
            found.version,
            None,
            {"DIS": date(2028, 1, 1), "IS": date(2027, 1, 1)},
            actor=SYSTEM,
            now=clock(),
        )
    assert refused.value.field == "due_IS"


def handed(clock: FixedClock, source: str, target: str, on: date, **more: object) -> object:
    here = committee(source)
    works = frozenset(work.public_id for work in reading.open_work(here.id))
    return operations.transfer(
        here,
        committee(target),
        Transfer(on, **{"works": works, **more}),  # type: ignore[arg-type]
        actor=SYSTEM,
        now=clock(),
    )


def test_after_a_transfer_the_day_before_has_another_owner(clock: FixedClock) -> None:
    moved = handed(clock, "ISO/TC 268/SC 2", "ISO/IEC JTC 4", DAY)
    work = standard("ISO/DIS 16481")
    before, after = reading.owner_on(work.id, date(2027, 1, 31)), reading.owner_on(work.id, DAY)
    assert before is not None
    assert after is not None
    assert (before.reference, after.reference) == ("ISO/TC 268/SC 2", "ISO/IEC JTC 4")
    assert work.committee is not None
    assert work.committee.reference == "ISO/IEC JTC 4"
    assert "committee" in work.edited_fields
    old = committee("ISO/TC 268/SC 2")
    assert old.state is CommitteeState.TRANSFERRED
    line = session.scalars(select(Succession).where(Succession.from_id == old.id)).one()
    assert (line.kind, line.effective_on) == (SuccessionKind.TRANSFERRED, DAY)
    assert getattr(moved, "works", 0) == len(reading.open_work(committee("ISO/IEC JTC 4").id))
    withdrawn = standard("ISO 37162:2020")
    assert withdrawn.standing is Standing.WITHDRAWN
    assert withdrawn.committee_id == old.id  # what is over stays where it was


def test_a_part_of_the_work_can_be_handed_over_and_the_committee_works_on(clock: FixedClock) -> None:
    one = standard("ISO 37154:2017")
    handed(clock, "ISO/TC 268/SC 2", "ISO/IEC JTC 4", DAY, works={one.public_id}, whole=False)
    assert committee("ISO/TC 268/SC 2").state is CommitteeState.ACTIVE
    assert standard("ISO 37154:2017").committee_id == committee("ISO/IEC JTC 4").id
    assert standard("ISO 37157:2018").committee_id == committee("ISO/TC 268/SC 2").id
    with pytest.raises(errors.NothingChosen):
        handed(clock, "ISO/TC 268/SC 2", "ISO/IEC JTC 4", DAY, works=frozenset(), whole=False)


def test_mirrors_follow_a_transfer_and_posts_do_between_national_committees(clock: FixedClock) -> None:
    handed(clock, "ISO/TC 268", "ISO/IEC JTC 4", DAY)
    target = committee("ISO/IEC JTC 4")
    row = session.scalars(select(Mirror).where(Mirror.committee_id == target.id)).one()
    assert (row.national.reference, row.starts_on) == ("SAC/TC 567", DAY)
    assert session.scalars(select(Mirror.ends_on).where(Mirror.committee_id == committee("ISO/TC 268").id)).all() == [
        date(2027, 1, 31)
    ]
    moved = handed(clock, "SAC/TC 567", "SAC/TC 28", DAY)
    assert getattr(moved, "posts", 0) == 3
    begun = session.scalars(select(Post).where(Post.committee_id == committee("SAC/TC 28").id)).all()
    assert {post.starts_on for post in begun} == {DAY}
    left = session.scalars(select(Post).where(Post.committee_id == committee("SAC/TC 567").id)).all()
    assert all(post.ended_at is not None for post in left)


def test_nothing_is_handed_over_ahead_of_its_day_or_to_itself(clock: FixedClock) -> None:
    with pytest.raises(errors.DayAhead):
        handed(clock, "ISO/TC 268/SC 2", "ISO/IEC JTC 4", date(2027, 3, 2))
    with pytest.raises(SameCommittee):
        handed(clock, "ISO/TC 268/SC 2", "ISO/TC 268/SC 2", DAY)


def test_what_changed_since_a_day_is_told_by_the_day_it_happened(clock: FixedClock) -> None:
    declared("ISO/DIS 37187", "40.60", clock)
    found, count = changes.stages(DAY)
    assert [(row.standard.reference, row.code) for row in found] == [("ISO/DIS 37187", "40.60")]
    assert count == 1
    assert changes.stages(date(2027, 2, 2)) == ([], 0)
    of_another, none = changes.stages(DAY, committee("ITU-T SG20"))
    assert (list(of_another), none) == ([], 0)


def test_the_scenes_name_what_is_there(catalogue: Cast, clock: FixedClock) -> None:
    values = [scene.furnish(catalogue, clock()) for scene in (committees_scene, standards_scene)]
    for side in ("own", "other"):
        assert reading.chosen(values[1][side]["standard_slug"]) is not None
        post = session.scalars(select(Post).where(Post.public_id == values[0][side]["post_id"])).one()
        assert post.committee.slug == values[0][side]["committee_slug"]


def test_the_first_thing_known_of_a_deliverable_is_no_change() -> None:
    found, _count = changes.stages(date(2025, 1, 1), limit=500)
    told = {(row.standard.reference, row.code) for row in found}
    assert ("ISO/DIS 37187", "40.20") not in told  # where it stood when it was first seen, since nobody knows when
    assert ("ISO 37101:2016", "90.93") in told  # it was known as published before
    assert ("ISO 37114:2025", "60.60") in told
