"""The `web` process: REST API, webhooks, media and the built console."""

import gc
import os
from importlib import import_module

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "helpdesk.settings")
application = get_wsgi_application()
# Loaded now, because the first person to ask would wait for it: every view, and what other processes do without.
_ = get_resolver().url_patterns
for later in ("cryptography.fernet", "PIL.ImageOps", "puremagic"):
    import_module(later)
gc.collect()
gc.freeze()  # what is loaded now stays: looking through it again and again would only stop requests
