"""The papers of data protection say what the policy file says."""

import pytest

from tests.config.test_command import SMALL
from wegweiser.config import cli, installation
from wegweiser.consortium.models import Centre
from wegweiser.crossings import privacy
from wegweiser.kernel import policy


@pytest.fixture
def centre(db, monkeypatch):
    monkeypatch.setattr(installation, "migrate", lambda: None)
    monkeypatch.setattr(installation, "exists", Centre.objects.exists)
    monkeypatch.setattr("wegweiser.catalogue.matches.encoders", list)
    assert cli.main(["init", str(SMALL)]) == 0
    return Centre.objects.get()


def test_four_drafts_are_written_and_nothing_else_is_touched(centre, tmp_path):
    (tmp_path / "mine.md").write_text("mine")
    (tmp_path / privacy.NOTICE).write_text("old")
    assert cli.main(["privacy", "-o", str(tmp_path)]) == 0
    assert {path.name for path in tmp_path.iterdir()} == {
        "mine.md",
        privacy.RECORD,
        privacy.DELETION,
        privacy.NOTICE,
        privacy.AGREEMENT,
    }
    assert (tmp_path / "mine.md").read_text() == "mine"
    assert (tmp_path / privacy.NOTICE).read_text().startswith("# Datenschutzhinweise\n\n> **Entwurf**")


def test_every_purpose_stands_in_every_paper_that_lists_them(centre):
    papers = privacy.papers(centre)
    for purpose in policy.purposes():
        for name in (privacy.RECORD, privacy.DELETION, privacy.AGREEMENT):
            assert purpose.title_de in papers[name]
        assert privacy.german_term(purpose) in papers[privacy.DELETION]


def test_every_partner_stands_in_the_agreement(centre):
    agreement = privacy.papers(centre)[privacy.AGREEMENT]
    assert "Hafeninstitut" in agreement
    assert "Moorhochschule" in agreement


def test_the_deletion_concept_has_one_row_for_each_personal_field(centre):
    text = privacy.papers(centre)[privacy.DELETION]
    rows = [line for line in text.splitlines() if line.endswith(("leeren |", "löschen |", "behalten |"))]
    assert len(rows) == len(policy.personal_fields())


def test_the_words_of_the_policy_file_have_german_ones():
    assert {row.months_after for row in policy.purposes()} <= set(privacy.STARTS)
    assert set(privacy.ERASURES) == policy.ERASURES


@pytest.mark.parametrize(
    ("basis", "german"),
    [
        ("GDPR Art. 6(1)(e) or (f)", "DSGVO Art. 6 Abs. 1 lit. e oder lit. f"),
        ("GDPR Art. 7(1)", "DSGVO Art. 7 Abs. 1"),
        ("GDPR Art. 6(1)(c), (e)", "DSGVO Art. 6 Abs. 1 lit. c, lit. e"),
        ("GDPR Art. 6(1)(b), § 26 BDSG or Land law", "DSGVO Art. 6 Abs. 1 lit. b, § 26 BDSG oder Landesrecht"),
    ],
)
def test_legal_bases_are_cited_in_german(basis, german):
    assert policy.german_basis(basis) == german


def test_a_file_in_place_of_the_folder_is_one_line(centre, tmp_path, capsys):
    (tmp_path / "papers").write_text("a file")
    capsys.readouterr()
    assert cli.main(["privacy", "-o", str(tmp_path / "papers")]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_whose_map_learns_an_address_on_the_way_to_a_visit_stands_where_it_is_told(centre):
    """`web.desk.routes` leads there: the papers and the notice of the website name the same."""
    papers = privacy.papers(centre)
    told = policy.document()["purposes"]["relationship"]["recipients"]
    for text in (papers[privacy.RECORD], papers[privacy.NOTICE], told["de"], told["en"]):
        assert "Apple" in text
        assert "OpenStreetMap" in text


def test_each_table_and_field_with_data_of_people_has_a_german_name():
    named = policy.personal_fields()
    assert {row.model for row in named} <= set(privacy.TABLES)
    assert {row.field for row in named} <= set(privacy.FIELDS)


def test_what_the_centre_says_of_its_operator_stands_in_the_notice(centre):
    notice = privacy.papers(centre)[privacy.NOTICE]
    assert "Datenschutzbeauftragte Person: […]" in notice
    told = {
        "data_protection_officer": "dsb@hafen.example",
        "supervisory_authority": "Landesamt",
        "hosting": "Rechenhaus",
    }
    centre.texts = {**centre.texts, "operator": {**(centre.texts.get("operator") or {}), **told}}
    notice = privacy.papers(centre)[privacy.NOTICE]
    assert all(text in notice for text in told.values())
    assert "beschweren: Landesamt." in notice


def test_one_month_is_one():
    terms = [privacy.german_term(row) for row in policy.purposes()]
    assert not [term for term in terms if term.startswith("1 Monate")]
