"""Starts real PostgreSQL and Redis for the tests and names them in the environment.

Loaded with `-p` (see pyproject.toml), which is before Django reads its settings.
"""

import os
from pathlib import Path

from helpdesk import embedded

DATA = Path(os.environ.get("TEST_DATA_DIR", ".data/test")).resolve()
SERVICES = embedded.ensure(DATA, durable=False)
REDIS_DATABASE = os.getpid() % 16

os.environ.update(
    ENVIRONMENT="test",
    ALLOWED_HOSTS="localhost,127.0.0.1,[::1],testserver",
    DATA_DIR=str(DATA),
    MEDIA_ROOT=str(DATA / "media" / str(os.getpid())),
    DATABASE_URL=SERVICES.database_url,
    DATABASE_OWNER_URL=SERVICES.owner_url,
    REDIS_URL=SERVICES.redis_url.rsplit("/", 1)[0] + f"/{REDIS_DATABASE}",
    CHANNEL_PREFIX=f"test-{os.getpid()}",  # pub/sub ignores database numbers
    EMAIL_URL="memory://",
    PRIVATE_HOSTS_ALLOWED="127.0.0.1,localhost",
    WHATSAPP_MEDIA_HOSTS="127.0.0.1",
)
