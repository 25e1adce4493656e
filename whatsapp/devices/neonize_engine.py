"""The engine for real phones: neonize, a Go library in this process. It is loaded when a device is dialled first.

It can take the whole process with it: asked about a client that it does not know, it aborts. So nothing is asked
of a link that is not online, and no process but `sessions` may load it.
"""

import base64
import importlib
import itertools
import logging
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar

from whatsapp.devices.link import Hear, LinkError, LinkEvent, MaybeSent, NotSent, Sent

logger = logging.getLogger(__name__)
_serial = itertools.count(1)

RESTART = "515"
# It numbers the server's reasons for refusing a login anew.
SERVER_CODES = {1: 400, 2: 401, 3: 402, 4: 403, 5: 406, 6: 405, 7: 409, 8: 500, 9: 501, 10: 503}
HISTORY_PIECE = 200  # messages per payload
PEOPLE = {"s.whatsapp.net", "lid"}
NANOSECONDS = 10**9
CALL_ENDS = {"accepted_elsewhere": "answered", "rejected_elsewhere": "rejected"}
RECEIPTS = {"": "delivered", "DELIVERED": "delivered", "READ": "read", "PLAYED": "played"}
# Words of its errors that say that nothing left; whatever else happens while sending is in doubt.
NEVER_LEFT = ("not connected", "not logged in", "no device jid", "doesn't contain a device", "unknown server",
              "failed to get device list", "no signal session")  # fmt: skip
NOT_ON_WHATSAPP = ("not on whatsapp", "no lid found")
REFUSED, REACH_OUT_LOCKED = "server returned error", "server returned error 463"


class Neonize:
    """`library` is imported on first use: 60 MB that hosts without devices do not need."""

    # Or every message says on the wire that a program wrote it.
    environment: ClassVar[Mapping[str, str]] = MappingProxyType({"NEONIZE_BOT_TAG": "off"})

    def open(self, keys: Path, jid: str, hear: Hear) -> "NeonizeLink":
        try:
            library = importlib.import_module("neonize.client")
            importlib.import_module("neonize.utils").log.setLevel(logging.WARNING)
        except Exception as error:  # the library, or a C library below it, is not installed
            raise LinkError(f"The engine cannot be loaded: {error}") from error
        return NeonizeLink(library, keys, hear)


