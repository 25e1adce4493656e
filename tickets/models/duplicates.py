"""Contacts that may be one person: found by PostgreSQL, judged by people, never merged by themselves.

A mobile number in two spellings (Brazil's ninth digit, Mexico, Argentina: as `tickets.numbers.variants`; a test
compares), one e-mail address, one user name, one full name where one of the two has no number, or an event that named
both.
An address or a name that many share says nothing about a person and is left out.
"""

from dataclasses import dataclass

from django.db import connection

from tenants.scoping import current_company_id

SHARED_BY = 5  # an e-mail address or a name of more contacts than these is nobody's own

Pair = tuple[int, int]

_PAIRS = """
WITH phone AS (
    SELECT contact_id, value FROM tickets_contactaddress
    WHERE company_id = %(company)s AND kind = 'phone' AND ended_at IS NULL
), other AS (
    SELECT contact_id, left(value, 4) || '9' || substr(value, 5) AS value FROM phone
        WHERE value ~ '^55[0-9]{2}[6-9][0-9]{7}$'
    UNION ALL SELECT contact_id, '521' || substr(value, 3) FROM phone WHERE value ~ '^52[02-9][0-9]{9}$'
    UNION ALL SELECT contact_id, '549' || substr(value, 3) FROM phone WHERE value ~ '^54[0-8][0-9]{9}$'
), contact AS (
    SELECT id, number, lower(email) AS email, lower(username) AS username, search, name
    FROM tickets_contact WHERE company_id = %(company)s AND deleted_at IS NULL AND NOT is_group
), word AS (
    SELECT id, 'email' AS reason, email AS word FROM contact WHERE email <> ''
    UNION ALL SELECT id, 'username', username FROM contact WHERE username <> ''
), full_name AS (
    SELECT id, number = '' AS is_bare, lower(name) AS word FROM contact WHERE name ~ '\\S\\s+\\S'
), shared AS (
    SELECT reason, word FROM word GROUP BY reason, word HAVING count(*) BETWEEN 2 AND %(many)s
), shared_name AS (
    SELECT word FROM full_name GROUP BY word HAVING count(*) BETWEEN 2 AND %(many)s AND bool_or(is_bare)
), found AS (
    SELECT 'number' AS reason, a.contact_id AS one, b.contact_id AS two
        FROM other a JOIN phone b ON b.value = a.value AND b.contact_id <> a.contact_id
    UNION ALL SELECT a.reason, a.id, b.id FROM shared s
        JOIN word a USING (reason, word) JOIN word b ON b.reason = a.reason AND b.word = a.word AND b.id > a.id
    UNION ALL SELECT 'name', a.id, b.id FROM shared_name s
        JOIN full_name a USING (word) JOIN full_name b ON b.word = a.word AND b.id > a.id AND (a.is_bare OR b.is_bare)
    UNION ALL SELECT 'address', c.first_id, c.second_id FROM tickets_addressconflict c
        JOIN contact a ON a.id = c.first_id JOIN contact b ON b.id = c.second_id WHERE c.company_id = %(company)s
), pair AS (
    SELECT least(one, two) AS first, greatest(one, two) AS second, array_agg(DISTINCT reason) AS reasons
    FROM found GROUP BY 1, 2
)
SELECT first, second, reasons FROM pair p
WHERE NOT EXISTS (SELECT FROM tickets_notduplicates n WHERE n.first_id = p.first AND n.second_id = p.second)
    AND (%(after_second)s::bigint IS NULL OR (second, first) < (%(after_second)s::bigint, %(after_first)s::bigint))
ORDER BY second DESC, first DESC LIMIT %(size)s
"""


@dataclass(frozen=True, slots=True)
class Suspicion:
    """`first` has the smaller id. `reasons`: address, number, email, username, name."""

    first: int
    second: int
    reasons: list[str]


def suspicions(*, after: Pair | None, size: int) -> list[Suspicion]:
    """Pairs that nobody has looked at, those with the newest contact first, behind the position (second, first)."""
    second, first = after or (None, None)
    values = {
        "company": current_company_id(),
        "many": SHARED_BY,
        "after_second": second,
        "after_first": first,
        "size": size,
    }
    with connection.cursor() as cursor:
        cursor.execute(_PAIRS, values)
        return [Suspicion(*row) for row in cursor.fetchall()]
