"""How the glossary changes: who confirms, what one owner prefers, merging, files, answers, what comes along."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from forum.audit.queries import history
from forum.core.actor import Actor
from forum.core.bilingual import Text
from forum.core.catalogue import translator
from forum.core.database import session
from forum.core.workflow import ReasonNeeded
from forum.ports.exchange.tbx import TbxConcept, TbxTerm
from forum.terms import errors, exports, imports
from forum.terms.models import TermAnswer, TermConcept, TermRendering
from forum.terms.operations import answering, judging, merging, seeding, taking_in, writing
from forum.terms.operations.answering import TextPlace
from forum.terms.operations.writing import Facts, Saying
from forum.terms.queries import concepts
from forum.terms.queries.checking import answers_of, glossary
from forum.terms.queries.concepts import Wanted
from forum.terms.states import OFFICE, TRANSLATOR, Certainty, TermSubject, Use
from tests.conftest import START
from tests.terms.scene import SOMEBODY, concept, word

OTHER = Actor("account:other")
TRANSLATORS, OFFICERS = frozenset({TRANSLATOR}), frozenset({OFFICE})
pytestmark = pytest.mark.usefixtures("writing")


def confirmed(row: TermRendering) -> TermRendering:
    judging.confirm(row, TRANSLATORS, actor=OTHER, now=START)
    return row


def test_a_word_waits_until_somebody_else_confirms_it() -> None:
    row = word(concept(START), "zh")
    assert (row.certainty, row.is_sure) == (Certainty.TO_CONFIRM, False)
    with pytest.raises(errors.OwnWord):
        judging.confirm(row, TRANSLATORS, actor=SOMEBODY, now=START)
    confirmed(row)
    assert (row.is_sure, row.confirmed_by, row.confirmed_at) == (True, "account:other", START)
    with pytest.raises(errors.SureAlready):
        judging.confirm(row, TRANSLATORS, actor=OTHER, now=START)
    own = word(concept(START, "town", "镇"), "zh")
    judging.confirm(own, OFFICERS, actor=SOMEBODY, now=START)  # the office decides alone
    assert own.is_sure


def test_nothing_is_confirmed_without_a_source_and_a_changed_word_waits_again() -> None:
    made = concept(START)
    row = writing.write_word(made, None, Saying("zh", "智能城市"), actor=SOMEBODY, now=START)
    with pytest.raises(errors.SourceMissing):
        judging.confirm(row, TRANSLATORS, actor=OTHER, now=START)
    sure = confirmed(word(made, "zh"))
    same = Saying("zh", sure.text, source="GB/T 37043-2018, 2.1")
    writing.write_word(made, sure, same, actor=SOMEBODY, now=START, seen=sure.version)
    assert sure.is_sure
    with pytest.raises(errors.TermChangedMeanwhile):
        writing.write_word(made, sure, same, actor=SOMEBODY, now=START, seen=sure.version - 1)
    writing.write_word(made, sure, Saying("zh", "智慧的城市", source="x"), actor=OTHER, now=START)
    assert (sure.is_sure, sure.confirmed_by, sure.entered_by, made.head_zh) == (
        False,
        "",
        "account:other",
        "智慧的城市",
    )


def test_each_owner_prefers_one_word_and_several_owners_several() -> None:
    made = concept(START, "community", "社区")
    for text, owner in (("城市和社区", "GB/T 40759"), ("城市", "GB/T 36749-2018")):
        saying = Saying("zh", text, Use.PREFERRED, owner)
        writing.write_word(made, None, saying, actor=SOMEBODY, now=START)
    with pytest.raises(errors.PreferredTaken):
        writing.write_word(made, None, Saying("zh", "都市", Use.PREFERRED, "GB/T 40759"), actor=SOMEBODY, now=START)
    with pytest.raises(errors.WordKnown):
        writing.write_word(made, None, Saying("zh", "城市", owner="GB/T 36749-2018"), actor=SOMEBODY, now=START)
    assert sum(row.use is Use.PREFERRED for row in made.renderings if row.lang == "zh") == 3


def test_what_is_deprecated_or_forbidden_says_why() -> None:
    made = concept(START)
    row = writing.write_word(made, None, Saying("zh", "智能城市", source="x"), actor=SOMEBODY, now=START)
    with pytest.raises(ReasonNeeded):
        judging.turn(row, "forbid", TRANSLATORS, actor=OTHER, now=START)
    judging.turn(row, "forbid", TRANSLATORS, reason="Not in the standard.", actor=OTHER, now=START)
    assert (row.use, row.reason) == (Use.FORBIDDEN, "Not in the standard.")
    assert glossary().check("A smart city.", "智能城市。", "en") == ()  # nobody has confirmed anything
    confirmed(row)
    confirmed(word(made, "zh"))
    found = glossary().check("A smart city.", "智能城市。", "en")
    assert [str(each.kind) for each in found] == ["forbidden", "missing"]
    judging.turn(row, "admit", TRANSLATORS, actor=OTHER, now=START)
    with pytest.raises(errors.PreferredTaken):
        judging.turn(row, "prefer", TRANSLATORS, actor=OTHER, now=START)
    deeds = [entry.action for entry in history("term", made.public_id)]
    assert deeds[:4] == ["admit", "confirm", "confirm", "forbid"]


def test_two_concepts_become_one() -> None:
    first, second = concept(START), concept(START, "clever city", "智慧城市")
    second.definition_en = "A city that learns."
    merging.merge(first, second, actor=OTHER, now=START, seen=first.version)
    assert {row.text: row.use for row in first.renderings} == {
        "smart city": Use.PREFERRED,
        "智慧城市": Use.PREFERRED,
        "clever city": Use.ADMITTED,
    }
    assert first.side("definition", "en") == "A city that learns."
    assert session.scalar(select(func.count(TermConcept.id))) == 1
    with pytest.raises(errors.SameConcept):
        merging.merge(first, first, actor=OTHER, now=START)


def test_a_concept_needs_a_word_and_its_form_the_latest_version() -> None:
    with pytest.raises(errors.WordMissing):
        writing.enter(Facts(), [Saying("en", " ")], actor=SOMEBODY, now=START)
    made = concept(START)
    facts = Facts(TermSubject.STANDARDS, "SAC/TC 567", Text("What it is.", "定义。"), "ISO 37100:2016")
    writing.change(made, facts, actor=OTHER, now=START, seen=made.version)
    assert (made.subject, made.owner, made.side("definition", "zh")) == ("standards", "SAC/TC 567", "定义。")
    with pytest.raises(errors.TermChangedMeanwhile):
        writing.change(made, facts, actor=OTHER, now=START, seen=1)


def test_terms_are_found_in_both_languages_by_pinyin_and_by_letter() -> None:
    concept(START)
    concept(START, "resilience", "韧性")

    def find(**what: str) -> list[str]:
        return [row.head_en for row in concepts.page(Wanted(**what), "zh", 1, 9)]

    assert find(text="smart") == find(text="智慧") == find(text="zhihui") == find(text="zhcs") == ["smart city"]
    assert find(letter="R") == ["resilience"]  # ren xing
    assert find(letter="S") == []
    assert concepts.letters("zh") == ["R", "Z"]
    assert concepts.letters("en") == ["R", "S"]
    assert find(subject="cities") == ["resilience", "smart city"]
    assert find(text="%") == find(text="_") == []


def test_a_file_adds_what_is_missing_and_leaves_what_is_there() -> None:
    made = concept(START)
    offered = [
        TbxConcept(
            id="x1",
            definitions=(("en", "New."),),
            terms=(
                TbxTerm("en", "Smart City", "preferred"),
                TbxTerm("zh", "智慧城市", "forbidden"),
                TbxTerm("zh", "聪明城市", "preferred"),
            ),
        ),
        TbxConcept(id="x2", terms=(TbxTerm("en", "urban renewal"), TbxTerm("zh", "城市更新"))),
        TbxConcept(id="x3", terms=(TbxTerm("en", "urban renewal"), TbxTerm("zh", "城市改造"))),
    ]
    plan = taking_in.plan(offered)
    assert (plan.new_concepts, plan.new_words, plan.same, plan.kept) == (1, 4, 2, 1)
    taking_in.take_in(offered, actor=OTHER, now=START)
    session.expire_all()
    words = {row.text: (row.use, row.is_sure) for row in made.renderings}
    assert words["智慧城市"] == (Use.PREFERRED, False)  # ours stays
    assert words["聪明城市"] == (Use.ADMITTED, False)  # the owner prefers another one already
    assert made.side("definition", "en") == "New."
    (renewal,) = concepts.called("urban renewal")
    uses = {row.text: row.use for row in renewal.renderings}
    assert uses == {"urban renewal": Use.PREFERRED, "城市更新": Use.PREFERRED, "城市改造": Use.ADMITTED}
    assert taking_in.plan(offered).new_words == 0
    with pytest.raises(errors.NothingNew):
        taking_in.take_in(offered, actor=OTHER, now=START)


def test_what_leaves_comes_back_as_it_was_by_either_format() -> None:
    seeding.write_known(START)
    made = concept(START, "=1+1", "＝城市", owner="@owner")
    judging.turn(word(made, "zh"), "forbid", OFFICERS, reason="-no", actor=OTHER, now=START)
    rows = concepts.every(Wanted())
    for content, name in ((exports.as_tbx(rows, "here"), "t.tbx"), (exports.as_csv(rows, translator("en")), "t.csv")):
        read = imports.read(content, name)
        plan = taking_in.plan(read)
        assert (len(read), plan.new_words) == (len(rows), 0), name
        assert plan.same + plan.kept == sum(len(row.renderings) for row in rows)
    assert b'"\'=1+1"' in exports.as_csv(rows, translator("en"))


@pytest.mark.parametrize(
    ("content", "name", "refused"),
    [
        (b"a,b\n1,2\n", "t.csv", errors.NoHeadings),
        (b"en,zh\n", "t.csv", errors.NothingNew),
        (b"", "t.csv", errors.NoHeadings),
        (b"en,zh\nx,\xe5\x9f\x8e\n", "t.txt", errors.OddFile),
        (b"language,term\nfr,ville\n", "t.csv", errors.OddLanguage),
        (b"language,term,use\nen,city,best\n", "t.csv", errors.OddUse),
        (b"en,zh\n" + b"x" * 201 + b",y\n", "t.csv", errors.LongWord),
        (b"<tbx", "t.tbx", errors.BrokenTerms),
        (b'<!DOCTYPE tbx [<!ENTITY a "b">]><tbx/>', "t.tbx", errors.Declarations),
        (b"en,zh\n" + b"a,b\n" * 50_001, "t.csv", errors.TooLarge),
    ],
)
def test_a_file_that_is_not_one_is_refused_with_a_sentence(
    content: bytes, name: str, refused: type[errors.UnreadableTerms]
) -> None:
    with pytest.raises(refused) as found:
        imports.read(content, name)
    assert found.value.field == "file"
    assert str(found.value)


def test_the_plain_table_of_the_office_is_read() -> None:
    found = imports.read("en,zh,source\ntwin city / sister city,友好城市,x\n".encode(), "t.csv")
    assert found == (
        TbxConcept(
            id="",
            terms=(
                TbxTerm("en", "twin city", source="x"),
                TbxTerm("en", "sister city", source="x"),
                TbxTerm("zh", "友好城市", source="x"),
            ),
        ),
    )


def test_an_answer_is_kept_once_and_can_be_taken_back() -> None:
    place = TextPlace("agenda_session", "abc", "title", "zh")
    with pytest.raises(errors.AnswerMissing):
        answering.answer(place, "k1", " ", actor=OTHER, now=START)
    answering.answer(place, "k1", "A quotation.", actor=OTHER, now=START)
    answering.answer(place, "k1", "A name.", actor=SOMEBODY, now=START)
    (answer,) = answers_of("agenda_session", ["abc"]).values()
    assert (answer.reason, answer.by, answer.finding) == ("A name.", "account:somebody", "k1")
    assert session.scalar(select(func.count(TermAnswer.id))) == 1
    assert answering.take_back(place, "k1", actor=OTHER, now=START)
    assert not answering.take_back(place, "k1", actor=OTHER, now=START)
    assert answers_of("agenda_session", ["abc"]) == {}


def test_the_terms_that_come_along_are_taken_once_and_hold_the_traps() -> None:
    made, words = seeding.write_known(START)
    assert made > 75
    assert words > 200
    assert seeding.write_known(START) == (0, 0)
    terms = glossary()
    assert glossary() is terms  # made ready once
    found = terms.check("A resilient city.", "弹性城市。", "en")
    assert [(str(each.kind), each.wanted) for each in found] == [
        ("forbidden", ("韧性城市",)),
        ("missing", ("韧性城市",)),
    ]
    for target in ("利益攸关方", "利益相关方", "相关方"):
        assert terms.check("Stakeholders.", target, "en") == ()
    for owner, right in (("GB/T 36749-2018", "城市"), ("GB/T 40759", "城市和社区")):
        assert terms.check("A community.", right, "en", owner=owner) == ()
        assert terms.check("A community.", "社群", "en", owner=owner)[0].wanted == (right,)
    assert terms.check("Smart community infrastructures.", "智慧城市基础设施。", "en") == ()
    unsure = [row for row in session.scalars(select(TermRendering)) if not row.is_sure]
    assert all(not row.confirmed_by for row in unsure)
    writing.write_word(*_first_of("韧性"), Saying("zh", "坚韧", source="x"), actor=OTHER, now=START)
    assert glossary() is not terms  # and again after a change


def _first_of(name: str) -> tuple[TermConcept, None]:
    return concepts.called(name)[0], None
