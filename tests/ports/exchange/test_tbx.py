"""TBX as it is written and read: the 2019 edition in both styles, the older MARTIF form, and what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from forum.ports.exchange.tbx import MOST_BYTES, STATUSES, TbxConcept, TbxTerm, UnreadableTbx, read, write

# The core structure of TBX-Basic (ISO 30042:2019, DCA style), as far as this product writes it; in our own words.
STRUCTURE = """
<grammar xmlns="http://relaxng.org/ns/structure/1.0" ns="urn:iso:std:iso:30042:ed-2"
 datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes">
<start><element name="tbx"><attribute name="type"><value>TBX-Basic</value></attribute>
<attribute name="style"><value>dca</value></attribute><ref name="lang"/>
<element name="tbxHeader"><element name="fileDesc"><element name="titleStmt"><element name="title"><text/></element>
</element><element name="sourceDesc"><element name="p"><text/></element></element></element></element>
<element name="text"><element name="body"><oneOrMore><ref name="entry"/></oneOrMore></element></element></element>
</start>
<define name="lang"><attribute name="xml:lang"><data type="language"/></attribute></define>
<define name="entry"><element name="conceptEntry"><attribute name="id"><data type="ID"/></attribute>
<zeroOrMore><choice><ref name="typed"/><element name="note"><ref name="lang"/><text/></element></choice></zeroOrMore>
<oneOrMore><element name="langSec"><ref name="lang"/>
<optional><element name="descripGrp"><oneOrMore><ref name="typed"/></oneOrMore></element></optional>
<oneOrMore><element name="termSec"><element name="term"><text/></element>
<zeroOrMore><choice><ref name="typed"/><element name="note"><text/></element></choice></zeroOrMore>
</element></oneOrMore></element></oneOrMore></element></define>
<define name="typed"><choice>
<element name="descrip"><attribute name="type"><choice><value>subjectField</value><value>definition</value></choice>
</attribute><text/></element>
<element name="admin"><attribute name="type"><choice><value>customerSubset</value><value>source</value></choice>
</attribute><text/></element>
<element name="termNote"><attribute name="type"><value>administrativeStatus</value></attribute>
<choice><value>preferredTerm-admn-sts</value><value>admittedTerm-admn-sts</value>
<value>supersededTerm-admn-sts</value><value>deprecatedTerm-admn-sts</value></choice></element>
</choice></define></grammar>
"""
GRAMMAR = etree.RelaxNG(etree.fromstring(STRUCTURE))
RICH = TbxConcept(
    id="c1",
    subject="cities",
    owner="SAC/TC 567",
    definitions=(("en", "A city & its <people>."), ("zh", "城市及其“居民”。")),
    definition_source="ISO 37100:2016",
    notes=(("en", "Mind the gap."), ("zh", "注意。")),
    terms=(
        TbxTerm("en", "smart city", "preferred", source="GB/T 37043-2018"),
        TbxTerm("en", "clever town", ""),
        TbxTerm("zh", "智慧城市", "preferred", "GB/T 37043-2018", "GB/T 37043-2018"),
        TbxTerm("zh", "聪明城市", "deprecated", note="旧草案"),
        TbxTerm("zh", "智能城市", "forbidden", note="Never <used>."),
    ),
)


def test_what_is_written_is_tbx_basic_and_reads_back_identical() -> None:
    plain = TbxConcept(id="c2", terms=(TbxTerm("zh", "韧性"),))
    made = write([RICH, plain], "Glossary", "https://forum.test/en/glossary/")
    GRAMMAR.assertValid(etree.fromstring(made))
    assert read(made) == (RICH, plain)
    assert b'xml:lang="zh-Hans"' in made


def test_the_grammar_notices_a_wrong_status() -> None:
    made = (
        write([RICH], "Glossary", "here").replace(b"admittedTerm", b"goodTerm").replace(b"preferredTerm", b"bestTerm")
    )
    assert not GRAMMAR.validate(etree.fromstring(made))


TEXT = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=12)
TERM = st.builds(
    TbxTerm,
    lang=st.sampled_from(["en", "zh"]),
    text=TEXT,
    use=st.sampled_from(["", *STATUSES]),
    owner=st.just("") | TEXT,
    source=st.just("") | TEXT,
    note=st.just("") | TEXT,
)


@given(st.lists(st.lists(TERM, min_size=1, max_size=4), min_size=1, max_size=4))
def test_whatever_the_terms_say_they_read_back(groups: list[list[TbxTerm]]) -> None:
    concepts = [
        TbxConcept(id=f"c{number}", terms=tuple(sorted(terms, key=lambda each: each.lang)))
        for number, terms in enumerate(groups)
    ]
    made = write(concepts, "Glossary", "here")
    GRAMMAR.assertValid(etree.fromstring(made))
    assert list(read(made)) == concepts


MARTIF = """<?xml version="1.0"?>
<martif type="TBX" xml:lang="en-US"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader>
<text><body>
<termEntry id="7"><descrip type="subjectField">cities</descrip><note>General note</note>
<langSet xml:lang="EN_gb"><descripGrp><descrip type="definition">A town</descrip></descripGrp>
<tig><term>smart &amp; green city</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
</langSet>
<langSet xml:lang="zh-CN"><ntig><termGrp><term>智慧<hi>绿色</hi>城市</term>
<termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp><note>why</note></ntig></langSet>
</termEntry></body></text></martif>"""

DCT = """<?xml version="1.0" encoding="UTF-8"?>
<t:tbx xmlns:t="urn:iso:std:iso:30042:ed-2" xmlns:min="http://www.tbxinfo.net/ns/min"
 xmlns:basic="http://www.tbxinfo.net/ns/basic" type="TBX-Basic" style="dct" xml:lang="en"><t:text><t:body>
