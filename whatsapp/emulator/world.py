"""Everything the emulator knows: loaded from disk at the start, changed in memory, written behind."""

import asyncio
import hashlib
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeVar

from . import identity
from .clock import Clock, Timers
from .records import Chat, Grant, Json, Line, Media, Message, MetaApp, Persona, Record, Template
from .settings import Settings
from .store import Store

R = TypeVar("R", bound=Record)


class World:
    """The truth: who exists, what was accepted, what was shown and what was written."""

    def __init__(self, folder: Path, seed: int = 1) -> None:
        self.store = Store(folder)
        self.seed = seed
        self.rng = random.Random(seed)
        self.clock = Clock()
        self.timers = Timers(self.clock)
        self.settings = Settings()
        self.allowed_hosts: set[str] = set()
        self.listeners: set[asyncio.Queue[Json]] = set()
        self._forget()
        self._load()

    def now(self) -> float:
        return self.clock.now()

    def advance(self, seconds: float) -> None:
        self.timers.advance(seconds)
        self.store.put("clock", "clock", {"offset": self.clock.offset})

    def wait(self, span_ms: tuple[float, float]) -> float:
        """A random delay, in seconds, from the seeded generator."""
        return self.rng.uniform(*span_ms) / 1000

    # Lines

    def lines_of_token(self, token: str) -> list[Line]:
        return [one for one in self.lines.values() if one.access_token == token]

    def secret_of_app(self, app_id: str) -> str:
        """Numbers know their app's secret, and so do apps that have no number yet."""
        known = [one.app_secret for one in self.lines.values() if one.app_id == app_id]
        return self.apps[app_id].app_secret if app_id in self.apps else next(iter(known), "")

    def lines_of_account(self, waba_id: str) -> list[Line]:
        return [one for one in self.lines.values() if one.waba_id == waba_id]

    # Customers

    def find_persona(self, digits: str) -> Persona | None:
        """The account behind a number, whichever way the number is spelled."""
        for spelling in identity.variants(digits):
            if spelling in self.personas:
                return self.personas[spelling]
        return None

    def stranger(self, digits: str) -> Persona:
        """Somebody who is on WhatsApp although nobody introduced them."""
        wa_id = identity.canonical(digits)
        persona = Persona(id=wa_id, name=f"+{wa_id}", automatic=True)
        self.save_persona(persona)
        return persona

    def find_bsuid(self, value: str, portfolio: str) -> Persona | None:
        if portfolio not in self._bsuids:
            self._bsuids[portfolio] = {self.bsuid(one, portfolio): one.id for one in self.personas.values()}
        found = self._bsuids[portfolio].get(value)
        return self.personas.get(found) if found else None

    def bsuid(self, persona: Persona, portfolio: str) -> str:
        return identity.bsuid(persona.id, portfolio, persona.generation)

    def shows_phone(self, line: Line, persona: Persona) -> bool:
        """Whether webhooks to this line name the number: always, unless a user name hides it from strangers."""
        if not persona.hides_phone:
            return True
        met = self.chat(line.phone_number_id, persona.id).phone_at
        if met is not None and self.now() < met + self.settings.behaviour.privacy_days * 86400:
            return True
        return self.bsuid(persona, line.portfolio) in self._book(line)

    def meet(self, line: Line, persona: Persona) -> None:
        """The two exchanged something by phone number: Meta notes it, and keeps it in the contact book."""
        chat = self.chat(line.phone_number_id, persona.id)
        chat.phone_at = self.now()
        self.save(chat.id, chat)
        user_id = self.bsuid(persona, line.portfolio)
        if self.settings.behaviour.contact_book and user_id not in self._book(line):
            line.contact_book.append(user_id)
            self.save(line.phone_number_id, line)

    def forget_contact(self, line: Line, user_id: str) -> None:
        """Erase one entry of the contact book, for the whole portfolio and for good."""
        for one in self.lines.values():
            if one.portfolio == line.portfolio and user_id in one.contact_book:
                one.contact_book.remove(user_id)
                self.save(one.phone_number_id, one)
        if persona := self.find_bsuid(user_id, line.portfolio):
            chat = self.chat(line.phone_number_id, persona.id)
            chat.phone_at = None
            self.save(chat.id, chat)

    def _book(self, line: Line) -> set[str]:
        ours = [one.contact_book for one in self.lines.values() if one.portfolio == line.portfolio]
        return {user_id for book in ours for user_id in book}

    def move_threads(self, old: str, new: str) -> None:
        """The chats of an account go with it."""
        for (line, who), thread in list(self.threads.items()):
            if who == old:
                self.threads[(line, new)] = self.threads.pop((line, who))
                for message in thread:
                    message.persona = new
                    self.save(message.wamid, message)
                chat = self.chats.pop((line, old), None)
                if chat is not None:
                    self.store.drop("chat", chat.id)
                    chat.persona = new
                    self.chats[(line, new)] = chat
                    self.save(chat.id, chat)

    def save_persona(self, persona: Persona) -> None:
        self.personas[persona.id] = persona
        self._bsuids.clear()
        self.save(persona.id, persona)
        self.publish({"type": "persona", "persona": persona.id})

    # Chats and messages

    def chat(self, phone_number_id: str, persona: str) -> Chat:
        key = (phone_number_id, persona)
        if key not in self.chats:
            self.chats[key] = Chat(phone_number_id=phone_number_id, persona=persona)
        return self.chats[key]

    def thread(self, phone_number_id: str, persona: str) -> list[Message]:
        return self.threads[(phone_number_id, persona)]

    def add_message(self, message: Message) -> None:
        self.messages[message.wamid] = message
        self.threads[(message.phone_number_id, message.persona)].append(message)
        self.save(message.wamid, message)

    def save_message(self, message: Message) -> None:
        """Write a changed message and tell whoever looks at that chat."""
        self.save(message.wamid, message)
        self.announce("message", message)

    def announce(self, kind: str, message: Message) -> None:
        self.publish(
            {
                "type": kind,
                "phone_number_id": message.phone_number_id,
                "persona": message.persona,
                "wamid": message.wamid,
            }
        )

    def next_seq(self) -> int:
        self._seq += 1
        return self._seq

    def new_wamid(self, persona: str, *, from_business: bool) -> str:
        while (wamid := identity.wamid(persona, from_business, self.rng)) in self.messages:
            continue
        return wamid

    # Media

    def add_media(self, line: Line, content: bytes, mime_type: str, **details: Any) -> Media:
        media = Media(
            id=self.new_number(16),
            phone_number_id=line.phone_number_id,
            mime_type=mime_type,
            sha256=hashlib.sha256(content).hexdigest(),
            size=len(content),
            created_at=self.now(),
            **details,
        )
        self.store.write_media(media.id, content)
        self.media[media.id] = media
        self.save(media.id, media)
        return media

    def drop_media(self, media: Media) -> None:
        self.media.pop(media.id, None)
        self.store.drop("media", media.id)
        self.store.drop_media(media.id)

    def new_number(self, length: int) -> str:
        """An id in Meta's style: only digits, never seen before."""
        while (number := str(self.rng.randrange(10 ** (length - 1), 10**length))) in self.media:
            continue
        return number

    # Saving and telling

    def save(self, key: str, record: Record) -> None:
        self.store.put(type(record).__name__.lower(), key, record.to_json())

    def publish(self, event: Json) -> None:
        for queue in self.listeners:
            if queue.qsize() < 1000:
                queue.put_nowait(event)

    def forget_traffic(self) -> None:
        """Drop messages, media and chats; numbers, customers and templates stay."""
        for media in list(self.media.values()):
            self.drop_media(media)
        self.store.wipe("message", "chat", "media")
        self.messages.clear()
        self.threads.clear()
        self.chats.clear()
        self.publish({"type": "reset"})

    def forget_everything(self) -> None:
        self.forget_traffic()
        self.store.wipe("line", "persona", "template", "metaapp", "grant")
        self._forget()
        self.rng.seed(self.seed)

    def restore(self, name: str) -> None:
        """As it was when this snapshot was made."""
        self.store.restore(name)
        self.clock.offset = 0.0
        self._forget()
        self._load()
        self.publish({"type": "reset"})

    def _forget(self) -> None:
        self.lines: dict[str, Line] = {}
        self.apps: dict[str, MetaApp] = {}
        self.grants: dict[str, Grant] = {}
        self.codes: dict[str, Json] = {}  # of the signup dialog: they live seconds, and not on disk
        self.personas: dict[str, Persona] = {}
        self.media: dict[str, Media] = {}
        self.templates: dict[str, Template] = {}
        self.uploads: dict[str, bytearray] = {}  # resumable ones that are not complete
        self.messages: dict[str, Message] = {}
        self.threads: defaultdict[tuple[str, str], list[Message]] = defaultdict(list)
        self.chats: dict[tuple[str, str], Chat] = {}
        self._bsuids: dict[str, dict[str, str]] = {}
        self._seq = 0

    def _load(self) -> None:
        for saved in self.store.load("clock"):
            self.clock.offset = saved["offset"]
        self.lines = {one.phone_number_id: one for one in self._records(Line)}
        self.apps = {one.app_id: one for one in self._records(MetaApp)}
        self.grants = {one.token: one for one in self._records(Grant)}
        self.personas = {one.id: one for one in self._records(Persona)}
        self.media = {one.id: one for one in self._records(Media)}
        self.templates = {one.id: one for one in self._records(Template)}
        self.chats = {(one.phone_number_id, one.persona): one for one in self._records(Chat)}
        for message in sorted(self._records(Message), key=lambda one: one.seq):
            self.messages[message.wamid] = message
            self.threads[(message.phone_number_id, message.persona)].append(message)
            self._seq = max(self._seq, message.seq, message.shown_seq or 0)
        # A restart must not repeat ids that were already given away.
        if self._seq:
            self.rng.seed(f"{self.seed}:{self._seq}")

    def _records(self, kind: type[R]) -> Iterator[R]:
        return (kind.from_json(body) for body in self.store.load(kind.__name__.lower()))
