"""The disk behind the world: one SQLite table of JSON documents, and a folder of media files."""

import asyncio
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from .records import Json

COMMIT_EVERY_S = 0.02


class Store:
    """Writes are grouped into one commit every few milliseconds, so a thousand sends a second stay cheap."""

    def __init__(self, folder: Path) -> None:
        self.media_folder = folder / "media"
        self.media_folder.mkdir(parents=True, exist_ok=True)
        self._base = sqlite3.connect(
            folder / "emulator.sqlite3", isolation_level=None, check_same_thread=False
        )
        self._base.executescript(
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF;"
            "CREATE TABLE IF NOT EXISTS records"
            " (kind TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, id)) WITHOUT ROWID;"
        )
        self._is_open = False

    def load(self, kind: str) -> Iterator[Json]:
        for (body,) in self._base.execute("SELECT body FROM records WHERE kind = ?", (kind,)):
            yield json.loads(body)

    def put(self, kind: str, key: str, body: Json) -> None:
        self._begin()
        self._base.execute("INSERT OR REPLACE INTO records VALUES (?, ?, ?)", (kind, key, json.dumps(body)))

    def drop(self, kind: str, key: str) -> None:
        self._begin()
        self._base.execute("DELETE FROM records WHERE kind = ? AND id = ?", (kind, key))

    def wipe(self, *kinds: str) -> None:
        self._begin()
        self._base.executemany("DELETE FROM records WHERE kind = ?", [(one,) for one in kinds])

    def commit(self) -> None:
        if self._is_open:
            self._is_open = False
            self._base.execute("COMMIT")

    def close(self) -> None:
        self.commit()
        self._base.close()

    def snapshot(self, name: str) -> None:
        """A copy of everything, also of the files; a later one of the same name replaces it."""
        self.commit()
        folder = self._snapshot(name)
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.media_folder, folder / "media")
        self._base.execute("VACUUM INTO ?", (str(folder / "emulator.sqlite3"),))

    def has_snapshot(self, name: str) -> bool:
        return self._snapshot(name).is_dir()

    def restore(self, name: str) -> None:
        self.commit()
        folder = self._snapshot(name)
        self._base.execute("ATTACH ? AS kept", (str(folder / "emulator.sqlite3"),))
        self._base.executescript(
            "BEGIN; DELETE FROM main.records; INSERT INTO main.records SELECT * FROM kept.records; COMMIT;"
            "DETACH kept;"
        )
        shutil.rmtree(self.media_folder)
        shutil.copytree(folder / "media", self.media_folder)

    def _snapshot(self, name: str) -> Path:
        return self.media_folder.parent / "snapshots" / name

    def write_media(self, media_id: str, content: bytes) -> None:
        (self.media_folder / media_id).write_bytes(content)

    def read_media(self, media_id: str) -> bytes | None:
        path = self.media_folder / media_id
        return path.read_bytes() if path.is_file() else None

    def drop_media(self, media_id: str) -> None:
        (self.media_folder / media_id).unlink(missing_ok=True)

    def _begin(self) -> None:
        if self._is_open:
            return
        self._base.execute("BEGIN")
        self._is_open = True
        asyncio.get_running_loop().call_later(COMMIT_EVERY_S, self.commit)
