"""What WhatsApp takes: lengths of texts, kinds and sizes of files."""

from tickets.models import Attachment, Message
from tickets.transport import CannotRender

MB = 1024 * 1024
TEXT, CAPTION = 4096, 1024
CAPTIONED = {"image", "video", "document"}
INBOUND_MAX = 100 * MB

_OFFICE = "application/vnd.openxmlformats-officedocument"
_DOCUMENTS = {
    "text/plain", "application/pdf", "application/msword", "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint", f"{_OFFICE}.wordprocessingml.document",
    f"{_OFFICE}.spreadsheetml.sheet", f"{_OFFICE}.presentationml.presentation",
}  # fmt: skip
FILES: dict[str, tuple[set[str], int]] = {
    "audio": ({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"}, 16 * MB),
    "image": ({"image/jpeg", "image/png"}, 5 * MB),
    "sticker": ({"image/webp"}, 500 * 1024),
    "video": ({"video/mp4", "video/3gpp"}, 16 * MB),
    # A photo or a song may also go as a file.
    "document": (set(), 100 * MB),
}
FILES["document"] = (_DOCUMENTS.union(*(mimes for mimes, _ in FILES.values())), 100 * MB)


def check_text(text: str, longest: int) -> None:
    if not text.strip() and longest == TEXT:
        raise CannotRender("text_empty", "Write something first.")
    if len(text) > longest:
        raise CannotRender(
            "text_too_long", f"WhatsApp takes {longest} characters here, this has {len(text)}."
        )


def check_file(message: Message, attachments: list[Attachment]) -> None:
    if len(attachments) != 1:
        raise CannotRender("one_file_each", "Each WhatsApp message carries exactly one file.")
    file = attachments[0]
    mimes, largest = FILES[message.kind]
    if file.mime.split(";")[0].strip().lower() not in mimes:
        raise CannotRender("file_type_refused", f"WhatsApp does not take {file.mime} as {message.kind}.")
    if file.size > largest:
        raise CannotRender("file_too_big", f"WhatsApp takes up to {largest // 1024} KB here.")
    if message.body and message.kind not in CAPTIONED:
        raise CannotRender("caption_not_allowed", f"WhatsApp shows no text with {message.kind}.")
    check_text(message.body, CAPTION)
