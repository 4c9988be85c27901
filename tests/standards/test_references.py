"""References in every scheme are taken apart, printed, addressed, and found in any spelling."""

from __future__ import annotations

import pytest

from forum.standards.references import dated_slug, folded, parse, printed, slug

# (written, stored, kind, draft, address of the current edition, address beside a newer one)
TABLE = (
    ("ISO 37120:2018", "ISO 37120:2018", "IS", "", "iso-37120", "iso-37120-2018"),
    ("ISO/TS 37107:2019", "ISO/TS 37107:2019", "TS", "", "iso-ts-37107", "iso-ts-37107-2019"),
    (
        "ISO/IEC TR 25005-2:2025",
        "ISO/IEC TR 25005-2:2025",
        "TR",
        "",
        "iso-iec-tr-25005-2",
        "iso-iec-tr-25005-2-2025",
    ),
    ("ISO/DIS 37100", "ISO/DIS 37100", "IS", "DIS", "iso-37100", "iso-37100-draft"),
    ("ISO/IEC DTR 25005-2", "ISO/IEC DTR 25005-2", "TR", "DTR", "iso-iec-tr-25005-2", "iso-iec-tr-25005-2-draft"),
    ("ISO/CD TS 37152", "ISO/CD TS 37152", "TS", "CD", "iso-ts-37152", "iso-ts-37152-draft"),
    (
        "ISO 37101:2016/Amd 1:2024",
        "ISO 37101:2016/Amd 1:2024",
        "IS",
        "",
        "iso-37101-2016-amd-1",
        "iso-37101-2016-amd-1",
    ),
    (
        "ISO/IEC Guide 21-1:2005",
        "ISO/IEC Guide 21-1:2005",
        "Guide",
        "",
        "iso-iec-guide-21-1",
        "iso-iec-guide-21-1-2005",
    ),
    ("IWA 45:2024", "IWA 45:2024", "IWA", "", "iwa-45", "iwa-45-2024"),
    ("IEC 63152:2020", "IEC 63152:2020", "IS", "", "iec-63152", "iec-63152-2020"),
    ("IEC SRD 63347-1:2025", "IEC SRD 63347-1:2025", "SRD", "", "iec-srd-63347-1", "iec-srd-63347-1-2025"),
    ("IEC 60050-831:2025", "IEC 60050-831:2025", "IS", "", "iec-60050-831", "iec-60050-831-2025"),
    (
        "ITU-T Y.4900/L.1600 (06/2016)",
        "ITU-T Y.4900/L.1600 (06/2016)",
        "Rec",
        "",
        "itu-t-y-4900",
        "itu-t-y-4900-2016-06",
    ),
    (
        "ITU-T Y Suppl. 58 (09/2025)",
        "ITU-T Y Suppl. 58 (09/2025)",
        "Suppl",
        "",
        "itu-t-y-suppl-58",
        "itu-t-y-suppl-58-2025-09",
    ),
    ("GB/T 36749—2018", "GB/T 36749-2018", "GB/T", "", "gb-t-36749", "gb-t-36749-2018"),
    ("ＧＢ/Ｔ　36749－2018", "GB/T 36749-2018", "GB/T", "", "gb-t-36749", "gb-t-36749-2018"),
    (
        "GB/T 36749—2018/ISO 37120:2014",
        "GB/T 36749-2018/ISO 37120:2014",
        "GB/T",
        "",
        "gb-t-36749",
        "gb-t-36749-2018",
    ),
    ("GB/T 34680.1-2017", "GB/T 34680.1-2017", "GB/T", "", "gb-t-34680-1", "gb-t-34680-1-2017"),
    ("20250645-T-469", "20250645-T-469", "plan", "", "plan-20250645-t-469", "plan-20250645-t-469"),
)


@pytest.mark.parametrize(("written", "stored", "kind", "draft", "current", "dated"), TABLE)
def test_a_reference_is_taken_apart_and_put_together_again(
    written: str, stored: str, kind: str, draft: str, current: str, dated: str
) -> None:
    known = parse(written)
    assert known is not None
    assert (known.stored, known.kind, known.draft) == (stored, kind, draft)
    assert (slug(written), dated_slug(written)) == (current, dated)
    assert parse(known.stored) == known
    assert parse(known.printed) == known


@pytest.mark.parametrize("dash", ["-", "–", "—", "－", "‐", "−"])
def test_any_dash_means_the_same_national_standard(dash: str) -> None:
    known = parse(f"GB/T 36749{dash}2018")
    assert known is not None
    assert known.stored == "GB/T 36749-2018"
    assert folded(f"GB/T 36749{dash}2018") == "gbt367492018"


def test_a_national_standard_is_printed_with_an_em_dash_and_no_other_one_is() -> None:
    assert printed("GB/T 36749-2018") == "GB/T 36749—2018"
    assert printed("ISO 37155-1:2020") == "ISO 37155-1:2020"
    assert printed("20250645-T-469") == "20250645-T-469"


def test_a_part_belongs_to_the_number_and_a_month_to_the_identity() -> None:
    part, recommendation = parse("ISO 37155-1:2020"), parse("ITU-T Y.4903/L.1603 (10/2016)")
    assert part is not None
    assert recommendation is not None
    assert part.number == "37155-1"
    assert (recommendation.number, recommendation.twins) == ("Y.4903", ("L.1603",))
    assert (recommendation.year, recommendation.month) == (2016, 10)


@pytest.mark.parametrize("nonsense", ["", "ISO", "37101", "IEC Technology Report Standards collaboration:2024", "¿?"])
def test_what_no_scheme_knows_is_not_taken_apart(nonsense: str) -> None:
    assert parse(nonsense) is None
    assert slug(nonsense) == dated_slug(nonsense)
