"""The large data set: one company with 100,000 contacts, 200,000 tickets and 2,000,000 messages, beside 100 small ones.

Written by the database itself, as the owner of the tables, in a database of its own.
"""

import json
import uuid

import psycopg
from psycopg import sql

SMALL = 100

COMPANIES = """
INSERT INTO tenants_company (name, timezone, language, status, settings, limits, next_ticket_number, created_at,
  updated_at, version)
SELECT 'Bench ' || n, 'America/Sao_Paulo', 'pt-BR', 'active', '{}', '{}', 1000000, now(), now(), 1
FROM generate_series(1, %(companies)s) n
"""
PEOPLE = """
WITH people AS (
  INSERT INTO tenants_user (password, email, name, language, theme, notify_sound, notify_browser, is_operator,
    is_active, created_at, updated_at)
  SELECT %(password)s, 'agent' || n || '.c' || c.id || '@bench.example', 'Agente ' || n, 'pt-BR', 'auto', true,
    true, false, true, now(), now()
  FROM tenants_company c, generate_series(1, 20) n RETURNING id, email
)
INSERT INTO tenants_membership (company_id, user_id, role, is_active, presence, created_at, updated_at, version)
SELECT split_part(split_part(email, '.c', 2), '@', 1)::bigint, id,
  CASE WHEN email LIKE 'agent1.%%' THEN 'admin' ELSE 'agent' END, true, 'offline', now(), now(), 1 FROM people
"""
QUEUES = """
INSERT INTO tickets_queue (company_id, name, color, greeting, position, created_at, updated_at, version)
SELECT c.id, 'Fila ' || n, '#0f766e', '', n, now(), now(), 1 FROM tenants_company c, generate_series(1, 5) n
"""
MEMBERS = """
INSERT INTO tickets_queuemember (company_id, queue_id, membership_id, created_at, updated_at, version)
SELECT q.company_id, q.id, m.id, now(), now(), 1
FROM tickets_queue q JOIN tenants_membership m ON m.company_id = q.company_id
WHERE (q.id + m.id) %% 2 = 0
"""
CONTACTS = """
INSERT INTO tickets_contact (company_id, name, number, username, email, notes, is_blocked, bot_off, search,
  created_at, updated_at, version)
SELECT %(company)s, name, number, '', '', '', false, false, ' ' || lower(unaccent(name)) || ' ' || number, now(),
  now(), 1
FROM (
  SELECT (ARRAY['Maria','Ana','João','José','Antônio','Francisca','Carlos','Paulo','Adriana','Juliana','Lucas',
    'Fernanda','Patrícia','Marcos','Luís','Camila','Bruno','Letícia','Rafael','Amanda'])[1 + (n * 7) %% 20]
    || ' ' || (ARRAY['Silva','Santos','Oliveira','Souza','Lima','Pereira','Ferreira','Costa','Rodrigues','Almeida',
    'Nascimento','Carvalho','Araújo','Ribeiro','Gomes'])[1 + (n / 20) %% 15] || ' ' || to_hex(n * 2654435761 %% 65536)
    AS name, '55' || (11 + n %% 88) || '9' || lpad((n * 7919 %% 100000000)::text, 8, '0') || '' AS number
  FROM generate_series(1::bigint, %(contacts)s) n
) made ON CONFLICT DO NOTHING
"""
ADDRESSES = """
INSERT INTO tickets_contactaddress (company_id, contact_id, kind, value, scope, created_at, updated_at, version)
SELECT company_id, id, 'phone', number, '', now(), now(), 1 FROM tickets_contact WHERE company_id = %(company)s
"""
CONNECTION = """
INSERT INTO tickets_connection (company_id, name, kind, status, status_reason, external_id, number, verified_name,
  quality, is_default, reopen_minutes, credentials, created_at, updated_at, version)
SELECT id, 'Principal', 'cloud_api', 'connected', '', 'bench' || id, '5511400' || id, '', '', true, 120,
  %(credentials)s, now(), now(), 1 FROM tenants_company
"""
TICKETS = """
INSERT INTO tickets_ticket (company_id, uuid, number, status, contact_id, connection_id, queue_id, agent_id,
  unread_count, last_message_at, last_customer_at, opened_at, closed_at, created_at, updated_at, version)
SELECT %(company)s, gen_random_uuid(), n,
  CASE WHEN n <= %(open)s THEN 'open' WHEN n <= %(open)s + %(pending)s THEN 'pending' ELSE 'closed' END,
  contacts.ids[1 + (n - 1) %% array_length(contacts.ids, 1)], line.id, queues.ids[1 + n %% 5],
  CASE WHEN n <= %(open)s OR n > %(open)s + %(pending)s THEN agents.ids[1 + n %% 20] END, n %% 4,
  now() - n * interval '40 seconds', now() - n * interval '40 seconds', now() - interval '1 day',
  CASE WHEN n > %(open)s + %(pending)s THEN now() END, now(), now(), 1
FROM generate_series(1, %(tickets)s) n,
  (SELECT array_agg(id ORDER BY id) ids FROM tickets_contact WHERE company_id = %(company)s) contacts,
  (SELECT array_agg(id ORDER BY id) ids FROM tickets_queue WHERE company_id = %(company)s) queues,
  (SELECT array_agg(user_id ORDER BY user_id) ids FROM tenants_membership WHERE company_id = %(company)s) agents,
  (SELECT id FROM tickets_connection WHERE company_id = %(company)s) line
"""
# Open and waiting tickets have about 107 messages, 20 of them 1,000; closed ones share the rest.
MESSAGES = """
INSERT INTO tickets_message (company_id, ticket_id, connection_id, direction, kind, body, content, author_id, state,
  provider_id, reply_to_provider_id, reactions, at, is_forwarded, arrived_late, tries, created_at, updated_at, version)
SELECT t.company_id, t.id, t.connection_id, CASE WHEN n %% 2 = 0 THEN 'in' ELSE 'out' END, 'text',
  (ARRAY['Bom dia, gostaria de saber sobre o meu pedido','Claro, um momento por favor','Obrigada!','Segue o boleto',
   'Qual o prazo de entrega para o CEP informado?','Seu pedido já saiu para entrega'])[1 + n %% 6] || ' ' || n, '{}',
  CASE WHEN n %% 2 = 1 THEN t.agent_id END, CASE WHEN n %% 2 = 0 THEN 'received' ELSE 'delivered' END,
  'bench.' || t.id || '.' || n, '', '[]', t.last_message_at - (m.count - n) * interval '1 minute', false, false, 0,
  now(), now(), 1
FROM tickets_ticket t
CROSS JOIN LATERAL (SELECT CASE WHEN t.number <= 20 THEN 1000
  WHEN t.status <> 'closed' THEN 107 ELSE (t.number %% %(closed_spread)s) END AS count) m
CROSS JOIN LATERAL generate_series(1, m.count) n
WHERE t.company_id = %(company)s
"""
LAST = """
UPDATE tickets_ticket t SET last_message_id = m.id
FROM (SELECT ticket_id, max(id) id FROM tickets_message GROUP BY 1) m WHERE m.ticket_id = t.id
"""


