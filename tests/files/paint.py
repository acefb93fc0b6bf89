"""Pictures for tests, painted when they are needed."""

import io

from PIL import Image


def painted(width: int = 640, height: int = 480, *, form: str = "JPEG", mode: str = "RGB", **saved: object) -> bytes:
    """Four fields of colour: red and green on top, blue and white below."""
    picture = Image.new(mode, (width, height))
    fields = {(0, 0): "red", (1, 0): "lime", (0, 1): "blue", (1, 1): "white"}
    for (x, y), colour in fields.items():
        box = (x * width // 2, y * height // 2, width if x else width // 2, height if y else height // 2)
        picture.paste(colour, box)
    out = io.BytesIO()
    picture.save(out, form, **saved)
    return out.getvalue()
