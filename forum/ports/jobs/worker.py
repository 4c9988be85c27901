"""The worker: takes jobs from the queue, looks every few seconds for what is due, ends when asked to."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Sequence

import structlog
from flask import Flask
from huey.api import crontab
from huey.consumer import Consumer

from forum.core.clock import system_clock
from forum.ports.jobs.queue import DELIVERY, bell, open_queue
from forum.ports.jobs.running import run, run_due
from forum.ports.jobs.timing import Job

log = structlog.get_logger()
LOOK_EVERY = 3.0  # seconds between two looks for mail that is due
FINISH_WITHIN = 20.0  # seconds for the job at hand when the worker is asked to end


def work(app: Flask, jobs: Sequence[Job], *, parent: int | None = None) -> None:
    """Work until asked to end, or until the process ``parent`` is gone."""
    queue = open_queue(app.extensions["forum.settings"])
    by_name = {job.name: job for job in jobs}

    def begin(name: str) -> None:
        if name in by_name:
            run(app, by_name[name], system_clock())

    def look() -> None:
        run_due(app, jobs, system_clock())

    ring = bell(queue, begin)
    queue.periodic_task(crontab(minute="*"), name="look")(look)
    consumer = Consumer(
        queue, workers=2, worker_type="thread", graceful_signal="TERM", shutdown_timeout=FINISH_WITHIN, max_delay=1.0
    )
    ended = threading.Event()

    def tick() -> None:
        look()  # what was missed while nobody worked
        while not ended.wait(LOOK_EVERY):
            if parent is not None and os.getppid() != parent:
                log.warning("worker", ending="the server is gone")
                os.kill(os.getpid(), signal.SIGTERM)
                return
            if queue.pending_count() == 0:
                ring(DELIVERY)

    ticker = threading.Thread(target=tick, name="ticker", daemon=True)
    ticker.start()
    log.info("worker", jobs=len(jobs))
    try:
        consumer.run()
    finally:
        ended.set()
        ticker.join(FINISH_WITHIN)
