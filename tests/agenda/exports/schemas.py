"""The published schemas when they are at hand, and our own checks of what they miss, always."""

from __future__ import annotations

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from jsonschema import Draft6Validator, FormatChecker
from lxml import etree

FOLDER = Path(__file__).parents[4] / "shared" / "schemas"
AT_HAND = FOLDER.is_dir()
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def xml_faults(content: bytes) -> list[str]:
    """Return what is wrong with a schedule XML, by its schema and by our own checks."""
    root = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    faults = []
    if AT_HAND:
        schema = etree.XMLSchema(etree.parse(FOLDER / "schedule.xml.xsd"))
        schema.validate(root)
        log: Any = schema.error_log
        faults += [str(error) for error in log if "precomputed" not in error.message]
    faults += _own_xml_faults(root)
    return faults


def _own_xml_faults(root: Any) -> list[str]:
    faults = []
    if [child.tag for child in root if child.tag != "day"] not in (
        ["generator", "version", "conference"],
        ["generator", "url", "version", "conference"],
    ):
        faults.append("order")
    if len(root.findall("conference/title")) != 1 or root.find("day") is None:
        faults.append("title or day")
    zone = ZoneInfo(root.findtext("conference/time_zone_name"))
    events = root.findall("day/room/event")
    for name in ("guid", "id", "code"):
        values = [event.get(name) for event in events]
        if len(set(values)) != len(values):
            faults.append(f"double {name}")
    for day in root.findall("day"):
        if not day.get("date"):
            faults.append("day without date")
        for room in day.findall("room"):
            for event in room.findall("event"):
                faults += _event_faults(event, room.get("name"), zone)
    return faults


def _event_faults(event: Any, room: str, zone: ZoneInfo) -> list[str]:
    faults = []
    moment = datetime.fromisoformat(event.findtext("date"))
    if moment.utcoffset() is None or event.findtext("start") != moment.astimezone(zone).strftime("%H:%M"):
        faults.append("start")
    if event.findtext("room") != room:
        faults.append("room")
    if not _UUID.fullmatch(event.get("guid")) or not re.fullmatch(r"[0-9A-Z]{6}", event.get("code")):
        faults.append("guid or code")
    if not re.fullmatch(r"\d\d:\d\d", event.findtext("duration")):
        faults.append("duration")
    faults += [name for name in ("url", "logo", "feedback_url") if event.findtext(name) == ""]
    return faults


def json_faults(content: bytes, version: int) -> list[str]:
    """Return what is wrong with a schedule JSON, by its schema and by our own checks."""
    document = json.loads(content)
    faults = []
    if AT_HAND:
        name = "schedule.schema.json" if version == 1 else "schedule-v2.schema.json"
        schema = json.loads((FOLDER / name).read_text("utf-8"))
        validator = Draft6Validator(schema, format_checker=FormatChecker())
        faults += [error.message for error in validator.iter_errors(document)]
    schedule = document["schedule"]
    if version == 1:
        days = schedule["conference"]["days"]
        events = [event for day in days for room in day["rooms"].values() for event in room]
        faults += ["number" for _ in range(len(events) - len({event["id"] for event in events}))]
        faults += ["start" for event in events if event["date"][11:16] != event["start"]]
    else:
        events = schedule["events"]
    faults += ["guid" for event in events if not _UUID.fullmatch(event["guid"])]
    faults += ["double guid" for _ in range(len(events) - len({event["guid"] for event in events}))]
    faults += ["url" for event in events if "url" in event and not event["url"].startswith("https://")]
    return faults
