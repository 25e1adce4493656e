"""The menu that a customer walks, as pure rules: a tree, where the customer is in it, and what an answer does.

The same rules answer a customer and draw the simulator of the settings. Nothing here sends or stores anything.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tickets.phrases import phrase

TEXT, QUEUE, AGENT, FILES, CLOSE = "text", "queue", "agent", "files", "close"
KINDS = (TEXT, QUEUE, AGENT, FILES, CLOSE)
DEEPEST = 6
MOST_OPTIONS = 200
MOST_IN_LEVEL = 20
BACK = "#"
LEAVE = "*"  # what a tap on the way out brings back; no key of an option looks like it
EXIT_WORDS = frozenset({"sair", "exit", "salir", "encerrar", "quit"})
_NUMBER = re.compile(r"(?:opcao|opcion|option|numero|number|n)?[\W_]*(\d{1,3})[\W_]*")


@dataclass(frozen=True, slots=True)
class Option:
    """`closes`: the conversation ends after it. `queue` and `agent` are ids; so are `files`."""

    key: str
    title: str
    kind: str
    text: str = ""
    queue: int | None = None
    agent: int | None = None
    files: tuple[int, ...] = ()
    closes: bool = False
    options: tuple["Option", ...] = ()


@dataclass(frozen=True, slots=True)
class Tree:
    """`text` stands above the first choices. Of queues it knows the greetings, the files, and which close."""

    text: str
    options: tuple[Option, ...]
    language: str
    greetings: Mapping[int, str] = field(default_factory=dict)
    queue_files: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    closing: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a customer is: the keys from the root, and how many answers in a row fitted nothing."""

    path: tuple[str, ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """A text, or files in their order.

    A text that ends in numbered choices also says them apart, for who can tap: `ask` and the `choices` below it,
    each an id and a title.
    """

    text: str = ""
    files: tuple[int, ...] = ()
    ask: str = field(default="", compare=False)
    choices: tuple[tuple[str, str], ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Turn:
    """What an answer does. `place` is where the customer is afterwards; None: the menu has ended.

    `chose` is the option; `resets`: back to where the conversation began; `leaves`: the customer wants to end it;
    `gave_up`: too many answers fitted nothing; `unknown`: this one did.
    """

    says: tuple[Said, ...] = ()
    place: Place | None = None
    chose: Option | None = None
    queue: int | None = None
    agent: int | None = None
    closes: bool = False
    resets: bool = False
    leaves: bool = False
    unknown: bool = False
    gave_up: bool = False


def options_of(
    stored: Iterable[Mapping[str, Any]], queues: Iterable[int], agents: Iterable[int]
) -> tuple[Option, ...]:
    """The tree as it can be walked now: what leads to a queue or an agent that is gone is not offered."""
    living, people = frozenset(queues), frozenset(agents)
    found = []
    for row in stored:
        queue, agent = row.get("queue"), row.get("agent")
        kind = row["kind"]
        if (kind == QUEUE and queue not in living) or (kind == AGENT and agent not in people):
            continue
        option = Option(
            key=row["key"],
            title=row["title"],
            kind=kind,
            text=row.get("text") or "",
            queue=queue if queue in living else None,
            agent=agent if kind == AGENT else None,
            files=tuple(_id(one) for one in row.get("files") or ()),
            closes=bool(row.get("closes")),
            options=options_of(row.get("options") or (), living, people),
        )
        found.append(option)
    return tuple(found)


def _id(file: Mapping[str, Any]) -> int:
    return int(file["id"])


def every(stored: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """All options of a stored tree, depth first."""
    for row in stored:
        yield row
        yield from every(row.get("options") or ())


def begin(tree: Tree, *, greet_single: bool = True) -> Turn:
    """The first choices; where there is only one way, it is taken without asking."""
    only = tree.options[0] if len(tree.options) == 1 else None
    if only is not None and only.kind in {QUEUE, AGENT}:
        turn = choose(tree, only, Place())
        hello = (Said(tree.text),) if tree.text else ()
        return replace(turn, says=hello + turn.says if greet_single else _screens(turn))
    if not tree.options:
        return Turn(says=(Said(tree.text),) if tree.text else ())
    return Turn(says=(_screen(tree, ()),), place=Place())


def is_command(said: str, reply_id: str = "") -> bool:
    """Back, or out: understood also by who has already chosen and waits."""
    word = _plain(said)
    return reply_id in {BACK, LEAVE} or word == BACK or word.strip(" *.!") in EXIT_WORDS


def answer(tree: Tree, place: Place, said: str, reply_id: str = "", *, max_tries: int = 3) -> Turn:
    """What this answer does. `reply_id` is the key of a pressed button."""
    level = _level(tree, place.path)
    if level is None:  # the menu was changed meanwhile
        return begin(tree)
    word = _plain(said)
    if BACK in (word, reply_id):
        return Turn(says=(_screen(tree, ()),), place=Place(), resets=True)
    if reply_id == LEAVE or word.strip(" *.!") in EXIT_WORDS:
        return Turn(leaves=True, closes=True)
    chosen = _chosen(level, word, reply_id)
    if chosen is not None:
        return choose(tree, chosen, place)
    if max_tries and place.tries >= max_tries:
        return Turn(unknown=True, gave_up=True)
    again = _screen(tree, place.path, before=phrase("menu.unknown", tree.language))
    return Turn(says=(again,), place=replace(place, tries=place.tries + 1), unknown=True)


def choose(tree: Tree, option: Option, place: Place) -> Turn:
    """The customer takes this option of the level where they are."""
    text = option.text or tree.greetings.get(option.queue or 0, "")
    files = tree.queue_files.get(option.queue or 0, ()) + option.files
    closes = option.closes or option.kind == CLOSE or option.queue in tree.closing
    turn = Turn(chose=option, queue=option.queue, agent=option.agent, closes=closes)
    ends = closes or option.agent is not None or (option.kind == QUEUE and not option.options)
    if ends:
        return replace(turn, says=_in_order(text, files))
    path = (*place.path, option.key)
    if files:
        return replace(turn, says=(*_in_order(text, files), _offer(tree, path, "")), place=Place(path))
    return replace(turn, says=(_offer(tree, path, text),), place=Place(path))


def screen(tree: Tree, path: tuple[str, ...]) -> str:
    """The text of a level with its numbered choices."""
    return _screen(tree, path).text


def _screen(tree: Tree, path: tuple[str, ...], *, before: str = "") -> Said:
    if not path:
        return _offer(tree, (), tree.text or phrase("menu.choose", tree.language), before=before)
    option = _option(tree, path)
    text = option.text or tree.greetings.get(option.queue or 0, "") if option else ""
    return _offer(tree, path, text, before=before)


def _offer(tree: Tree, path: tuple[str, ...], text: str, *, before: str = "") -> Said:
    """The choices of a level below a text: numbered, and to tap."""
    taps = [(one.key, one.title) for one in _level(tree, path) or ()]
    if path:
        taps.append((BACK, phrase("menu.back", tree.language)))
    taps.append((LEAVE, phrase("menu.exit", tree.language)))
    ask = _joined(before, text) or phrase("menu.choose", tree.language)
    return Said(_joined(before, text, choices_of(tree, path)), ask=ask, choices=tuple(taps))


def choices_of(tree: Tree, path: tuple[str, ...]) -> str:
    """One line per option, and the ways out."""
    lines = [_line(str(number), one.title) for number, one in enumerate(_level(tree, path) or (), start=1)]
    if path:
        lines.append(_line(BACK, phrase("menu.back", tree.language)))
    lines.append(_line(phrase("menu.exit_word", tree.language), phrase("menu.exit", tree.language)))
    return "\n".join(lines)


def _line(key: str, title: str) -> str:
    return f"*[ {key} ]* - {title}"


def _joined(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _in_order(text: str, files: tuple[int, ...]) -> tuple[Said, ...]:
    said = [Said(text)] if text else []
    if files:
        said.append(Said(files=files))
    return tuple(said)


def _screens(turn: Turn) -> tuple[Said, ...]:
    """Only what has choices in it, which cannot be left out."""
    return turn.says if turn.place is not None else tuple(one for one in turn.says if one.files)


def _option(tree: Tree, path: tuple[str, ...]) -> Option | None:
    found, level = None, tree.options
    for key in path:
        found = next((one for one in level if one.key == key), None)
        if found is None:
            return None
        level = found.options
    return found


def _level(tree: Tree, path: tuple[str, ...]) -> tuple[Option, ...] | None:
    if not path:
        return tree.options
    option = _option(tree, path)
    return option.options if option else None


def _chosen(level: tuple[Option, ...], word: str, reply_id: str) -> Option | None:
    if reply_id:
        pressed = next((one for one in level if one.key == reply_id), None)
        if pressed is not None:
            return pressed
    named = next((one for one in level if _plain(one.title) == word), None)
    if named is not None:
        return named
    found = _NUMBER.fullmatch(word)
    number = int(found[1]) if found else 0
    return level[number - 1] if 1 <= number <= len(level) else None


def _plain(text: str) -> str:
    """For comparing: without accents, marks of keycaps, capitals and spaces around."""
    wide = unicodedata.normalize("NFKD", text)
    bare = "".join(letter for letter in wide if not unicodedata.category(letter).startswith("M"))
    return " ".join(bare.casefold().split())
