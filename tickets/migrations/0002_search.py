"""Search in SQL: words of messages, kept by triggers, and functions that run as the owner of the tables.

See tickets/models/search.py, tickets/models/message_text.py and tickets/models/message_search.py.
"""

from django.db import migrations

CONTACTS = """
CREATE FUNCTION contacts_matching(patterns text[], most integer) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 100
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    company bigint := nullif(current_setting('helpdesk.company', true), '')::bigint;
    conditions text := '';
    pattern text;
BEGIN
    FOREACH pattern IN ARRAY patterns LOOP
        conditions := conditions || format(' AND search LIKE %L', pattern);
    END LOOP;
    -- Written out and planned anew each time: the best plan depends on how frequent the words are.
    RETURN QUERY EXECUTE format(
        'SELECT id FROM public.tickets_contact WHERE company_id = %L::bigint AND deleted_at IS NULL%s LIMIT %s',
        company, conditions, most
    );
END
$$;
REVOKE EXECUTE ON FUNCTION contacts_matching(text[], integer) FROM PUBLIC;
"""
# A word is what stands between two signs that are neither letter nor digit, in lower case, without accents.
# Each is marked with its company: the index answers one company as if no other were in it.
WORDS = """
CREATE FUNCTION search_words(said text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT array_remove(regexp_split_to_array(lower(public.unaccent(said)), '[^[:alnum:]]+'), '') $$;

CREATE FUNCTION search_vector(company bigint, said text) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT coalesce(string_agg('''' || to_hex(company) || ':' || left(word, 60) || ''':' || place, ' '), '')::tsvector
    FROM unnest(public.search_words(left(said, 20000))) WITH ORDINALITY AS spoken (word, place)
    WHERE place <= 3000
$$;
"""
COLUMNS = (
    "(message_id, company_id, ticket_id, at, is_note, transcript, words, created_at, updated_at, version)"
)
TRIGGERS = f"""
CREATE FUNCTION index_new_messages() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_messagetext {COLUMNS}
    SELECT id, company_id, ticket_id, at, kind = 'note', '', search_vector(company_id, body), now(), now(), 1
    FROM arrived WHERE body <> '';
    RETURN NULL;
END
$$;
CREATE TRIGGER message_said AFTER INSERT ON tickets_message
REFERENCING NEW TABLE AS arrived FOR EACH STATEMENT EXECUTE FUNCTION index_new_messages();

CREATE FUNCTION index_changed_message() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO tickets_messagetext AS known {COLUMNS}
    VALUES (NEW.id, NEW.company_id, NEW.ticket_id, NEW.at, NEW.kind = 'note', '',
        search_vector(NEW.company_id, NEW.body), now(), now(), 1)
    ON CONFLICT (message_id) DO UPDATE SET
        ticket_id = NEW.ticket_id, at = NEW.at, updated_at = now(), version = known.version + 1,
        words = search_vector(NEW.company_id, NEW.body || ' ' || known.transcript);
    RETURN NULL;
END
$$;
CREATE TRIGGER message_changed AFTER UPDATE OF body, ticket_id, at ON tickets_message
FOR EACH ROW WHEN (
    OLD.body IS DISTINCT FROM NEW.body OR OLD.ticket_id <> NEW.ticket_id OR OLD.at <> NEW.at
) EXECUTE FUNCTION index_changed_message();

CREATE FUNCTION transcribe_message(message bigint, heard text) RETURNS void LANGUAGE sql AS $$
    INSERT INTO tickets_messagetext AS known {COLUMNS}
    SELECT id, company_id, ticket_id, at, kind = 'note', heard,
        search_vector(company_id, body || ' ' || heard), now(), now(), 1
    FROM tickets_message WHERE id = message
    ON CONFLICT (message_id) DO UPDATE SET
        transcript = EXCLUDED.transcript, words = EXCLUDED.words, updated_at = now(), version = known.version + 1
$$;
"""  # noqa: S608 — constants only
# One of three ways to the newest `most` messages before a position, see tickets/models/message_search.py:
# `tickets`: of a few tickets; `walk`: among the newest `reach` messages, with a mark where the walk ended;
# `index`: among all, with nothing but a mark when they are more than `reach`.
MATCHING = """
CREATE FUNCTION messages_matching(
    way text, said text, is_unfinished boolean, phrases text[], in_tickets bigint[], notes_only boolean,
    since timestamptz, before_at timestamptz, before_id bigint, most integer, reach integer
) RETURNS TABLE (found_id bigint, found_at timestamptz, is_mark boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off
AS $$
DECLARE
    company bigint := nullif(current_setting('helpdesk.company', true), '')::bigint;
    wanted text[] := search_words(said);
    phrase text;
    word text;
    query tsquery;
    words tsquery;
    rows integer;
BEGIN
    IF company IS NULL THEN RETURN; END IF;
    FOR n IN 1 .. least(cardinality(wanted), 16) LOOP
        query := coalesce(query && search_lexeme(company, wanted[n], is_unfinished AND n = cardinality(wanted)),
            search_lexeme(company, wanted[n], is_unfinished AND n = cardinality(wanted)));
    END LOOP;
    words := query;
    FOREACH phrase IN ARRAY phrases LOOP
        query := coalesce(query && search_phrase(company, phrase), search_phrase(company, phrase), query);
        FOREACH word IN ARRAY (search_words(phrase))[:16] LOOP
            words := coalesce(words && search_lexeme(company, word, false), search_lexeme(company, word, false));
        END LOOP;
    END LOOP;
    IF query IS NULL THEN RETURN; END IF;

    IF way = 'tickets' THEN
        RETURN QUERY EXECUTE '
            SELECT message_id, at, false FROM public.tickets_messagetext
            WHERE company_id = $1 AND words @@ $2 AND (NOT $3 OR is_note) AND ticket_id = ANY ($4)
                AND message_id IN (SELECT id FROM public.tickets_message WHERE ticket_id = ANY ($4))
                AND ($5 IS NULL OR at >= $5) AND ($6 IS NULL OR (at, message_id) < ($6, $7))
            ORDER BY at DESC, message_id DESC LIMIT $8'
            USING company, query, notes_only, in_tickets, since, before_at, before_id, most;
    ELSIF way = 'index' THEN
        RETURN QUERY EXECUTE '
            WITH hits AS MATERIALIZED (
                SELECT message_id, at, ticket_id, is_note, words FROM public.tickets_messagetext
                WHERE words @@ $10 LIMIT $9 + 1
            ), size AS (SELECT count(*) > $9 AS is_many FROM hits)
            SELECT 0::bigint, now(), true FROM size WHERE is_many
            UNION ALL (
                SELECT message_id, at, false FROM hits, size
                WHERE NOT is_many AND words @@ $2 AND (NOT $3 OR is_note) AND ($4 IS NULL OR ticket_id = ANY ($4))
                    AND ($5 IS NULL OR at >= $5) AND ($6 IS NULL OR (at, message_id) < ($6, $7))
                ORDER BY at DESC, message_id DESC LIMIT $8
            )'
            USING company, query, notes_only, in_tickets, since, before_at, before_id, most, reach, words;
    ELSE
        RETURN QUERY EXECUTE '
            SELECT message_id, at, false FROM (
                SELECT message_id, at, ticket_id, is_note, words FROM public.tickets_messagetext
                WHERE company_id = $1
                    AND ($5 IS NULL OR at >= $5) AND ($6 IS NULL OR (at, message_id) < ($6, $7))
                ORDER BY at DESC, message_id DESC LIMIT $9
            ) newest
            WHERE words @@ $2 AND (NOT $3 OR is_note) AND ($4 IS NULL OR ticket_id = ANY ($4))
            LIMIT $8'
            USING company, query, notes_only, in_tickets, since, before_at, before_id, most, reach;
        GET DIAGNOSTICS rows = ROW_COUNT;
        IF rows < most THEN
            RETURN QUERY EXECUTE '
                SELECT message_id, at, true FROM public.tickets_messagetext
                WHERE company_id = $1
                    AND ($2 IS NULL OR at >= $2) AND ($3 IS NULL OR (at, message_id) < ($3, $4))
                ORDER BY at DESC, message_id DESC OFFSET $5 - 1 LIMIT 1'
                USING company, since, before_at, before_id, reach;
        END IF;
    END IF;
END
$$;
REVOKE EXECUTE ON FUNCTION messages_matching FROM PUBLIC;
"""
LEXEMES = """
CREATE FUNCTION search_lexeme(company bigint, word text, is_start boolean) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT ('''' || to_hex(company) || ':' || left(word, 60) || ''''
        || CASE WHEN is_start THEN ':*' ELSE '' END)::tsquery
$$;
CREATE FUNCTION search_phrase(company bigint, said text) RETURNS tsquery
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
    SELECT string_agg('''' || to_hex(company) || ':' || left(word, 60) || '''', ' <-> ' ORDER BY place)::tsquery
    FROM unnest(public.search_words(said)) WITH ORDINALITY AS spoken (word, place)
    WHERE place <= 16
$$;
"""
GONE = """
DROP TRIGGER message_said ON tickets_message;
DROP TRIGGER message_changed ON tickets_message;
DROP FUNCTION messages_matching, transcribe_message, index_changed_message, index_new_messages, search_phrase,
    search_lexeme;
"""


class Migration(migrations.Migration):
    replaces = [("tickets", "0002_contact_search"), ("tickets", "0011_message_text")]
    dependencies = [("tickets", "0001_tables")]
    operations = [
        migrations.RunSQL(CONTACTS, reverse_sql="DROP FUNCTION contacts_matching(text[], integer)"),
        migrations.RunSQL(WORDS, reverse_sql="DROP FUNCTION search_vector, search_words"),
        migrations.RunSQL(TRIGGERS + LEXEMES + MATCHING, reverse_sql=GONE),
    ]
