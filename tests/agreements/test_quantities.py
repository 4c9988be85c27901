"""Numbers, dates, periods and sums: the same in both languages, however each one writes them."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.agreements.rules import wording
from forum.agreements.rules.quantities import Kind, differences, quantities
from forum.agreements.rules.variables import say_day, say_months
from forum.core.numerals import from_chinese, from_english, from_figures, to_chinese, to_english

ALL = frozenset(Kind)
NOTHING: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

SAME = [
    ("for five years", "有效期五年"),
    ("for five (5) years", "为期5年"),
    ("for 60 months", "为期五年"),
    ("a five-year plan", "五年计划"),
    ("two (2) years", "两年"),
    ("18 months", "一年半"),
    ("six months", "半年"),
    ("three months’ notice", "提前三个月"),
    ("within 30 days", "三十日内"),
    ("twenty-one days", "二十一天"),
    ("two weeks", "十四天"),
    ("ten working days", "十个工作日"),
    ("on 20 April 2027", "2027年4月20日"),
    ("on April 20th, 2027", "二〇二七年四月二十日"),
    ("the 20th day of April 2027", "２０２７年４月２０日"),
    ("2027-04-20", "2027年4月20号"),
    ("In March 2028", "2028年3月"),
    ("by 20 April each year", "每年4月20日前"),
    ("in 2027", "2027年"),
    ("until and including 31 December 2030", "至2030年12月31日止"),
    ("CNY 500,000", "人民币50万元"),
    ("RMB 0.5 million", "人民币伍拾万元整"),
    ("500,000 yuan", "50万元人民币"),
    ("EUR 1.5 million", "150万欧元"),
    ("fifty thousand euros", "5万欧元"),
    ("€20,000", "两万欧元"),
    ("US$ 2 million", "200万美元"),
    ("20 per cent", "百分之二十"),
    ("20.5%", "20.5％"),
    ("ISO 37101:2016 and GB/T 40759", "ISO 37101:2016和GB/T 40759"),
    ("under Article 3", "根据第三条"),
    ("150,000 residents", "15万居民"),
    ("150+ cities", "150多个城市"),
    ("in two originals", "一式两份"),
    ("in duplicate", "一式两份"),
    ("one hundred and twenty participants", "120名参会人员"),
    ("1. First\n2. Second", "一、甲\n二、乙"),
    ("(a) one; (b) another", "（一）甲；（二）乙"),
    ("The Parties may meet in May 2027", "双方可于2027年5月会晤"),
    ("The Parties unanimously agree to go further", "双方一致同意进一步推进统一工作"),
    ("in the first year", "在第一年"),
    ("in three centres", "在3个中心"),
    ("in 3 centres", "在三个中心"),
    ("twenty indicators", "20个指标"),
]
DIFFERENT = [
    ("five years", "四年"),
    ("five months", "五年"),
    ("20 April 2027", "2027年4月21日"),
    ("20 April 2027", "2026年4月20日"),
    ("CNY 500,000", "人民币5万元"),
    ("EUR 5,000", "5000美元"),
    ("20%", "百分之十二"),
    ("ISO 37101", "ISO 37120"),
    ("two originals", "一式三份"),
    ("five years", "长期有效"),
    ("for a long time", "五年"),
    ("ten days", "十个工作日"),
    ("Article 3", "第四条"),
    ("in three centres", "在4个中心"),
    ("in 3 centres", "在四个中心"),
]


@pytest.mark.parametrize(("english", "chinese"), SAME)
def test_both_languages_say_the_same(english: str, chinese: str) -> None:
    assert differences(english, chinese, ALL) == NOTHING


@pytest.mark.parametrize(("english", "chinese"), DIFFERENT)
def test_a_difference_is_found_on_the_side_where_it_stands(english: str, chinese: str) -> None:
    assert differences(english, chinese, ALL) != NOTHING


def test_a_difference_is_quoted_in_the_words_of_each_side() -> None:
    assert differences("for five (5) years", "有效期四年", ALL) == (("five (5) years",), ("四年",))


@pytest.mark.parametrize(
    ("text", "language", "sense"),
    [
        ("five (5) years", "en", (Kind.PERIOD, "60 months")),
        ("五年", "zh", (Kind.PERIOD, "60 months")),
        ("2027年4月20日", "zh", (Kind.DATE, "2027-04-20")),
        ("人民币50万元", "zh", (Kind.MONEY, "CNY 500000")),
        ("CNY 500,000", "en", (Kind.MONEY, "CNY 500000")),
        ("百分之二十", "zh", (Kind.PERCENT, "20")),
    ],
)
def test_each_quantity_is_read_as_what_it_is(text: str, language: str, sense: tuple[Kind, str]) -> None:
    assert [each.sense for each in quantities(text, language)] == [sense]


@pytest.mark.parametrize("text", ["31 February text", "99月99日", "", "{{", "。" * 50, "1.1.1.1", "第", "ISO", "\x1f"])
def test_odd_text_is_read_without_complaint(text: str) -> None:
    for language in ("en", "zh"):
        assert isinstance(quantities(text, language), tuple)


@given(st.integers(0, 999_999_999))
def test_any_number_reads_back_from_the_words_of_both_languages(number: int) -> None:
    assert from_chinese(to_chinese(number)) == number
    assert from_english(to_english(number)) == number
    assert from_figures(f"{number:,}") == Decimal(number)


@given(st.dates(date(1949, 10, 1), date(2199, 12, 31)))
def test_any_date_is_the_same_in_both_languages_and_the_next_day_is_not(day: date) -> None:
    english, chinese = say_day(day, "en"), say_day(day, "zh")
    assert differences(f"It ends on {english}.", f"于{chinese}终止。", ALL) == NOTHING
    if day < date.max:
        later = say_day(day + date.resolution, "zh")
        assert differences(f"It ends on {english}.", f"于{later}终止。", ALL) != NOTHING


@given(st.integers(1, 600), st.integers(1, 600))
def test_any_period_is_the_same_in_both_languages_and_another_one_is_not(months: int, others: int) -> None:
    english, chinese = say_months(months, "en"), say_months(others, "zh")
    found = differences(f"It lasts for {english}.", f"为期{chinese}。", ALL)
    assert (found == NOTHING) == (months == others)


@given(st.integers(1, 99_999), st.sampled_from([("CNY", "元"), ("EUR", "欧元"), ("USD", "美元")]))
def test_any_sum_in_wan_is_the_same_in_figures(amount: int, currency: tuple[str, str]) -> None:
    code, name = currency
    assert differences(f"{code} {amount * 10_000:,}", f"{amount}万{name}", ALL) == NOTHING
    assert differences(f"{code} {amount * 1000:,}", f"{amount}万{name}", ALL) != NOTHING


@given(st.text(max_size=200))
def test_no_text_breaks_the_reading(text: str) -> None:
    for language in ("en", "zh"):
        assert all(each.value for each in quantities(text, language))


@pytest.mark.parametrize(
    "run", ["1", "一", "万", "1,", "five ", "2027年", "{{", " ", "\n", "(a) ", "提供标准", "translate a standard "]
)
def test_no_text_takes_long_to_read(run: str) -> None:
    text = (run * 6000)[:6000]
    began = time.process_time()
    for language in ("en", "zh"):
        quantities(text, language)
        for listen in (wording.standards_given_away, wording.standard_translated, wording.payment):
            listen(text, language)
    assert time.process_time() - began < 5  # seconds; what isn't bounded takes minutes
