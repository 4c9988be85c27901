"""The evidence pack as a document: the review's questions with what this country can answer, in either language.

The file names nobody: neither author nor editor stand in its properties, and people are never part of a pack.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

from babel.dates import format_skeleton
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

from forum.core.catalogue import Translator
from forum.core.refusals import spoken
from forum.core.text import clean
from forum.evidence.models import CityUse
from forum.evidence.queries.packs import Pack
from forum.evidence.states import END_KINDS, USE_WAYS, UseWay
from forum.ports.documents.typeset import typeset
from forum.translation.standing import Texts
from forum.translation.words import FileWords

__all__ = ["DOCX", "PDF", "Translator", "as_docx", "as_pdf", "questions"]

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
LOCALES = {"en": "en_GB", "zh": "zh_Hans_CN"}


@dataclass(frozen=True, slots=True)
class Answer:
    """One question of a systematic review with what is known here."""

    question: str
    answer: str
    lines: tuple[str, ...] = ()


def day_words(on: date, language: str) -> str:
    """Return ``20 Apr 2027`` or ``2027年4月20日``."""
    noon = datetime(on.year, on.month, on.day, 12, tzinfo=UTC).replace(tzinfo=None)
    return format_skeleton("yMMMd", noon, locale=LOCALES[language])


def questions(pack: Pack, _: Translator, words: FileWords | None = None) -> list[Answer]:
    """Return the questions about use (Directives Part 1, 2.9; wording to be confirmed) and what answers them."""
    direct = pack.ways(UseWay.APPLIED, UseWay.CERTIFIED)
    national, ruled = pack.ways(UseWay.NATIONAL), pack.ways(UseWay.REGULATION)
    adopted = [_adoption_line(fact.reference, fact.degree, _) for fact in pack.adoptions if fact.in_force]
    figures = pack.figures
    words = words or FileWords(pack.uses, "reviewed", _)
    return [
        Answer(
            _("Has it been adopted nationally, and to which degree?"),
            _("Yes.") if adopted else _("Not as far as is recorded here."),
            tuple(adopted),
        ),
        Answer(
            _("Is it used without national adoption?"),
            _count(direct, _),
            tuple(_case_line(use, words) for use in direct),
        ),
        Answer(
            _("Is it used through the national standard that adopts it?"),
            _count(national, _),
            tuple(_case_line(use, words) for use in national),
        ),
        Answer(_("Is it referenced in regulations?"), _count(ruled, _), tuple(_case_line(use, words) for use in ruled)),
        Answer(
            _("In how many countries is it used, as far as is recorded here?"),
            _.ngettext("In %(num)s country; ", "In %(num)s countries; ", figures.countries)
            + _("%(expected)s are expected.", expected=pack.expected),
        ),
        Answer(
            _("What else shows that it is used?"),
            _("See the table of work below.") if pack.work else _("Nothing that the public may read."),
        ),
    ]


def _count(found: Sequence[CityUse], _: Translator) -> str:
    if not found:
        return _("Not as far as is recorded here.")
    return _.ngettext("Yes: %(num)s case.", "Yes: %(num)s cases.", len(found))


def _adoption_line(reference: str, degree: str, _: Translator) -> str:
    known = spoken(degree, _) if degree else _("degree to be confirmed")
    return _("%(reference)s (%(degree)s)", reference=reference, degree=known)


def _case_line(use: CityUse, words: FileWords) -> str:
    _ = words.say
    place = use.city.text("name").shown(_.language).text
    return _("%(city)s: %(case)s", city=place, case=words.cell(use, "title"))


def _period(use: CityUse, language: str) -> str:
    first = day_words(use.starts_on, language)
    return f"{first} –" if use.ends_on is None else f"{first} – {day_words(use.ends_on, language)}"


def pack_facts(pack: Pack, _: Translator, texts: Texts = "reviewed") -> dict[str, Any]:
    """Return everything that both kinds of file print, in one language.

    What a city has filed was confirmed by the national office: it stands unless a machine wrote it.
    """
    words = FileWords(pack.uses, texts, _)
    facts = _facts(pack, _, words)
    return facts | {"notice": " ".join(filter(None, (facts["notice"], words.notice)))}


def _facts(pack: Pack, _: Translator, words: FileWords) -> dict[str, Any]:
    language = _.language
    standard = pack.standard
    return {
        "language": language,
        "heading": _("Evidence of use for the systematic review"),
        "reference": standard.reference,
        "title": pack.title.shown(language).text,
        "prepared": _("Prepared on %(day)s", day=day_words(pack.as_of.date(), language)),
        "notice": _(
            "Every case was filed by its city, confirmed by the national office, and is shown with the city’s consent."
        ),
        "source": _("Contains information from ISO Open Data, made available under the ODC Attribution License.")
        + (" " + _("as of %(day)s", day=day_words(standard.as_of, language)) if standard.as_of else ""),
        "part_questions": _("Questions about use"),
        "questions": [
            {"question": one.question, "answer": one.answer, "lines": list(one.lines)}
            for one in questions(pack, _, words)
        ],
        "part_cases": _("Cases of use"),
        "no_cases": _("No city has filed a case that may travel."),
        "heads": [_("City"), _("Case of use"), _("Way of use"), _("Clauses"), _("Period of use"), _("Result")],
        "cases": [
            [
                use.city.text("name").shown(language).text,
                words.cell(use, "title"),
                _(USE_WAYS[use.way]),
                use.clauses or _("Whole document"),
                _period(use, language),
                words.cell(use, "result"),
            ]
            for use in pack.uses
        ],
        "part_work": _("Work on record"),
        "work_heads": [_("Kind"), _("Title"), _("Cities"), _("Date")],
        "work": [
            [
                spoken(END_KINDS[end.kind], _),
                words.marked(words.limited(end.title).shown(language)),
                end.place.shown(language).text,
                day_words(end.on, language) if end.on else "",
            ]
            for end in pack.work
        ],
    }


def as_pdf(pack: Pack, _: Translator, texts: Texts = "reviewed") -> bytes:
    """Return the pack as PDF; raises what ``typeset`` raises."""
    return typeset("evidence_pack", pack_facts(pack, _, texts), dated=pack.as_of.replace(microsecond=0))


def as_docx(pack: Pack, _: Translator, texts: Texts = "reviewed") -> bytes:
    """Return the pack as a Word document without a name in its properties."""
    facts = pack_facts(pack, _, texts)
    document = Document()
    _plain_style(document, facts["language"])
    document.add_heading(clean(facts["heading"]), level=1)
    document.add_paragraph(clean(f"{facts['reference']}  {facts['title']}".strip()))
    document.add_paragraph(clean(facts["prepared"]))
    document.add_paragraph(clean(facts["notice"]))
    document.add_heading(clean(facts["part_questions"]), level=2)
    for each in facts["questions"]:
        document.add_paragraph(clean(each["question"]), style="List Number")
        document.add_paragraph(clean(each["answer"]))
        for line in each["lines"]:
            document.add_paragraph(clean(line), style="List Bullet")
    document.add_heading(clean(facts["part_cases"]), level=2)
    if facts["cases"]:
        _table(document, facts["heads"], facts["cases"])
    else:
        document.add_paragraph(clean(facts["no_cases"]))
    if facts["work"]:
        document.add_heading(clean(facts["part_work"]), level=2)
        _table(document, facts["work_heads"], facts["work"])
    document.add_paragraph(clean(facts["source"]))
    _clear(document, facts, pack.as_of)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _plain_style(document: Any, language: str) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Noto Sans", Pt(10)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), "Noto Sans CJK SC")
    for section in document.sections:
        section.left_margin = section.right_margin = Cm(2)
    document.core_properties.language = "zh-Hans" if language == "zh" else "en-GB"


def _table(document: Any, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    table = document.add_table(rows=1, cols=len(heads))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.paragraphs[0].add_run(clean(head)).bold = True
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = clean(text)


def _clear(document: Any, facts: dict[str, Any], as_of: datetime) -> None:
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.keywords = ""
    properties.category = properties.subject = ""
    properties.title = clean(f"{facts['heading']}: {facts['reference']}")
    properties.created = properties.modified = as_of.astimezone(UTC).replace(tzinfo=None, microsecond=0)
    properties.revision = 1
