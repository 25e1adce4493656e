"""What the server was asked, and what it was told to do wrong."""

import asyncio
import json
import threading
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


@dataclass
class Record:
    """`faults`: {"path": part of it, "status"?, "delay"?, "broken"?, "times"?}; each call meets the first that fits."""

    calls: list[dict[str, Any]] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    async def note(self, request: Request) -> Response | None:
        """Keep what came; a Response when it is to fail instead."""
        body = await request.body()
        try:
            said: Any = json.loads(body)
        except ValueError:
            said = body.decode(errors="replace")
        call = {
            "path": request.url.path,
            "headers": dict(request.headers),
            "body": said,
            "raw": body.decode(errors="replace"),
        }
        with self._lock:
            self.calls.append(call)
            fault = self._fault(request.url.path)
        if fault is None:
            return None
        await asyncio.sleep(float(fault.get("delay", 0)))
        if fault.get("broken"):
            return Response(b'{"messages": [{"id"', media_type="application/json")
        if "status" in fault:
            return JSONResponse({"error": {"message": "It failed on purpose."}}, int(fault["status"]))
        return None

    def _fault(self, path: str) -> dict[str, Any] | None:
        for fault in self.faults:
            if fault.get("path", "") in path and fault.get("times", 1) > 0:
                fault["times"] = fault.get("times", 1) - 1
                return fault
        return None

    def reset(self) -> None:
        with self._lock:
            self.calls.clear()
            self.faults.clear()
