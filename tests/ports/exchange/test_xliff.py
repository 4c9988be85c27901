"""XLIFF 2.1: written, checked against the core of the format, read back the same; what others send."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from forum.ports.exchange import errors, markup
from forum.ports.exchange.xliff import (
    NAMESPACE,
    Content,
    Inline,
    Note,
    SegmentState,
    Xliff,
    XliffFile,
    XliffSegment,
    XliffUnit,
    encode,
    read,
    words_of,
)

# The core elements that are written here, in our own words: order, and required attributes.
SCHEMA = f"""
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="{NAMESPACE}"
  datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="xliff"><attribute name="version"><value>2.1</value></attribute>
 <attribute name="srcLang"><data type="language"/></attribute>
 <attribute name="trgLang"><data type="language"/></attribute>
 <optional><attribute name="xml:space"/></optional><oneOrMore><ref name="file"/></oneOrMore></element></start>
<define name="file"><element name="file"><ref name="id"/><optional><attribute name="original"/></optional>
 <optional><ref name="notes"/></optional><oneOrMore><ref name="unit"/></oneOrMore></element></define>
<define name="id"><attribute name="id"><data type="NMTOKEN"/></attribute></define>
<define name="notes"><element name="notes"><oneOrMore><element name="note">
 <optional><attribute name="category"/></optional><text/></element></oneOrMore></element></define>
<define name="unit"><element name="unit"><ref name="id"/><optional><attribute name="name"/></optional>
 <optional><ref name="notes"/></optional>
 <optional><element name="originalData"><oneOrMore><element name="data"><ref name="id"/><text/></element></oneOrMore>
 </element></optional>
 <oneOrMore><choice><element name="segment"><optional><ref name="id"/></optional><optional><attribute name="state">
  <choice><value>initial</value><value>translated</value><value>reviewed</value><value>final</value></choice>
  </attribute></optional><ref name="sides"/></element>
  <element name="ignorable"><optional><ref name="id"/></optional><ref name="sides"/></element></choice></oneOrMore>
 </element></define>
<define name="sides"><element name="source"><ref name="content"/></element>
 <optional><element name="target"><ref name="content"/></element></optional></define>
<define name="content"><zeroOrMore><choice><text/>
 <element name="ph"><ref name="inline"/></element>
 <element name="pc"><ref name="inline"/><ref name="content"/></element></choice></zeroOrMore></define>
<define name="inline"><ref name="id"/><zeroOrMore><attribute><anyName><except><name ns="">id</name></except></anyName>
 </attribute></zeroOrMore></define>
