"""From a file that just arrived to everything the console shows of it, and to a form that can be sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from helpdesk.errors import Invalid
from tickets.media import ffmpeg, files, kinds, pictures
from tickets.media.ffmpeg import MediaError, Streams
from tickets.media.kinds import Sort
from tickets.media.pictures import BadPicture

LONGEST_CONVERTED_FILM = 300  # seconds: converting takes about a third of the length on a small server
ENDINGS = {
    "image/jpeg": "jpg", "image/png": "png", "audio/ogg": "ogg", "audio/mp4": "m4a", "video/mp4": "mp4",
}  # fmt: skip
SHOWN_FILM = {"h264", "vp8", "vp9", "av1"}
SHOWN_SOUND = {"", "aac", "mp3", "opus", "vorbis"}


@dataclass(frozen=True, slots=True)
class Prepared:
    """What the attachment's row will say."""

    kind: str
    mime: str
    name: str
    path: Path
    is_voice: bool = False
    playable: Path | None = None
    thumbnail: Path | None = None
    duration: float | None = None
    waveform: list[int] | None = None
    width: int | None = None
    height: int | None = None

    def row(self) -> dict[str, object]:
        """Values by field of the model."""
        written = files.measure(self.path)
        return {
            "kind": self.kind,
            "mime": self.mime,
            "name": self.name,
            "is_voice": self.is_voice,
            "size": written.size,
            "sha256": written.sha256,
            "path": files.relative(self.path),
            "playable_path": files.relative(self.playable),
            "thumbnail_path": files.relative(self.thumbnail),
            "duration": self.duration,
            "waveform": self.waveform,
            "width": self.width,
            "height": self.height,
        }


def outgoing(path: Path, *, name: str, declared: str, voice: bool = False) -> Prepared:
    """A person's upload, converted where channels would not take it. Raises Invalid."""
    sort = kinds.recognise(path, name=name, declared=declared)
    if sort is None:
        raise Invalid("upload_type_refused", "Files of this type cannot be sent.")
    file = Prepared(sort.kind, sort.mime, name, path)
    try:
        if sort.kind == "image":
            return described(_sendable_picture(file))
        if sort.kind == "audio":
            return described(_sendable_sound(file, ffmpeg.look(path), voice))
        if sort.kind == "video":
            return described(_sendable_film(file, ffmpeg.look(path)))
    except BadPicture as error:
        raise Invalid("upload_unreadable", str(error)) from error
    except MediaError as error:
        raise Invalid(
            "upload_unreadable", "This file is damaged or has a form that we cannot read."
        ) from error
    return file


def incoming(path: Path, sort: Sort, *, name: str, voice: bool) -> Prepared:
    """A customer's file: kept as it came. What cannot be previewed is still there to download."""
    file = Prepared(sort.kind, sort.mime, name, path, is_voice=voice and sort.kind == "audio")
    try:
        return described(file)
    except (MediaError, BadPicture):
        return file


def described(file: Prepared) -> Prepared:
    """With its size, length, waveform, preview, and a copy for browsers that cannot play the original."""
    if file.kind in {"image", "sticker"}:
        return _seen(file, file.path)
    if file.kind == "audio":
        return _heard(file)
    if file.kind == "video":
        return _watched(file)
    return file


def as_voice_note(file: Prepared) -> Prepared:
    """Ogg, Opus, mono: the only form that arrives as a voice note. Raises MediaError."""
    streams = ffmpeg.look(file.path)
    if not _is_voice_form(file.mime, streams):
        file = _converted(file, "audio/ogg", ffmpeg.to_opus)
    return described(replace(file, is_voice=True))


def _sendable_picture(file: Prepared) -> Prepared:
    _, _, moves = pictures.look(file.path)
    if moves:
        return _converted(replace(file, kind="video"), "video/mp4", ffmpeg.to_mp4)
    if pictures.fits(file.path):
        return file
    path, mime = pictures.convert(file.path, files.new_path(file.path.parent, ""))
    return replace(file, path=path, mime=mime, name=_renamed(file.name, mime))


def _sendable_sound(file: Prepared, streams: Streams, voice: bool) -> Prepared:
    if not streams.sound:
        raise MediaError("There is no sound in this file.")
    if voice and not _is_voice_form(file.mime, streams):
        return _converted(replace(file, is_voice=True), "audio/ogg", ffmpeg.to_opus)
    file = replace(file, is_voice=voice)
    if file.mime in {"audio/mpeg", "audio/aac", "audio/amr"} or _is_voice_form(file.mime, streams):
        return file
    if file.mime == "audio/mp4" and streams.sound == "aac":
        return file
    if file.mime == "audio/wav":
        return _converted(file, "audio/mp4", ffmpeg.to_aac)
    return _converted(file, "audio/ogg", ffmpeg.to_opus)


def _sendable_film(file: Prepared, streams: Streams) -> Prepared:
    if not streams.film:  # a recording in a box that could also have held film
        return _sendable_sound(replace(file, kind="audio", mime=f"audio/{_box(file.mime)}"), streams, False)
    if file.mime == "video/mp4" and streams.film == "h264" and streams.sound in {"", "aac"}:
        return file
    if streams.duration is not None and streams.duration > LONGEST_CONVERTED_FILM:
        raise Invalid("upload_video_form", "A video this long must be an MP4 with H.264 and AAC.")
    return _converted(file, "video/mp4", ffmpeg.to_mp4)


def _box(mime: str) -> str:
    return {"video/3gpp": "mp4", "video/quicktime": "mp4", "video/mp4": "mp4"}.get(mime, "webm")


def _is_voice_form(mime: str, streams: Streams) -> bool:
    return mime == "audio/ogg" and streams.sound == "opus" and streams.channels == "mono"


def _converted(file: Prepared, mime: str, convert: Callable[[Path, Path], None]) -> Prepared:
    target = files.new_path(file.path.parent, f".{ENDINGS[mime]}")
    convert(file.path, target)
    return replace(file, path=target, mime=mime, name=_renamed(file.name, mime))


def _renamed(name: str, mime: str) -> str:
    """The ending follows the content."""
    stem = name.rpartition(".")[0] or name
    return f"{stem}.{ENDINGS[mime]}" if stem else ""


def _seen(file: Prepared, picture: Path) -> Prepared:
    width, height, _ = pictures.look(picture)
    small = files.new_path(file.path.parent, ".webp")
    pictures.thumbnail(picture, small)
    return replace(file, thumbnail=small, width=width, height=height)


def _heard(file: Prepared) -> Prepared:
    streams = ffmpeg.look(file.path)
    duration, waveform = ffmpeg.waveform(file.path)
    file = replace(file, duration=duration, waveform=waveform)
    if streams.sound in ffmpeg.PLAIN_SOUND:
        return file
    playable = files.new_path(file.path.parent, ".m4a")
    ffmpeg.to_aac(file.path, playable)
    return replace(file, playable=playable)


def _watched(file: Prepared) -> Prepared:
    streams = ffmpeg.look(file.path)
    still = files.new_path(file.path.parent, ".png")
    try:
        ffmpeg.poster(file.path, still)
        file = _seen(file, still)
    finally:
        still.unlink(missing_ok=True)
    file = replace(file, duration=streams.duration)
    if streams.film in SHOWN_FILM and streams.sound in SHOWN_SOUND:
        return file
    playable = files.new_path(file.path.parent, ".mp4")
    ffmpeg.to_mp4(file.path, playable)
    return replace(file, playable=playable)