class NeonizeLink:
    """A client of its own for every dial: the library keeps what it knows of a stopped one."""

    def __init__(self, library: Any, keys: Path, hear: Hear) -> None:
        self.hear = hear
        self.is_online = False
        self.is_stopped = False
        self._has_dialled = False
        self.client = library.NewClient(str(keys), uuid=f"{keys.stem}-{next(_serial)}")
        self._listen(importlib.import_module("neonize.events"))

    def connect(self) -> None:
        self._has_dialled = True
        try:
            self.client.connect()
        except Exception as error:
            raise LinkError(str(error)[:200]) from error
        finally:
            self.is_online = False

    def stop(self) -> None:
        self.is_online = False
        if self._has_dialled and not self.is_stopped:
            self.is_stopped = True
            self.client.stop()

    def logout(self) -> None:
        self._call("logout")

    def send(self, to: str, message: dict[str, Any]) -> Sent:
        if not self.is_online:
            raise NotSent("not_online", "The device is not online.")
        try:
            content = _protobuf("ParseDict")(message, self._message(), ignore_unknown_fields=True)
        except Exception as error:
            raise NotSent("not_expressible", str(error)[:200], permanent=True) from error
        try:
            answer = self.client.send_message(_jid(to), content)
        except Exception as error:
            raise _failed_send(str(error)) from error
        return Sent(answer.ID, int(answer.Timestamp))

    def upload(self, kind: str, content: bytes) -> dict[str, Any]:
        kinds = importlib.import_module("neonize.utils.enum").MediaType
        wanted = {"image": kinds.MediaImage, "sticker": kinds.MediaImage, "video": kinds.MediaVideo,
                  "audio": kinds.MediaAudio}.get(kind, kinds.MediaDocument)  # fmt: skip
        answer = self._call("upload", content, wanted)
        return {
            "URL": answer.url, "directPath": answer.DirectPath, "mediaKey": _text(answer.MediaKey),
            "fileSHA256": _text(answer.FileSHA256), "fileEncSHA256": _text(answer.FileEncSHA256),
            "fileLength": str(answer.FileLength),
        }  # fmt: skip

    def mark_read(self, chat: str, sender: str, ids: list[str]) -> None:
        read = importlib.import_module("neonize.utils.enum").ReceiptType.READ
        self._call("mark_read", *ids, chat=_jid(chat), sender=_jid(sender), receipt=read)

    def typing(self, chat: str, *, is_typing: bool) -> None:
        enum = importlib.import_module("neonize.utils.enum")
        presence = enum.ChatPresence
        state = presence.CHAT_PRESENCE_COMPOSING if is_typing else presence.CHAT_PRESENCE_PAUSED
        self._call("send_chat_presence", _jid(chat), state, enum.ChatPresenceMedia.CHAT_PRESENCE_MEDIA_TEXT)

    def block(self, who: str, *, blocked: bool) -> None:
        actions = importlib.import_module("neonize.utils.enum").BlocklistAction
        self._call("update_blocklist", _jid(who), actions.BLOCK if blocked else actions.UNBLOCK)

    def _call(self, name: str, *given: Any, **named: Any) -> Any:
        """Only of a client that is online: an unknown one would end this process."""
        if not self.is_online:
            raise NotSent("not_online", "The device is not online.")
        try:
            return getattr(self.client, name)(*given, **named)
        except Exception as error:
            raise LinkError(f"{name}: {error}"[:200]) from error

    def _listen(self, events: Any) -> None:
        self.client.event.qr(lambda _, code: self._tell("qr", code=code.decode()))
        hearers = {
            events.PairStatusEv: self._paired, events.ConnectedEv: self._connected,
            events.DisconnectedEv: self._disconnected, events.StreamErrorEv: self._stream_error,
            events.LoggedOutEv: lambda e: self._tell("logged_out", code=_code(e), on_connect=e.OnConnect),
            events.StreamReplacedEv: lambda e: self._tell("replaced"), events.TemporaryBanEv: self._banned,
            events.ClientOutdatedEv: lambda e: self._tell("outdated"),
            events.ConnectFailureEv: lambda e: self._tell("refused", code=_code(e)),
            events.MessageEv: self._message_came, events.UndecryptableMessageEv: self._undecryptable,
            events.ReceiptEv: self._receipt, events.CallOfferEv: self._call_came,
            events.CallTerminateEv: self._call_ended, events.HistorySyncEv: self._history,
        }  # fmt: skip
        for kind, hearer in hearers.items():
            self.client.event(kind)(lambda _, event, hearer=hearer: hearer(event))

    def _tell(self, kind: str, **data: Any) -> None:
        if not self.is_stopped:
            self.hear(LinkEvent(kind, data))

    def _paired(self, event: Any) -> None:
        if event.Error:
            self._tell("pair_failed", reason=event.Error)
        else:
            self._tell("paired", jid=_spelled(event.ID), name=event.BusinessName)

    def _connected(self, event: Any) -> None:
        self.is_online = True
        me = self.client.me  # sent before this event
        known = {"jid": _spelled(me.JID), "lid": _spelled(me.LID), "name": me.PushName} if me else {}
        self._tell("connected", **known)

    def _disconnected(self, event: Any) -> None:
        self.is_online = False
        self._tell("disconnected")

    def _stream_error(self, event: Any) -> None:
        self.is_online = False
        self._tell("restarting" if event.Code == RESTART else "disconnected", code=event.Code)

    def _banned(self, event: Any) -> None:
        seconds = int(event.Expire)
        seconds = seconds // NANOSECONDS if seconds >= NANOSECONDS else seconds
        words = type(event).TempBanReason.Name(event.Code).replace("_", " ").capitalize()
        self._tell("banned", seconds=seconds, reason=f"{words}.")

    def _message_came(self, event: Any) -> None:
        self._tell("message", info=_info(event.Info), message=_json(event.Message))

    def _undecryptable(self, event: Any) -> None:
        self._tell("undecryptable", info=_info(event.Info))

    def _history(self, event: Any) -> None:
        """Chats with people, in pieces that one payload can hold."""
        for chat in event.Data.conversations:
            told = [_of_history(one.message) for one in chat.messages if one.HasField("message")]
            for start in range(0, len(told), HISTORY_PIECE) if chat.ID.split("@")[-1] in PEOPLE else ():
                self._tell("history", chat=chat.ID, messages=told[start : start + HISTORY_PIECE])

    def _receipt(self, event: Any) -> None:
        kind = type(event).ReceiptType.Name(event.Type) if hasattr(event, "ReceiptType") else ""
        state = RECEIPTS.get(kind)
        if state and event.MessageSource.IsFromMe is False:
            source = event.MessageSource
            who = {"chat": _spelled(source.Chat), "sender": _spelled(source.Sender)}
            self._tell(
                "receipt", state=state, ids=list(event.MessageIDs), at=_seconds(event.Timestamp), **who
            )

    def _call_came(self, event: Any) -> None:
        meta = event.basicCallMeta
        self._tell("call", state="ringing", **_caller(meta))

    def _call_ended(self, event: Any) -> None:
        state = CALL_ENDS.get(event.reason, "missed")
        self._tell("call", state=state, **_caller(event.basicCallMeta))

    @staticmethod
    def _message() -> Any:
        return importlib.import_module("neonize.proto.waE2E.WAWebProtobufsE2E_pb2").Message()


