"""The commands of the rights of persons: exit codes, shapes, and no personal value on the terminal."""

import datetime as dt
import json
import uuid
import zipfile
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session

from tests import contact_point
from tests.config.test_command import ROOT, SMALL
from tests.crossings.test_erasure import MAIL, TODAY, consenting, handled, traces
from wegweiser.accounts import jobs as accounts
from wegweiser.accounts.actions import users
from wegweiser.catalogue.models import Entry
from wegweiser.config import cli, installation, worker
from wegweiser.consortium.models import Centre, Member
from wegweiser.consortium.schema import mistakes
from wegweiser.crossings import enquiries
from wegweiser.crossings import jobs as crossings
from wegweiser.crossings.enquiries import Enquiry
from wegweiser.enquiries.actions import cases
from wegweiser.enquiries.models import Case
from wegweiser.kernel import clock, erasure, jobs
from wegweiser.kernel.actor import Actor
from wegweiser.outbox.models import Letter

BY = Actor.system("test")
SCHEMAS = ROOT / "src" / "wegweiser" / "config" / "schemas"
SECRETS = ("Jana", "Ölmann", MAIL, "Fräse")


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text())


@pytest.fixture
def world(db, monkeypatch, settings):
    settings.BASE_URL = "https://zentrum.example"
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    with clock.stopped_at(contact_point.MONDAY):
        yield contact_point.world()


@pytest.mark.parametrize("name", ["retention", "person"])
def test_the_examples_have_the_shape(name):
    example = json.loads((ROOT / "docs" / "examples" / f"{name}.json").read_text())
    assert mistakes(example, schema(name)) == []


def test_a_dry_run_counts_and_erases_nothing(world, capsys):
    cases.close(case=handled(world).case, outcome="helped", by=BY)
    with clock.stopped_at(dt.datetime(2032, 1, 1, 9, tzinfo=dt.UTC)):
        assert cli.main(["retention", "run", "--dry-run", "--json"]) == 0
        shown = capsys.readouterr().out
        counted = json.loads(shown)
        assert mistakes(counted, schema("retention")) == []
        assert Case.objects.get().name == "Jana Ölmann"
        assert cli.main(["retention", "run", "--json"]) == 0
        done = capsys.readouterr().out
        assert json.loads(done)["counts"] == counted["counts"]
        assert counted["counts"]
        assert Case.objects.get().name == ""
        assert cli.main(["retention", "run"]) == 0
        assert "Nothing is due." in capsys.readouterr().out
    assert not [word for word in SECRETS if word in shown + done]


def test_erase_tells_figures_and_no_name(world, capsys):
    handled(world)
    assert cli.main(["erase", "person", MAIL.upper(), "--dry-run", "--json"]) == 0
    planned = capsys.readouterr().out
    assert Case.objects.get().email == MAIL
    assert cli.main(["erase", "person", f" {MAIL} ", "--json"]) == 0
    done = capsys.readouterr().out
    assert mistakes(json.loads(done), schema("retention")) == []
    assert json.loads(done)["counts"] == json.loads(planned)["counts"]
    assert not [word for word in SECRETS if word in done]
    assert traces(MAIL) == set()


