"""The log of webhook deliveries: what was posted, how it was answered, and how fast."""

from collections import Counter, deque
from collections.abc import Sequence
from typing import TYPE_CHECKING

from .clock import Clock
from .records import Json

if TYPE_CHECKING:
    from .webhooks import Item

BUCKETS_MS = (5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000)
KEPT = 20_000


class Ledger:
    """Counts, the newest deliveries one by one, and a latency histogram of all that was answered 200."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.last_error = ""
        self.clear()

    def clear(self) -> None:
        self.answers: Counter[str] = Counter()
        self.spoiled: Counter[str] = Counter()
        self.spoiled_but_accepted = 0
        self.items = 0
        self.retries = 0
        self.duplicates = 0
        self.lost: list[Json] = []
        self.latencies: deque[float] = deque(maxlen=KEPT)
        self.newest: deque[Json] = deque(maxlen=1000)

    def note(self, url: str, status: int, elapsed_ms: float, items: Sequence["Item"], spoiled: str) -> None:
        self.answers[str(status) if status else "none"] += 1
        if spoiled:
            self.spoiled[spoiled] += 1
            self.spoiled_but_accepted += status == 200
        elif status == 200:
            self.items += len(items)
            self.latencies.append(elapsed_ms)
        self.newest.append(
            {
                "at": self.clock.now(),
                "url": url,
                "status": status or None,
                "ms": round(elapsed_ms, 2),
                "items": len(items),
                "attempt": max(one.tries for one in items) + 1,
                "spoiled": spoiled or None,
            }
        )

    def gave_up(self, items: Sequence["Item"]) -> None:
        self.lost.extend(one.to_json() for one in items)

    def summary(self, pending: int) -> Json:
        ordered = sorted(self.latencies)
        return {
            "posts": sum(self.answers.values()),
            "answers": dict(self.answers),
            "acknowledged_items": self.items,
            "pending_items": pending,
            "retries": self.retries,
            "duplicates": self.duplicates,
            "spoiled": dict(self.spoiled),
            "spoiled_but_accepted": self.spoiled_but_accepted,
            "lost": self.lost,
            "last_error": self.last_error or None,
            "latency_ms": {
                "p50": _at(ordered, 0.5),
                "p90": _at(ordered, 0.9),
                "p99": _at(ordered, 0.99),
                "max": _at(ordered, 1.0),
                "over_1_s": sum(one > 1000 for one in ordered),
                "histogram": _histogram(ordered),
            },
        }


def _at(ordered: list[float], share: float) -> float | None:
    if not ordered:
        return None
    return round(ordered[min(int(len(ordered) * share), len(ordered) - 1)], 2)


def _histogram(ordered: list[float]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for one in ordered:
        limit = next((bucket for bucket in BUCKETS_MS if one <= bucket), None)
        counts[f"<={limit}" if limit else f">{BUCKETS_MS[-1]}"] += 1
    names = [f"<={bucket}" for bucket in BUCKETS_MS] + [f">{BUCKETS_MS[-1]}"]
    return {name: counts[name] for name in names if counts[name]}
