"""What a company teaches its assistants, and everybody in it may look up."""

from tests.gates.stories import EVERYONE, story

NOUNS = {  # event's name, address: what makes one, what changes it
    ("knowledge_document", "knowledge/documents"): ({"text": "Em sete dias."}, {"sector": "vendas"}),
    ("knowledge_answer", "knowledge/answers"): (
        {"question": "Troca?", "answer": "Sim."},
        {"sector": "vendas"},
    ),
}


def declare(event, address, fields, change):
    @story(f"{event}.created", hears=EVERYONE)
    def _(on):
        return lambda: on.spare(address, **fields)

    @story(f"{event}.updated", hears=EVERYONE)
    def _(on):
        row = on.spare(address, **fields)
        return lambda: on.ana.patch(f"/api/{address}/{row}/", change)

    @story(f"{event}.deleted", hears=EVERYONE)
    def _(on):
        row = on.spare(address, **fields)
        return lambda: on.removed(address, row)


for (event, address), (fields, change) in NOUNS.items():
    declare(event, address, fields, change)


@story("knowledge_index.changed", hears=EVERYONE)
def _(on):
    from integrations.actions import embedding
    from integrations.models import AiProvider

    with on.world.scope():
        AiProvider.objects.create(name="Away", base_url="http://127.0.0.1:9/v1", embedding_model="any")
    return lambda: embedding.embed(on.company.pk)
