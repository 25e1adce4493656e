"""Quick replies: one's own and the company's, with variables and files, found whatever the accents."""

import io

import pytest
from django.utils.timezone import now
from PIL import Image

from tickets.models import Attachment, KeptFile


@pytest.fixture
def boss(as_, sofia):
    return as_(sofia)


def png():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, "PNG")
    out.seek(0)
    out.name = "price list.png"
    return out


def upload(client):
    answer = client.post("/api/uploads/", {"file": png()}, format="multipart")
    assert answer.status_code == 201, answer.content
    return answer.json()["id"]


def write(client, shortcut="oi", status=201, **given):
    given = {"shortcut": shortcut, "title": "Olá", "body": "Olá!", **given}
    answer = client.post("/api/quick-replies/", given)
    assert answer.status_code == status, answer.content
    return answer.json()


def found(client, query=""):
    return [row["shortcut"] for row in client.get(f"/api/quick-replies/{query}").json()["results"]]


def test_an_agent_writes_one_for_themselves_and_nobody_else_sees_it(api, as_, clara, boss):
    mine = write(api, "oi")
    assert mine["is_shared"] is False
    assert found(api) == ["oi"]
    for other in (as_(clara), boss):
        assert found(other) == []
        assert other.get(f"/api/quick-replies/{mine['id']}/").status_code == 404
        assert other.patch(f"/api/quick-replies/{mine['id']}/", {"title": "x"}).status_code == 404


def test_the_companys_are_written_by_supervisors_and_used_by_everyone(api, boss):
    write(api, "preco", is_shared=True, status=403)
    shared = write(boss, "preco", is_shared=True)
    assert found(api) == ["preco"]
    assert api.patch(f"/api/quick-replies/{shared['id']}/", {"title": "Mine"}).status_code == 403
    assert api.delete(f"/api/quick-replies/{shared['id']}/").status_code == 403


def test_a_shortcut_is_free_once_for_the_company_and_once_for_each_person(api, boss):
    write(boss, "oi", is_shared=True)
    assert write(boss, "OI", is_shared=True, status=409)["code"] == "quick_reply_shortcut_taken"
    write(api, "oi")
    assert write(api, "oi", status=409)["code"] == "quick_reply_shortcut_taken"


@pytest.mark.parametrize("shortcut", ["", "two words", "/oi", "x" * 31])
def test_a_shortcut_is_one_word(api, shortcut):
    write(api, shortcut, status=400)


def test_it_is_found_without_its_accents_in_any_part(api):
    write(api, "fim", title="Despedida", folder="Atenção", body="Até logo, José")
    write(api, "pix", title="Chave Pix")
    for words in ("ate jose", "atencao", "DESPEDIDA", "fim"):
        assert found(api, f"?search={words}") == ["fim"]
    assert found(api, "?folder=Aten%C3%A7%C3%A3o") == ["fim"]


def test_the_preview_says_what_this_customer_would_read(api, talk, acme):
    made = write(api, body="Oi {{firstName}}, aqui é {{userName}} da {{name_company}}.")
    answer = api.post(f"/api/quick-replies/{made['id']}/preview/", {"ticket": talk.pk})
    assert answer.json()["text"] == "Oi Maria, aqui é Bruno da Acme."
    assert api.get(f"/api/quick-replies/{made['id']}/").json()["used_count"] == 0


def test_a_ticket_that_one_does_not_see_has_no_preview(as_, clara, talk):
    client = as_(clara)
    made = write(client)
    assert client.post(f"/api/quick-replies/{made['id']}/preview/", {"ticket": talk.pk}).status_code == 404


