"""Evidence: checked by somebody else, counted once, never lost; and what follows from it."""

from __future__ import annotations

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest

from forum.cooperation import errors
from forum.cooperation.models import (
    CompletionRule,
    ConditionKind,
    DeliverableKind,
    EvidenceKind,
    EvidenceVerdict,
    EvidenceVisibility,
)
from forum.cooperation.operations import activities, planning, proving
from forum.cooperation.queries import evidence as reading
from forum.cooperation.queries.plan import progress_of
from forum.cooperation.queries.pulse import heartbeats
from forum.cooperation.rules.heartbeat import Colour
from forum.cooperation.rules.milestones import Condition
from forum.cooperation.states import DeliverableState
from forum.core.bilingual import Text
from forum.core.database import session
from forum.core.refusals import NotFound
from forum.core.workflow import UnlawfulAction
from forum.partnerships.models import Side
from forum.partnerships.states import VersionState
from forum.ports.files import keeping
from tests.conftest import START
from tests.cooperation.pair import Pair, accepted, handed, held, plan, planned
from tests.statements import counted_statements


def aim(*conditions: Condition, weight: int = 1, **changes: object) -> planning.Aim:
    said: dict[str, object] = {"title": Text("First", "第一"), "due_on": date(2027, 6, 30), **changes}
    return planning.Aim(conditions=conditions, weight=weight, **said)  # type: ignore[arg-type]


ANY_EVIDENCE = Condition(ConditionKind.EVIDENCE)


class TestChecking:
    """A verdict is given once, by another person, with a reason if it isn't a yes."""

    def test_nobody_checks_their_own_file(self, pair: Pair) -> None:
        evidence = handed(pair).evidence
        with pytest.raises(errors.CheckerUploaded):
            proving.check(evidence, EvidenceVerdict.ACCEPTED, **pair.as_("delegate"))  # type: ignore[arg-type]
        proving.check(evidence, EvidenceVerdict.ACCEPTED, **pair.as_("focal"))  # type: ignore[arg-type]
        assert evidence.verdict is EvidenceVerdict.ACCEPTED
        with pytest.raises(errors.CheckedAlready):
            proving.check(evidence, EvidenceVerdict.REJECTED, reason="no", **pair.as_("viewer"))  # type: ignore[arg-type]

    def test_weak_and_rejected_say_why(self, pair: Pair) -> None:
        for verdict in (EvidenceVerdict.WEAK, EvidenceVerdict.REJECTED):
            with pytest.raises(errors.VerdictReasonNeeded):
                proving.check(handed(pair).evidence, verdict, **pair.as_("viewer"))  # type: ignore[arg-type]

    def test_who_reads_only_does_not_check(self, pair: Pair) -> None:
        for who in ("agenda", "other_focal", "stranger"):
            with pytest.raises(NotFound):
                proving.check(handed(pair).evidence, EvidenceVerdict.ACCEPTED, **pair.as_(who))  # type: ignore[arg-type]

    def test_evidence_is_not_dated_ahead(self, pair: Pair) -> None:
        with pytest.raises(errors.DatedAhead):
            handed(pair, dated_on=START.date() + timedelta(days=2))


