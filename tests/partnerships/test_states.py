"""The life cycle is the one that the national office agreed: names, ways, people and reasons."""

from __future__ import annotations

from collections import deque

import pytest

from forum.core.catalogue import translator
from forum.core.refusals import P_, Word, spoken
from forum.core.workflow import UnlawfulAction
from forum.partnerships.states import (
    FINAL,
    LIFE,
    PHASE_OF,
    PROPOSED,
    ROLES,
    SETTLED,
    VERSION_STATES,
    Phase,
    VersionState,
)
from tests.partnerships.words import chinese

# state | English | 中文 | phase
STATES = """
draft|Draft|草稿|preparing
invited|Awaiting counterpart|待对方回应|preparing
negotiating|In negotiation|磋商中|preparing
declined|Declined by counterpart|对方婉拒|preparing
city_review|City sign-off|市级审签|review
province_review|Provincial review|省级审核|review
national_review|National review|国家级审核|review
returned|Returned for correction|退回补正|review
rejected|Not approved|不予同意|ended
approved|Approved to sign|同意签署|signing
lapsed|Approval lapsed|批复失效|signing
signed|Signed|已签署|signing
active|Registered and active|备案执行中|in_force
renewal|Renewal in progress|续签中|in_force
suspended|Suspended|已暂停|in_force
expired|Expired|已到期|ended
completed|Completed|已完成|ended
terminated|Terminated|已终止|ended
withdrawn|Withdrawn|已撤回|ended
"""
# from | action | English | 中文 | to | who | a reason is needed
TRANSITIONS = """
draft|invite|Invite|发出邀请|invited|city_liaison|no
invited|express_interest|Express interest|表示有意|negotiating|counterpart_liaison|no
invited|decline|Decline|婉拒|declined|counterpart_liaison|no
invited|no_answer_timeout|No answer in time|逾期未回应|declined|system|no
declined|reopen|Reopen|重新启动|draft|city_liaison|yes
negotiating|agree_text|Agree the text|议定文本|city_review|city_liaison;counterpart_liaison|no
negotiating|decline|Decline|婉拒|declined|counterpart_liaison|no
city_review|endorse|Sign off and submit|审签上报|province_review|city_lead|no
city_review|return|Return for correction|退回补正|returned|city_lead|yes
province_review|endorse|Endorse and submit|审核上报|national_review|province_reviewer|no
province_review|approve_delegated|Approve under delegation|授权批准|approved|province_reviewer|no
province_review|return|Return for correction|退回补正|returned|province_reviewer|yes
province_review|reject|Do not approve|不予同意|rejected|province_lead|yes
national_review|approve|Approve for signature|同意签署|approved|national_approver|no
national_review|return|Return for correction|退回补正|returned|national_reviewer|yes
national_review|reject|Do not approve|不予同意|rejected|national_approver|yes
returned|resubmit|Resubmit corrected text|修改后重报|city_review|city_liaison|no
returned|resubmit_same_level|Resubmit, text unchanged|原文重报|province_review|city_liaison|no
returned|renegotiate|Renegotiate|重新磋商|negotiating|city_liaison|yes
approved|record_signature|Record signature|登记签署|signed|city_liaison|no
approved|validity_passed|Approval expired|批复过期|lapsed|system|no
approved|text_changed|Text changed|文本变动|national_review|system|no
lapsed|reapply|Apply again|重新申请|city_review|city_liaison|yes
signed|register|Register|备案登记|active|national_registrar|no
signed|text_mismatch|Text does not match|文本不符|returned|national_registrar|yes
active|open_renewal|Open renewal|启动续签|renewal|city_liaison;counterpart_liaison;system|no
renewal|renewed_same_terms|Renewed, same terms|原条款续签|active|national_registrar|no
renewal|new_terms|New terms|变更条款|negotiating|city_liaison;counterpart_liaison|yes
renewal|term_ended|Term ended|期满|expired|system|no
active|suspend|Suspend|暂停|suspended|city_lead;counterpart_lead;national_approver|yes
suspended|resume|Resume|恢复|active|national_approver|yes
suspended|terminate|Terminate|终止|terminated|city_lead;counterpart_lead;national_approver|yes
active|term_ended|Term ended|期满|expired|system|no
active|close_with_final_report|Close with final report|结项|completed|national_reviewer|no
active|terminate|Terminate|终止|terminated|city_lead;counterpart_lead;national_approver|yes
expired|final_report|Final report accepted|总结报告通过|completed|national_reviewer|no
expired|late_renewal|Late renewal|期满后续签|negotiating|city_liaison;counterpart_liaison|yes
draft|withdraw|Withdraw|撤回|withdrawn|city_liaison|no
negotiating|withdraw|Withdraw|撤回|withdrawn|city_liaison;counterpart_liaison|yes
returned|withdraw|Withdraw|撤回|withdrawn|city_liaison|yes
"""


