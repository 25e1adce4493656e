"""Notifications of one person."""

from tests.gates.stories import story
from tickets.actions import notices


@story("notification.created", hears={"bruno"})
def _(on):
    return lambda: on.told(_rated, on)


@story("notification.updated", hears={"bruno"})
def _(on):
    on.told(_warned, on)
    return lambda: on.told(_warned, on)


@story("notifications.changed", hears={"bruno"})
def _(on):
    on.told(_rated, on)
    return lambda: on.agent.post("/api/notifications/read/", {})


def _rated(on):
    notices.tell("rated", [on.bruno.pk])


def _warned(on):
    notices.tell("sla_warned", [on.bruno.pk], ticket=on.ticket)
