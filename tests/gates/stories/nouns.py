"""What administrators make, change and delete, and everybody hears of."""

from tests.gates.stories import EVERYONE, story

NOUNS = {  # event's name, address: what makes one, what changes it
    ("queue", "queues"): ({"color": "#123456"}, {"name": "Bills"}),
    ("tag", "tags"): ({"color": "#123456"}, {"name": "Urgente"}),
    ("field", "fields"): ({"on": "contact", "label": "Plano"}, {"label": "Plan"}),
    ("hours", "hours"): ({}, {"name": "Day"}),
    ("menu", "menus"): ({}, {"name": "Other"}),
}


def declare(event, address, fields, change):
    @story(f"{event}.created", hears=EVERYONE)
    def _(on):
        return lambda: on.spare(address, **fields)

    @story(f"{event}.updated", hears=EVERYONE)
    def _(on):
        row = on.spare(address, **fields)
        return lambda: on.ana.patch(f"/api/{address}/{row}/", change)

    @story(f"{event}.deleted", hears=EVERYONE)
    def _(on):
        row = on.spare(address, **fields)
        return lambda: on.removed(address, row)


for (event, address), (fields, change) in NOUNS.items():
    declare(event, address, fields, change)
