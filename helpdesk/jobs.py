"""What is noted about every background job: its name on its log lines, its time and result as a metric."""

from __future__ import annotations

import time

from celery import Task
from celery.signals import task_postrun, task_prerun
from django.db import close_old_connections

from helpdesk import logs, metrics

_running: dict[str, tuple[float, logs.Context]] = {}


@task_prerun.connect
def _job_starts(task_id: str, task: Task[..., object], **_: object) -> None:
    """Lines logged from here on name the job; a job run inside a request borrows its thread."""
    if not task.request.is_eager:
        close_old_connections()  # kept from job to job, but for one that PostgreSQL has left
    _running[task_id] = time.perf_counter(), logs.context()
    logs.clear()
    logs.bind(job=task.name, job_id=task_id)


@task_postrun.connect
def _job_ends(task_id: str, task: Task[..., object], state: str | None = None, **_: object) -> None:
    started, before = _running.pop(task_id, (time.perf_counter(), logs.EMPTY))
    metrics.JOBS.labels(task.name, (state or "unknown").lower()).observe(time.perf_counter() - started)
    logs.clear()
    logs.bind(**before)