<t:conceptEntry id="e1"><min:subjectField>cities</min:subjectField><t:langSec xml:lang="cmn-Hans-CN"><t:termSec>
<t:term>韧性</t:term><min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus>
<basic:source>DB11/T 2280</basic:source></t:termSec></t:langSec></t:conceptEntry></t:body></t:text></t:tbx>"""


def test_the_older_form_and_the_style_with_tags_are_read() -> None:
    (old,) = read(MARTIF.encode())
    assert (old.id, old.subject, old.definitions, old.notes) == (
        "7",
        "cities",
        (("en", "A town"),),
        (("en", "General note"),),
    )
    assert old.terms == (
        TbxTerm("en", "smart & green city", "preferred"),
        TbxTerm("zh", "智慧绿色城市", "forbidden", note="why"),
    )
    (tagged,) = read(DCT.encode())
    assert tagged.terms == (TbxTerm("zh", "韧性", "admitted", source="DB11/T 2280"),)
    assert tagged.subject == "cities"


BOMB = '<!DOCTYPE tbx [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><tbx><text><body>&b;</body></text></tbx>'
OUTSIDE = '<!DOCTYPE tbx [<!ENTITY x SYSTEM "file:///etc/passwd">]><tbx>&x;</tbx>'
DTD = '<!DOCTYPE martif SYSTEM "TBXcoreStructV02.dtd"><martif/>'


@pytest.mark.parametrize("text", [BOMB, OUTSIDE, DTD])
def test_declarations_are_refused(text: str) -> None:
    with pytest.raises(UnreadableTbx) as refused:
        read(text.encode())
    assert refused.value.reason == UnreadableTbx.DECLARATIONS


@pytest.mark.parametrize(
    ("text", "reason", "place"),
    [
        ("<tbx><text>", UnreadableTbx.BROKEN, "1:12"),
        ("", UnreadableTbx.BROKEN, "1:1"),
        ('<?xml version="1.0" encoding="klingon"?><tbx/>', UnreadableTbx.BROKEN, None),
        ("<html/>", UnreadableTbx.NOT_TBX, "html"),
        (MARTIF.replace("zh-CN", "fr"), UnreadableTbx.LANGUAGE, "termEntry 1 (7)"),
        (MARTIF.replace("zh-CN", "zh-Hant"), UnreadableTbx.LANGUAGE, "termEntry 1 (7)"),
        (MARTIF.replace("zh-CN", "zh_TW"), UnreadableTbx.LANGUAGE, "termEntry 1 (7)"),
        (MARTIF.replace("zh-CN", ""), UnreadableTbx.LANGUAGE, "termEntry 1 (7)"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(text: str, reason: str, place: str | None) -> None:
    with pytest.raises(UnreadableTbx) as refused:
        read(text.encode())
    assert refused.value.reason == reason
    assert place is None or refused.value.place == place


def test_a_file_has_a_limit() -> None:
    with pytest.raises(UnreadableTbx) as refused:
        read(b" " * (MOST_BYTES + 1))
    assert refused.value.reason == UnreadableTbx.TOO_LARGE
