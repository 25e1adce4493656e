"""How well and how fast what a company knows is found: recall on a set of our own, time among 200,000 passages."""

from bench.retrieval.measure import run as run