</grammar>
"""
GRAMMAR = etree.RelaxNG(etree.fromstring(SCHEMA))
SIGNS = st.characters(exclude_categories=["Cs"]).filter(lambda sign: not markup.FORBIDDEN.match(sign))
TEXTS = st.text(SIGNS, min_size=1, max_size=20)
PLACEHOLDER = st.just(Inline("ph", (("dataRef", "d1"), ("equiv", "%(n)s"), ("id", "1"))))
PAIR = st.builds(lambda text: Inline("pc", (("id", "2"),), (text,)), TEXTS)
CONTENTS = st.one_of(
    st.just(()),
    st.tuples(TEXTS),
    st.tuples(TEXTS, PLACEHOLDER, TEXTS, PAIR),
    st.tuples(PAIR, PLACEHOLDER),
)
FULL: Content = ("a", Inline("ph", (("id", "1"),)), Inline("pc", (("id", "2"),), ("b",)))


@st.composite
def units(draw: st.DrawFn) -> tuple[XliffUnit, ...]:
    made = []
    for number in range(draw(st.integers(1, 3))):
        segments = []
        for place in range(draw(st.integers(1, 3))):
            source = draw(st.tuples(TEXTS, PLACEHOLDER, TEXTS, PAIR))
            target = draw(st.one_of(st.none(), CONTENTS))
            state = draw(st.sampled_from(SegmentState))
            segments.append(XliffSegment(source, target, state, f"s{place}"))
        notes = tuple(Note(text, "context") for text in draw(st.lists(TEXTS, max_size=2)))
        name = draw(st.text(SIGNS, max_size=8))
        made.append(XliffUnit(f"u{number}", tuple(segments), name, notes, (("d1", draw(st.text(SIGNS, max_size=5))),)))
    return tuple(made)


def document(*found: XliffUnit) -> Xliff:
    return Xliff("en", "zh", (XliffFile("f1", found, "forum", (Note("For the bureau."),)),))


@settings(deadline=None, max_examples=100)
@given(units())
def test_what_is_written_is_valid_and_comes_back_the_same(found: tuple[XliffUnit, ...]) -> None:
    made = document(*found)
    content = encode(made)
    assert read(content) == made
    assert GRAMMAR.validate(etree.fromstring(content)), GRAMMAR.error_log


def test_the_rules_of_the_check_do_refuse() -> None:
    content = encode(document(XliffUnit("u", (XliffSegment(("a",)),)))).replace(b"<source>a</source>", b"")
    assert not GRAMMAR.validate(etree.fromstring(content))


def xliff(unit: str, head: str = 'version="2.1" srcLang="en-US" trgLang="zh_Hans"', before: str = "") -> bytes:
    return f'{before}<xliff xmlns="{NAMESPACE}" {head}>\n<file id="f">\n{unit}\n</file></xliff>'.encode()


def test_what_other_tools_add_is_passed_over_and_inline_elements_stay() -> None:
    unit = (
        '<group id="g"><unit id="u" xmlns:m="urn:other"><m:thing>not ours</m:thing><segment state="final" m:x="1">'
        '<source>See <mrk id="m" type="term">the <ph id="1" m:y="2"/></mrk> city &amp; <![CDATA[<x>]]></source>'
        "<target>见<ph id='1'/>城市</target></segment></unit></group>"
    )
    segment = read(xliff(unit)).files[0].units[0].segments[0]
    assert segment.source == ("See the ", Inline("ph", (("id", "1"),)), " city & <x>")
    assert words_of(segment.target) == "见城市"
    assert segment.state is SegmentState.FINAL


SEGMENT = "<segment><source>a</source></segment>"


@pytest.mark.parametrize(
    ("content", "refusal", "place"),
    [
        (xliff(f"<unit>{SEGMENT}</unit>"), errors.MissingPart, "Line 3"),
        (xliff('<unit id="u"/>'), errors.MissingPart, "unit u"),
        (xliff('<unit id="u"><segment/></unit>'), errors.UnitRefused, "“u”"),
        (xliff('<unit id="u"><segment><source/><source/></segment></unit>'), errors.UnitRefused, "“u”"),
        (xliff('<unit id="u"><segment><source/><target/><target/></segment></unit>'), errors.UnitRefused, "“u”"),
        (xliff('<unit id="u"><segment state="done"><source/></segment></unit>'), errors.UnitRefused, "state"),
        (xliff(f'<unit id="u">{SEGMENT}</unit>\n<unit id="u">{SEGMENT}</unit>'), errors.UnitRefused, "Line 4"),
        (
            xliff('<unit id="u"><segment><source>a</source><target><ph id="9"/></target></segment></unit>'),
            errors.UnitRefused,
            "inline",
        ),
        (xliff("", 'version="2.1" srcLang="en" trgLang="zh-TW"'), errors.UnknownLanguage, "zh-TW"),
        (xliff("", 'version="2.1" srcLang="en" trgLang="en-GB"'), errors.UnknownLanguage, "en-GB"),
        (xliff("", 'version="2.1" srcLang="en"'), errors.MissingPart, "trgLang"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', errors.OtherVersion, "2.1"),
        (b'<tmx version="1.4"/>', errors.OtherFormat, "tmx"),
        (xliff("", before="<!DOCTYPE xliff>"), errors.DeclaresEntities, "Line 1"),
        (xliff("&a;", before='<!DOCTYPE x [<!ENTITY a "b">]>'), errors.DeclaresEntities, "Line 1"),
        (xliff("<unit"), errors.NotWellFormed, "Line 4"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(
    content: bytes, refusal: type[errors.ExchangeRefused], place: str
) -> None:
    with pytest.raises(errors.ExchangeRefused) as refused:
        read(content)
    assert type(refused.value) is refusal
    assert place in str(refused.value)


def test_what_cant_be_carried_is_refused_by_its_unit() -> None:
    with pytest.raises(errors.CantBeWritten, match="“u7”"):
        encode(document(XliffUnit("u7", (XliffSegment(("a\x02",)),))))
    with pytest.raises(ValueError, match="can't be an id"):
        encode(document(XliffUnit("a b", (XliffSegment(FULL),))))
