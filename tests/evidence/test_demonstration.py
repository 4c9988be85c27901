"""The thread of the demonstration reaches from the talk to the city, for everybody."""

from __future__ import annotations

import pytest
from flask import Flask
from sqlalchemy import select

from forum.core.database import begin_writing, session
from forum.evidence.models import EvidenceLink, Idea
from forum.evidence.queries.ends import end
from forum.evidence.queries.thread import idea_thread, standard_thread
from forum.evidence.rules import Entry, Phase
from forum.site.demonstration.loading import evidence
from forum.standards.models import Standard
from forum.web.viewer import NOBODY
from tests.conftest import START
from tests.evidence.chain import committee, stage, standard


@pytest.mark.usefixtures("loaded")
def test_the_thread_of_the_demonstration_reaches_from_the_talk_to_the_city(app: Flask) -> None:
    with app.app_context():
        begin_writing()
        if session.scalar(select(EvidenceLink.id).limit(1)) is None:  # without the catalogue there is nothing to tie to
            assert session.scalar(select(Idea.id).limit(1)) is None
            work = standard("ISO 37101:2016", "iso-37101", committee("ISO/TC 268", "iso-tc-268"))
            stage(work, "60.60", None)
            assert evidence.write(now=START) == 5
        work = session.scalars(select(Standard).where(Standard.reference == "ISO 37101:2016")).one()
        idea = session.scalars(select(Idea)).one()
        as_end = end(idea.reference, NOBODY, START)
        assert as_end is not None
        for lines in (standard_thread(work, NOBODY, START), idea_thread(as_end, NOBODY, START, None)):
            found = {line.phase for line in lines if isinstance(line, Entry)}
            assert found >= {Phase.TALK, Phase.IDEA, Phase.PARTNERSHIP, Phase.PUBLICATION, Phase.USE}
        session.rollback()
