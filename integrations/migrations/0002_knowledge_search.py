"""The words of what a company knows, kept by triggers, and two search functions that run as the tables' owner.

See integrations/models/passage.py and integrations/models/knowledge_search.py.
"""

from django.db import migrations

# A function can carry a setting of an extension only in a session that has used the extension.
AWAKE = """
DO $$ BEGIN PERFORM public.similarity('a', 'a'), '[1]'::public.halfvec; END $$;
"""
# A stem is kept without accents, as it is and as people write it who leave accents out. Each is marked with its
# company in the index: it answers one company as if no other were in it. The sector is a word as well.
STEMS = """
CREATE FUNCTION knowledge_stem(dictionary regdictionary, word text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1
AS $$
    SELECT DISTINCT left(regexp_replace(public.unaccent(stem), '[^[:alnum:]]+', '', 'g'), 60)
    FROM unnest(ARRAY[word, public.unaccent(word)]) AS form, unnest(ts_lexize(dictionary, form)) AS stem
    WHERE ts_lexize(dictionary, word) <> '{}'
$$;

CREATE FUNCTION knowledge_lexemes(language text, said text) RETURNS TABLE (place bigint, lexeme text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 200
AS $$
    SELECT spoken.place, stem
    FROM unnest(regexp_split_to_array(lower(left(said, 20000)), '[^[:alnum:]]+'))
        WITH ORDINALITY AS spoken (word, place),
        public.knowledge_stem((CASE language WHEN 'en' THEN 'english_stem' WHEN 'es' THEN 'spanish_stem'
            ELSE 'portuguese_stem' END)::regdictionary, word) AS stem
    WHERE word <> '' AND stem <> ''
$$;

CREATE FUNCTION knowledge_vector(company bigint, language text, heading text, said text) RETURNS tsvector
LANGUAGE sql STABLE PARALLEL SAFE
AS $$
    SELECT coalesce(string_agg(
        '''' || to_hex(company) || ':' || lexeme || ''':' || least(place, 16000) || weight, ' '), '')::tsvector
    FROM (
        SELECT place, lexeme, 'A' AS weight FROM public.knowledge_lexemes(language, heading)
        UNION ALL SELECT place, lexeme, 'D' FROM public.knowledge_lexemes(language, said)
    ) AS said
$$;

CREATE FUNCTION knowledge_sector(company bigint, sector text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT quote_literal(to_hex(company) || ':#' || md5(sector)) $$;
"""
TRIGGERS = """
CREATE FUNCTION index_knowledge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    NEW.words := public.knowledge_vector(NEW.company_id, NEW.language, NEW.heading, NEW.text)
        || public.knowledge_sector(NEW.company_id, NEW.sector)::tsvector;
    RETURN NEW;
END
$$;
CREATE TRIGGER knowledge_indexed BEFORE INSERT OR UPDATE OF sector ON integrations_knowledgechunk
FOR EACH ROW EXECUTE FUNCTION index_knowledge();

-- The vocabulary is locked in one order, so that two documents that come at once do not wait for each other.
CREATE FUNCTION count_knowledge() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    WITH changed AS MATERIALIZED (
        SELECT company_id, word, is_spoken, count(*)::integer AS chunks FROM (
            SELECT company_id, substr(lexeme, strpos(lexeme, ':') + 1) AS word, false AS is_spoken
            FROM touched, unnest(words) WHERE strpos(lexeme, ':#') = 0
            UNION ALL
            SELECT DISTINCT ON (touched.id, word) company_id, word, true
            FROM touched, unnest(public.search_words(heading || ' ' || text)) AS word
            WHERE length(word) BETWEEN 4 AND 30 AND word !~ '[0-9]'
            UNION ALL SELECT company_id, '', false FROM touched
        ) AS said GROUP BY 1, 2, 3
    ), held AS MATERIALIZED (
        SELECT known.id, changed.chunks FROM public.integrations_knowledgeword AS known
        JOIN changed USING (company_id, is_spoken, word)
        WHERE TG_OP = 'DELETE' ORDER BY company_id, is_spoken, word FOR UPDATE OF known
    ), lessened AS (
        UPDATE public.integrations_knowledgeword AS known SET chunks = known.chunks - held.chunks
        FROM held WHERE known.id = held.id
    )
    INSERT INTO public.integrations_knowledgeword AS known
        (company_id, word, is_spoken, chunks, created_at, updated_at, version)
    SELECT company_id, word, is_spoken, chunks, now(), now(), 1 FROM changed
    WHERE TG_OP = 'INSERT' ORDER BY company_id, is_spoken, word
    ON CONFLICT (company_id, is_spoken, word) DO UPDATE SET chunks = known.chunks + EXCLUDED.chunks;
    RETURN NULL;
END
$$;
CREATE TRIGGER knowledge_came AFTER INSERT ON integrations_knowledgechunk
REFERENCING NEW TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION count_knowledge();
CREATE TRIGGER knowledge_went AFTER DELETE ON integrations_knowledgechunk
REFERENCING OLD TABLE AS touched FOR EACH STATEMENT EXECUTE FUNCTION count_knowledge();
"""
# What was asked, word by word: how much each says (the rarer, the more) and which stems it may mean. A word that
# stands nowhere is taken for a mistyped one: two letters changed places (which trigrams miss), or some are wrong.
# What nothing is like counts half: greetings and names should not make a good passage look bad.
# Words that say nothing in one of the languages are left out.
TERMS = """
CREATE FUNCTION knowledge_terms(company bigint, said text)
RETURNS TABLE (stems text[], says real, found integer)
LANGUAGE sql STABLE ROWS 8
SET search_path = pg_catalog, public, pg_temp
SET pg_trgm.similarity_threshold = 0.35
AS $$
    WITH spoken AS (
        SELECT word FROM unnest(regexp_split_to_array(lower(left(said, 2000)), '[^[:alnum:]]+'))
            WITH ORDINALITY AS spoken (word, place)
        WHERE word <> '' AND ts_lexize('portuguese_stem', word) <> '{}'
            AND ts_lexize('english_stem', word) <> '{}' AND ts_lexize('spanish_stem', word) <> '{}'
        GROUP BY word ORDER BY min(place) LIMIT 24
    ), stemmed AS (
        SELECT DISTINCT word, stem FROM spoken,
            unnest(ARRAY['portuguese_stem', 'english_stem', 'spanish_stem']::regdictionary[]) AS dictionary,
            knowledge_stem(dictionary, word) AS stem
    ), exact AS (
        SELECT stemmed.word, known.word AS stem, known.chunks, 1::real AS alike FROM stemmed
        JOIN integrations_knowledgeword AS known ON known.word = stem
        WHERE known.company_id = company AND NOT known.is_spoken AND known.chunks > 0
    ), lost AS (
        SELECT word, unaccent(word) AS typed FROM spoken
        WHERE length(word) >= 4 AND word NOT IN (SELECT word FROM exact)
    ), meant AS (
        SELECT lost.word, exchanged.word AS known, 0.8::real AS alike FROM lost, LATERAL (
            SELECT known.word FROM integrations_knowledgeword AS known
            WHERE known.company_id = company AND known.is_spoken AND known.chunks > 0 AND known.word = ANY (ARRAY(
                SELECT left(typed, place - 1) || substr(typed, place + 1, 1) || substr(typed, place, 1)
                    || substr(typed, place + 2)
                FROM generate_series(1, length(typed) - 1) AS place
            ))
            LIMIT 3
        ) AS exchanged
        UNION ALL
        SELECT lost.word, near.word, near.alike FROM lost, LATERAL (
            SELECT known.word, similarity(known.word, typed) AS alike
            FROM integrations_knowledgeword AS known
            WHERE known.company_id = company AND known.is_spoken AND known.chunks > 0
                AND known.word % typed
            ORDER BY 2 DESC, known.chunks DESC LIMIT 3
        ) AS near
    ), guessed AS (
        SELECT meant.word, known.word AS stem, known.chunks, max(alike) AS alike FROM meant,
            unnest(ARRAY['portuguese_stem', 'english_stem', 'spanish_stem']::regdictionary[]) AS dictionary,
            knowledge_stem(dictionary, meant.known) AS stem
        JOIN integrations_knowledgeword AS known ON known.word = stem
        WHERE known.company_id = company AND NOT known.is_spoken AND known.chunks > 0
        GROUP BY meant.word, known.word, known.chunks
    ), size AS (
        SELECT coalesce(max(chunks), 0) AS chunks FROM integrations_knowledgeword
        WHERE company_id = company AND NOT is_spoken AND word = ''
    )
    SELECT array_agg(DISTINCT stem) FILTER (WHERE stem IS NOT NULL),
        (ln(1 + (size.chunks - least(coalesce(max(hit.chunks), 1), size.chunks) + 0.5)
            / (coalesce(max(hit.chunks), 1) + 0.5)) * coalesce(max(alike), 0.5))::real,
        coalesce(sum(hit.chunks), 0)::integer
    FROM spoken LEFT JOIN (SELECT * FROM exact UNION ALL SELECT * FROM guessed) AS hit USING (word), size
    GROUP BY word, size.chunks
$$;
"""
# At most a few times `reach` passages are weighed, however frequent the words: those with the rarest of them, and
# those with several at once. `covers` is the share of what was asked that a passage speaks of.
BY_WORDS = """
CREATE FUNCTION knowledge_by_words(
    said text, in_sectors text[], answers_only boolean, most integer, reach integer
) RETURNS TABLE (chunk_id bigint, covers real)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off
AS $$
DECLARE
    company bigint := nullif(current_setting('helpdesk.company', true), '')::bigint;
    term record;
    query text; headed text;
    rare text; pair text; every text;
    asked real := 0; found integer := 0; terms integer := 0; is_frequent boolean := false;
    spoken text := '0'; titled text := '0';
    meant constant text := 'company_id = $1 AND NOT is_pending AND (cardinality($2) = 0 OR sector = ANY ($2))'
        ' AND (NOT $3 OR answer_id IS NOT NULL)';
    narrowed text := '';
    candidates text;
BEGIN
    IF company IS NULL THEN RETURN; END IF;
    FOR term IN SELECT * FROM knowledge_terms(company, said) AS terms ORDER BY terms.found LOOP
        asked := asked + term.says;
        CONTINUE WHEN term.stems IS NULL;
        SELECT string_agg(quote_literal(to_hex(company) || ':' || stem), ' | '),
            string_agg(quote_literal(to_hex(company) || ':' || stem) || ':A', ' | ')
        INTO query, headed FROM unnest(term.stems) AS stem;
        spoken := spoken || format(' + CASE WHEN words @@ %L::tsquery THEN %s ELSE 0 END', query, term.says);
        titled := titled || format(' + CASE WHEN words @@ %L::tsquery THEN %s ELSE 0 END', headed, term.says);
        terms := terms + 1;
        found := found + term.found;
        IF terms = 1 OR found <= reach THEN rare := concat_ws(' | ', rare, query); END IF;
        IF terms = 1 THEN is_frequent := found > reach; END IF;
        IF terms <= 2 THEN pair := concat_ws(' & ', pair, '(' || query || ')'); END IF;
        every := concat_ws(' & ', every, '(' || query || ')');
    END LOOP;
    IF terms = 0 THEN RETURN; END IF;
    IF cardinality(in_sectors) > 0 THEN
        SELECT ' & (' || string_agg(knowledge_sector(company, sector), ' | ') || ')'
        INTO narrowed FROM unnest(in_sectors) AS sector;
    END IF;
    candidates := format('(SELECT id FROM public.integrations_knowledgechunk WHERE words @@ %L AND ' || meant
        || ' LIMIT %s)', '(' || rare || ')' || narrowed, CASE WHEN is_frequent AND terms > 1 THEN reach / 4 ELSE reach END);
    -- Where all words are frequent, several at once say more; else whatever has several has the rarest.
    IF is_frequent AND terms > 1 THEN
        candidates := candidates || format(' UNION (SELECT id FROM public.integrations_knowledgechunk WHERE '
            'words @@ %L AND ' || meant || ' LIMIT $5) UNION (SELECT id FROM public.integrations_knowledgechunk '
            'WHERE words @@ %L AND ' || meant || ' LIMIT $5)', pair || narrowed, every || narrowed);
    END IF;
    RETURN QUERY EXECUTE format('
        WITH candidates AS MATERIALIZED (%s)
        SELECT id, least(1, spoken / $6)::real FROM (
            SELECT id, %s AS spoken, %s AS titled, greatest("end" - start, 40) AS length
            FROM public.integrations_knowledgechunk WHERE id IN (SELECT id FROM candidates)
        ) AS weighed
        ORDER BY (spoken + 0.3 * titled) / (1 + 0.9 * length / 600.0) DESC, id LIMIT $4', candidates, spoken, titled)
    USING company, in_sectors, answers_only, most, reach, asked;
END
$$;
REVOKE EXECUTE ON FUNCTION knowledge_by_words FROM PUBLIC;
"""
# `is_exact`: compared one by one. Otherwise the graph is walked until enough of the company's own were met.
BY_MEANING = """
CREATE FUNCTION knowledge_by_meaning(
    meaning halfvec, dimensions integer, model text, in_sectors text[], answers_only boolean, most integer,
    is_exact boolean
) RETURNS TABLE (chunk_id bigint, likeness real)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET max_parallel_workers_per_gather = 0 SET jit = off
SET hnsw.iterative_scan = relaxed_order SET hnsw.ef_search = 80 SET hnsw.max_scan_tuples = 20000
AS $$
DECLARE
    company bigint := nullif(current_setting('helpdesk.company', true), '')::bigint;
    distance text := format('(embedding::public.halfvec(%s) OPERATOR(public.<=>) $1::public.halfvec(%s))',
        dimensions, dimensions);
BEGIN
    IF company IS NULL THEN RETURN; END IF;
    RETURN QUERY EXECUTE format('
        WITH near AS MATERIALIZED (
            SELECT id, %s AS far FROM public.integrations_knowledgechunk
            WHERE company_id = $2 AND size = %s AND embedded_with = $3 AND NOT is_pending
                AND (cardinality($4) = 0 OR sector = ANY ($4)) AND (NOT $5 OR answer_id IS NOT NULL)
            ORDER BY %s LIMIT $6
        )
        SELECT id, (1 - far)::real FROM near ORDER BY far, id', distance, dimensions,
        CASE WHEN is_exact THEN distance || ' + 0' ELSE distance END)
    USING meaning, company, model, in_sectors, answers_only, most;
END
$$;
REVOKE EXECUTE ON FUNCTION knowledge_by_meaning FROM PUBLIC;
"""
GONE = """
DROP FUNCTION knowledge_by_meaning, knowledge_by_words, knowledge_terms;
DROP TRIGGER knowledge_indexed ON integrations_knowledgechunk;
DROP TRIGGER knowledge_came ON integrations_knowledgechunk;
DROP TRIGGER knowledge_went ON integrations_knowledgechunk;
DROP FUNCTION count_knowledge, index_knowledge, knowledge_sector, knowledge_vector, knowledge_lexemes, knowledge_stem;
"""


class Migration(migrations.Migration):
    replaces = [("integrations", "0005_knowledge_search")]
    dependencies = [("integrations", "0001_tables")]
    operations = [
        migrations.RunSQL(AWAKE + STEMS + TRIGGERS + TERMS + BY_WORDS + BY_MEANING, reverse_sql=GONE),
    ]
