"""Every option of a company, declared once: its type, its default and the words that explain it.

An option is one entry here. It then exists in `GET|PATCH /api/company/settings/`, in the schema that the
console draws its form from, and as `company.option(key)`.
"""

from tenants.automation_options import AUTOMATION, template_option
from tenants.cost_options import COSTS
from tenants.option import BOOLEAN as BOOLEAN
from tenants.option import CHOICE as CHOICE
from tenants.option import INTEGER as INTEGER
from tenants.option import TEXT as TEXT
from tenants.option import Option as Option
from tenants.rating_options import RATING

_DECLARED = [
    # Acts on tickets
    Option(
        key="undo_seconds",
        type=INTEGER,
        default=10,
        minimum=0,
        maximum=60,
        label="Seconds to undo",
        help="How long a person can take back what they did to a ticket. Customers hear of it afterwards.",
    ),
    Option(
        key="undo_send_seconds",
        type=INTEGER,
        default=0,
        minimum=0,
        maximum=30,
        label="Seconds to take back a message",
        help="How long an agent's message waits before it leaves. 0 sends it at once.",
    ),
    Option(
        key="required_tag",
        type=BOOLEAN,
        default=False,
        label="A tag is needed to close",
        help="A ticket without a tag cannot be closed by people or programs; rules close it all the same.",
    ),
    Option(
        key="agents_see_unqueued",
        type=BOOLEAN,
        default=True,
        label="Agents see tickets without a queue",
        help="When off, a ticket that is in no queue is shown to supervisors and administrators only.",
    ),
    Option(
        key="keep_removed_text",
        type=BOOLEAN,
        default=True,
        label="Show what customers deleted",
        help="A message that was deleted for everyone stays readable, struck through. When off, what is deleted "
        "from then on only says that it was deleted, and its text and files are not shown to anybody.",
    ),
    Option(
        key="qr_devices",
        type=BOOLEAN,
        default=False,
        label="Numbers joined by QR code",
        help="Lets administrators link a phone as WhatsApp Web does. Unofficial: WhatsApp may ban the number.",
    ),
    Option(
        key="signature",
        type=BOOLEAN,
        default=False,
        label="Sign messages with the agent's name",
        help="Puts the agent's name in bold above each text that is sent to a customer.",
    ),
    Option(
        key="groups",
        type=BOOLEAN,
        default=False,
        label="Hear groups",
        help="What is written in groups of a number becomes one conversation per group. Nothing answers there "
        "by itself.",
    ),
    Option(
        key="ai_transcribe",
        type=BOOLEAN,
        default=False,
        label="Write down voice messages",
        help="Each recording of a conversation is sent to the AI provider and its text shown below it. When off, "
        "only where somebody asks for it.",
    ),
    Option(
        key="ai_learn",
        type=BOOLEAN,
        default=False,
        label="Learn from closed conversations",
        help="The AI provider reads each conversation that people answered, without names and numbers, and proposes "
        "answers. Nobody is told one before a person has accepted it.",
    ),
    # Who answers, and by when
    Option(
        key="agent_capacity",
        type=INTEGER,
        default=10,
        minimum=0,
        maximum=500,
        label="Open tickets per agent",
        help="Automatic assignment gives nobody more than this. 0 means without limit.",
    ),
    Option(
        key="assign_to_busy",
        type=BOOLEAN,
        default=False,
        label="Assign to busy agents too",
        help="When off, automatic assignment only chooses agents who are online.",
    ),
    Option(
        key="owner_first",
        type=BOOLEAN,
        default=False,
        label="A contact's own agent first",
        help="A ticket of a contact who has an agent opens with that agent while they are online.",
    ),
    Option(
        key="inactivity_minutes",
        type=INTEGER,
        default=0,
        minimum=0,
        maximum=43_200,
        label="Warn after minutes of silence",
        help="How long an open conversation may be silent before the customer is warned. 0 means never.",
    ),
    Option(
        key="inactivity_warning",
        type=TEXT,
        default="",
        maximum=1024,
        label="Warning about the silence",
        help="Sent once. Empty: the ticket is closed without a warning.",
    ),
    template_option("inactivity_warning", "Template of the warning"),
    Option(
        key="inactivity_close_minutes",
        type=INTEGER,
        default=0,
        minimum=0,
        maximum=43_200,
        label="Close after more minutes",
        help="How long after the warning the ticket is closed. 0 means that it stays open.",
    ),
    Option(
        key="inactivity_closing",
        type=TEXT,
        default="",
        maximum=1024,
        label="Text when closing for silence",
        help="Sent when the ticket is closed. Empty: nothing is sent.",
    ),
    template_option("inactivity_closing", "Template when closing for silence"),
    Option(
        key="inactivity_after",
        type=CHOICE,
        default="ours",
        choices=("ours", "any"),
        label="Whose silence counts",
        help="Only the customer's, when the last message was ours; or anybody's.",
    ),
    # What assistants may do
    Option(
        key="exam_on_change",
        type=BOOLEAN,
        default=False,
        label="Examine assistants again when they change",
        help="An assistant that has been examined sits the same exam again as soon as it is changed. Each exam is "
        "paid for at the AI provider.",
    ),
    # How it was
    *RATING,
    # What it costs
    *COSTS,
    # What the company says by itself
    *AUTOMATION,
]
OPTIONS: dict[str, Option] = {option.key: option for option in _DECLARED}
