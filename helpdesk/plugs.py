"""What is connected to what, as dotted paths: the part of the settings that is the same everywhere."""

TRANSPORTS = {  # connection.kind → who carries it
    "cloud_api": "whatsapp.cloud_api.transport.CloudApi",
    "qr": "whatsapp.devices.transport.QrDevice",
    "gateway": "whatsapp.gateway.transport.Gateway",
}
AI_CLIENTS = {  # provider.kind → who speaks to it
    "openai": "integrations.ai.client.OpenAI",
    "assemblyai": "integrations.ai.assemblyai.AssemblyAI",
}
SOCKET_DOOR = "tenants.live"  # who may open a console's socket, and what it hears
SOCKET_FRAMES = {"watch": "tickets.actions.watching.watch"}  # what else a console may say → who listens
SOCKET_LEFT = ["tickets.actions.watching.left"]  # told when a socket closes
RESPONDERS: list[str] = [  # asked in this order when a customer writes; the first that answers wins
    "tickets.responders.rating.answer",
    "tickets.responders.vacation.answer",
    "tickets.responders.consent.answer",
    "integrations.responders.bots.goes_on",
    "integrations.responders.assistant.goes_on",
    "tickets.responders.hours.answer",
    "tickets.responders.audio.answer",
    "tickets.responders.calls.answer",
    "tickets.responders.menu.answer",
    "integrations.responders.bots.answer",
    "integrations.responders.assistant.answer",
    "tickets.responders.waiting.answer",
]
VOICES: list[str] = [  # (connection) → whether an assistant or a bot may answer there; asked once per batch
    "integrations.responders.assistant.serves",
    "integrations.responders.bots.serves",
]
MASK_ANSWER = "tickets.masking.answer"  # (request, data) → what this caller may see of an answer
MASK_EVENT = "tickets.masking.event"  # (company, data) → what agents may see of an event, or None: all of it
REACTIONS: dict[str, list[str]] = {  # event → background jobs
    "assistant.updated": ["integrations.actions.exams.assistant_changed"],
    "company.updated": ["tickets.actions.overflow.company_changed"],
    "connection.updated": ["tickets.actions.template_sync.connection_changed"],
}
FILE_STORED = [  # called with a message's file once it is here, in the transaction that says so
    "integrations.actions.transcribing.file_stored",
    "tickets.actions.previews.ask",
]
FILE_KEEPERS = [  # (viewer, or None for everything) → which files without a message stay, and who may have them
    "integrations.actions.recordings.kept",
]
MEMBER_LEFT = ["tickets.actions.lifecycle.return_tickets_of"]  # called with the user, in the company's scope
# What follows an act on a ticket once it can no longer be undone: called with the ticket and the act's data
AFTER: dict[str, list[str]] = {
    "accepted": ["tickets.actions.occasions.accepted"],
    "transferred": ["tickets.actions.transfer_message.send", "tickets.actions.occasions.transferred"],
    "closed": [
        "tickets.actions.occasions.closed",
        "tickets.actions.ratings.ask",
        "integrations.actions.learning.closed",
    ],
    "undone": ["tickets.actions.parking.undone"],  # at once
}
DEMO = [  # what seed_demo calls once for the first company of the demo, in its scope and after its conversations
    "integrations.demo.providers.seed",
    "integrations.demo.assistants.seed",
    "integrations.demo.knowledge.seed",
    "integrations.demo.exams.seed",
    "integrations.demo.bots.seed",
    "integrations.demo.recordings.seed",
]
DEMO_STARTED = ["integrations.demo.providers.reconnect"]  # … and at every start of the demo
DESK_CHANGED = [  # called with the membership of whoever came, left or may get more work
    "tickets.actions.assignment.desk_changed",
    "tickets.actions.overflow.left_desk",
]
TIMERS: dict[str, str] = {  # kind of timer → who handles it when it rings, with the ticket locked
    "answer": "tickets.actions.answering.ring",
    "assistant": "integrations.actions.thinking.ring",
    "bot_answer": "integrations.actions.bot_turns.ring",
    "sla": "tickets.actions.sla.ring",
    "idle": "tickets.actions.overflow.ring_idle",
    "overflow": "tickets.actions.overflow.ring",
    "inactivity": "tickets.actions.inactivity.ring",
    "snooze": "tickets.actions.snooze.ring",
    "rating": "tickets.actions.rating_answers.ring",
    "schedule": "tickets.actions.schedules.ring",
    "scheduled_send": "tickets.actions.scheduled_sends.ring",
    "after": "tickets.actions.afterwards.ring",
    "digest": "tickets.actions.digests.ring",
}
CLOCK = {  # job → seconds between two runs
    "tickets.actions.timers.ring": 1,
    "integrations.actions.lost_turns.sweep": 15,
    "integrations.actions.lost_calls.sweep": 300,
    "integrations.actions.runs.sweep": 15,
    "tickets.actions.schedules.sweep": 15,
    "whatsapp.actions.inbound.sweep": 5,
    "whatsapp.actions.inbound.tidy": 3600,
    "whatsapp.actions.phones.sweep": 60,
    "whatsapp.actions.histories.sweep": 60,
    "whatsapp.actions.devices.tidy": 600,
    "tickets.actions.outbound.sweep": 5,
    "tickets.actions.reactions.sweep": 15,
    "tickets.actions.correcting.sweep": 15,
    "tickets.actions.parking.sweep": 5,
    "tickets.actions.bulk_jobs.sweep": 30,
    "tickets.actions.contact_jobs.sweep": 30,
    "tickets.actions.import_work.sweep": 30,
    "tickets.actions.assignment.sweep": 30,
    "tickets.actions.media.sweep": 30,
    "tickets.actions.previews.sweep": 60,
    "integrations.actions.talks.sweep": 60,
    "integrations.actions.reading.sweep": 60,
    "integrations.actions.embedding.sweep": 30,
    "integrations.actions.transcribing.sweep": 30,
    "integrations.actions.recording_work.sweep": 5,
    "tickets.actions.template_sync.nightly": 86_400,
    "integrations.actions.exam_work.sweep": 30,
    "tenants.actions.mail.sweep": 15,
    "tenants.actions.presence.sweep": 15,
    "tickets.actions.connections.look_at_all": 21_600,
    "helpdesk.health.beat": 10,
}

