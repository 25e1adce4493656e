"""How much a business may do: sends per number and customer, people per portfolio, calls per account."""

from collections import defaultdict, deque

from .errors import GraphError
from .settings import Behaviour

HOUR, DAY = 3600, 86_400


class Limits:
    """Counts accepted sends on the virtual clock."""

    def __init__(self) -> None:
        self._number: defaultdict[str, deque[float]] = defaultdict(deque)
        self._pair: dict[tuple[str, str], tuple[float, float]] = {}
        self._account: defaultdict[str, deque[float]] = defaultdict(deque)
        self._begun: defaultdict[str, dict[str, float]] = defaultdict(dict)

    def clear(self) -> None:
        self._number.clear()
        self._pair.clear()
        self._account.clear()
        self._begun.clear()

    def manage(self, waba_id: str, now: float, behaviour: Behaviour) -> None:
        """One management call of an account, or 80007."""
        recent = self._account[waba_id]
        while recent and recent[0] <= now - HOUR:
            recent.popleft()
        if behaviour.account_per_hour and len(recent) >= behaviour.account_per_hour:
            raise GraphError(80007)
        recent.append(now)

    def begin(self, portfolio: str, peer: str, now: float, behaviour: Behaviour) -> None:
        """A conversation that the business begins: so many people within a day, whichever number writes."""
        people = self._begun[portfolio]
        for one in [one for one, at in people.items() if at <= now - DAY]:
            del people[one]
        if behaviour.portfolio_per_day and peer not in people and len(people) >= behaviour.portfolio_per_day:
            raise GraphError(131048)
        people[peer] = now

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
