"""How fast a business may write: per number, and per number and customer."""

from collections import defaultdict, deque

from .errors import GraphError
from .settings import Behaviour


class Limits:
    """Counts accepted sends on the virtual clock."""

    def __init__(self) -> None:
        self._number: defaultdict[str, deque[float]] = defaultdict(deque)
        self._pair: dict[tuple[str, str], tuple[float, float]] = {}

    def clear(self) -> None:
        self._number.clear()
        self._pair.clear()

    def spend(self, number: str, peer: str, now: float, behaviour: Behaviour) -> None:
        """Take one send out of both allowances, or refuse as Meta does."""
        recent = self._number[number]
        while recent and recent[0] <= now - 1:
            recent.popleft()
        if behaviour.number_per_second and len(recent) >= behaviour.number_per_second:
            raise GraphError(130429)
        if behaviour.pair_burst:
            # A bucket of 45 that refills one message every 6 seconds: a burst borrows from the future.
            left, since = self._pair.get((number, peer), (float(behaviour.pair_burst), now))
            left = min(float(behaviour.pair_burst), left + max(now - since, 0) / behaviour.pair_refill_s)
            if left < 1:
                self._pair[(number, peer)] = (left, now)
                raise GraphError(131056)
            self._pair[(number, peer)] = (left - 1, now)
        recent.append(now)
