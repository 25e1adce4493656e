"""The life of a file: up, looked up, down, and gone."""

import base64
import hashlib
import subprocess

import imageio_ffmpeg
import pytest

from .conftest import ANA, APP, LINE, Emulator, Receiver, wait_for

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 50


def voice(*options: str) -> bytes:
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-loglevel",
        "error",
        "-f",
        "lavfi",
        "-i",
        "sine=duration=1",
        *options,
    ]
    return subprocess.run([*command, "pipe:1"], capture_output=True, check=True).stdout


def upload(emulator: Emulator, content: bytes = JPEG, mime: str = "image/jpeg", name: str = "a.jpg") -> str:
    answer = emulator.http.post(
        f"/v25.0/{LINE}/media",
        data={"messaging_product": "whatsapp", "type": mime},
        files={"file": (name, content, mime)},
    )
    assert answer.status_code == 200, answer.text
    return str(answer.json()["id"])


def test_an_uploaded_file_comes_back_byte_for_byte(emulator: Emulator) -> None:
    about = emulator.http.get(f"/v25.0/{upload(emulator)}").json()
    assert about["mime_type"] == "image/jpeg"
    assert about["file_size"] == len(JPEG)
    assert about["sha256"] == hashlib.sha256(JPEG).hexdigest()
    assert emulator.http.get(about["url"]).content == JPEG


def test_the_link_needs_the_token(emulator: Emulator) -> None:
    url = emulator.http.get(f"/v25.0/{upload(emulator)}").json()["url"]
    assert emulator.http.get(url, headers={"Authorization": ""}).status_code == 401


def test_the_link_dies_after_five_minutes(emulator: Emulator) -> None:
    media_id = upload(emulator)
    url = emulator.http.get(f"/v25.0/{media_id}").json()["url"]
    emulator.ctl("clock", {"advance_s": 301})
    assert emulator.http.get(url).status_code == 404
    assert emulator.http.get(emulator.http.get(f"/v25.0/{media_id}").json()["url"]).status_code == 200


def test_a_changed_link_is_refused(emulator: Emulator) -> None:
    url = emulator.http.get(f"/v25.0/{upload(emulator)}").json()["url"]
    assert emulator.http.get(url[:-4] + "0000").status_code == 403


def test_a_part_of_a_file_can_be_fetched(emulator: Emulator) -> None:
    url = emulator.http.get(f"/v25.0/{upload(emulator)}").json()["url"]
    answer = emulator.http.get(url, headers={"Range": "bytes=2-5"})
    assert answer.status_code == 206
    assert answer.content == JPEG[2:6]
    assert answer.headers["content-range"] == f"bytes 2-5/{len(JPEG)}"


def test_a_deleted_file_is_gone(emulator: Emulator) -> None:
    media_id = upload(emulator)
    assert emulator.http.delete(f"/v25.0/{media_id}").json() == {"success": True}
    answer = emulator.http.get(f"/v25.0/{media_id}")
    assert emulator.code(answer) == 100
    assert answer.json()["error"]["error_subcode"] == 33


def test_an_uploaded_file_lives_thirty_days(emulator: Emulator) -> None:
    media_id = upload(emulator)
    emulator.ctl("clock", {"advance_s": 30 * 86400 + 1})
    assert emulator.http.get(f"/v25.0/{media_id}").status_code == 400


def test_a_file_of_a_kind_whatsapp_does_not_carry_is_refused(emulator: Emulator) -> None:
    answer = emulator.http.post(
        f"/v25.0/{LINE}/media",
        data={"messaging_product": "whatsapp", "type": "image/gif"},
        files={"file": ("a.gif", b"GIF89a", "image/gif")},
    )
    assert emulator.code(answer) == 100
    assert "image/jpeg" in answer.json()["error"]["message"]


def test_a_file_that_is_too_big_is_refused(emulator: Emulator) -> None:
    answer = emulator.http.post(
        f"/v25.0/{LINE}/media",
        data={"messaging_product": "whatsapp", "type": "image/jpeg"},
        files={"file": ("a.jpg", b"\xff\xd8\xff" + b"0" * (5 * 1024 * 1024), "image/jpeg")},
    )
    assert emulator.code(answer) == 131053


@pytest.mark.parametrize(
    ("content", "mime", "kind"),
    [
        (b"not a picture", "image/jpeg", "image"),
        (voice("-c:a", "libvorbis", "-f", "ogg"), "audio/ogg", "audio"),
        (voice("-ac", "2", "-c:a", "libopus", "-f", "ogg"), "audio/ogg", "audio"),
        (JPEG, "image/jpeg", "video"),
    ],
    ids=["not what it says", "vorbis", "stereo", "picture as video"],
)
def test_a_file_that_cannot_be_played_fails_after_it_was_accepted(
    open_window: Emulator, receiver: Receiver, content: bytes, mime: str, kind: str
) -> None:
    wamid = open_window.sent(type=kind, **{kind: {"id": upload(open_window, content, mime)}})
    wait_for(lambda: receiver.states(wamid) == ["failed"])
    assert receiver.statuses(wamid)[0]["errors"][0]["code"] == 131053


