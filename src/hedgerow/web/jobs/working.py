"""The worker: takes jobs from the queue, beside the server or as a process of its own."""

from __future__ import annotations

import threading
import time
from uuid import uuid4

from django.db import close_old_connections
from django_tasks_db.management.commands.db_worker import Worker

from hedgerow.web.jobs.work import ABANDONED, take_up_again

POLL_SECONDS = 0.5


def start_worker() -> threading.Thread:
    """Start taking jobs in a thread beside the server, so that one process is a whole site."""
    worker = Worker(
        queue_names=["*"],
        interval=POLL_SECONDS,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=f"beside-{uuid4().hex[:12]}",
        excluded_queue_names=[],
    )
    thread = threading.Thread(target=worker.run, name="worker", daemon=True)
    thread.start()
    threading.Thread(target=_watch, name="watch", daemon=True).start()
    return thread


def _watch() -> None:
    """Look now and then for jobs that were cut off."""
    while True:
        close_old_connections()
        take_up_again()
        time.sleep(ABANDONED.total_seconds())
