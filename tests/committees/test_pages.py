"""The pages of committees, for everybody and at the desk of the national office."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select

from forum.accounts.models import Account, SignIn
from forum.audit.models import AuditEntry
from forum.committees import own_data
from forum.committees.models import (
    Committee,
    CommitteeKind,
    LiaisonRelation,
    Membership,
    Mirror,
    Post,
    Succession,
)
from forum.core.database import begin_writing, session
from forum.places.models import Organisation
from tests.cast import Cast
from tests.conftest import FixedClock
from tests.gates.pages import Names, Page
from tests.standards.ground import changed, committee
from tests.statements import counted_statements

LANGUAGES = ("en", "zh")
NAMES = Names(("Registration", "Protocol", "Agenda", "Delegate", "Door", "Stranger"))  # of the cast
PUBLIC = (
    "committees/",
    "committees/succession",
    *(
        f"committees/{slug}/"
        for slug in (
            "iso-tc-268",
            "iso-tc-268-sc-1",
            "iso-tc-268-sc-2",
            "iso-iec-jtc-4",
            "iso-iec-jtc-1",
            "iso-iec-jtc-1-wg-11",
            "iec-syc-smart-cities",
            "itu-t-sg-20",
            "sac-tc-567",
            "sac-tc-28",
            "sac-tc-426",
        )
    ),
)
DESK = (
    "desk/committees/",
    "desk/committees/new",
    *(f"desk/committees/iso-tc-268/{page}" for page in ("", "edit", "title", "mirrors/new", "succession/new")),
    "desk/committees/sac-tc-567/",
    "desk/committees/sac-tc-567/posts/new",
)


def words(text: str) -> str:
    """The text of a page without its markup."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_page_of_a_committee_can_be_read_in_its_language(catalogue: Cast, language: str) -> None:
    for who, addresses in ((None, PUBLIC), ("registration", DESK)):
        client = catalogue.client(who)
        for address in addresses:
            answer = client.get(f"/{language}/{address}")
            assert answer.status_code == 200, address
            page = Page(address, answer.text)
            assert [*page.blemishes(), *page.foreign_words(NAMES)] == [], address


def test_the_tree_puts_groups_below_their_committee_with_members_and_mirrors(catalogue: Cast) -> None:
    page = catalogue.client().get("/en/committees/").text
    rows = re.findall(r'<th scope="row" class="deep-(\d)"><a[^>]*>([^<]+)<', page)
    order = [reference for _depth, reference in rows]
    assert order.index("ISO/TC 268/SC 1") == order.index("ISO/TC 268") + 1
    assert {reference: depth for depth, reference in rows}["ISO/TC 268/SC 2"] == "1"
    told = words(page)
    assert "45 P, 31 O June 2025" in told
    assert "SAC/TC 567" in told
    assert "Unofficial translation" in told  # of the English titles of national committees


def test_a_committee_administered_by_iec_has_no_number_of_members(catalogue: Cast, app: Flask) -> None:
    def administered() -> None:
        found = committee("ISO/IEC JTC 1")
        found.p_members, found.p_complete = 1, False

    changed(app, administered)
    client = catalogue.client("stranger")
    page = words(client.get("/en/committees/iso-iec-jtc-1/").text)
    assert "neither a number of members nor a quorum follows" in page
    assert "1 P, 60 O" not in page
    assert "1 P, 60 O" not in words(client.get("/en/committees/").text)
    document = json.loads(client.get("/en/committees/iso-iec-jtc-1.json").text)
    assert document["p_members"] is None


def test_liaisons_stay_in_the_direction_in_which_they_are_listed(catalogue: Cast) -> None:
    document = json.loads(catalogue.client().get("/en/committees/iso-tc-268.json").text)
    listed = {row["with"] or row["external_id"] for row in document["liaisons_listed"]}
    assert {"ISO/TC 204", "ISO/TC 207", "ICLEI", 7622897} <= listed
    assert [row["with"] for row in document["liaisons_listing"]] == ["ISO/IEC JTC 1"]
    of_part = json.loads(catalogue.client().get("/en/committees/iso-tc-268-sc-1.json").text)
    assert "ISO/TC 268" not in {row["with"] for row in of_part["liaisons_listed"]}
    page = words(catalogue.client().get("/en/committees/iso-tc-268/").text)
    assert "External body, id 7622897" in page