def test_using_it_counts_and_gives_files_that_can_be_sent_again_and_again(
    api, talk, say, paper, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    files = [upload(api), upload(api)]
    made = write(api, body="Segue a lista, {{firstName}}", attachments=list(reversed(files)))
    assert [file["id"] for file in made["attachments"]] == list(reversed(files))
    for _ in range(2):
        used = api.post(f"/api/quick-replies/{made['id']}/use/", {"ticket": talk.pk}).json()
        ids = [file["id"] for file in used["attachments"]]
        assert not set(ids) & set(files)
        sent = say(used["text"], kind="media", attachments=ids)
        assert (sent["body"], len(sent["also"])) == ("Segue a lista, Maria", 1)
    row = api.get(f"/api/quick-replies/{made['id']}/").json()
    assert row["used_count"] == 2
    assert row["used_at"]


def test_its_files_outlive_unused_uploads_and_are_seen_by_who_may_use_them(
    api, boss, as_, clara, settings, tmp_path, acme_world
):
    import time_machine

    from tickets.actions import media

    settings.MEDIA_ROOT = tmp_path
    own = write(api, "a", attachments=[upload(api)])["attachments"][0]
    shared = write(boss, "b", attachments=[upload(boss)], is_shared=True)["attachments"][0]
    loose = upload(api)
    from datetime import timedelta

    with time_machine.travel(now() + timedelta(days=3)):
        media.sweep()
    with acme_world.scope():
        assert not Attachment.objects.filter(pk=loose).exists()
    assert as_(clara).get(shared["url"]).status_code == 200
    assert as_(clara).get(own["url"]).status_code == 404
    assert api.get(own["url"]).status_code == 200


def test_changing_the_files_forgets_those_that_were_taken_off(api, settings, tmp_path, acme_world):
    settings.MEDIA_ROOT = tmp_path
    first, second = upload(api), upload(api)
    made = write(api, attachments=[first])
    row = api.patch(f"/api/quick-replies/{made['id']}/", {"attachments": [second]}).json()
    assert [file["id"] for file in row["attachments"]] == [second]
    with acme_world.scope():
        assert list(KeptFile.objects.values_list("attachment", flat=True)) == [second]
        assert not Attachment.objects.filter(pk=first).exists()


def test_an_upload_of_somebody_else_cannot_be_kept(api, boss, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    assert write(api, attachments=[upload(boss)], status=400)["code"] == "attachment_unknown"


def test_a_deleted_one_comes_back_unless_its_shortcut_is_taken(api):
    made = write(api, "oi")
    assert api.delete(f"/api/quick-replies/{made['id']}/").status_code == 204
    assert found(api) == []
    assert found(api, "?deleted=true") == ["oi"]
    assert api.post(f"/api/quick-replies/{made['id']}/restore/").json()["is_deleted"] is False
    api.delete(f"/api/quick-replies/{made['id']}/")
    write(api, "oi")
    assert api.post(f"/api/quick-replies/{made['id']}/restore/").status_code == 409


def test_one_that_becomes_the_companys_loses_its_owner(boss, api):
    made = write(boss, "oi")
    assert found(api) == []
    row = boss.patch(f"/api/quick-replies/{made['id']}/", {"is_shared": True}).json()
    assert (row["is_shared"], row["owner"]) == (True, None)
    assert found(api) == ["oi"]


def test_empty_ones_are_refused(api):
    assert write(api, body=" ", status=400)["fields"]["body"]


YES_NO = {"buttons": [{"title": "Sim, {{name}}"}, {"title": "Não"}]}


def test_one_may_hold_something_to_tap(api, talk, acme_world):
    made = write(api, "confirma", body="Podemos confirmar?", kind="buttons", content=YES_NO)
    assert made["kind"] == "buttons"
    used = api.post(f"/api/quick-replies/{made['id']}/use/", {"ticket": talk.pk}).json()
    titles = [button["title"] for button in used["content"]["buttons"]]
    assert (used["kind"], used["text"], titles[1]) == ("buttons", "Podemos confirmar?", "Não")
    assert titles[0].startswith("Sim, ") and "{{" not in titles[0]


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"kind": "buttons", "content": {"buttons": [{"title": ""}]}}, "content.buttons.0.title"),
        ({"kind": "buttons", "content": {}}, "content.buttons"),
        ({"content": YES_NO}, "kind"),
        ({"kind": "buttons", "content": YES_NO, "attachments": [1]}, "attachments"),
        (
            {"kind": "buttons", "content": {**YES_NO, "header": {"kind": "image", "upload": 1}}},
            "content.header",
        ),
    ],
)
def test_what_could_never_be_tapped_is_refused_by_its_place(api, given, place):
    assert place in write(api, status=400, **given)["fields"]


def test_changing_the_words_keeps_what_can_be_tapped(api):
    made = write(api, kind="buttons", content=YES_NO)
    changed = api.patch(f"/api/quick-replies/{made['id']}/", {"body": "Confirma?"}).json()
    assert (changed["body"], changed["content"]) == ("Confirma?", made["content"])
