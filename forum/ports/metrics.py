"""Figures for machines: how many requests, how long they took, and how the work behind the pages stands.

With several web processes each writes its counts into files of one folder (PROMETHEUS_MULTIPROC_DIR, set by
``forum run``), and whichever is asked adds them up.
"""

from __future__ import annotations

import os
import time
from datetime import datetime

from flask import Flask, g, request
from flask.wrappers import Response
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest, multiprocess
from prometheus_client.registry import REGISTRY
from sqlalchemy import func, select

from forum.core.database import session
from forum.core.facts import SiteFact
from forum.ports.mail.models import MailState, OutboxMail

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
# Places are endpoints, never addresses: those hold names and secrets, and there is no end of them.
_REQUESTS = Counter("forum_requests", "Requests answered", ["endpoint", "method", "status"])
_SECONDS = Histogram(
    "forum_request_seconds",
    "Time to answer",
    ["endpoint"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5),
)


def init_metrics(app: Flask) -> None:
    """Count every answer but those for static files."""

    @app.after_request
    def count(response: Response) -> Response:
        endpoint = request.endpoint or "unknown"
        if endpoint == "static":
            return response
        method = request.method if request.method in {"GET", "HEAD", "POST", "OPTIONS"} else "other"
        _REQUESTS.labels(endpoint, method, str(response.status_code)).inc()
        if "started" in g:
            _SECONDS.labels(endpoint).observe(time.perf_counter() - g.started)
        return response


def figures() -> bytes:
    """Return all figures in the text format of Prometheus."""
    requests = REGISTRY
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        requests = CollectorRegistry()
        multiprocess.MultiProcessCollector(requests)  # type: ignore[no-untyped-call]
    return generate_latest(requests) + generate_latest(_of_the_work())


def _of_the_work() -> CollectorRegistry:
    registry = CollectorRegistry()
    mails = Gauge("forum_mails", "Mails of the outbox by state", ["state"], registry=registry)
    counted = dict(session.execute(select(OutboxMail.state, func.count()).group_by(OutboxMail.state)).all())
    for state in MailState:
        mails.labels(str(state)).set(counted.get(state, 0))
    begun = Gauge("forum_job_begun_seconds", "When each job was last begun", ["job"], registry=registry)
    for fact in session.scalars(select(SiteFact).where(SiteFact.key.startswith("job:"))):
        begun.labels(fact.key.partition(":")[2]).set(_seconds(fact.value))
    return registry


def _seconds(instant: str) -> float:
    return datetime.fromisoformat(instant).timestamp()
