"""A browser page that is watched: all that came over its wire, and all it complained about."""

import re
from typing import Any

from playwright.sync_api import BrowserContext, Page

LOST_LINE = re.compile(r"WebSocket connection to .* failed|ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED")


class Watched:
    """Errors in the console, broken policies, missing files and server errors are complaints."""

    def __init__(self, context: BrowserContext) -> None:
        self.page: Page = context.new_page()
        self.wire: list[str] = []
        self.noises: list[str] = []
        self.may_lose_line = False
        self.page.on("websocket", self._listen)
        self.page.on("response", self._read)
        self.page.on("pageerror", lambda error: self.noises.append(str(error)))
        self.page.on("console", self._hear)

    @property
    def complaints(self) -> list[str]:
        return [text for text in self.noises if not (self.may_lose_line and LOST_LINE.search(text))]

    def _listen(self, socket: Any) -> None:
        socket.on("framereceived", lambda payload: self.wire.append(str(payload)))

    def _read(self, response: Any) -> None:
        is_api = "/api/" in response.url
        if response.status >= 500 or (response.status >= 400 and not is_api):
            self.noises.append(f"{response.status} {response.url}")
        if is_api and "json" in response.headers.get("content-type", ""):
            try:
                self.wire.append(response.text())
            except Exception:  # a page that navigated away no longer has the body
                return

    def _hear(self, message: Any) -> None:
        is_policy = "Content Security Policy" in message.text
        if is_policy or (message.type == "error" and "Failed to load resource" not in message.text):
            self.noises.append(message.text)
