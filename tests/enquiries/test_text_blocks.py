"""Text blocks: what stands in braces, and who may answer with what."""

import uuid
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import contact_point
from tests.contact_point import BY, MONDAY
from wegweiser.companies.actions import companies, cover_names, merges
from wegweiser.companies.models import Company
from wegweiser.consortium import centre_file
from wegweiser.enquiries import text_blocks
from wegweiser.enquiries.actions import text_blocks as actions
from wegweiser.enquiries.models import TextBlock
from wegweiser.kernel import audit
from wegweiser.kernel.errors import DomainError

WORDS = [word for row in text_blocks.PLACEHOLDERS for word in (row.de, row.en)]
EVERYTHING = {row.key: row.key.upper() for row in text_blocks.PLACEHOLDERS}


def test_what_is_known_is_filled_in_and_what_is_not_stays():
    found = text_blocks.fill("Guten Tag {name} von {betrieb}, {Name}", {"name": "Frau Öl"})
    assert (found.text, found.missing) == ("Guten Tag Frau Öl von {betrieb}, Frau Öl", ("{betrieb}",))


def test_braces_in_a_value_are_filled_in_by_nobody():
    assert text_blocks.fill("{name}", {"name": "{telefon}", "phone": "0391"}).text == "{telefon}"


@pytest.mark.parametrize(
    ("text", "odd"),
    [
        ("{name} {angebote}", []),
        ("{vorname}", ["{vorname}"]),
        ("{name", ["{"]),
        ("name}", ["}"]),
        ("{}", ["{}"]),
        ("{{name}}", ["{", "}"]),
        ("ohne", []),
    ],
)
def test_what_is_no_placeholder_is_told(text, odd):
    assert text_blocks.unknown(text) == odd


def test_the_placeholder_that_was_meant_is_named():
    assert text_blocks.nearest("{telefonn}") == "{telefon}"
    assert text_blocks.nearest("{compny}", "en") == "{company}"
    assert text_blocks.nearest("{xyz}") == ""


@given(st.lists(st.one_of(st.sampled_from([f"{{{word}}}" for word in WORDS]), st.text("abc äö\n"))))
def test_with_all_values_no_brace_is_left(parts):
    text = "".join(parts)
    assert text_blocks.unknown(text) == []
    found = text_blocks.fill(text, EVERYTHING)
    assert found.missing == ()
    assert "{" not in found.text


@given(st.text("{}ab \n"))
def test_any_text_is_either_refused_or_leaves_no_brace(text):
    if not text_blocks.unknown(text):
        assert not set("{}") & set(text_blocks.fill(text, EVERYTHING).text)


def write(**given_values):
    usual = {"title": "Gruß", "text": "Ja, {name}.", "language": "de", "partner": None}
    return actions.write(**{**usual, **given_values}, by=BY)


def test_an_answer_is_written_with_blocks_of_its_partner_and_language(world):
    write(title="Zentrum")
    write(title="Lead", partner=world.lead)
    write(title="Other", partner=world.other)
    write(title="English", language="en")
    actions.withdraw(block=write(title="alt")[0], by=BY)
    found = text_blocks.for_case(contact_point.case(world.lead))
    assert [row.title for row in found] == ["Lead", "Zentrum"]


def test_values_come_from_the_case_and_who_answers(world):
    company = companies.find_or_create(name="Fräserei Öl GmbH", by=BY)
    case = contact_point.case(world.lead, firm="die Fräserei", company=company)
    told = text_blocks.values(case=case, member=world.anna, phone="", offers=["Ein Check", "Ein Termin"])
    assert told["firm"] == "Fräserei Öl GmbH"
    assert told["offers"] == "- Ein Check\n- Ein Termin"
    assert told["phone"] == "0391 5550100"
    assert told["name"] == "Jana Ölmann"


def named(world, company):
    case = contact_point.case(world.lead, company=company)
    return text_blocks.values(case=case, member=world.anna, phone="")["firm"]


