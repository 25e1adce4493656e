"""uvicorn's WebSocket, with an end for visitors who do not read.

As uvicorn writes it, the closing frame waits until the visitor has read what came before, and so does the end
of the connection: one that never reads would be kept, with everything it was sent, for as long as it likes.
"""

from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

LAST_SECONDS = 5.0  # to read the rest and our closing frame


class Line(WebSocketsSansIOProtocol):
    """Named on uvicorn's command line: `--ws helpdesk.line:Line`."""

    async def send(self, message: Any) -> None:
        """The application's next word; its last one goes out at once."""
        if message["type"] == "websocket.close":
            self.writable.set()
            self._cut_off_soon()
        await super().send(message)

    def keepalive_timeout(self) -> None:
        """A visitor who does not answer pings may not read either."""
        super().keepalive_timeout()
        self._cut_off_soon()

    def _cut_off_soon(self) -> None:
        self.loop.call_later(LAST_SECONDS, self.transport.abort)