def test_a_committee_as_data_holds_names_members_mirrors_and_succession(catalogue: Cast) -> None:
    document = json.loads(catalogue.client().get("/zh/committees/iso-tc-268-sc-2.json").text)
    assert document["parent"] == "ISO/TC 268"
    assert document["created_on"] == "2021-10-07"
    assert document["as_of"] == "2025-06"
    assert len([row for row in document["members"] if row["kind"] == "P"]) == document["p_members"] == 22
    assert {(row["kind"], row["effective_on"]) for row in document["succession"]} == {
        ("created", "2021-10-07"),
        ("partly_transferred", "2021-10-07"),
    }
    assert document["titles"]["zh"]["official"] is False
    assert document["names"][0]["titles"]["zh"]["official"] is False


def test_the_succession_list_tells_the_ledger_by_date(catalogue: Cast) -> None:
    told = json.loads(catalogue.client().get("/en/committees/succession.json").text)["succession"]
    assert [row["effective_on"] for row in told] == sorted(row["effective_on"] for row in told)
    assert {"from": "IEC SEG 1", "to": "IEC SyC Smart Cities", "effective_on": "2016"}.items() <= told[2 + 2].items()
    page = words(catalogue.client().get("/en/committees/succession").text)
    assert "Umbrella" in page
    assert "21 May 2025" in page
    assert "June 2015" in page


@pytest.mark.parametrize(
    ("old", "now"),
    [("iso-tc268", "iso-tc-268"), ("tc-268", "iso-tc-268"), ("jtc4", "iso-iec-jtc-4"), ("itu-t-sg20", "itu-t-sg-20")],
)
def test_other_spellings_and_old_addresses_lead_on(catalogue: Cast, old: str, now: str) -> None:
    answer = catalogue.client().get(f"/zh/committees/{old}/")
    assert (answer.status_code, answer.location) == (301, f"/zh/committees/{now}/")
    assert catalogue.client().get(f"/zh/committees/{old}.json").location == f"/zh/committees/{now}.json"


def test_the_work_programme_stands_on_the_page_by_standing(catalogue: Cast) -> None:
    page = words(catalogue.client().get("/en/committees/iso-tc-268/").text)
    assert "Work programme" in page
    assert page.index("ISO/DIS 37100") < page.index("ISO 37120:2018") < page.index("ISO 37120:2014")


def test_a_group_is_entered_by_hand_once(catalogue: Cast) -> None:
    office, address = catalogue.client("registration"), "/en/desk/committees/new"
    typed = {
        "parent": "TC 268",
        "reference": "ISO/TC268/WG2",
        "kind": "wg",
        "title_en": "City indicators",
        "title_zh": "城市指标",
        "zh_status": "unofficial",
        "created_on": "",
    }
    assert office.submit(address, typed).status_code == 303
    page = catalogue.client().get("/en/committees/iso-tc-268-wg-2/").text
    assert "City indicators" in page
    assert "城市指标" in page
    assert "Unofficial translation" in page
    assert "ISO/TC 268/WG 2" in catalogue.client().get("/en/committees/iso-tc-268/").text
    twice = office.submit(address, typed | {"reference": "ISO/TC 268/WG 2"})
    assert twice.status_code == 422
    assert "kept already" in twice.text
    assert office.submit(address, typed | {"parent": "ISO/TC 9999"}).status_code == 422


