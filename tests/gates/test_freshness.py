"""A change that the public can see shows at once, in every thread, however often the page was asked for before."""

from __future__ import annotations

import gc
from concurrent.futures import ThreadPoolExecutor

from flask import Flask

from forum.core.database import begin_writing, db, session
from forum.events.queries import bump_revision
from tests.cast import Cast


def rename(app: Flask, cast: Cast, title: str) -> None:
    with app.app_context():
        begin_writing()
        cast.forum.title_en = title
        bump_revision(cast.forum)
        session.commit()
        session.remove()


def test_every_change_shows_at_once(app: Flask, cast: Cast) -> None:
    address = f"/en/forums/{cast.slug}/"
    for number in range(4):
        rename(app, cast, f"Forum number {number}")
        for _visit in range(2):
            page = cast.client().get(address)
            assert f"Forum number {number}" in page.text
            assert page.headers["ETag"]


def test_every_change_shows_in_every_thread(app: Flask, cast: Cast) -> None:
    address = f"/en/forums/{cast.slug}/"
    with ThreadPoolExecutor(4) as threads:
        for number in range(4):
            rename(app, cast, f"Forum number {number}")
            pages = list(threads.map(lambda _turn: cast.client().get(address).text, range(12)))
            assert all(f"Forum number {number}" in page for page in pages)
    with app.app_context():
        app.extensions["forum.public_bodies"].forget()
        gc.collect()  # the threads are gone; what they were connected by goes with them
        db.engine.dispose()


def test_without_a_bump_the_prepared_page_is_served(app: Flask, cast: Cast) -> None:
    address = f"/en/forums/{cast.slug}/"
    before = cast.client().get(address).text
    with app.app_context():
        begin_writing()
        cast.forum.title_en = "Renamed behind the back"
        session.commit()
        session.remove()
    assert cast.client().get(address).text == before


def test_a_new_revision_lets_go_of_all_that_was_prepared_for_the_old_one(app: Flask, cast: Cast) -> None:
    shelf = app.extensions["forum.public_bodies"]
    before = len(shelf)
    for language in ("en", "zh"):
        cast.client().get(f"/{language}/forums/{cast.slug}/")
        cast.client().get(f"/{language}/forums/{cast.slug}/practical")
    assert len(shelf) - before >= 3
    rename(app, cast, "Renamed")
    cast.client().get(f"/en/forums/{cast.slug}/")
    assert len(shelf) - before == 1