def _code(event: Any) -> int:
    return SERVER_CODES.get(int(event.Reason), 0)


def _failed_send(words: str) -> LinkError:
    low = words.lower()
    if REACH_OUT_LOCKED in low:
        return NotSent("reachout_locked", "WhatsApp does not let this number begin chats.", permanent=True)
    if any(words in low for words in NOT_ON_WHATSAPP):
        return NotSent("not_on_whatsapp", "This number is not on WhatsApp.", permanent=True)
    if REFUSED in low:
        return NotSent("refused", words[:200], permanent=True)
    if any(words in low for words in NEVER_LEFT):
        return NotSent("device_failed", words[:200])
    return MaybeSent(words[:200])


def _info(info: Any) -> dict[str, Any]:
    source = info.MessageSource
    return {
        "id": info.ID, "at": _seconds(info.Timestamp), "name": info.Pushname, "type": info.Type,
        "chat": _spelled(source.Chat), "sender": _spelled(source.Sender),
        "sender_alt": _spelled(source.SenderAlt), "recipient_alt": _spelled(source.RecipientAlt),
        "is_from_me": source.IsFromMe, "is_group": source.IsGroup,
    }  # fmt: skip


def _of_history(web: Any) -> dict[str, Any]:
    info = {
        "id": web.key.ID, "at": _seconds(web.messageTimestamp), "name": web.pushName,
        "is_from_me": web.key.fromMe,
    }  # fmt: skip
    return {"info": info, "message": _json(web.message)}


def _caller(meta: Any) -> dict[str, Any]:
    alt = _spelled(meta.callCreatorAlt)
    return {
        "id": meta.callID,
        "from": _spelled(meta.callCreator),
        "from_alt": alt,
        "at": _seconds(meta.timestamp),
    }


def _seconds(stamp: int) -> int:
    """Some of its times count milliseconds."""
    return int(stamp) // 1000 if stamp > 10**11 else int(stamp)


def _jid(text: str) -> Any:
    user, _, server = text.partition("@")
    return importlib.import_module("neonize.utils.jid").build_jid(user.partition(":")[0], server)


def _spelled(jid: Any) -> str:
    """Without the device: people are meant."""
    return f"{jid.User}@{jid.Server}" if jid.User and jid.Server else ""


def _json(message: Any) -> dict[str, Any]:
    found: dict[str, Any] = _protobuf("MessageToDict")(message, preserving_proto_field_name=True)
    return found


def _protobuf(name: str) -> Any:
    return getattr(importlib.import_module("google.protobuf.json_format"), name)


def _text(raw: bytes) -> str:
    return base64.b64encode(raw).decode()