def test_a_mono_opus_voice_note_is_delivered_and_played(open_window: Emulator, receiver: Receiver) -> None:
    media_id = upload(
        open_window, voice("-ac", "1", "-c:a", "libopus", "-f", "ogg"), "audio/ogg; codecs=opus", "v.ogg"
    )
    wamid = open_window.sent(type="audio", audio={"id": media_id, "voice": True})
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered"])
    open_window.ctl(f"personas/{ANA}/read", {"phone_number_id": LINE})
    open_window.ctl(f"personas/{ANA}/read", {"wamid": wamid, "played": True})
    wait_for(lambda: receiver.states(wamid) == ["sent", "delivered", "read", "played"])


def test_a_customers_photo_can_be_fetched_by_the_business(emulator: Emulator, receiver: Receiver) -> None:
    emulator.says(
        type="image", caption="Veja", mime_type="image/jpeg", data_base64=base64.b64encode(JPEG).decode()
    )
    image = wait_for(receiver.messages)[0]["image"]
    assert image["caption"] == "Veja"
    assert base64.b64decode(image["sha256"]) == hashlib.sha256(JPEG).digest()
    url = emulator.http.get(f"/v25.0/{image['id']}").json()["url"]
    assert emulator.http.get(url).content == JPEG


def test_a_recording_of_a_browser_becomes_a_real_voice_note(emulator: Emulator, receiver: Receiver) -> None:
    recording = voice("-ac", "2", "-c:a", "libopus", "-f", "webm")
    stored = emulator.http.post(
        "/_ctl/media",
        params={"phone_number_id": LINE, "voice": "1"},
        content=recording,
        headers={"content-type": "audio/webm"},
    ).json()
    assert stored["mime_type"] == "audio/ogg; codecs=opus"
    emulator.says(type="audio", voice=True, media_id=stored["id"])
    audio = wait_for(receiver.messages)[0]["audio"]
    assert audio["voice"] is True
    content = emulator.http.get(emulator.http.get(f"/v25.0/{audio['id']}").json()["url"]).content
    assert content.startswith(b"OggS")
    assert content[content.index(b"OpusHead") + 9] == 1


def test_media_of_another_business_stays_hidden(emulator: Emulator, number: dict) -> None:
    media_id = upload(emulator)
    emulator.ctl("numbers", number | {"phone_number_id": "9", "waba_id": "8", "access_token": "other"}, "PUT")
    answer = emulator.http.get(f"/v25.0/{media_id}", headers={"Authorization": "Bearer other"})
    assert answer.status_code == 400


def handle(emulator: Emulator, content: bytes = b"\x89PNG example") -> str:
    """An example for Meta's reviewers: announced to the app, then given in two pieces."""
    asked = {"file_name": "a.png", "file_length": len(content), "file_type": "image/png"}
    session = emulator.http.post(f"/v25.0/{APP}/uploads", params=asked).json()["id"]
    half = emulator.http.post(f"/v25.0/{session}", content=content[:5], headers={"file_offset": "0"}).json()
    assert half == {"id": session, "file_offset": 5}
    return emulator.http.post(f"/v25.0/{session}", content=content[5:], headers={"file_offset": "5"}).json()[
        "h"
    ]


def test_a_templates_picture_is_shown_on_the_phone(open_window: Emulator) -> None:
    header = {"type": "HEADER", "format": "IMAGE", "example": {"header_handle": [handle(open_window)]}}
    made = {"name": "news", "language": "en", "category": "MARKETING"}
    made["components"] = [header, {"type": "BODY", "text": "News"}]
    open_window.http.post("/v25.0/200000000000001/message_templates", json=made)
    wait_for(lambda: "PENDING" not in open_window.http.get("/v25.0/200000000000001/message_templates").text)
    picture = {"type": "image", "image": {"id": upload(open_window)}}
    template = {"name": "news", "language": {"code": "en"}}
    missing = open_window.send(type="template", template=template)
    assert open_window.code(missing) == 132000
    template["components"] = [{"type": "header", "parameters": [picture]}]
    open_window.sent(type="template", template=template)
    bubbles = wait_for(lambda: open_window.http.get(f"/phone/api/chats/{LINE}/{ANA}").json()["bubbles"])
    assert bubbles[0]["media"]["kind"] == "image"
    assert bubbles[0]["price"]["category"] == "marketing"
