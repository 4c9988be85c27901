"""Which language somebody wrote in, for those who listen to a page."""

from __future__ import annotations

import pytest

from forum.core.text import is_chinese


@pytest.mark.parametrize(
    ("text", "chinese"),
    [
        ("请补充预警分级标准编号。", True),
        ("请参照ISO 37101:2016第4章修改。", True),
        ("Please name the standard.", False),
        ("The office of 杭州 asks for a date.", False),
        ("", False),
        ("2027-04-20", False),
    ],
)
def test_the_language_of_a_remark_is_the_one_that_most_of_it_is_written_in(text: str, chinese: bool) -> None:
    assert is_chinese(text) is chinese
