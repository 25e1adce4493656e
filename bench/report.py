"""Prints each claim as: ours, the rival's published figure, the limit measured in the same run, the ratios."""

from dataclasses import dataclass, field
from statistics import median, quantiles


@dataclass
class Line:
    """`lower_is_better` tells which way the ratio against the rival should go. Limits are named in words."""

    metric: str
    ours: float
    unit: str
    rival: float | None = None
    limit: float | None = None
    limit_name: str = ""
    lower_is_better: bool = True
    note: str = ""

    def render(self) -> str:
        parts = [f"{self.metric:<58} ours {self.ours:>10.2f} {self.unit:<6}"]
        if self.rival is not None:
            ratio = self.ours / self.rival
            good = ratio <= 1 if self.lower_is_better else ratio >= 1
            parts.append(f"rival {self.rival:>9.2f}  ours/rival {ratio:>7.3f} {'' if good else '(behind)'}")
        if self.limit is not None:
            parts.append(
                f"limit {self.limit:>10.2f} ({self.limit_name})  ours/limit {self.ours / self.limit:.3f}"
            )
        if self.note:
            parts.append(self.note)
        return "  ".join(parts)


@dataclass
class Report:
    title: str
    lines: list[Line] = field(default_factory=list)

    def add(self, metric: str, ours: float, unit: str, **more: object) -> None:
        line = Line(metric, ours, unit, **more)  # type: ignore[arg-type]
        self.lines.append(line)
        print(line.render(), flush=True)

    def say(self, text: str) -> None:
        print(text, flush=True)


def p50(values: list[float]) -> float:
    return median(values)


def percentile(values: list[float], percent: int) -> float:
    """For instance percentile(latencies, 99)."""
    if len(values) < 2:
        return values[0]
    return quantiles(values, n=100, method="inclusive")[percent - 1]