class TestReplacing:
    """A newer file takes an older one's place; both stay readable."""

    def test_a_superseded_file_stays_readable_and_counts_no_more(self, pair: Pair) -> None:
        activity = held(pair)
        old = accepted(pair, target=activity.reference)
        assert reading.counted(activity.reference) == 1
        new = handed(pair, content="name,count\nHangzhou,4\n", supersedes=old).evidence
        assert reading.counted(activity.reference) == 0  # the newer one isn't checked yet
        assert keeping.open_file(old.file).read().startswith(b"name")
        shown = reading.of_partnership(pair.partnership.id, pair.standing("focal"))
        assert {one.id for one in shown} == {old.id, new.id}
        proving.check(new, EvidenceVerdict.ACCEPTED, **pair.as_("focal"))  # type: ignore[arg-type]
        assert reading.counted(activity.reference) == 1

    def test_a_file_is_replaced_once_and_by_its_own_side(self, pair: Pair) -> None:
        old = handed(pair).evidence
        with pytest.raises(errors.NotYours):
            handed(pair, "focal", supersedes=old)
        handed(pair, supersedes=old)
        with pytest.raises(errors.SupersededAlready):
            handed(pair, supersedes=old)

    def test_the_same_bytes_twice_are_pointed_out(self, pair: Pair) -> None:
        first = handed(pair)
        other = handed(pair, content="name,count\nLyon,9\n")
        again = handed(pair, "focal")
        assert (first.same, other.same, again.same) == (0, 0, 1)
        assert reading.same_bytes(again.evidence) == [first.evidence]
        assert reading.repeated(pair.partnership.id) == {first.evidence.sha256}


class TestCounting:
    """Each target counts an object once."""

    def test_the_same_evidence_supports_two_targets_and_counts_once_in_each(self, pair: Pair) -> None:
        one, two = held(pair), held(pair)
        evidence = accepted(pair, target=one.reference)
        proving.count_for(evidence, two.reference, **pair.as_("delegate"))  # type: ignore[arg-type]
        assert (reading.counted(one.reference), reading.counted(two.reference)) == (1, 1)
        with pytest.raises(errors.CountedHereAlready):
            proving.count_for(evidence, two.reference, **pair.as_("delegate"))  # type: ignore[arg-type]

    def test_two_files_for_one_object_count_once(self, pair: Pair) -> None:
        activity = held(pair)
        for number, who in enumerate(("delegate", "focal")):
            evidence = handed(pair, who, content=f"a,b\n1,{number}\n").evidence
            proving.count_for(evidence, activity.reference, "standard:GB/T 36749-2018", **pair.as_(who))  # type: ignore[arg-type]
            proving.check(evidence, EvidenceVerdict.ACCEPTED, **pair.as_("viewer"))  # type: ignore[arg-type]
        assert reading.counted(activity.reference) == 1

    @pytest.mark.parametrize("seed", range(3))
    def test_whatever_is_handed_in_a_target_counts_the_distinct_objects_with_accepted_evidence(
        self, pair: Pair, seed: int
    ) -> None:
        chance = random.Random(seed)
        targets = [held(pair).reference for _ in range(2)]
        expected: dict[str, set[str]] = {target: set() for target in targets}
        for number in range(14):
            evidence = handed(pair, content=f"a,b\n1,{number}\n").evidence
            verdict = chance.choice([EvidenceVerdict.ACCEPTED, EvidenceVerdict.WEAK, None])
            for target in chance.sample(targets, chance.randint(1, 2)):
                thing = f"standard:GB {chance.randint(1, 3)}"
                proving.count_for(evidence, target, thing, **pair.as_("delegate"))  # type: ignore[arg-type]
                if verdict is EvidenceVerdict.ACCEPTED:
                    expected[target].add(thing)
            if verdict is not None:
                proving.check(evidence, verdict, reason="seen", **pair.as_("viewer"))  # type: ignore[arg-type]
        assert {target: reading.counted(target) for target in targets} == {
            target: len(things) for target, things in expected.items()
        }

    def test_a_target_of_another_partnership_or_of_no_kind_is_refused(self, pair: Pair) -> None:
        evidence = handed(pair).evidence
        for target in ("activity:nothing", "account:1", "", "milestone:"):
            with pytest.raises(errors.UnknownTarget):
                proving.count_for(evidence, target, **pair.as_("delegate"))  # type: ignore[arg-type]


