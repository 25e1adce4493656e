"""Recordings: whoever sees everyone's follows them, and so does who uploaded one."""

from tests.gates.rows.integrations import recording
from tests.gates.stories import SUPERVISORS, story


@story("recording.updated", hears=SUPERVISORS | {"bruno"})
def _(on):
    row = recording(on.world)
    with on.world.scope():
        type(row).objects.filter(pk=row.pk).update(uploaded_by=on.bruno)
    return lambda: on.ana.patch(f"/api/transcriptions/{row.pk}/", {"name": "Reunião"})