def fill(url: str, *, password: str, credentials: str, contacts: int, tickets: int, messages: int) -> int:
    """Write the data set as the owner and return the big company's id."""
    with psycopg.connect(url, autocommit=True) as connection:
        _give_defaults(connection)
        connection.execute(COMPANIES, {"companies": SMALL + 1})
        connection.execute(PEOPLE, {"password": password})
        connection.execute(QUEUES)
        connection.execute(MEMBERS, {})
        connection.execute(CONNECTION, {"credentials": credentials})
        row = connection.execute("SELECT array_agg(id ORDER BY id) FROM tenants_company").fetchone()
        assert row
        big, *small = row[0]
        open_, pending = tickets // 40, tickets // 100
        closed = max(1, tickets - open_ - pending)
        spread = max(2, 2 * (messages - (open_ + pending) * 107) // closed + 1)
        sizes = {"open": open_, "pending": pending, "closed_spread": spread}
        _fill_company(connection, big, contacts=contacts, tickets=tickets, **sizes)
        for company in small:
            few = {"open": 20, "pending": 10, "closed_spread": 6}
            _fill_company(connection, company, contacts=300, tickets=200, **few)
        connection.execute("ANALYZE")  # or the planner would join the millions as if there were none
        connection.execute(LAST)
        connection.execute("VACUUM (ANALYZE)")
        return int(big)


def _give_defaults(connection: psycopg.Connection) -> None:
    """Columns that the statements here do not name are filled as Django would, whatever columns come later."""
    from django.apps import apps
    from django.contrib.postgres.fields import ArrayField

    models = [model for app in ("tenants", "tickets") for model in apps.get_app_config(app).get_models()]
    for model in models:
        for field in model._meta.concrete_fields:
            value = "" if field.empty_strings_allowed and not field.has_default() else field.get_default()
            is_written = field.null or field.primary_key or field.generated or isinstance(value, uuid.UUID)
            if is_written or value is None:
                continue
            known = json.dumps(value) if isinstance(value, dict | list) else value
            if isinstance(field, ArrayField):
                known = "{}"
            table, column = sql.Identifier(model._meta.db_table), sql.Identifier(str(field.column))
            line = sql.SQL("ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}")
            connection.execute(line.format(table, column, sql.Literal(known)))


def _fill_company(connection: psycopg.Connection, company: int, **sizes: int) -> None:
    for statement in (CONTACTS, ADDRESSES, TICKETS, MESSAGES):
        connection.execute(statement, {"company": company, **sizes})