class TestSeeing:
    """Evidence for the cities alone stays with them; the public sees what is public and accepted."""

    def test_each_reader_sees_their_part(self, pair: Pair) -> None:
        kinds = list(EvidenceVisibility)
        for number, visibility in enumerate(kinds):
            evidence = accepted(pair, content=f"a,b\n1,{number}\n")
            evidence.visibility = visibility
        unchecked = handed(pair, content="a,b\n9,9\n").evidence
        unchecked.visibility = EvidenceVisibility.PUBLIC
        session.flush()
        seen = {
            who: len(reading.of_partnership(pair.partnership.id, pair.standing(who)))
            for who in ("delegate", "focal", "viewer", "agenda", "other_focal", "stranger")
        }
        assert seen == {"delegate": 4, "focal": 4, "viewer": 3, "agenda": 3, "other_focal": 1, "stranger": 1}
        assert reading.one(pair.partnership.id, unchecked.public_id, pair.standing("stranger")) is None


class TestMilestones:
    """Done follows from the rule; nobody types a percentage."""

    def test_progress_follows_from_accepted_evidence(self, pair: Pair) -> None:
        small = planning.set_milestone(pair.partnership, aim(ANY_EVIDENCE), **pair.as_("delegate"))  # type: ignore[arg-type]
        planning.set_milestone(pair.partnership, aim(ANY_EVIDENCE), **pair.as_("delegate"))  # type: ignore[arg-type]
        big = planning.set_milestone(pair.partnership, aim(ANY_EVIDENCE, weight=5), **pair.as_("focal"))  # type: ignore[arg-type]
        assert progress_of(pair.partnership.id).part == 0
        evidence = handed(pair).evidence
        proving.count_for(evidence, small.reference, **pair.as_("delegate"))  # type: ignore[arg-type]
        assert progress_of(pair.partnership.id).part == 0
        proving.check(evidence, EvidenceVerdict.ACCEPTED, **pair.as_("focal"))  # type: ignore[arg-type]
        assert progress_of(pair.partnership.id).part == Fraction(1, 7)
        accepted(pair, target=big.reference, content="a,b\n2,2\n")
        assert progress_of(pair.partnership.id).part == Fraction(6, 7)

    def test_a_milestone_may_ask_for_both_sides_an_activity_and_a_deliverable(self, pair: Pair) -> None:
        output = planning.Output(
            DeliverableKind.DRAFT_STANDARD, Text("Draft", "草案"), Side.DOMESTIC, date(2027, 9, 1), iso_stage="40.20"
        )
        deliverable = planning.plan_deliverable(pair.partnership, output, **pair.as_("delegate"))  # type: ignore[arg-type]
        activity = planned(pair)
        milestone = planning.set_milestone(
            pair.partnership,
            aim(
                Condition(ConditionKind.EVIDENCE, EvidenceKind.MINUTES, both_sides=True),
                Condition(ConditionKind.ACTIVITY, activity_id=activity.id),
                Condition(
                    ConditionKind.DELIVERABLE,
                    deliverable_id=deliverable.id,
                    deliverable_state=DeliverableState.DELIVERED,
                ),
            ),
            **pair.as_("delegate"),  # type: ignore[arg-type]
        )

        def met() -> list[bool]:
            return [one.met for one in progress_of(pair.partnership.id).milestones[0].conditions]

        accepted(pair, "delegate", milestone.reference)
        assert met() == [False, False, False]
        accepted(pair, "focal", milestone.reference, content="a,b\n1,1\n")
        assert met() == [True, False, False]
        day = date(2027, 2, 10)
        activities.perform(activity, "hold", held=activities.Held(day, day), **pair.as_("focal"))  # type: ignore[arg-type]
        planning.move_deliverable(deliverable, "begin", **pair.as_("focal"))  # type: ignore[arg-type]
        with pytest.raises(UnlawfulAction):  # it isn't theirs to deliver
            planning.move_deliverable(deliverable, "deliver", **pair.as_("focal"))  # type: ignore[arg-type]
        planning.move_deliverable(deliverable, "deliver", **pair.as_("delegate"))  # type: ignore[arg-type]
        with pytest.raises(UnlawfulAction):  # and not theirs to accept
            planning.move_deliverable(deliverable, "accept", **pair.as_("delegate"))  # type: ignore[arg-type]
        assert met() == [True, True, True]
        assert progress_of(pair.partnership.id).part == 1

    @pytest.mark.parametrize(
        ("changes", "refusal"),
        [
            ({"conditions": ()}, errors.ConditionsMissing),
            ({"rule": CompletionRule.AT_LEAST, "needed": 2}, errors.ConditionsMissing),
            ({"weight": 0}, errors.WeightOutOfRange),
            ({"conditions": (Condition(ConditionKind.ACTIVITY, activity_id=99),)}, errors.ConditionIncomplete),
            ({"conditions": (Condition(ConditionKind.DELIVERABLE, deliverable_id=1),)}, errors.ConditionIncomplete),
        ],
    )
    def test_a_milestone_that_can_never_be_done_is_refused(
        self, pair: Pair, changes: dict[str, object], refusal: type[Exception]
    ) -> None:
        said = {"conditions": (ANY_EVIDENCE,), **changes}
        wrong = planning.Aim(title=Text("M"), due_on=date(2027, 6, 1), **said)  # type: ignore[arg-type]
        with pytest.raises(refusal):
            planning.set_milestone(pair.partnership, wrong, **pair.as_("delegate"))  # type: ignore[arg-type]

    def test_reading_the_plan_asks_the_same_number_of_statements_for_one_as_for_thirty(self, pair: Pair) -> None:
        counts = []
        for number in (1, 29):
            for _ in range(number):
                planning.set_milestone(pair.partnership, aim(ANY_EVIDENCE), **pair.as_("delegate"))  # type: ignore[arg-type]
            session.expire_all()
            ident = pair.partnership.id
            with counted_statements() as seen:
                progress_of(ident)
            counts.append(len(seen))
        assert counts[0] == counts[1]

    def test_a_stage_or_project_number_that_is_none_is_refused(self, pair: Pair) -> None:
        for wrong, refusal in (
            ({"iso_stage": "41.00"}, errors.UnknownStage),
            ({"national_project": "12-T"}, errors.UnknownProject),
        ):
            output = planning.Output(DeliverableKind.GUIDELINE, Text("G"), Side.FOREIGN, date(2027, 9, 1), **wrong)
            with pytest.raises(refusal):
                planning.plan_deliverable(pair.partnership, output, **pair.as_("focal"))  # type: ignore[arg-type]


