"""Exams of assistants: whoever sees all tickets follows them."""

from tests.gates.rows.integrations import exam
from tests.gates.stories import SUPERVISORS, story


@story("exam.updated", hears=SUPERVISORS)
def _(on):
    row = exam(on.world)
    return lambda: on.ana.post(f"/api/ai/exams/{row.pk}/cancel/")