def test_a_committee_is_edited_by_one_at_a_time(catalogue: Cast, app: Flask) -> None:
    changed(app, lambda: setattr(committee("ISO/TC 268"), "unreviewed", True))
    office, address = catalogue.client("registration"), "/en/desk/committees/iso-tc-268/edit"
    opened = office.get(address).text
    version = re.search(r'name="version"[^>]*value="(\d+)"', opened)
    assert version is not None
    typed = {
        "scope_en": "Cities, in short.",
        "scope_zh": "简述。",
        "secretariat": "AFNOR",
        "state": "active",
        "note_en": "",
        "note_zh": "",
        "confidence": "verified",
        "source": "iso.org",
    }
    assert office.submit(address, typed).status_code == 303
    assert "Cities, in short." in catalogue.client().get("/en/committees/iso-tc-268/").text
    assert "Nobody has checked" not in catalogue.client().get("/en/committees/iso-tc-268/").text
    late = office.submit(address, typed | {"version": version[1], "scope_en": "Late."})
    assert late.status_code == 409
    assert "Late." in late.text
    with app.app_context():
        assert "scope_en" in committee("ISO/TC 268").edited_fields  # what an import leaves alone
        session.remove()


def test_a_new_title_begins_the_day_after_the_old_one_ended(catalogue: Cast, app: Flask) -> None:
    office, address = catalogue.client("registration"), "/en/desk/committees/itu-t-sg-20/title"
    typed = {
        "title_en": "Digital cities",
        "title_fr": "",
        "title_zh": "数字城市",
        "zh_status": "unofficial",
        "starts_on": "2027-02-01",
    }
    assert office.submit(address, typed).status_code == 303
    page = words(catalogue.client().get("/en/committees/itu-t-sg-20/").text)
    assert "Titles by date" in page
    assert "until 31 Jan 2027" in page
    assert page.index("Digital cities") < page.index("Internet of Things")
    assert office.submit(address, typed).status_code == 422
    with app.app_context():
        assert [name.ends_on for name in committee("ITU-T SG20").names] == [date(2027, 1, 31), None]
        session.remove()


def test_mirrors_begin_and_end_with_a_day(catalogue: Cast, app: Flask) -> None:
    office, address = catalogue.client("registration"), "/en/desk/committees/iso-iec-jtc-4/mirrors/new"
    typed = {
        "other": "SAC/TC 567",
        "role": "first",
        "starts_on": "2027-02-01",
        "basis": "Decision 1",
        "confidence": "verified",
    }
    assert office.submit(address, typed).status_code == 303
    assert office.submit(address, typed).status_code == 409
    assert office.submit(address, typed | {"other": "ISO/TC 268"}).status_code == 422
    with app.app_context():
        target = committee("ISO/IEC JTC 4")
        row = session.scalars(select(Mirror).where(Mirror.committee_id == target.id)).one()
        end = f"/en/desk/committees/iso-iec-jtc-4/mirrors/{row.public_id}/end"
        session.remove()
    assert office.submit(end, {"ends_on": "2027-01-01"}).status_code == 422
    assert office.submit(end, {"ends_on": "2027-02-28"}).status_code == 303
    page = words(catalogue.client().get("/en/committees/iso-iec-jtc-4/").text)
    assert "1–28 Feb 2027" in page
    assert office.get(end.replace("iso-iec-jtc-4", "iso-tc-268")).status_code == 404  # through its own committee alone


def test_a_succession_is_written_down_with_a_body_that_is_not_kept_here(catalogue: Cast) -> None:
    office, address = catalogue.client("registration"), "/en/desk/committees/itu-t-sg-20/succession/new"
    typed = {
        "direction": "to",
        "turn": "merged",
        "other": "",
        "other_name": "JCA-IoT",
        "effective_on": "2027-01-01",
        "precision": "year",
        "note_en": "",
        "note_zh": "",
        "evidence_url": "javascript:alert(1)",
        "confidence": "inferred",
    }
    assert office.submit(address, typed).status_code == 422
    assert office.submit(address, typed | {"evidence_url": "https://itu.int/x"}).status_code == 303
    page = words(catalogue.client().get("/en/committees/succession").text)
    assert "JCA-IoT" in page
    assert "Inferred" in page
    assert "合并" in catalogue.client().get("/zh/committees/succession").text