CELERY_IMPORTS = [  # the modules that have a job beside their story
    "helpdesk.health",
    "helpdesk.jobs",  # no job, but what is noted about each
    "integrations.actions.copilot",
    "integrations.actions.embedding",
    "integrations.actions.learning",
    "integrations.actions.reading",
    "integrations.actions.bot_turns",
    "integrations.actions.talks",
    "integrations.actions.recording_work",
    "integrations.actions.recordings",
    "integrations.actions.runs",
    "integrations.actions.transcribing",
    "integrations.actions.exam_work",
    "integrations.actions.exams",
    "tenants.actions.mail",
    "tenants.actions.presence",
    "integrations.actions.thinking",
    "integrations.actions.lost_turns",
    "integrations.actions.lost_calls",
    "tickets.actions.blocking",
    "tickets.actions.bulk_jobs",
    "tickets.actions.connections",
    "tickets.actions.contact_jobs",
    "tickets.actions.digests",
    "tickets.actions.assignment",
    "tickets.actions.import_work",
    "tickets.actions.media",
    "tickets.actions.notices",
    "tickets.actions.outbound",
    "tickets.actions.reactions",
    "tickets.actions.correcting",
    "tickets.actions.overflow",
    "tickets.actions.parking",
    "tickets.actions.previews",
    "tickets.actions.push",
    "tickets.actions.reading",
    "tickets.actions.schedules",
    "tickets.actions.template_sync",
    "tickets.actions.timers",
    "whatsapp.actions.devices",
    "whatsapp.actions.gateways",
    "whatsapp.actions.histories",
    "whatsapp.actions.inbound",
    "whatsapp.actions.phones",
]
CELERY_TASK_ROUTES = {
    "whatsapp.actions.inbound.*": {"queue": "inbound"},
    "tickets.actions.outbound.*": {"queue": "outbound"},
    "tickets.actions.parking.*": {"queue": "outbound"},
    "tickets.actions.reactions.*": {"queue": "outbound"},
    "tickets.actions.correcting.*": {"queue": "outbound"},
    "tickets.actions.media.*": {"queue": "media"},
    "whatsapp.actions.histories.*": {"queue": "media"},
    "tickets.actions.previews.*": {"queue": "media"},
    "integrations.actions.lost_turns.*": {"queue": "default"},  # served also when every model is slow
    "integrations.actions.*": {"queue": "ai"},  # a worker of its own: a slow model never delays an agent
}
