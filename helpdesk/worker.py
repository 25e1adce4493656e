"""`python -m helpdesk.worker`: Celery's worker without Celery's command line, which takes 15 MB of memory."""

import argparse
import gc
import logging
import sys

from helpdesk import heap, spared
from helpdesk.supervisor.processes import QUEUES


def main() -> int:
    """Run until told to stop; the jobs in hand are finished."""
    parser = argparse.ArgumentParser(prog="python -m helpdesk.worker", description=__doc__)
    parser.add_argument("--queues", default=QUEUES, help="which to serve; all but those of `ai`")
    parser.add_argument("--pool", choices=["threads", "prefork"], default="threads")
    parser.add_argument("--concurrency", type=int, default=4, help="how many jobs at a time")
    options = parser.parse_args()
    heap.give_back()
    spared.begin()
    import cryptography.fernet  # noqa: F401  each job that sends reads a secret; no customer waits for this

    from helpdesk.celery import app

    worker = app.Worker(
        queues=options.queues,
        pool=options.pool,
        concurrency=options.concurrency,
        loglevel=logging.WARNING,
        without_gossip=True,  # workers need to know nothing of each other
        without_mingle=True,
        quiet=True,
    )
    gc.collect()
    gc.freeze()  # what is loaded now stays: not looked through again, and shared by a pool of processes
    worker.start()
    return int(worker.exitcode or 0)


if __name__ == "__main__":
    sys.exit(main())