def given(catalogue: Cast, typed: dict[str, str]) -> int:
    """What the desk answers when the national office gives a post."""
    address = "/en/desk/committees/sac-tc-567/posts/new"
    standing = {"email": "stranger@forum.test", "role": "mirror_member", "starts_on": "2027-03-01", "ends_on": ""}
    return int(catalogue.client("registration").submit(address, standing | typed).status_code)


def test_a_post_is_given_and_ended_and_is_a_right_in_between(catalogue: Cast, app: Flask, clock: FixedClock) -> None:
    stranger = catalogue.client("stranger")
    assert stranger.get("/en/desk/standards/").status_code == 404
    assert given(catalogue, {}) == 303
    assert stranger.get("/en/desk/standards/").status_code == 200
    assert "Mirror committee expert" in stranger.get("/en/desk/").text
    office = catalogue.client("registration")
    with app.app_context():
        post = session.scalars(select(Post).where(Post.account_id == catalogue.accounts["stranger"])).one()
        end = f"/en/desk/committees/sac-tc-567/posts/{post.public_id}/end"
        session.remove()
    assert "Stranger is no longer" in office.get(end).text
    assert office.submit(end, {}).status_code == 303
    clock.forward(seconds=1)
    assert stranger.get("/en/desk/standards/").status_code == 404
    assert "Ended" in words(office.get("/en/desk/committees/sac-tc-567/").text)
    with app.app_context():
        entries = session.scalars(
            select(AuditEntry).where(AuditEntry.object_kind == "post").order_by(AuditEntry.seq)
        ).all()
        assert [entry.action for entry in entries] == ["appoint", "end"]
        assert not any("stranger" in entry.body for entry in entries)
        session.remove()


def test_a_post_may_name_the_unit_of_its_holder(catalogue: Cast, app: Flask) -> None:
    unit = Organisation(name_en="City Office", name_zh="城市办公室", search="city office | 城市办公室")
    changed(app, lambda: session.add(unit))
    assert given(catalogue, {"unit": "Somebody"}) == 422
    assert given(catalogue, {"unit": "城市办公室"}) == 303
    assert "City Office" in words(catalogue.client("protocol").get("/en/desk/committees/sac-tc-567/").text)


def test_a_post_that_cannot_be_given_is_told_at_its_field(catalogue: Cast) -> None:
    assert given(catalogue, {"email": "nobody@forum.test"}) == 422
    assert given(catalogue, {"email": "registration@forum.test"}) == 422  # oneself
    assert given(catalogue, {"email": "delegate@forum.test"}) == 409  # held already
    assert given(catalogue, {"ends_on": "2027-02-01"}) == 422
    assert given(catalogue, {"role": "president"}) == 422
    office = catalogue.client("registration")
    assert office.get("/en/desk/committees/iso-tc-268/posts/new").status_code == 404


def test_a_post_calls_for_the_second_factor(catalogue: Cast, app: Flask) -> None:
    def not_given() -> None:
        for sign_in in session.scalars(select(SignIn).where(SignIn.account_id == catalogue.accounts["protocol"])):
            sign_in.second_factor_at = None

    assert catalogue.client("protocol").get("/en/desk/standards/").status_code == 200
    changed(app, not_given)
    answer = catalogue.client("protocol").get("/en/desk/standards/")
    assert answer.status_code == 303
    assert "second-factor" in str(answer.location) or "two" in str(answer.location)


@pytest.mark.parametrize("who", ["protocol", "agenda", "delegate", "door", "viewer", "organiser"])
def test_everybody_but_the_national_office_reads_and_changes_nothing(catalogue: Cast, who: str) -> None:
    client = catalogue.client(who)
    assert client.get("/en/desk/committees/").status_code == 200
    page = client.get("/en/desk/committees/sac-tc-567/").text
    assert "Give a post" not in page
    assert "@forum.test" not in page  # whose address it is stays with the national office
    for deed in ("edit", "title", "mirrors/new", "succession/new", "transfer", "posts/new"):
        assert client.get(f"/en/desk/committees/sac-tc-567/{deed}").status_code == 404, deed
    assert client.get("/en/desk/committees/new").status_code == 404


