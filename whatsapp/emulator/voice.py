"""Turns what a browser records into what a phone sends: mono Opus in an Ogg file."""

import asyncio
import shutil

COMMAND = ("-hide_banner", "-loglevel", "error", "-i", "pipe:0", "-vn", "-ac", "1", "-ar", "48000",
           "-c:a", "libopus", "-b:a", "24k", "-f", "ogg", "pipe:1")  # fmt: skip
VOICE_NOTE = "audio/ogg; codecs=opus"


async def to_voice_note(content: bytes, mime_type: str) -> tuple[bytes, str]:
    """The converted recording; without ffmpeg the recording itself, under its own true type."""
    program = ffmpeg()
    if program is None:
        return content, mime_type
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(program, *COMMAND, stdin=pipe, stdout=pipe, stderr=pipe)
    converted, complaint = await process.communicate(content)
    if process.returncode or not converted:
        raise ValueError(f"This recording cannot be converted: {complaint.decode(errors='replace')[:200]}")
    return converted, VOICE_NOTE


def ffmpeg() -> str | None:
    try:
        import imageio_ffmpeg
    except ImportError:
        return shutil.which("ffmpeg")
    try:
        return str(imageio_ffmpeg.get_ffmpeg_exe())
    except RuntimeError:
        return shutil.which("ffmpeg")
