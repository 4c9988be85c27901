"""What opens every form of the rooms of languages: an engine, texts in each state, files that wait, failed drafts."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from html import escape
from io import BytesIO

from flask import Flask

from forum.core.actor import SYSTEM
from forum.core.database import begin_writing, session
from forum.drafting.models import JobState, TranslationJob
from forum.drafting.neighbours import Scope
from forum.drafting.operations.keeping import clear_programme
from forum.events.models import Forum, Track
from forum.memory.operations.handing_in import hand_in
from forum.ports.exchange.markup import FORBIDDEN
from forum.ports.exchange.tables import TableRow
from forum.ports.exchange.tables import encode as encode_table
from forum.ports.exchange.tmx import TmxUnit, encode
from forum.translating.models import Task, TextAssignment
from forum.translating.operations import bureau
from forum.translating.rules.returned import TextId
from forum.translation import operations as translation
from forum.translation.models import Origin
from forum.translation.queries import mark_of
from tests.gates.world import World

WAITING = [TmxUnit((("en", "Not yet known"), ("zh", "尚不知晓")))]
NOWHERE = "http://127.0.0.1:9"  # the port of those who throw away: no page may call it


@contextmanager
def engine_set(app: Flask) -> Iterator[None]:
    """An engine outside that the settings name; whoever would call it from a page would be refused."""
    before = app.extensions["forum.settings"]
    app.extensions["forum.settings"] = replace(
        before, translation_engine="libretranslate", libretranslate_url=NOWHERE, libretranslate_key="key"
    )
    try:
        yield
    finally:
        app.extensions["forum.settings"] = before


def opening(app: Flask, world: World, now: datetime, language: str = "en") -> list[str]:
    """Put into the world what the forms speak of; commits, and returns the pages that no address of it names."""
    with app.app_context():
        begin_writing()
        forum = world.cast.forum
        clear_programme(forum, actor=SYSTEM, now=now)  # so that a draft of what is missing may be asked for
        pages = [f"/{language}/desk/translation/forums/{forum.slug}/assign?which=found"]
        for number, state in enumerate(("missing", "machine", "human", "outdated")):
            track = Track(forum_id=forum.id, slug=f"words-{state}-{language}", source_lang="en", order=number)
            session.add(track)
            session.flush()
            translation.record(track, "track", {("name", "en"): f"Theme {state}"}, actor=SYSTEM, now=now)
            origin = Origin.HUMAN if state == "human" else Origin.MACHINE
            if state != "missing":
                translation.record(track, "track", {("name", "zh"): "主题"}, actor=SYSTEM, now=now, origin=origin)
            if state == "outdated":
                translation.record(track, "track", {("name", "en"): "Theme changed"}, actor=SYSTEM, now=now)
            pages.append(f"/{language}/desk/translation/forums/{forum.slug}/track/{track.public_id}/")
            if state == "missing":
                lacking = TextId("track", track.public_id, "name", "zh", mark_of(track, "name"))
            elif state == "machine":
                session.add(_given(forum, track, world.cast.accounts["agenda"], now))
        job = {"entity": "track", "entity_id": track.public_id, "field": "name", "lang": "zh", "source_hash": language}
        session.add(TranslationJob(**job, state=JobState.FAILED, next_at=now, asked_by="x", asked_at=now))
        for who in ("translator", "admin"):
            content = encode(WAITING, tool="other", version="1")
            kept = hand_in(BytesIO(content), "memory.tmx", actor=world.cast.account(who).actor("translator"))
            world.values["own"][f"memory.of_{who}"] = kept.public_id
            pages.append(f"/{language}/desk/memory/imports/{kept.public_id}")
            back = encode_table([TableRow(str(lacking), "", "Theme missing", "主题")], "xlsx")
            mine = world.cast.account(who).actor("translator")
            of_bureau = bureau.hand_in(Scope.of_forum(forum), BytesIO(back), "texts.xlsx", actor=mine)
            pages.append(f"/{language}/desk/translation/forums/{forum.slug}/files/{of_bureau.public_id}")
        session.commit()
        session.remove()
    return pages


def _given(forum: Forum, track: Track, account_id: int, now: datetime) -> TextAssignment:
    """A text that somebody has, so that it can be taken back."""
    return TextAssignment(
        collection="forums",
        scope=forum.chain,
        entity="track",
        entity_id=track.public_id,
        field="name",
        lang="zh",
        task=Task.REVIEW,
        account_id=account_id,
        due_on=now.date(),
        by="x",
        at=now,
    )


def exchanged(text: str, dice: random.Random) -> tuple[bytes, str]:
    """A hostile text in a file that translators exchange: as it is, or where such a file holds words."""
    kept = escape(FORBIDDEN.sub("", text))
    if (kind := dice.randrange(8)) == 0:
        return text.encode("utf-8", "replace") * 3, dice.choice(("tmx", "tbx", "csv"))
    if kind == 1:
        table = f'en,zh,source,use\n"{text.replace(chr(34), chr(34) * 2)}",城市,,\n'
        return table.encode("utf-8", "replace"), "csv"
    if kind in {2, 3}:
        seg = text if kind == 3 else kept  # as it is, it may break the file
        units = f'<tu><tuv xml:lang="en"><seg>{seg}</seg></tuv><tuv xml:lang="zh"><seg>{seg}城市</seg></tuv></tu>'
        head = '<tmx version="1.4"><header srclang="en"/><body>'
        return f"{head}{units}</body></tmx>".encode("utf-8", "replace"), "tmx"
    if kind in {6, 7}:
        seg = text if kind == 7 else kept
        sides = f"<source>{seg}</source><target>{seg}城市</target>"
        head = (
            '<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="zh"><file id="f">'
        )
        whole = f'{head}<unit id="u"><segment>{sides}</segment></unit></file></xliff>'
        return whole.encode("utf-8", "replace"), "xlf"
    term = text if kind == 5 else kept
    entry = f'<langSec xml:lang="en"><termSec><term>{term}</term></termSec></langSec>'
    entry += '<langSec xml:lang="zh"><termSec><term>城市</term></termSec></langSec>'
    head = '<tbx xmlns="urn:iso:std:iso:30042:ed-2" type="TBX-Basic" style="dca" xml:lang="en"><text><body>'
    return f'{head}<conceptEntry id="c1">{entry}</conceptEntry></body></text></tbx>'.encode("utf-8", "replace"), "tbx"