def test_posts_stand_in_the_own_data_and_end_with_the_account(catalogue: Cast, app: Flask, clock: FixedClock) -> None:
    key = catalogue.accounts["delegate"]
    with app.app_context():
        begin_writing()
        relation = session.scalars(select(LiaisonRelation).limit(1)).one()
        relation.representative_id = key
        session.flush()
        told = own_data.sections(key, clock())
        assert [dict(section["entries"])["Committee"] for section in told] == ["SAC/TC 567"]
        own_data.erase_for(key, clock())
        left = select(LiaisonRelation.id).where(LiaisonRelation.representative_id == key)
        assert session.scalars(left).all() == []
        assert all(post.ended_at for post in session.scalars(select(Post).where(Post.account_id == key)))
        session.rollback()
        session.remove()
    assert "SAC/TC 567" in catalogue.client("delegate").get("/en/account/data").text


HOSTILE = ("<script>alert(1)</script>", "\0", "A" * 5000, "９９９９９９９９９９", "-1")


@pytest.mark.parametrize(
    "address",
    [
        "desk/committees/new",
        "desk/committees/iso-tc-268/edit",
        "desk/committees/iso-tc-268/title",
        "desk/committees/iso-tc-268/mirrors/new",
        "desk/committees/iso-tc-268/succession/new",
        "desk/committees/iso-tc-268/transfer",
        "desk/committees/sac-tc-567/posts/new",
        "desk/standards/iso-37187/stage",
        "desk/standards/iso-37187/title",
        "desk/standards/iso-37187/plan",
        "desk/standards/iso-37187/topics",
    ],
)
def test_whatever_is_typed_is_saved_or_refused(catalogue: Cast, address: str) -> None:
    office = catalogue.client("registration")
    names = set(re.findall(r'name="([a-zA-Z_]+)"', office.get(f"/en/{address}").text)) - {"csrf_token", "viewport"}
    for nasty in HOSTILE:
        answer = office.submit(f"/en/{address}", dict.fromkeys(names, nasty))
        assert answer.status_code in {303, 400, 409, 422}, nasty
        assert "<script>alert" not in answer.text


def test_the_tree_asks_the_same_number_of_statements_for_a_thousand(catalogue: Cast, app: Flask) -> None:
    client = catalogue.client("stranger")
    counts = []
    for more in (0, 400):
        with app.app_context():
            if more:
                begin_writing()
                home = committee("ISO/TC 268")
                session.add_all(
                    Committee(
                        reference=f"ISO/TC {number}/SC 9",
                        slug=f"iso-tc-{number}-sc-9",
                        body="iso",
                        kind=CommitteeKind.SC,
                        parent_id=home.id,
                        sort_key=f"ISO/TC 0{number}",
                    )
                    for number in range(1000, 1000 + more)
                )
                session.commit()
            session.remove()
            with counted_statements() as seen:
                assert client.get("/en/committees/").status_code == 200
                assert client.get("/en/committees/iso-tc-268/").status_code == 200
            counts.append(len(seen))
            session.remove()
    assert counts[1] <= counts[0] + 1
    assert counts[1] <= 40


def test_the_seeds_hold_what_is_known_of_the_committees(catalogue: Cast, app: Flask) -> None:
    with app.app_context():
        counted = {
            table.__tablename__: session.scalar(select(func.count()).select_from(table))
            for table in (Committee, Membership, Mirror, Succession, LiaisonRelation)
        }
        unreviewed = set(session.scalars(select(Committee.reference).where(Committee.unreviewed.is_(True))))
        accounts = session.scalar(select(func.count()).select_from(Account))
        session.remove()
    assert counted == {
        "committee": 13,
        "committee_membership": 302,
        "committee_mirror": 4,
        "committee_succession": 8,
        "committee_liaison": 100,
    }
    assert unreviewed == {"IEC TC 1", "SAC/TC 351"}
    assert accounts  # the seeds bring nobody along
