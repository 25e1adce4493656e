"""The set: passages with a product each, and questions, a third of them as hurried people type."""

import random
from dataclasses import dataclass

from bench.retrieval.facts import FACTS, PRODUCTS


@dataclass(frozen=True)
class Question:
    """`kind`: shares words with its passage, or says the same in other words; `is_hurried`: typos, no accents."""

    text: str
    passage: int
    language: str
    kind: str
    is_hurried: bool


def the_set() -> tuple[list[tuple[str, str]], list[Question]]:
    """(language, passage) in order, and the questions with the number of the passage that answers each."""
    chance = random.Random(7)  # the same set each time
    passages: list[tuple[str, str]] = []
    questions: list[Question] = []
    for language, facts in FACTS.items():
        for topic, (passage, shared, other) in enumerate(facts):
            for number, (product, said) in enumerate(PRODUCTS[language]):
                own = {"p": product, "n": 3 + 4 * number + topic % 4}
                # Documents name what they are about by the product and by the customers' word.
                passages.append((language, passage.format(**own, s=said)))
                for kind, asked in (("words", shared), ("meaning", other)):
                    is_hurried = len(questions) % 3 == 0
                    text = asked.format(s=said)
                    shown = hurried(text, chance) if is_hurried else text
                    questions.append(Question(shown, len(passages) - 1, language, kind, is_hurried))
    return passages, questions


def hurried(text: str, chance: random.Random) -> str:
    """Without accents and signs, one long word with a letter missing and one with two that changed places."""
    from tickets.models.search import plain

    words = "".join(sign if sign.isalnum() else " " for sign in plain(text)).split()
    long = sorted(
        (place for place in range(len(words)) if len(words[place]) > 5), key=lambda _: chance.random()
    )
    for act, place in enumerate(long[:2]):
        word = words[place]
        at = chance.randrange(1, len(word) - 2)
        words[place] = word[:at] + (word[at + 1 :] if act else word[at + 1] + word[at] + word[at + 2 :])
    return " ".join(words)
