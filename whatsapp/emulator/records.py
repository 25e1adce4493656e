"""The nouns of the emulator: business lines, customers, media, templates, messages and chats."""

from dataclasses import dataclass, field, fields
from typing import Any, Self

MEDIA_TYPES = frozenset({"image", "audio", "video", "document", "sticker"})
PRESENCES = ("online", "offline", "receipts_off", "blocked", "unregistered", "slow")
THROUGHPUTS = ("STANDARD", "HIGH")
SCOPES = ("whatsapp_business_management", "whatsapp_business_messaging")
RANKS = {"sent": 1, "delivered": 2, "read": 3, "played": 4}

Json = dict[str, Any]


@dataclass(slots=True)
class Record:
    """Something that survives a restart as one JSON document."""

    def to_json(self) -> Json:
        return {one.name: getattr(self, one.name) for one in fields(self)}

    @classmethod
    def from_json(cls, body: Json) -> Self:
        known = {one.name for one in fields(cls)}
        return cls(**{key: value for key, value in body.items() if key in known})


@dataclass(slots=True)
class Line(Record):
    """One business number, with the app and the account that own it."""

    phone_number_id: str
    waba_id: str
    app_id: str = ""
    app_secret: str = ""
    access_token: str = ""
    verify_token: str = ""
    display_phone_number: str = ""
    verified_name: str = ""
    callback_url: str = ""
    business_id: str = ""
    registered: bool = True
    verified: bool = True  # somebody typed the code that WhatsApp sent to the number
    subscribed: bool = True
    override: bool = False  # the account has a callback address of its own, not the app's
    on_phone: bool = False  # also used in the WhatsApp Business app: coexistence
    onboarded_at: float = 0.0
    synced: list[str] = field(default_factory=list)  # one-shot synchronisations that were asked for
    shares_history: bool = True
    quality_rating: str = "GREEN"
    allowed_recipients: list[str] | None = None
    extras: Json = field(default_factory=dict)  # user name, links, greetings, flows: graph/extras.py
    messaging_limit: str = "TIER_2K"  # how many people its portfolio may write to first within a day
    throughput: str = "STANDARD"
    upgrading_until: float = 0.0  # while it gets faster, nothing can be sent
    standby: bool = False  # another app is the active handler of its conversations
    profile: Json = field(default_factory=dict)
    blocked: list[str] = field(default_factory=list)
    contact_book: list[str] = field(default_factory=list)  # user ids whose numbers Meta shows us

    @property
    def digits(self) -> str:
        return "".join(one for one in self.display_phone_number if one.isdigit())

    @property
    def portfolio(self) -> str:
        """Customers have one scoped id per business portfolio; a lone account is its own portfolio."""
        return self.business_id or self.waba_id


@dataclass(slots=True)
class MetaApp(Record):
    """An app at Meta that exists without a number: it offers embedded signup, and has one callback address."""

    app_id: str
    app_secret: str = ""
    name: str = "Emulated app"
    config_id: str = ""
    callback_url: str = ""
    verify_token: str = ""
    fields: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Grant(Record):
    """What an access token may do. A line's token without a grant may do everything, for ever."""

    token: str
    app_id: str = ""
    accounts: list[str] = field(default_factory=list)
    scopes: list[str] = field(default_factory=lambda: list(SCOPES))
    expires_at: float = 0.0  # 0: never
    issued_at: float = 0.0
    revoked: bool = False


@dataclass(slots=True)
class Persona(Record):
    """A customer: a WhatsApp account that somebody plays."""

    id: str
    name: str
    username: str = ""
    hide_phone: bool = False
    presence: str = "online"
    generation: int = 0
    automatic: bool = False
    members: list[str] = field(default_factory=list)  # of a group; and the number that is in it
    line: str = ""

    @property
    def is_group(self) -> bool:
        return bool(self.line)

    @property
    def is_reachable(self) -> bool:
        return self.presence in {"online", "receipts_off", "slow"}

    @property
    def hides_phone(self) -> bool:
        return bool(self.username) and self.hide_phone


@dataclass(slots=True)
class Media(Record):
    """A file that one side handed to WhatsApp; its bytes lie beside the database."""

    id: str
    phone_number_id: str
    mime_type: str
    sha256: str
    size: int
    created_at: float
    filename: str = ""
    from_customer: bool = False
    problem: str = ""


@dataclass(slots=True)
class Template(Record):
    """A message that may be sent outside the 24-hour window."""

    id: str
    waba_id: str
    name: str
    language: str
    category: str
    components: list[Json]
    status: str = "APPROVED"
    parameter_format: str = "POSITIONAL"
    quality: str = "UNKNOWN"
    rejected_reason: str = "NONE"
    previous_category: str = ""
    pauses: int = 0


@dataclass(slots=True)
class Message(Record):
    """One message between a business line and a customer, in either direction."""

    wamid: str
    phone_number_id: str
    persona: str
    direction: str
    type: str
    content: Json
    at: float
    seq: int
    context: str = ""
    cookie: str | None = None
    input: str = ""
    by_bsuid: bool = False
    category: str = "service"
    price: Json = field(default_factory=dict)
    shown_at: float | None = None
    shown_seq: int | None = None
    states: list[Json] = field(default_factory=list)
    lost_statuses: list[str] = field(default_factory=list)
    late_statuses: Json = field(default_factory=dict)
    fail_with: int | None = None
    extra: Json = field(default_factory=dict)

    @property
    def state(self) -> str:
        return str(self.states[-1]["status"]) if self.states else "accepted"

    def has(self, status: str) -> bool:
        return any(one["status"] == status for one in self.states)

    @property
    def is_settled(self) -> bool:
        """Nothing more happens to it by itself: the customer has it, or never will."""
        return self.has("failed") or self.shown_at is not None


@dataclass(slots=True)
class Chat(Record):
    """What a line and a customer share: the window clock and the thread."""

    phone_number_id: str
    persona: str
    window_from: float | None = None
    entry_point_until: float | None = None
    phone_at: float | None = None  # when the two last met by phone number
    typing_until: float = 0.0
    # A chat is a queue: nothing overtakes what was written before it.
    sent_floor: float = 0.0
    shown_floor: float = 0.0

    @property
    def id(self) -> str:
        return f"{self.phone_number_id}:{self.persona}"
