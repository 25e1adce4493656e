"""The `web` process: REST API, webhooks, media and the built console."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
application = get_wsgi_application()
gc.freeze()  # what is loaded now stays: looking through it again and again would only stop requests
