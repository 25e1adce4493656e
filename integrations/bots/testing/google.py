"""Google's token endpoint, which checks the signature of what it is given, and Dialogflow behind it."""

import base64
import json
import re
import secrets
import time
import uuid
from typing import Any
from urllib.parse import parse_qs

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from .record import Record

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"


class Google:
    """One service account of one project. `intents`: a pattern of what is said → a queryResult."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.url = ""
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = secrets.token_hex(20)
        self.email = "bot@acme-agent.iam.gserviceaccount.com"
        self.tokens: dict[str, float] = {}
        self.intents: list[tuple[str, dict[str, Any]]] = []
        self.texts: dict[str, list[str]] = {}  # of each session

    def service_account(self) -> dict[str, str]:
        """The file that Google lets an administrator download."""
        pem = self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return {
            "type": "service_account",
            "project_id": "acme-agent",
            "private_key_id": self.key_id,
            "private_key": pem.decode(),
            "client_email": self.email,
            "token_uri": f"{self.url}/token",
        }

    def routes(self) -> list[Route]:
        return [
            Route("/token", self.token, methods=["POST"]),
            Route("/v2/{session:path}", self.es, methods=["POST"]),
            Route("/v3/{session:path}", self.cx, methods=["POST"]),
        ]

    async def token(self, request: Request) -> Response:
        if failed := await self.record.note(request):
            return failed
        form = parse_qs((await request.body()).decode())
        if form.get("grant_type") != [GRANT]:
            return _oauth("unsupported_grant_type", "Invalid grant_type")
        assertion = (form.get("assertion") or [""])[0]
        try:
            if jwt.get_unverified_header(assertion).get("kid") != self.key_id:
                return _oauth("invalid_grant", "Invalid JWT Signature.")
            claims = jwt.decode(
                assertion,
                self.key.public_key(),
                algorithms=["RS256"],
                audience=f"{self.url}/token",
                options={"require": ["iss", "aud", "exp", "iat", "scope"]},
            )
        except jwt.PyJWTError:
            return _oauth("invalid_grant", "Invalid JWT Signature.")
        if claims["iss"] != self.email or claims["exp"] - claims["iat"] > 3600:
            return _oauth("invalid_grant", "Invalid JWT")
        token = "ya29." + secrets.token_urlsafe(24)
        self.tokens[token] = time.time() + 3599
        return JSONResponse({"access_token": token, "expires_in": 3599, "token_type": "Bearer"})

    async def es(self, request: Request) -> Response:
        place = r"projects/[^/]+(/locations/[^/]+)?/agent(/environments/[^/]+/users/[^/]+)?"
        return await self._detect(request, place)

    async def cx(self, request: Request) -> Response:
        place = r"projects/[^/]+(/locations/[^/]+)/agents/[^/]+(/environments/[^/]+)?"
        return await self._detect(request, place)

    async def _detect(self, request: Request, place: str) -> Response:
        if failed := await self.record.note(request):
            return failed
        bearer = request.headers.get("Authorization", "").removeprefix("Bearer ")
        if self.tokens.get(bearer, 0) < time.time():
            return _error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
        found = re.fullmatch(place + "/sessions/([^/]+):detectIntent", request.path_params["session"])
        if found is None or len(found[3]) > 36:
            return _error(404, "NOT_FOUND", "No such session.")
        body = await request.json()
        asked = body.get("queryInput") or {}
        said = (asked.get("text") or {}).get("text") or _heard(body)
        if not said:
            return _error(400, "INVALID_ARGUMENT", "Input text not set.")
        self.texts.setdefault(found[3], []).append(said)
        answer = {"responseId": str(uuid.uuid4()), "queryResult": {"queryText": said, **self._result(said)}}
        return JSONResponse(json.loads(json.dumps(answer)))

    def _result(self, said: str) -> dict[str, Any]:
        for pattern, result in self.intents:
            if re.search(pattern, said, re.IGNORECASE):
                return result
        text = "Desculpe, não entendi."
        return {
            "action": "input.unknown",
            "intent": {"displayName": "Default Fallback Intent", "isFallback": True},
            "fulfillmentText": text,
            "fulfillmentMessages": [{"text": {"text": [text]}}],
        }


def _heard(body: dict[str, Any]) -> str:
    """The sound in ES's place or in CX's, when it is what its configuration says; it says how long it is."""
    asked = body["queryInput"]
    spoken = asked.get("audio") or {}
    config = asked.get("audioConfig") or spoken.get("config") or {}
    sound = base64.b64decode(body.get("inputAudio") or spoken.get("audio") or "")
    is_right = (
        config.get("audioEncoding") == "AUDIO_ENCODING_OGG_OPUS" and config["sampleRateHertz"] == 16_000
    )
    return f"({len(sound)} bytes of sound)" if is_right and sound.startswith(b"OggS") else ""


def _oauth(error: str, description: str) -> JSONResponse:
    return JSONResponse({"error": error, "error_description": description}, 400)


def _error(code: int, status: str, message: str) -> JSONResponse:
    return JSONResponse({"error": {"code": code, "status": status, "message": message}}, code)