def test_a_firm_that_was_merged_is_called_as_it_is_now(world):
    old, new = (companies.find_or_create(name=name, by=BY) for name in ("Alt Metallbau GmbH", "Neu Metallbau GmbH"))
    merges.merge(loser=old, survivor=new, by=BY)
    old.refresh_from_db()
    assert named(world, old) == "Neu Metallbau GmbH"


def test_a_cover_name_or_that_of_a_restricted_firm_is_filled_in_nowhere(world):
    assert named(world, cover_names.found(known={}, by=BY)) == ""
    firm = companies.find_or_create(name="Fräserei Öl GmbH", by=BY)
    Company.objects.filter(pk=firm.pk).update(restricted_at=MONDAY)
    firm.refresh_from_db()
    assert named(world, firm) == ""


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"text": "{vorname}"}, "placeholder_unknown"),
        ({"text": "  "}, "text_missing"),
        ({"text": "x" * 4_001}, "text_too_long"),
        ({"title": " "}, "title_missing"),
        ({"language": "fr"}, "language_unknown"),
    ],
)
def test_what_makes_no_block_is_refused(world, wrong, code):
    with pytest.raises(DomainError) as refusal:
        write(**wrong)
    assert refusal.value.code == code
    assert not TextBlock.objects.exists()


def test_a_form_sent_twice_writes_one(world):
    submission = uuid.uuid4()
    assert write(submission=submission)[1] is True
    assert write(submission=submission)[1] is False
    assert TextBlock.objects.count() == 1


def test_each_change_leaves_its_trail(world):
    block, _fresh = write()
    actions.change(block=block, title="Neu", text="Ja.", language="de", partner=world.lead, by=BY)
    actions.change(block=block, title="Neu", text="Ja.", language="de", partner=world.lead, by=BY)
    actions.withdraw(block=block, by=BY)
    actions.withdraw(block=block, by=BY)
    actions.restore(block=block, by=BY)
    events = list(type(audit.last(block)).objects.filter(subject_uuid=block.uuid).values_list("event", flat=True))
    assert sorted(events) == sorted(
        ["text_block:written", "text_block:changed", "text_block:withdrawn", "text_block:restored"]
    )


def test_the_model_centre_brings_good_ones_in_both_languages(world):
    path = centre_file.read(centre_file.model_centre()).text_blocks
    rows = text_blocks.read(path)
    assert {row.key for row in rows if row.language == "de"} == {row.key for row in rows if row.language == "en"}
    actions.load(blocks=rows, by=BY)
    block = TextBlock.objects.get(title="Rückfrage")
    actions.change(block=block, title="Eigene", text="Ja.", language="de", partner=None, by=BY)
    counts = actions.load(blocks=rows, by=BY)
    assert (counts["kept"], counts["unchanged"]) == (1, len(rows) - 1)
    block.refresh_from_db()
    assert block.title == "Eigene"


@pytest.mark.parametrize(
    "content",
    [
        "[[block]]\nkey='a'\nlanguage='fr'\ntitle='A'\ntext='A'",
        "[[block]]\nkey='a'\nlanguage='de'\ntitle='A'\ntext='{vorname}'",
        "[[block]]\nkey='a'\nlanguage='de'\ntitle=7\ntext='A'",
        "[[block]]\nkey='a'\nlanguage='de'\ntitle='A'\ntext='A'\n" * 2,
        "kaputt",
    ],
)
def test_a_file_with_a_mistake_is_refused_before_anything_is_written(tmp_path, content):
    path = tmp_path / "blocks.toml"
    path.write_text(content)
    with pytest.raises(DomainError) as refusal:
        text_blocks.read(path)
    assert refusal.value.code == "centre_file_invalid"


def test_a_partner_that_is_not_there_is_refused(world, tmp_path):
    path = tmp_path / "blocks.toml"
    path.write_text("[[block]]\nkey='a'\nlanguage='de'\ntitle='A'\ntext='A'\npartner='nobody'")
    with pytest.raises(DomainError):
        actions.load(blocks=text_blocks.read(path), by=BY)


def test_the_file_ships_with_the_package():
    assert (resources.files("wegweiser") / "centres" / "magdeburg" / "text_blocks.toml").is_file()
