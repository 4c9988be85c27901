"""Two who negotiate at once: one is told, nothing is lost, and a seal never covers words it hasn't seen."""

from __future__ import annotations

import threading
from collections.abc import Callable

from flask import Flask

from forum.agreements import operations, queries
from forum.agreements.errors import ClauseChanged, TextIsFrozen, TextNotReady
from forum.agreements.models import AgreementText
from forum.agreements.operations import Wording
from forum.core.database import begin_writing, session
from forum.core.refusals import Refusal
from tests.agreements.texts import HERS, HIS, NOW, TODAY, clause, started

Deed = Callable[[AgreementText], object]


def put_down(app: Flask) -> str:
    with app.app_context():
        begin_writing()
        key = started().public_id
        session.commit()
    return key


def found(key: str) -> AgreementText:
    text = queries.by_public_id(key)
    assert text is not None
    return text


def at_once(app: Flask, key: str, *deeds: Deed) -> list[Refusal | None]:
    """Do the deeds at the same time, each in a transaction of its own; return what each was told."""
    told: list[Refusal | None] = [None] * len(deeds)
    faults: list[BaseException] = []
    start = threading.Barrier(len(deeds))

    def work(number: int, deed: Deed) -> None:
        start.wait()
        with app.app_context():
            try:
                begin_writing()
                deed(found(key))
                session.commit()
            except Refusal as refusal:
                session.rollback()
                told[number] = refusal
            except BaseException as fault:  # noqa: BLE001 - every fault is counted
                session.rollback()
                faults.append(fault)

    threads = [threading.Thread(target=work, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    return told


def writes(words: str, key: str = "scope") -> Deed:
    def deed(text: AgreementText) -> None:
        scope = clause(text, key)
        wording = Wording(words, scope.zh)
        operations.edit_clause(scope, wording, seen_version=1, party_key="lyon", actor=HERS, now=NOW)

    return deed


def test_of_several_who_edit_one_clause_exactly_one_writes_and_the_others_are_told(app: Flask) -> None:
    key = put_down(app)
    told = at_once(app, key, *(writes(f"Wording number {number}.") for number in range(5)))
    assert sum(isinstance(each, ClauseChanged) for each in told) == 4
    with app.app_context():
        scope = clause(found(key), "scope")
        assert scope.en == f"Wording number {told.index(None)}."
        assert [each.wording for each in queries.history_of(found(key), "scope") if each.deed == "edited"] == [scope.en]


def test_those_who_edit_different_clauses_do_not_disturb_each_other(app: Flask) -> None:
    key = put_down(app)
    keys = ("scope", "forms", "contacts", "costs")
    told = at_once(app, key, *(writes("Other words.", each) for each in keys))
    assert told == [None] * len(keys)
    with app.app_context():
        text = found(key)
        assert {clause(text, each).en for each in keys} == {"Other words."}
        assert text.revision == 1 + len(keys)


def test_a_text_that_is_frozen_while_somebody_edits_is_sealed_as_it_stands(app: Flask) -> None:
    for _ in range(6):
        key = put_down(app)
        edited, frozen = at_once(
            app,
            key,
            writes("Words at the last moment."),
            lambda text: operations.freeze(text, today=TODAY, actor=HIS, now=NOW),
        )
        # Whoever came second was told: the editor that it's frozen, the other one that a clause is out of step.
        assert (type(edited), type(frozen)) in {(TextIsFrozen, type(None)), (type(None), TextNotReady)}
        with app.app_context():
            text = found(key)
            assert text.is_frozen == (frozen is None)
            assert not text.is_frozen or queries.unaltered(text)
