"""Exams before duty: the cases, the judge, the numbers, and what they decide."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.timezone import now

pytestmark = pytest.mark.django_db

DELIVERY = "Entregamos em até 3 dias úteis em todo o Brasil."


@pytest.fixture
def lia(acme_world, provider):
    """An assistant that does not search: what it says comes from its instructions."""
    from integrations.models import Assistant

    with acme_world.scope():
        return Assistant.objects.create(
            name="Lia", instructions=f"Você atende a Acme. {DELIVERY}", uses_knowledge=False
        )


@pytest.fixture
def admin(as_, ana):
    return as_(ana)


@pytest.fixture
def closed(acme_world, line, bruno):
    """`closed(*said)`: a closed conversation; texts that begin with > are what bruno answered."""
    started = now() - timedelta(days=2)
    made = []

    def make(*said, **fields):
        at = started + timedelta(minutes=len(made))
        ticket = acme_world.ticket(line, status="closed", closed_at=at, at=at, **fields)
        for number, text in enumerate(said):
            mine = text.startswith(">")
            acme_world.message(
                ticket, text.lstrip(">").strip(), direction="out" if mine else "in",
                author=bruno if mine else None, at=at + timedelta(seconds=number),
            )  # fmt: skip
        made.append(ticket)
        return ticket

    return make


@pytest.fixture
def examine(admin, lia):
    """Hold an exam; everything runs at once in tests."""

    def run(**given):
        answer = admin.post("/api/ai/exams/", {"assistant": lia.pk, **given})
        assert answer.status_code == 201, answer.content
        return admin.get(f"/api/ai/exams/{answer.json()['id']}/").json()

    return run


@pytest.fixture
def upload(admin):
    def run(content, name="Base", file="set.csv"):
        sent = SimpleUploadedFile(file, content.encode() if isinstance(content, str) else content)
        return admin.post("/api/ai/exams/sets/", {"name": name, "file": sent}, format="multipart")

    return run


def judge(verdict="right", *, supported=True, person=False, **when):
    """The rule by which the scripted judge marks."""
    said = {"verdict": verdict, "is_supported": supported, "needs_person": person, "reason": "Porque sim."}
    return {"when": {"schema": True, **when}, "json": said}


def cases(admin, exam, **query):
    return admin.get(f"/api/ai/exams/{exam['id']}/cases/", query).json()["results"]


def test_an_exam_asks_what_customers_asked_and_compares_with_what_people_said(
    ai_server, examine, closed, admin
):
    ticket = closed("Oi", "> Olá, tudo bem?", "Qual o prazo de entrega?", f"> {DELIVERY}")
    ai_server.script(judge(), {"when": {"text": "prazo"}, "say": DELIVERY})
    exam = examine()
    assert (exam["state"], exam["size"], exam["score"], exam["is_passed"]) == ("done", 1, 100.0, True)
    [case] = cases(admin, exam)
    assert case["question"] == "Qual o prazo de entrega?"
    assert [one["text"] for one in case["context"]] == ["Oi", "Olá, tudo bem?"]
    assert (case["expected"], case["answer"], case["verdict"]) == (DELIVERY, DELIVERY, "right")
    assert case["ticket"] == {"id": ticket.pk, "number": ticket.number}


def test_the_assistant_never_sees_what_people_answered_nor_who_asked(ai_server, examine, closed, acme_world):
    closed("Qual o prazo de entrega?", "> O segredo é 42 dias.", contact=acme_world.contact("Joana Prado"))
    ai_server.script(judge(), {"say": "Não sei dizer."})
    examine()
    asked, judged = ai_server.calls("/responses")
    assert "42 dias" in str(judged["body"])
    assert "42 dias" not in str(asked["body"])
    assert "Joana" not in str(asked["body"]) + str(judged["body"])


def test_only_conversations_that_a_person_answered_make_cases(
    ai_server, examine, closed, acme_world, admin, line
):
    closed("Ninguém me respondeu ainda, e agora?")
    bot = closed("Vocês abrem no domingo também?")
    acme_world.message(
        bot, "Resposta automática da casa.", direction="out", content={"automatic": "greeting"}
    )
    open_one = acme_world.ticket(line, status="open")
    acme_world.message(open_one, "Ainda estou falando com vocês.")
    closed("Vocês abrem aos sábados?", "> Sim, das 9h às 13h.")
    ai_server.script(judge(), {"say": "Sim."})
    assert [case["question"] for case in cases(admin, examine())] == ["Vocês abrem aos sábados?"]


def test_without_cases_an_exam_is_refused(admin, lia):
    answer = admin.post("/api/ai/exams/", {"assistant": lia.pk})
    assert (answer.status_code, answer.json()["code"]) == (409, "exam_no_cases")


@pytest.mark.parametrize(
    ("mark", "supported", "person", "verdict"),
    [
        ("right", True, False, "right"),
        ("partly", True, False, "partly"),
        ("wrong", True, False, "wrong"),
        ("right", False, False, "unsupported"),
        ("right", True, True, "missed_handover"),
    ],
)
def test_the_judge_decides_what_an_answer_is_worth(
    ai_server, examine, closed, admin, mark, supported, person, verdict
):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    ai_server.script(judge(mark, supported=supported, person=person), {"say": "Três dias."})
    exam = examine()
    assert cases(admin, exam)[0]["verdict"] == verdict
    assert exam["verdicts"][verdict] == 1
    assert exam["score"] == {"right": 100.0, "partly": 50.0}.get(verdict, 0.0)


def test_calling_a_person_is_judged_without_a_judge_where_the_set_says_it(ai_server, examine, upload, admin):
    sheet = "pergunta,resposta,transferir\nQuero cancelar,,sim\nQual o prazo?,3 dias,não\n"
    made = upload(sheet).json()
    hand_over = {
        "name": "hand_over",
        "arguments": {"reason": "asked", "summary": "Quer cancelar", "queue": None},
    }
    ai_server.script({"when": {"schema": False}, "calls": [hand_over]})
    exam = examine(source="set", questions=made["id"])
    assert [case["verdict"] for case in cases(admin, exam)] == ["right", "needless_handover"]
    assert not any("verdict" in str(call["body"].get("text")) for call in ai_server.calls("/responses"))


def test_answering_where_a_person_was_needed_is_a_missed_hand_over(ai_server, examine, upload, admin):
    made = upload('[{"question": "Quero cancelar tudo", "needs_person": true}]', file="set.json").json()
    ai_server.script({"say": "Cancelado!"})
    exam = examine(source="set", questions=made["id"])
    assert cases(admin, exam, verdict="open")[0]["verdict"] == "missed_handover"
    assert cases(admin, exam, verdict="right") == []


def test_numbers_are_the_sums_of_the_cases(ai_server, examine, closed):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    closed("E para o interior do estado?", f"> {DELIVERY}")
    usage = {"input_tokens": 1000, "output_tokens": 100}
    ai_server.script({**judge(), "usage": usage}, {"say": "Três dias.", "usage": usage})
    exam = examine()
    assert (exam["done"], exam["input_tokens"], exam["output_tokens"]) == (2, 4000, 400)
    assert float(exam["cost"]) == pytest.approx(4 * (0.001 + 0.0002))
    assert exam["currency"] == "USD"
    assert 0 <= exam["latency_p50"] <= exam["latency_p95"]


def test_a_person_may_judge_otherwise_and_the_score_follows(ai_server, examine, closed, admin, acme_world):
    from tenants.models import AuditEntry

    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    ai_server.script(judge("wrong"), {"say": "Três dias."})
    exam = examine()
    case = cases(admin, exam)[0]
    answer = admin.patch(f"/api/ai/exams/cases/{case['id']}/", {"verdict": "right", "reason": "Está certo."})
    assert answer.status_code == 200
    assert (answer.json()["found"], answer.json()["judged_by"]["name"]) == ("wrong", "Ana")
    after = admin.get(f"/api/ai/exams/{exam['id']}/").json()
    assert (after["score"], after["verdicts"]["wrong"]) == (100.0, 0)
    with acme_world.scope():
        assert AuditEntry.objects.filter(action="exam.judged", actor__name="Ana").exists()


def test_a_passing_failure_is_tried_again(ai_server, examine, closed):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    ai_server.script({"times": 1, "status": 429, "retry_after": 0}, judge(), {"say": "Três dias."})
    assert examine()["score"] == 100.0


def test_a_case_that_never_gets_an_answer_counts_as_an_error(ai_server, examine, closed, admin):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    ai_server.script({"when": {"schema": True}, "say": "isto não é JSON"}, {"say": "Três dias."})
    exam = examine()
    assert (exam["state"], exam["verdicts"]["error"], exam["score"]) == ("done", 1, 0.0)
    assert cases(admin, exam)[0]["reason"] == "bad_answer"


def test_a_spent_budget_stops_the_exam_and_it_goes_on_later(
    ai_server, examine, closed, admin, provider, acme_world
):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    closed("E para o interior do estado?", f"> {DELIVERY}")
    price = {"input_tokens": 1_000_000, "output_tokens": 0}
    ai_server.script({**judge(), "usage": price}, {"say": "Três dias.", "usage": price})
    with acme_world.scope():
        type(provider).objects.filter(pk=provider.pk).update(monthly_budget="2.00")
    exam = examine()
    assert (exam["state"], exam["reason"], exam["done"], exam["is_passed"]) == (
        "failed", "out_of_budget", 1, False,
    )  # fmt: skip
    with acme_world.scope():
        type(provider).objects.filter(pk=provider.pk).update(monthly_budget=None)
    assert admin.post(f"/api/ai/exams/{exam['id']}/resume/").status_code == 200
    after = admin.get(f"/api/ai/exams/{exam['id']}/").json()
    assert (after["state"], after["done"], after["score"]) == ("done", 2, 100.0)


def test_an_exam_can_be_cancelled_and_its_job_comes_too_late(admin, ai_server, lia, acme_world):
    from integrations.actions import exam_work
    from integrations.models import Exam, ExamCase

    with acme_world.scope():
        exam = Exam.objects.create(assistant=lia, edition=1, threshold=80, source="tickets", size=1)
        ExamCase.objects.create(exam=exam, position=1, question="Qual o prazo?")
    assert admin.post(f"/api/ai/exams/{exam.pk}/cancel/").json()["state"] == "cancelled"
    exam_work.work(acme_world.company.pk, exam.pk)
    assert ai_server.calls("/responses") == []
    assert admin.post(f"/api/ai/exams/{exam.pk}/cancel/").json()["code"] == "exam_over"


def test_the_work_of_a_killed_worker_is_found_and_done_once(admin, ai_server, lia, acme_world, time_machine):
    from django.test.testcases import TestCase

    from integrations.actions import exam_work
    from integrations.models import Exam, ExamCase

    begun = now()
    time_machine.move_to(begun - timedelta(minutes=10), tick=False)
    with acme_world.scope():
        exam = Exam.objects.create(
            assistant=lia, edition=1, threshold=80, source="set", size=1, state="running"
        )
        ExamCase.objects.create(
            exam=exam, position=1, question="Qual o prazo de entrega?", claimed_by="dead", claimed_at=now()
        )
    time_machine.move_to(begun, tick=True)
    ai_server.script(judge(), {"say": "Três dias."})
    for _ in range(2):
        with TestCase.captureOnCommitCallbacks(execute=True):
            exam_work.sweep()
    assert len(ai_server.calls("/responses")) == 2  # the answer and the judge
    assert admin.get(f"/api/ai/exams/{exam.pk}/").json()["state"] == "done"


def test_a_case_that_another_worker_has_is_left_to_it(ai_server, lia, acme_world):
    from integrations.actions import exam_work
    from integrations.models import Exam, ExamCase

    with acme_world.scope():
        exam = Exam.objects.create(assistant=lia, edition=1, threshold=80, source="set", size=1)
        ExamCase.objects.create(
            exam=exam, position=1, question="Qual o prazo?", claimed_by="other", claimed_at=now()
        )
    exam_work.work(acme_world.company.pk, exam.pk)
    assert ai_server.calls("/responses") == []


def test_one_exam_of_an_assistant_at_a_time(admin, lia, acme_world, closed):
    from integrations.models import Exam

    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    with acme_world.scope():
        Exam.objects.create(assistant=lia, edition=1, threshold=80, source="set", size=1)
    answer = admin.post("/api/ai/exams/", {"assistant": lia.pk})
    assert (answer.status_code, answer.json()["code"]) == (409, "exam_under_way")


def test_going_on_duty_needs_a_passed_exam_of_this_edition(ai_server, examine, closed, lia, acme_world):
    from helpdesk.errors import Refused
    from integrations.actions import duty

    def refusal():
        with acme_world.scope():
            try:
                duty.may_begin(lia)
            except Refused as refused:
                return refused.code
        return None

    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    assert refusal() == "exam_needed"
    ai_server.script(judge("partly"), {"say": "Três dias."})
    examine()
    assert refusal() == "exam_failed"
    ai_server.script(judge("right"), {"say": "Três dias."})
    examine()
    assert refusal() is None
    lia.edition += 1
    assert refusal() == "exam_needed"
    lia.exam_threshold = 0
    assert refusal() is None


def test_a_changed_assistant_sits_the_same_exam_again_where_the_company_wants_it(
    ai_server, examine, closed, lia, admin, acme_world
):
    from integrations.actions import exams

    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    ai_server.script(judge(), {"say": "Três dias."})
    examine(size=5)
    with acme_world.scope():
        lia.edition = 2
        lia.save()

    def changed():
        from django.test.testcases import TestCase

        with TestCase.captureOnCommitCallbacks(execute=True):
            exams.assistant_changed(acme_world.company.pk, "assistant.updated", {"id": lia.pk})
        return [row["edition"] for row in admin.get("/api/ai/exams/").json()["results"]]

    assert changed() == [1]
    assert admin.patch("/api/company/settings/", {"exam_on_change": True}).status_code == 200
    assert changed() == [2, 1]
    assert changed() == [2, 1]


def test_an_estimate_is_told_before_and_learns_from_exams(ai_server, examine, closed, admin, lia, provider):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    closed("E para o interior do estado?", f"> {DELIVERY}")

    def estimate():
        return admin.post("/api/ai/exams/estimate/", {"assistant": lia.pk, "size": 50}).json()

    before = estimate()
    assert (before["cases"], before["based_on"], before["is_affordable"]) == (2, "guess", True)
    assert float(before["cost"]) > 0
    usage = {"input_tokens": 1000, "output_tokens": 100}
    ai_server.script({**judge(), "usage": usage}, {"say": "Três dias.", "usage": usage})
    examine()
    after = estimate()
    assert (after["based_on"], after["input_tokens"]) == ("exams", 4000)


def test_an_estimate_tells_what_the_budget_has_left(closed, admin, lia, provider, acme_world):
    closed("Qual o prazo de entrega?", f"> {DELIVERY}")
    with acme_world.scope():
        type(provider).objects.filter(pk=provider.pk).update(monthly_budget="0.00")
    told = admin.post("/api/ai/exams/estimate/", {"assistant": lia.pk}).json()
    assert (float(told["left"]), told["is_affordable"]) == (0.0, False)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.csv", "question;expected;needs_person\nPrazo?;3 dias;no\nCancelar;;yes\n"),
        ("a.csv", "Pergunta,Resposta esperada,Transferir\nPrazo?,3 dias,não\nCancelar,,sim\n"),
        ("a.json", '{"questions": [{"question": "Prazo?", "expected": "3 dias", "needs_person": false},'
                   ' {"pregunta": "Cancelar", "derivar": "sí"}]}'),
    ],
)  # fmt: skip
def test_sets_are_understood_whatever_their_format_and_language(upload, admin, file, content):
    made = upload(content, file=file)
    assert made.status_code == 201, made.content
    assert made.json()["questions"] == [
        {"question": "Prazo?", "expected": "3 dias", "needs_person": False},
        {"question": "Cancelar", "expected": "", "needs_person": True},
    ]


def test_a_workbook_is_a_set_as_well(upload):
    from io import BytesIO

    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    for row in [["question", "expected", "needs_person"], ["Prazo?", "3 dias", None]]:
        book.active.append(row)
    book.save(out)
    made = upload(out.getvalue(), file="a.xlsx").json()
    assert made["questions"] == [{"question": "Prazo?", "expected": "3 dias", "needs_person": None}]


@pytest.mark.parametrize("content", ["", "[]", "{", '["x"]', "question,expected\n", b"\x00\x01\x02"])
def test_a_file_without_questions_is_refused_in_words(upload, content):
    answer = upload(content)
    assert answer.status_code == 400
    assert "file" in answer.json()["fields"]


def test_a_set_has_one_name_and_can_be_deleted(upload, admin):
    sheet = "question\nQual o prazo?\n"
    made = upload(sheet).json()
    assert upload(sheet).json()["code"] == "name_taken"
    assert admin.delete(f"/api/ai/exams/sets/{made['id']}/").status_code == 204
    assert admin.get("/api/ai/exams/sets/").json()["results"] == []
