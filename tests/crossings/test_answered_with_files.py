"""What hangs on an answer goes out as what it is."""

import io
import zipfile

from tests import contact_point
from tests.contact_point import BY
from wegweiser.crossings import enquiries
from wegweiser.files import uploading


def test_a_document_goes_out_by_the_type_of_its_program(world):
    document = io.BytesIO()
    with zipfile.ZipFile(document, "w") as archive:
        archive.writestr("[Content_Types].xml", "x")
    file = uploading.prepare(name="angebot.docx", declared_type="", data=document.getvalue())
    case = contact_point.case(world.lead)
    answered = enquiries.answer(case=case, member=world.anna, text="Anbei.", files=[file], by=BY)
    assert answered.letter.attachments[0]["type"].endswith("wordprocessingml.document")
