"""Sound and film by the program ffmpeg: looking into files, converting them, drawing their waveform.

ffmpeg of the machine is used when there is one, else the one that comes with the wheel imageio-ffmpeg (which
has no ffprobe: what is inside a file is read from ffmpeg's own words). It never sees a network address.
"""

import array
import functools
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

WAVE_STEPS = 64
WAVE_RATE = 4000  # enough to see who speaks when
MAX_SOUND_SECONDS = 2 * 3600
LOOK_SECONDS = 15
SOUND_SECONDS = 60
FILM_SECONDS = 240
PLAIN_SOUND = {"aac", "mp3", "pcm_s16le"}  # every browser plays these


class MediaError(Exception):
    """ffmpeg could not read the file, or needed too long."""


@dataclass(frozen=True, slots=True)
class Streams:
    """What is inside a file; seconds and pixels are None when there is no such stream."""

    duration: float | None
    sound: str
    film: str
    width: int | None
    height: int | None
    channels: str


@functools.cache
def program() -> str:
    found = shutil.which("ffmpeg")
    if found:
        return found
    import imageio_ffmpeg

    return str(imageio_ffmpeg.get_ffmpeg_exe())


def look(path: Path) -> Streams:
    """Raises MediaError when there is neither sound nor film."""
    words = _run(["-i", _source(path)], LOOK_SECONDS, expect=None)[1].decode(errors="replace")
    length = re.search(r"Duration: (\d+):(\d\d):(\d\d(?:\.\d+)?)", words)
    sound = re.search(r"Stream #0:\d+.*?: Audio: (\w+)[^\n]*?(mono|stereo|\d\.\d|\d+ channels)?[,\n]", words)
    film = re.search(r"Stream #0:\d+[^\n]*?: Video: (\w+)([^\n]*)", words)
    size = re.search(r"[ ,](\d{2,5})x(\d{2,5})[ ,\[\n]", film[2] + "\n") if film else None
    if not sound and not film:
        raise MediaError("There is neither sound nor film in this file.")
    hours, minutes, seconds = (float(part) for part in length.groups()) if length else (0.0, 0.0, 0.0)
    channels = re.search(r"Audio: [^\n]*?, (mono|stereo|[\w.]+), ", words)
    return Streams(
        duration=round(hours * 3600 + minutes * 60 + seconds, 2) if length else None,
        sound=sound[1] if sound else "",
        film=film[1] if film and "attached pic" not in film[2] else "",
        width=int(size[1]) if size else None,
        height=int(size[2]) if size else None,
        channels=channels[1] if channels else "",
    )


def waveform(path: Path) -> tuple[float, list[int]]:
    """Seconds of sound, and 64 steps of its loudness from 0 to 100."""
    options = ["-i", _source(path), "-map", "0:a:0", "-ac", "1", "-ar", str(WAVE_RATE)]
    raw, _ = _run([*options, "-t", str(MAX_SOUND_SECONDS), "-f", "s16le", "pipe:1"], SOUND_SECONDS)
    samples = array.array("h")
    samples.frombytes(raw[: len(raw) // 2 * 2])
    if not samples:
        raise MediaError("The sound is empty.")
    loud = [_loudness(samples, step) for step in range(WAVE_STEPS)]
    peak = max(*loud, 1.0)
    return round(len(samples) / WAVE_RATE, 2), [round(value / peak * 100) for value in loud]


def _loudness(samples: "array.array[int]", step: int) -> float:
    """Root mean square over at most 400 samples of this step: a picture needs no more."""
    start, end = len(samples) * step // WAVE_STEPS, len(samples) * (step + 1) // WAVE_STEPS
    part = samples[start : max(end, start + 1) : max(1, (end - start) // 400)]
    return float((sum(value * value for value in part) / max(1, len(part))) ** 0.5)


def to_opus(source: Path, target: Path) -> None:
    """A voice note as WhatsApp wants it: Ogg, Opus, mono."""
    voice = ["-c:a", "libopus", "-b:a", "32k", "-ac", "1", "-ar", "48000", "-application", "voip"]
    _convert(source, target, ["-vn", "-map", "0:a:0", *voice, "-f", "ogg"], SOUND_SECONDS)


def to_aac(source: Path, target: Path) -> None:
    """For Safari, which plays no Ogg."""
    sound = ["-vn", "-map", "0:a:0", "-c:a", "aac", "-b:a", "64k", "-movflags", "+faststart", "-f", "mp4"]
    _convert(source, target, sound, SOUND_SECONDS)


def to_speech(source: Path, target: Path, *, start: float, seconds: float) -> None:
    """A part of a long recording, small, for whoever makes text of it."""
    voice = ["-c:a", "libopus", "-b:a", "24k", "-ac", "1", "-ar", "16000", "-application", "voip"]
    part = ["-ss", str(start), "-t", str(seconds), "-i", _source(source)]
    _run(
        [*part, "-map_metadata", "-1", "-vn", "-map", "0:a:0", *voice, "-f", "ogg", "-y", f"file:{target}"],
        FILM_SECONDS,
    )
    if not target.exists() or target.stat().st_size == 0:
        raise MediaError("Nothing came out of the conversion.")


def to_mp4(source: Path, target: Path) -> None:
    """Film that WhatsApp takes and every browser plays: H.264 without B-frames, AAC, ready to stream."""
    picture = ["-c:v", "libx264", "-profile:v", "main", "-bf", "0", "-preset", "veryfast", "-crf", "27"]
    shape = ["-pix_fmt", "yuv420p", "-vf", "scale='trunc(min(1280,iw)/2)*2':-2", "-r", "30"]
    sound = ["-c:a", "aac", "-b:a", "96k", "-ac", "2"]
    streams = ["-map", "0:v:0", "-map", "0:a:0?", "-sn", "-dn"]
    box = ["-movflags", "+faststart", "-f", "mp4"]
    _convert(source, target, [*streams, *picture, *shape, *sound, *box], FILM_SECONDS)


def poster(source: Path, target: Path) -> None:
    """The first picture worth showing, as PNG."""
    _convert(
        source,
        target,
        ["-an", "-frames:v", "1", "-vf", "thumbnail=20", "-f", "image2", "-c:v", "png"],
        LOOK_SECONDS,
    )


def _convert(source: Path, target: Path, options: list[str], seconds: float) -> None:
    _run(["-i", _source(source), "-map_metadata", "-1", *options, "-y", f"file:{target}"], seconds)
    if not target.exists() or target.stat().st_size == 0:
        raise MediaError("Nothing came out of the conversion.")


def _source(path: Path) -> str:
    """The prefix keeps a name from being read as another protocol."""
    return f"file:{path}"


def _run(options: list[str], seconds: float, *, expect: int | None = 0) -> tuple[bytes, bytes]:
    before = [program(), "-hide_banner", "-nostdin", "-threads", "1", "-protocol_whitelist", "file,pipe"]
    try:
        done = subprocess.run([*before, *options], capture_output=True, timeout=seconds, check=False)  # noqa: S603
    except subprocess.TimeoutExpired as error:
        raise MediaError(f"ffmpeg needed more than {seconds} seconds.") from error
    if expect is not None and done.returncode != expect:
        raise MediaError(done.stderr.decode(errors="replace")[-300:])
    return done.stdout, done.stderr