class TestHeartbeat:
    """Accepted evidence alone keeps a partnership awake."""

    def pulse(self, pair: Pair, days: int = 0) -> tuple[Colour, int | None]:
        session.flush()
        found = heartbeats([pair.partnership.id], START + timedelta(days=days))[pair.partnership.id]
        return found.colour, found.days

    def test_uploads_edits_and_activities_without_evidence_change_nothing(self, pair: Pair) -> None:
        before = self.pulse(pair, 200)
        assert before == (Colour.AMBER, 259)
        activity = held(pair)
        activities.change(planned(pair), plan(), **pair.as_("delegate"))  # type: ignore[arg-type]
        evidence = handed(pair).evidence
        proving.count_for(evidence, activity.reference, **pair.as_("delegate"))  # type: ignore[arg-type]
        assert self.pulse(pair, 200) == before
        proving.check(evidence, EvidenceVerdict.WEAK, reason="blurred", **pair.as_("focal"))  # type: ignore[arg-type]
        assert self.pulse(pair, 200) == before
        accepted(pair, target=activity.reference, content="a,b\n2,2\n")
        assert self.pulse(pair, 200) == (Colour.AMBER, 219)
        assert self.pulse(pair) == (Colour.GREEN, 19)

    def test_a_suspended_one_is_grey_and_one_that_ended_has_no_pulse(self, pair: Pair) -> None:
        pair.version.state = VersionState.SUSPENDED
        assert self.pulse(pair)[0] is Colour.GREY
        pair.version.state = VersionState.EXPIRED
        session.flush()
        assert heartbeats([pair.partnership.id], START) == {}
