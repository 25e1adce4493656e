"""Events of companies and people, and the signals that every console's socket knows."""

from helpdesk.events import event, signal

USER_CREATED = event("user.created", "tenants.serializers.user.UserSerializer")
USER_UPDATED = event("user.updated", "tenants.serializers.user.UserSerializer")
COMPANY_UPDATED = event("company.updated", "tenants.serializers.company.CompanySerializer")

PRESENCE_CHANGED = signal("presence.changed", user="integer", presence="string", last_seen_at="string?")
SESSION_CHANGED = signal("session.changed", user="integer")  # rights or queues changed: fetch `me` again
SESSION_ENDED = signal("session.ended", user="integer", session="integer?")  # null: every session

# Sent by the socket itself, declared here for the schema.
HELLO = signal("hello", replay="string", build="string", presence="object")
PONG = signal("pong")
RESYNC = signal("resync")  # what was missed cannot be replayed: fetch what is on screen again
ERROR = signal("error", code="string", detail="string")
