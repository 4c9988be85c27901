"""TMX: written, checked against the rules of the format, read back the same; files of other tools, and hostile ones."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from forum.ports.exchange import errors, markup
from forum.ports.exchange.languages import language_of
from forum.ports.exchange.tmx import TmxUnit, encode, read

# The content models of TMX 1.4b for what is written here, in our own words.
DTD = """
<!ELEMENT tmx (header, body)> <!ATTLIST tmx version CDATA #FIXED "1.4">
<!ELEMENT header (note|prop|ude)*> <!ELEMENT ude (map+)> <!ELEMENT map EMPTY>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block|paragraph|sentence|phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED>
<!ELEMENT body (tu*)> <!ELEMENT tu ((note|prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED usagecount CDATA #IMPLIED creationdate CDATA #IMPLIED creationid CDATA #IMPLIED>
<!ELEMENT tuv ((note|prop)*, seg)> <!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)> <!ELEMENT note (#PCDATA)> <!ELEMENT prop (#PCDATA)> <!ATTLIST prop type CDATA #REQUIRED>
"""
DTD_OF_TMX = etree.DTD(io.StringIO(DTD))
SIGNS = st.characters(exclude_categories=["Cs"]).filter(lambda sign: not markup.FORBIDDEN.match(sign))
WORDS = st.one_of(
    st.text(SIGNS, min_size=1, max_size=30), st.sampled_from(["依据ISO 37101标准。", "a\r\n b\t ", "<&>\"'"])
)
TEXTS = WORDS.filter(lambda text: text.strip() != "")
UNITS = st.builds(
    TmxUnit,
    st.tuples(TEXTS, TEXTS).map(lambda pair: (("en", pair[0]), ("zh", pair[1]))),
    st.text(SIGNS, max_size=8),
    st.lists(WORDS, max_size=2).map(tuple),
    st.lists(st.tuples(TEXTS, WORDS), max_size=2).map(tuple),
    st.sampled_from(["", "account:somebody"]),
    st.one_of(st.none(), st.integers(0, 4 * 10**9).map(lambda second: datetime.fromtimestamp(second, UTC))),
    st.integers(0, 10**6),
)


def write(units: list[TmxUnit]) -> bytes:
    return encode(units, tool="Forum", version="1")


def file(body: str, *, head: str = '<?xml version="1.0" encoding="UTF-8"?>', language: str = "en-US") -> bytes:
    header = f'<header creationtool="other" segtype="sentence" srclang="{language}" datatype="xml"/>'
    return f'{head}<tmx version="1.4">\n{header}\n<body>\n{body}\n</body></tmx>'.encode()


def pair(english: str, chinese: str, en: str = "en-US", zh: str = "zh-CN") -> str:
    return f'<tu><tuv xml:lang="{en}"><seg>{english}</seg></tuv><tuv xml:lang="{zh}"><seg>{chinese}</seg></tuv></tu>'


@settings(deadline=None, max_examples=150)
@given(st.lists(UNITS, max_size=4))
def test_what_is_written_is_valid_and_comes_back_the_same(units: list[TmxUnit]) -> None:
    content = write(units)
    assert read(content).units == tuple(units)
    assert not read(content).faults
    tree = etree.fromstring(content)
    assert DTD_OF_TMX.validate(tree), DTD_OF_TMX.error_log


def test_the_rules_of_the_check_do_refuse() -> None:
    content = write([TmxUnit((("en", "a"), ("zh", "甲")))]).replace(b"<seg>a</seg>", b"<text>a</text>")
    assert not DTD_OF_TMX.validate(etree.fromstring(content))


def test_a_character_that_xml_cant_carry_is_refused_by_its_unit() -> None:
    with pytest.raises(errors.CantBeWritten, match="seven"):
        write([TmxUnit((("en", "a\x01"), ("zh", "甲")), "seven")])


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("en", "en"), ("en-US", "en"), ("EN_gb", "en"), ("zh", "zh"), ("ZH", "zh"), ("zh-CN", "zh"), ("zh_Hans", "zh"),
        ("zh-Hans-CN", "zh"), ("cmn", "zh"), ("zh-TW", None), ("zh-Hant", None), ("zh-HK", None), ("fr", None),
        ("", None), ("english", None), ("x-none", None),
    ],
)  # fmt: skip
def test_languages_as_other_tools_write_them(tag: str, language: str | None) -> None:
    assert language_of(tag) == language


def test_codes_are_taken_out_and_text_stays() -> None:
    english = (
        'A <bpt i="1">&lt;b&gt;</bpt>bold<ept i="1">&lt;/b&gt;</ept> <hi type="x">word <hi>twice</hi></hi>'
        '<ph>{0}</ph><it pos="begin">[</it> &amp; <![CDATA[<raw>]]><!-- not text --> &#x41;'
    )
    unit = read(file(pair(english, "译<sub>文</sub>"))).units[0]
    assert unit.text("en") == "A bold word twice & <raw> A"
    assert unit.text("zh") == "译文"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"])
def test_encodings_and_marks(encoding: str) -> None:
    named = {"utf-8-sig": "UTF-8", "gb18030": "GB18030"}.get(encoding, "UTF-16")
    text = file(pair("City", "城市"), head=f'<?xml version="1.0" encoding="{named}"?>').decode()
    assert read(text.encode(encoding)).units[0].text("zh") == "城市"


def test_a_namespace_a_public_dtd_and_old_attributes_are_no_hindrance() -> None:
    head = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    body = '<tu tuid="1"><tuv lang="EN"><seg>City</seg></tuv><tuv lang="ZH"><seg>城市</seg></tuv></tu>'
    assert read(file(body, head=head)).units[0].texts == (("en", "City"), ("zh", "城市"))
    spaced = file(body).replace(b"<tmx version", b'<tmx xmlns="http://www.lisa.org/tmx14" version')
    assert len(read(spaced).units) == 1


def test_the_source_comes_first_whatever_the_order_in_the_file() -> None:
    body = pair("城市", "City", "zh-CN", "en")
    assert read(file(body, language="en")).units[0].texts[0] == ("en", "City")
    assert read(file(body, language="*all*")).units[0].texts[0] == ("zh", "城市")


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (pair("a", "b", zh="fr"), "fr"),
        (pair("a", "b", zh="zh-TW"), "zh-TW"),
        (pair("a", "b", zh="en-GB"), "one language"),
        ('<tu tuid="x"><tuv xml:lang="en"><seg>a</seg></tuv></tu>', "missing or empty"),
        (pair("a", " "), "missing or empty"),
        ('<tu><tuv xml:lang="en"/><tuv xml:lang="zh"><seg>b</seg></tuv></tu>', "seg"),
        ("<tu><tuv><seg>a</seg></tuv></tu>", "language"),
        ("<tu/>", "missing or empty"),
    ],
)
def test_a_unit_that_cant_be_taken_is_left_out_and_its_line_named(body: str, words: str) -> None:
    found = read(file(f"{pair('City', '城市')}\n{body}"))
    assert len(found.units) == 1
    assert [(fault.line, words in fault.say(str)) for fault in found.faults] == [(5, True)]


BOMB = '<!DOCTYPE tmx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (file(pair("&c;", "x"), head=BOMB), errors.DeclaresEntities),
        (
            file(pair("&x;", "x"), head='<!DOCTYPE tmx [<!ENTITY x SYSTEM "file:///etc/passwd">]>'),
            errors.DeclaresEntities,
        ),
        (file("", head='<!DOCTYPE tmx [<!ENTITY % p SYSTEM "http://127.0.0.1/x">%p;]>'), errors.DeclaresEntities),
        (file("", head='<!DOCTYPE other SYSTEM "x">'), errors.DeclaresEntities),
        (file(pair("&unknown;", "x"), head='<!DOCTYPE tmx SYSTEM "tmx14.dtd">'), errors.NotWellFormed),
        (b"", errors.NotWellFormed),
        (b"\x00\x01", errors.NotWellFormed),
        (b"<tmx", errors.NotWellFormed),
        (b"\xff\xfe\x00", errors.UnknownEncoding),
        (b'<?xml version="1.0" encoding="utf-7"?><tmx/>', errors.UnknownEncoding),
        ("<tmx version='1.4'>城</tmx>".encode("gb18030"), errors.UnknownEncoding),
        (b"<html/>", errors.OtherFormat),
        (b'<tmx version="9"><body/></tmx>', errors.OtherVersion),
        (b'<tmx version="1.4"/>', errors.MissingPart),
        (b"<tmx>" * 80, errors.TooDeep),
        (b" " * (markup.MOST_BYTES + 1), errors.TooManyBytes),
    ],
)
def test_what_is_hostile_or_no_tmx_is_refused_with_its_place(
    content: bytes, refusal: type[errors.ExchangeRefused]
) -> None:
    with pytest.raises(refusal) as refused:
        read(content)
    assert type(refused.value) is refusal
    assert "%(" not in str(refused.value)


def test_too_many_units_stop_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(markup, "MOST_UNITS", 3)
    with pytest.raises(errors.TooManyUnits, match="Line 7"):
        read(file("\n".join([pair("a", "甲")] * 5)))