def rows(table: str) -> list[list[str]]:
    return [line.split("|") for line in table.strip().splitlines()]


def test_the_nineteen_states_bear_their_names_in_both_languages() -> None:
    say = chinese()
    told = [
        [str(state), str(VERSION_STATES[state]), spoken(VERSION_STATES[state], say), str(PHASE_OF[state])]
        for state in VersionState
    ]
    assert told == rows(STATES)
    assert len(told) == 19


def test_the_forty_transitions_are_the_agreed_ones_and_no_others() -> None:
    say = chinese()
    told = [
        [
            str(row.sources[0]),
            row.action,
            str(row.label),
            spoken(row.label, say),
            str(row.target),
            sorted(row.actors),
            "yes" if row.needs_reason else "no",
        ]
        for row in SETTLED
    ]
    agreed = [[*row[:5], sorted(row[5].split(";")), row[6]] for row in rows(TRANSITIONS)]
    assert told == agreed
    assert len(told) == 40


def test_proposed_rows_add_ways_and_change_none() -> None:
    settled = {(row.sources, row.action) for row in SETTLED}
    assert not settled & {(row.sources, row.action) for row in PROPOSED}
    assert len(LIFE.rows) == 40 + len(PROPOSED) == 52


def _reached(start: str, ways: list[tuple[str, str]]) -> set[str]:
    found, queue = {start}, deque([start])
    while queue:
        here = queue.popleft()
        for source, target in ways:
            if source == here and target not in found:
                found.add(target)
                queue.append(target)
    return found


def test_every_state_is_reached_from_a_draft_and_comes_to_an_end() -> None:
    ways = [(str(row.sources[0]), str(row.target)) for row in SETTLED]
    assert _reached("draft", ways) == set(map(str, VersionState))
    for state in VersionState:
        assert _reached(state, ways) & FINAL


def test_final_states_are_those_out_of_which_nothing_leads() -> None:
    assert {state for state in VersionState if LIFE.final(state)} == FINAL
    assert all(PHASE_OF[state] is Phase.ENDED for state in FINAL)


def test_every_actor_is_a_role_with_a_name() -> None:
    assert {actor for row in LIFE.rows for actor in row.actors} <= set(ROLES)


def test_every_name_of_the_table_is_said_in_both_languages() -> None:
    say = chinese()
    for word in (*VERSION_STATES.values(), *ROLES.values(), *(row.label for row in LIFE.rows)):
        assert spoken(word, say) != str(word), f"{word} has no Chinese"


def test_a_word_is_said_in_the_sense_of_its_room() -> None:
    say = chinese()
    assert spoken(P_("partnership", "Register"), say) == "备案登记"
    assert spoken(Word("Register"), say) != "备案登记"
    assert spoken(P_("partnership", "Register"), translator("en")) == "Register"
    assert spoken(P_("partnership", "A word that nobody translated"), say) == "A word that nobody translated"


@pytest.mark.parametrize("state", VersionState)
def test_an_action_outside_the_table_names_the_lawful_ones_in_both_languages(state: VersionState) -> None:
    everybody = frozenset(ROLES)
    for action in {row.action for row in LIFE.rows} - {row.action for row in LIFE.lawful(state, everybody)}:
        with pytest.raises(UnlawfulAction) as caught:
            LIFE.step(state, action, everybody, "because")
        for say in (translator("en"), chinese()):
            sentence = caught.value.say(say)
            assert spoken(VERSION_STATES[state], say) in sentence
            for row in LIFE.lawful(state, everybody):
                assert spoken(row.label, say) in sentence
