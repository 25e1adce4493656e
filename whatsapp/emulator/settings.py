"""How the emulated WhatsApp behaves: every knob that `/_ctl/settings` and `/_ctl/webhooks` can turn."""

from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

from .records import Json


@dataclass(frozen=True, slots=True)
class Knobs:
    """A set of knobs; an unknown name is refused instead of silently ignored."""

    def changed(self, values: Json) -> Self:
        known = {one.name for one in fields(self)}
        if unknown := set(values) - known:
            raise ValueError(
                f"Unknown settings: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}."
            )
        fixed = {key: tuple(value) if isinstance(value, list) else value for key, value in values.items()}
        return replace(self, **fixed)

    def to_json(self) -> Json:
        return {one.name: getattr(self, one.name) for one in fields(self)}


@dataclass(frozen=True, slots=True)
class Behaviour(Knobs):
    """The Graph side and the customers."""

    # How long each step of a message takes, in milliseconds: [from, to].
    sent_ms: tuple[float, float] = (80, 250)
    delivered_ms: tuple[float, float] = (150, 600)
    read_ms: tuple[float, float] = (400, 1500)
    played_ms: tuple[float, float] = (800, 2000)
    slow_factor: float = 10.0
    # The chance that a customer nobody plays reads (and plays) what arrives; people read by opening the chat.
    auto_read: float = 0.0
    read_without_delivered: float = 0.0
    # "async" is what Meta mostly does: 200 first, a failed status later.
    window: str = "async"
    window_hours: float = 24.0
    # A hidden number is shown to who met it within so many days, and to who has it in the contact book.
    privacy_days: float = 30.0
    contact_book: bool = True
    # Somebody not on the list of personas: "reachable" makes one on the fly, "unregistered" fails 131026.
    strangers: str = "reachable"
    # 0 turns a limit off.
    number_per_second: int = 80
    pair_burst: int = 45
    pair_refill_s: float = 6.0
    account_per_hour: int = 5000  # management calls of one account; Meta allows 200 until it is active
    portfolio_per_day: int = 0  # people written to first, within 24 hours: 250, 2000 … at Meta
    template_review_ms: float = 1500
    media_link_s: float = 300
    webhook_version: float = 25.0
    cookie_on: tuple[str, ...] = ("sent", "delivered", "read", "played", "failed")


@dataclass(frozen=True, slots=True)
class Post(Knobs):
    """How webhooks leave."""

    batch_max: int = 1
    parallel: int = 4
    timeout_s: float = 5.0
    retry_s: tuple[float, ...] = (0, 10, 60, 300, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600) + (86400,) * 6
    retry_scale: float = 1.0
    rebatch: bool = False
    merge: float = 0.5
    duplicate: float = 0.0
    shuffle: bool = False
    delay_ms: tuple[float, float] = (0, 0)
    drop: float = 0.0
    bad_signature_once: int = 0
    truncated_once: int = 0
    paused: bool = False


@dataclass(slots=True)
class Settings:
    behaviour: Behaviour = field(default_factory=Behaviour)
    post: Post = field(default_factory=Post)

    def to_json(self) -> dict[str, Any]:
        return {"behaviour": self.behaviour.to_json(), "post": self.post.to_json()}
