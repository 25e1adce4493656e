"""What the tests of the integrations share."""

from integrations.tests.bots_server import *  # noqa: F403
