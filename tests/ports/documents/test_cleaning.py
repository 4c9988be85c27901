"""No text carries what breaks a document."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from forum.ports.documents.cleaning import clean, one_line, shortened


@given(st.text())
def test_any_cleaned_text_survives_xml_and_utf_8(text: str) -> None:
    element = Element("a")
    element.text = clean(text)
    assert (fromstring(tostring(element)).text or "") == clean(text)
    assert clean(clean(text)) == clean(text)
    assert not {"\r", "\0", "\u2028", "\u0085"} & set(clean(text))


def test_surrogates_and_non_characters_go() -> None:
    assert clean("a\ud800b\ufffec\0d") == "abcd"
    assert clean("one\r\ntwo\rthree\u2028four") == "one\ntwo\nthree\nfour"


def test_one_line_has_single_blanks() -> None:
    assert one_line(" a\n\tb  c ") == "a b c"


def test_a_cut_text_says_so() -> None:
    assert shortened("城市标准化", 3) == "城市…"
    assert shortened("城市", 2) == "城市"
