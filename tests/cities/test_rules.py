"""What a profile, a certificate and the number of a standard are, as pure rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.cities.areas import ISSUES, areas
from forum.cities.errors import AreaTwice, TooManyAreas, TooManyReferences, UnclearReference, UnknownArea
from forum.cities.rules import (
    certificate_state,
    first_free,
    fresh_from,
    freshness,
    is_reference,
    ranked,
    references,
    slug_of,
)

pytestmark = pytest.mark.once


def test_there_are_twelve_areas_named_in_both_languages_and_their_issues_are_known() -> None:
    found = areas()
    assert list(found) == [f"A{number:02}" for number in range(1, 13)]
    assert all(area.name.en and area.name.zh and area.sdg_targets for area in found.values())
    assert {issue for area in found.values() for issue in area.issues} <= set(ISSUES)


def test_a_profile_is_stale_twelve_months_after_it_was_confirmed() -> None:
    confirmed = date(2026, 3, 1)
    assert freshness(confirmed, date(2027, 2, 28)) == "fresh"
    assert freshness(confirmed, date(2027, 3, 1)) == "stale"
    assert freshness(None, date(2027, 3, 1)) == "never"
    assert freshness(date(2024, 2, 29), date(2025, 2, 28)) == "fresh"
    assert freshness(date(2024, 2, 29), date(2025, 3, 1)) == "stale"


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_the_list_and_the_notice_agree_on_what_is_stale(confirmed: date, days: int) -> None:
    today = date.fromordinal(confirmed.toordinal() + days)
    assert (confirmed >= fresh_from(today)) == (freshness(confirmed, today) == "fresh")


def test_a_certificate_holds_on_its_last_day_and_ages_in_its_last_ninety() -> None:
    until = date(2027, 6, 30)
    assert certificate_state(until, date(2027, 4, 1)) == "valid"
    assert certificate_state(until, date(2027, 4, 2)) == "ageing"
    assert certificate_state(until, until) == "ageing"
    assert certificate_state(until, date(2027, 7, 1)) == "expired"


@pytest.mark.parametrize(
    "reference",
    [
        "ISO 37101",
        "iso37120:2018",
        "ISO/IEC 30145-1:2021",
        "ISO/TS 37107:2019",
        "GB/T 36749-2018",
        "GB/T 36749—2018",
        "ＧＢ／Ｔ　３６７４９－２０１８",
        "GB 50180-2018",
        "DB33/T 2309-2021",
        "T/CAS 512-2021",
        "EN 17412-1",
        "BS EN ISO 37101",
        "ITU-T Y.4903",
        "ISO 37101:2016/Amd 1:2024",
    ],
)
def test_the_number_of_a_standard_is_taken_as_it_is_typed(reference: str) -> None:
    assert is_reference(reference)
    assert len(references(reference)) == 1


@pytest.mark.parametrize("reference", ["the usual ones", "37101", "ISO", "=1+1", "<script>", "ISO " + "1" * 70, "；"])
def test_what_is_no_number_of_a_standard_is_refused(reference: str) -> None:
    assert not is_reference(reference)


def test_references_stand_on_lines_or_between_commas_each_once() -> None:
    assert references("ISO 37101\nGB/T 36749-2018，iso 37101、ISO 37120；") == [
        "ISO 37101",
        "GB/T 36749-2018",
        "ISO 37120",
    ]
    with pytest.raises(UnclearReference) as refused:
        references("ISO 37101, see above")
    assert "see above" in str(refused.value)
    with pytest.raises(TooManyReferences):
        references("\n".join(f"ISO {number}" for number in range(37000, 37013)))


@given(st.text(max_size=300))
def test_whatever_is_typed_as_references_is_taken_or_refused(text: str) -> None:
    try:
        found = references(text)
    except (UnclearReference, TooManyReferences):
        return
    assert all(is_reference(each) for each in found)


def test_five_areas_are_ranked_without_gaps_and_each_once() -> None:
    assert ranked(["A03", "", "A01"]) == ["A03", "A01"]
    with pytest.raises(AreaTwice):
        ranked(["A03", "A03"])
    with pytest.raises(TooManyAreas):
        ranked([f"A{number:02}" for number in range(1, 7)])
    with pytest.raises(UnknownArea):
        ranked(["A13"])


def test_addresses_are_plain_and_differ() -> None:
    assert slug_of("Xi’an") == "xian"
    assert slug_of("Ürümqi") == "urumqi"
    assert slug_of("杭州") == "city"
    assert first_free("lyon", (), frozenset()) == "lyon"
    assert first_free("lyon", ("france",), frozenset({"lyon"})) == "lyon-france"
    assert first_free("lyon", ("france",), frozenset({"lyon", "lyon-france"})) == "lyon-2"
