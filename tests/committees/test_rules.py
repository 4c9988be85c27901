"""References, dated names and terms of committees."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from forum.committees.models import CommitteeName, Post, PostRole, Succession, SuccessionKind, TitleStatus
from forum.committees.queries import runs
from forum.committees.references import folded, normal, slug, sort_key
from forum.committees.rules import name_on, runs_on, succeeded_by


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("ISO/TC268/SC1", "ISO/TC 268/SC 1"),
        ("ISO/IEC/JTC 4", "ISO/IEC JTC 4"),
        ("JTC1 WG11", "ISO/IEC JTC 1/WG 11"),
        ("IEC/ISO JTC 3", "IEC/ISO JTC 3"),  # a genuine reference: the order of bodies is kept
        ("ISO/TC\u00a0268", "ISO/TC 268"),
    ],
)
def test_every_source_spells_its_own_way_and_one_spelling_is_kept(written: str, canonical: str) -> None:
    assert normal(written) == canonical
    assert normal(canonical) == canonical


def test_an_address_follows_from_the_reference_and_the_sort_key_puts_numbers_in_order() -> None:
    assert slug("ISO/IEC JTC 4") == "iso-iec-jtc-4"
    assert folded("ISO／ＴＣ 268") == "isotc268"
    keys = [sort_key(text) for text in ("ISO/TC 59", "ISO/TC 268", "ISO/TC 268/WG 2", "ISO/TC 268/SC 1", "ISO/TC 292")]
    assert keys == sorted(keys)
    assert sort_key("ISO/TC268/SC1") == "ISO/TC 268/~SC 001"  # as ISO Open Data write it


def name(title: str, starts_on: date | None, ends_on: date | None) -> CommitteeName:
    """A name for some time."""
    return CommitteeName(title_en=title, starts_on=starts_on, ends_on=ends_on, zh_status=TitleStatus.NONE)


def test_a_committee_carries_one_name_on_each_day() -> None:
    names = [name("Old", None, date(2020, 1, 31)), name("New", date(2020, 2, 1), None)]
    told = {day: name_on(names, day) for day in (date(2000, 1, 1), date(2020, 1, 31), date(2020, 2, 1))}
    assert [each.title_en for each in told.values() if each] == ["Old", "Old", "New"]
    assert name_on([], date(2020, 1, 1)) is None


def test_a_dated_row_counts_from_its_first_day_to_its_last() -> None:
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    assert runs_on(first, last, first)
    assert runs_on(first, last, last)
    assert not runs_on(first, last, date(2027, 1, 1))
    assert runs_on(None, None, first)


def test_only_what_has_come_and_means_leaving_makes_a_banner() -> None:
    day = date(2027, 1, 1)
    rows = [
        Succession(from_id=1, kind=SuccessionKind.TRANSFERRED, effective_on=date(2026, 1, 1)),
        Succession(from_id=1, kind=SuccessionKind.TRANSFERRED, effective_on=date(2028, 1, 1)),
        Succession(from_id=1, kind=SuccessionKind.PARTLY_TRANSFERRED, effective_on=date(2026, 1, 1)),
        Succession(to_id=1, kind=SuccessionKind.MERGED, effective_on=date(2026, 1, 1)),
        Succession(from_id=1, kind=SuccessionKind.MERGED, effective_on=None),
    ]
    assert succeeded_by(rows, 1, day) == rows[:1]


def test_a_post_ended_yesterday_gives_no_right_today() -> None:
    noon = datetime(2027, 3, 1, 4, 0, tzinfo=UTC)  # noon in Beijing
    held = Post(role=PostRole.MIRROR_CHAIR, starts_on=date(2027, 1, 1), ends_on=date(2027, 3, 1))
    assert runs(held, noon)
    assert not runs(held, datetime(2027, 3, 1, 16, 0, tzinfo=UTC))  # the next day in Beijing
    held.ended_at = noon
    assert not runs(held, noon)