@pytest.mark.parametrize("command", [["erase", "person"], ["export", "person", "-o", "x.zip"]])
def test_nobody_is_one_line_without_the_address(world, capsys, tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    assert cli.main([*command[:2], "nobody@else.example", *command[2:]]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert len(shown.err.splitlines()) == 1
    assert "nobody@else.example" not in shown.err
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    "arguments", [["retention"], ["retention", "stop"], ["erase", "firm", "x"], ["export", "person"]]
)
def test_wrong_usage_exits_with_two(arguments):
    assert cli.main(arguments) == 2


def test_somebody_who_works_here_is_refused_in_one_line(world, capsys):
    assert cli.main(["erase", "person", "anna@centre.example"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def exported(path: Path):
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == ["auskunft.json", "auskunft.html"]
        return json.loads(archive.read("auskunft.json")), archive.read("auskunft.html").decode()


def test_the_copy_holds_all_of_a_person_with_source_and_recipients(world, tmp_path):
    handled(world)
    consenting()
    path = tmp_path / "jana.zip"
    assert cli.main(["export", "person", MAIL, "-o", str(path)]) == 0
    document, page = exported(path)
    assert mistakes(document, schema("person")) == []
    told = {row["table"] for row in document["data"]}
    assert told == {
        *("companies.Person", "companies.Position", "companies.Consent", "enquiries.Case"),
        *(
            "enquiries.Contribution",
            "enquiries.Appointment",
            "enquiries.FollowUp",
            "outbox.Letter",
            "catalogue.Example",
        ),
    }
    case = next(row for row in document["data"] if row["table"] == "enquiries.Case")
    assert case["source"] == "von Ihnen, über die Website"
    assert case["recipients"] == ["Lead"]
    letters = [row for row in document["data"] if row["table"] == "outbox.Letter"]
    assert len(letters) == Letter.objects.count()
    for text in ("Jana Ölmann", "Guten Tag, Jana Ölmann.", "Aufsichtsbehörde", "36 Monate nach letztem Kontakt"):
        assert text in page
    assert path.stat().st_mode & 0o077 == 0


def test_what_a_person_wrote_cannot_act_in_the_page(world, tmp_path):
    case = handled(world).case
    Case.objects.filter(pk=case.pk).update(text="<script>alert(1)</script>")
    assert cli.main(["export", "person", MAIL, "-o", str(tmp_path / "x.zip")]) == 0
    assert "<script" not in exported(tmp_path / "x.zip")[1]


def test_a_member_is_told_all_but_secrets(world, tmp_path):
    world.anna.user = users.create(email="anna@centre.example", name="Anna", password="long-enough-1234", by=BY)
    world.anna.save()
    handled(world)
    assert cli.main(["export", "person", "anna@centre.example", "-o", str(tmp_path / "x.zip")]) == 0
    document, _ = exported(tmp_path / "x.zip")
    told = {row["table"] for row in document["data"]}
    assert {"consortium.Member", "consortium.Membership", "accounts.User", "journey.Contribution"} <= told
    assert world.anna.user.password not in json.dumps(document)


def test_a_folder_that_is_not_there_is_one_line(world, capsys, tmp_path):
    handled(world)
    assert cli.main(["export", "person", MAIL, "-o", str(tmp_path / "no" / "x.zip")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_the_worker_erases_daily_and_clears_sessions(world, client):
    worker.discover()
    daily = {job.name: job for job in jobs.known() if job.interval == dt.timedelta(days=1)}
    assert {"crossings.retain", "accounts.clear_sessions"} <= set(daily)
    cases.close(case=handled(world).case, outcome="helped", by=BY)
    with clock.stopped_at(dt.datetime(2040, 1, 1, 9, tzinfo=dt.UTC)):
        crossings.retain()
    assert traces(*SECRETS) == set()
    Session.objects.create(session_key="over", session_data="", expire_date=clock.now() - dt.timedelta(days=1))
    Session.objects.create(session_key="open", session_data="", expire_date=clock.now() + dt.timedelta(days=1))
    accounts.clear_sessions()
    assert [row.pk for row in Session.objects.all()] == ["open"]


def test_loading_the_centres_file_again_brings_nobody_back(db, monkeypatch):
    monkeypatch.setattr(installation, "migrate", lambda: None)
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    monkeypatch.setattr("wegweiser.catalogue.matches.encoders", list)
    assert cli.main(["init", str(SMALL)]) == 0
    member = Member.objects.exclude(email="").first()
    name, mail = member.name, member.email
    member.memberships.update(valid_to=clock.today() - dt.timedelta(days=1))
    assert name in str([entry.title for entry in Entry.objects.filter(kind="contact")])
    erasure.erase(items=erasure.plan_of(mail, day=clock.today()), by=BY)
    assert traces(name, mail) == set()
    before = Member.objects.count()
    assert cli.main(["init", str(SMALL)]) == 0
    assert traces(name, mail) == set()
    assert Member.objects.count() == before


def test_the_same_form_sent_again_does_not_fill_the_erased_case(world):
    submission = uuid.uuid4()
    enquiry = Enquiry(text="Die Fräse steht.", name="Jana Ölmann", email=MAIL)
    first = enquiries.send(submission=submission, enquiry=enquiry, by=BY).case
    erasure.erase(items=erasure.plan_of(MAIL, day=TODAY), by=BY)
    again = enquiries.send(submission=submission, enquiry=enquiry, by=BY).case
    first.refresh_from_db()
    assert (first.name, first.text, first.state) == ("", "", "closed")
    assert again.pk != first.pk
