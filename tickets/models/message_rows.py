"""Messages as they are shown, built by PostgreSQL: a page of a hundred in one cheap statement.

Django would make a query set per message to hand out its prefetched files, which alone took longer than the
whole page takes this way. `MessageSerializer` says the same in Python for single rows; a test compares.
"""

from typing import TYPE_CHECKING, Any

import orjson
from django.db.models import TextField
from django.db.models.expressions import RawSQL

if TYPE_CHECKING:
    from tickets.models.message import MessageQuerySet

_MOMENT = '\'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"\''
_FILES = """(
    SELECT coalesce(json_agg(json_build_object(
        'id', a.id, 'kind', a.kind, 'name', a.name, 'mime', a.mime, 'size', a.size, 'state', a.state,
        'url', a.uuid, 'playable_url', a.playable_path, 'thumbnail_url', a.thumbnail_path,
        'duration', a.duration, 'waveform', a.waveform, 'width', a.width, 'height', a.height,
        'pages', nullif(a.pages, 0), 'is_voice', a.is_voice,
        'transcript', CASE WHEN a.transcript_state <> '' THEN json_build_object(
            'state', a.transcript_state, 'text', a.transcript, 'language', a.transcript_language,
            'error', a.transcript_error) END) ORDER BY a.position, a.id), '[]'::json)
    FROM tickets_attachment a WHERE a.message_id = tickets_message.id)"""
_ROW = RawSQL(  # noqa: S611 — constants only, nothing that anybody typed
    f"""json_build_object(
        'id', tickets_message.id, 'ticket', ticket_id, 'client_id', client_id,
        'direction', direction, 'kind', kind, 'body', body,
        'author', (
            SELECT json_build_object('id', u.id, 'name', u.name) FROM tenants_user u WHERE u.id = author_id),
        'state', state, 'error', error,
        'reply_to', (
            SELECT json_build_object(
                'id', r.id, 'kind', r.kind, 'direction', r.direction, 'preview',
                CASE WHEN r.kind = 'call' THEN coalesce(r.content->>'event', '')
                    WHEN r.kind = 'audio' AND r.body = '' AND r.removed_at IS NULL THEN coalesce((
                        SELECT left(a.transcript, 160) FROM tickets_attachment a
                        WHERE a.message_id = r.id LIMIT 1), '')
                    ELSE left(r.body, 160) END,
                'is_removed', r.removed_at IS NOT NULL,
                'author_name', (SELECT u.name FROM tenants_user u WHERE u.id = r.author_id))
            FROM tickets_message r WHERE r.id = tickets_message.reply_to_id),
        'attachments', CASE WHEN kind IN (
            'image', 'audio', 'video', 'document', 'sticker', 'template', 'buttons', 'list', 'link', 'form')
            AND (removed_at IS NULL OR content->'hidden' IS NULL) THEN {_FILES} ELSE '[]'::json END,
        'content', content, 'reactions', reactions,
        'at', to_char(at, {_MOMENT}), 'not_before', to_char(not_before, {_MOMENT}),
        'is_forwarded', is_forwarded, 'arrived_late', arrived_late,
        'edited_at', to_char(edited_at, {_MOMENT}), 'removed_at', to_char(removed_at, {_MOMENT}),
        'created_at', to_char(tickets_message.created_at, {_MOMENT}),
        'updated_at', to_char(tickets_message.updated_at, {_MOMENT}),
        'version', tickets_message.version
    )::text""",  # noqa: S608 — made of the constants above
    (),
    output_field=TextField(),
)


def as_rows(messages: "MessageQuerySet") -> Any:
    """The same messages as light rows with `shown`, and what pages are cut by."""
    return messages.annotate(shown=_ROW).values_list("id", "at", "shown", named=True)


def shape(shown: str) -> dict[str, Any]:
    """One row, with the addresses of its files still to be written."""
    row: dict[str, Any] = orjson.loads(shown)
    return row
