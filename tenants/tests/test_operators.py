"""`manage.py create_operator`: the first operator of an installation, and later ones."""

import io

import pytest
from django.core.management import CommandError, call_command

from helpdesk import doctor
from tenants.models import AuditEntry, User
from tenants.scoping import company_scope
from tests.support.client import PASSWORD as GOOD

pytestmark = pytest.mark.django_db


@pytest.fixture
def typed(monkeypatch):
    """What comes in where no terminal is."""

    def arrive(text):
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    return arrive


def create(*words):
    out = io.StringIO()
    call_command("create_operator", *words, stdout=out)
    return out.getvalue()


def operator_finding():
    return next(finding for finding in doctor.examine() if finding.about == "operator")


def test_the_first_operator_signs_in_and_runs_the_platform(anonymous, typed):
    typed(f"{GOOD}\n")
    assert "boss@platform.example is an operator." in create("Boss@Platform.example", "--name", "Boss")
    anonymous.sign_in(User.objects.get(email="boss@platform.example"))
    assert anonymous.get("/api/platform/companies/").status_code == 200


def test_the_password_may_stand_in_the_environment_or_in_a_file(monkeypatch, tmp_path):
    monkeypatch.setenv("OPERATOR_PASSWORD", GOOD)
    create("one@platform.example")
    assert User.objects.get(email="one@platform.example").check_password(GOOD)
    monkeypatch.delenv("OPERATOR_PASSWORD")
    (tmp_path / "secret").write_text(f"{GOOD} of two\n")
    monkeypatch.setenv("OPERATOR_PASSWORD_FILE", str(tmp_path / "secret"))
    create("two@platform.example")
    assert User.objects.get(email="two@platform.example").check_password(f"{GOOD} of two")


def test_at_a_terminal_it_is_asked_for_twice(monkeypatch):
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers = iter([GOOD, "something else", GOOD, GOOD])
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))
    with pytest.raises(CommandError, match="not the same"):
        create("boss@platform.example")
    assert not User.objects.filter(email="boss@platform.example").exists()
    create("boss@platform.example")
    assert User.objects.get(email="boss@platform.example").check_password(GOOD)


@pytest.mark.parametrize("password", ["", "12345678", "password"])
def test_a_weak_password_is_refused_with_the_reason(typed, password):
    typed(f"{password}\n")
    with pytest.raises(CommandError, match="password"):
        create("boss@platform.example")
    assert not User.objects.filter(is_operator=True).exists()


def test_what_is_no_address_is_refused(typed):
    typed(f"{GOOD}\n")
    with pytest.raises(CommandError, match="not an e-mail address"):
        create("boss")


def test_who_has_an_account_keeps_the_password_and_their_companies_read_of_it(ana, acme):
    before = ana.password
    assert "keeps their password" in create(ana.email)
    ana.refresh_from_db()
    assert (ana.is_operator, ana.password) == (True, before)
    with company_scope(acme.pk):
        assert AuditEntry.objects.get(action="operator.appointed").target == f"user:{ana.pk}"
    assert "already" in create(ana.email)


def test_a_shut_account_stays_shut(ana):
    User.objects.filter(pk=ana.pk).update(is_active=False)
    with pytest.raises(CommandError, match="is shut"):
        create(ana.email)


def test_who_signs_up_after_the_operator_is_none(anonymous, typed):
    typed(f"{GOOD}\n")
    create("boss@platform.example")
    given = {"company": "Acme", "name": "Eve", "email": "eve@acme.example", "password": "another long one"}
    assert anonymous.post("/api/auth/signup/", given).status_code == 201
    assert not User.objects.get(email="eve@acme.example").is_operator


def test_the_doctor_tells_how_to_make_one_when_there_is_none(typed):
    assert "manage.py create_operator" in operator_finding().words
    typed(f"{GOOD}\n")
    create("boss@platform.example")
    assert operator_finding().level == "ok"
