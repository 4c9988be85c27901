from __future__ import annotations

import pytest
from sqlalchemy import select

from forum.committees.models import Committee
from forum.core.database import session
from forum.standards.models import Standard
from tests.cast import Cast
from tests.gates.pages import Page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_smoke(catalogue: Cast, lang, app):
    with app.app_context():
        slugs = [f"standards/{s}/" for s in session.scalars(select(Standard.slug))]
        cs = list(session.scalars(select(Committee.slug)))
        session.remove()
    addresses = (
        [
            "committees/",
            "committees/succession",
            "standards/changes",
            "standards/changes?since=2016-01-01",
            "committees.json",
            "committees/succession.json",
            "standards/changes.json",
            "standards/changes.xml?since=2010-01-01",
            "standards/iso-37101.json",
        ]
        + [f"committees/{c}/" for c in cs]
        + [f"committees/{c}.json" for c in cs]
        + slugs
    )
    desk = (
        ["desk/committees/", "desk/committees/new", "desk/standards/", "desk/standards/stages"]
        + [
            f"desk/committees/{c}/{x}"
            for c in ("iso-tc-268", "sac-tc-567")
            for x in ("", "edit", "title", "mirrors/new", "succession/new", "transfer")
        ]
        + ["desk/committees/sac-tc-567/posts/new"]
        + [f"desk/standards/iso-37101/{x}" for x in ("", "stage", "title", "plan", "topics")]
    )
    faults = []
    for who, lst in ((None, addresses), ("registration", desk)):
        client = catalogue.client(who)
        for a in lst:
            r = client.get(f"/{lang}/{a}")
            assert r.status_code == 200, (a, r.status_code, r.text[-2000:])
            if r.mimetype == "text/html":
                p = Page(a, r.text)
                faults += [f"{a}: {b}" for b in p.blemishes()]
                faults += [f"{a}: {l}: {t[:80]}" for l, t in p.foreign_words()]
    print("\n".join(dict.fromkeys(f.split(": ", 1)[1] for f in faults)))
    assert not faults, len(faults)
