"""The `worker` process: jobs live beside the action that starts them."""

import os

from celery import Celery

from helpdesk import broker

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
# Django's checks run with every command of manage.py; in a worker they would load the whole API.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")
broker.use()
app = Celery("helpdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Celery would close the database connection around every job: connecting anew, and PostgreSQL reading its
# catalogue and planning anew, took longer than most jobs. helpdesk.jobs closes what no longer works.
app.conf.CELERY_DB_REUSE_MAX = 10**12
