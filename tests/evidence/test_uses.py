"""A city's use of a standard: consent decides how far it travels, and the pack holds nothing else."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pypdf
import pytest
from docx import Document

from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.core.database import session
from forum.evidence import errors, exports
from forum.evidence.models import CityUse, ReviewRule
from forum.evidence.operations import uses
from forum.evidence.operations.uses import Case
from forum.evidence.queries import uses as reading
from forum.evidence.queries.packs import Pack, pack_of
from forum.evidence.rules import use_figures
from forum.evidence.states import UseConsent, UseWay
from forum.places.models import City
from forum.translation.standing import Texts
from tests.conftest import START
from tests.evidence.chain import LIAISON, OFFICER, Chain
from tests.translation.planting import plant_state

PRIVATE = "CANARY-private"


def case(laid: Chain, consent: UseConsent = UseConsent.PUBLIC, **more: object) -> Case:
    said: dict[str, object] = {
        "title": Text("A plan by clauses", "按条款编制的规划"),
        "result": Text("Eleven per cent less energy", "能耗下降百分之十一"),
        "way": UseWay.APPLIED,
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2026, 12, 31),
        "clauses": "4.2, 6.1",
        "consent": consent,
        **more,
    }
    return Case(laid.standard, **said)  # type: ignore[arg-type]


def filed(laid: Chain, consent: UseConsent = UseConsent.PUBLIC, *, confirmed: bool = True, **more: object) -> CityUse:
    use = uses.file_use(laid.one(City, "hangzhou"), case(laid, consent, **more), actor=laid.actor(LIAISON), now=START)
    if confirmed:
        uses.confirm_use(use, seen=None, actor=laid.actor(OFFICER), now=START)
    return use


def pack(laid: Chain) -> Pack:
    return pack_of(laid.standard, laid.viewer(OFFICER), START)


def words_of(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def test_a_case_travels_as_far_as_the_city_consents(laid: Chain) -> None:
    use = filed(laid, UseConsent.NONE)
    for consent, in_pack, in_public in (
        (UseConsent.NONE, 0, 0),
        (UseConsent.PACK, 1, 0),
        (UseConsent.PUBLIC, 1, 1),
        (UseConsent.NONE, 0, 0),
    ):
        uses.consent(use, consent, seen=None, actor=laid.actor(LIAISON), now=START)
        assert len(pack(laid).uses) == in_pack
        assert len(reading.public_uses()) == in_public
        assert (use.consented_on is None) is (consent is UseConsent.NONE)


def test_a_case_counts_once_the_national_office_confirms_it(laid: Chain) -> None:
    use = filed(laid, confirmed=False)
    assert pack(laid).uses == ()
    with pytest.raises(errors.SomebodyElseConfirms):
        uses.confirm_use(use, seen=None, actor=laid.actor(LIAISON), now=START)
    uses.confirm_use(use, seen=None, actor=laid.actor(OFFICER), now=START)
    assert pack(laid).uses == (use,)
    with pytest.raises(errors.ConfirmedStays):
        uses.reword_use(use, case(laid), seen=use.version, actor=laid.actor(LIAISON), now=START)
    uses.withdraw_use(use, seen=None, actor=laid.actor(LIAISON), now=START)
    assert pack(laid).uses == ()
    with pytest.raises(errors.WithdrawnAlready):
        uses.consent(use, UseConsent.PUBLIC, seen=None, actor=laid.actor(LIAISON), now=START)


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"title": Text()}, errors.TitleNeeded),
        ({"result": Text()}, errors.ResultNeeded),
        ({"starts_on": date(2030, 1, 1)}, errors.DateAhead),
        ({"ends_on": date(2020, 1, 1)}, errors.PeriodReversed),
        ({"website": "javascript:alert(1)"}, errors.WebsiteUnsafe),
    ],
)
def test_a_case_that_says_too_little_is_refused(
    laid: Chain, wrong: dict[str, object], refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        filed(laid, **wrong)  # type: ignore[arg-type]


def test_the_files_hold_the_consented_cases_and_nobody_s_name(laid: Chain) -> None:
    filed(laid)
    filed(laid, UseConsent.NONE, title=Text(PRIVATE, PRIVATE))
    for language, words in (("en", "Eleven per cent less energy"), ("zh", "能耗下降百分之十一")):
        found, say = pack(laid), translator(language)
        content = exports.as_docx(found, say)
        text = words_of(content)
        assert words in text
        assert PRIVATE not in text
        assert "ISO 37101:2016" in text
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            everything = b"".join(package.read(name) for name in package.namelist())
        assert PRIVATE.encode() not in everything
        for name in (laid.cast.account(LIAISON).name, laid.cast.account(OFFICER).name, "python-docx"):
            assert name.encode() not in everything
        properties = Document(io.BytesIO(content)).core_properties
        assert (properties.author, properties.last_modified_by, properties.comments) == ("", "", "")
        assert exports.as_pdf(found, say).startswith(b"%PDF-")


def test_no_translation_of_ours_stands_in_a_pack_as_a_title(laid: Chain) -> None:
    assert "CANARY-unofficial" not in str(exports.pack_facts(pack(laid), translator("zh")))


def test_the_countries_asked_for_are_a_dated_rule(laid: Chain) -> None:
    filed(laid)
    assert (pack(laid).expected, pack(laid).figures.enough) == (5, False)
    session.add(ReviewRule(effective_from=date(2027, 1, 1), min_countries=1))
    session.add(ReviewRule(effective_from=date(2028, 1, 1), min_countries=9))
    session.flush()
    assert (pack(laid).expected, pack(laid).figures.enough) == (1, True)


def test_cities_and_countries_are_counted_once() -> None:
    figures = use_figures([(1, "CN"), (1, "CN"), (2, "CN"), (3, "FR")], expected=2)
    assert (figures.cities, figures.countries, figures.enough) == (3, 2, True)
    assert not use_figures([], expected=1).enough


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_machine_wrote_stands_in_a_pack_only_with_its_mark(laid: Chain, language: str) -> None:
    use = filed(laid, title=Text("A plan by clauses", "机器规划"), result=Text("Less energy", "旧译文"))
    plant_state(use, "title", "machine", START)
    plant_state(use, "result", "outdated", START)
    found, say = pack(laid), translator(language)
    strict: tuple[dict[str, Texts], ...] = ({}, {"texts": "reviewed"}, {"texts": "source"})
    for chosen in strict:
        content = exports.as_docx(found, say, **chosen)
        for text in (words_of(content), pdf_words(exports.as_pdf(found, say, **chosen))):
            assert "机器规划" not in text
            assert "旧译文" not in text
            assert "planbyclauses" in text.replace(" ", "").replace("\n", "")
    marked = words_of(exports.as_docx(found, say, "machine"))
    paper = pdf_words(exports.as_pdf(found, say, "machine"))
    mark = say("machine translation")
    assert (f"机器规划 [{mark}]" in marked) is (language == "zh")
    assert (say.ngettext(
        "%(num)s text is a machine translation that nobody has reviewed; it is marked.",
        "%(num)s texts are machine translations that nobody has reviewed; they are marked.",
        1,
    ) in marked) is (language == "zh")  # fmt: skip
    assert ("机器规划" in paper) is (language == "zh")
    assert (f"[{mark}]" in paper) is (language == "zh")


def pdf_words(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
