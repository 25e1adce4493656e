"""The search function that runs as the owner of the tables: see tickets/models/search.py."""

from django.db import migrations

CREATE = """
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


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_initial")]
    operations = [
        migrations.RunSQL(CREATE, reverse_sql="DROP FUNCTION contacts_matching(text[], integer)"),
    ]
