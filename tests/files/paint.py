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


def photograph(width: int, height: int) -> bytes:
    """As rough as a photograph of much detail: noise whose coarse parts are stronger than its fine ones."""
    ground = Image.new("RGB", (width, height), "gray")
    for step in range(1, 8):
        size = (max(1, width >> (8 - step)), max(1, height >> (8 - step)))
        noise = Image.merge("RGB", [Image.effect_noise(size, 80) for _ in range(3)])
        ground = Image.blend(ground, noise.resize((width, height), Image.Resampling.BICUBIC), 0.9 / step)
    out = io.BytesIO()
    ground.save(out, "JPEG", quality=92)
    return out.getvalue()


def noise(width: int, height: int) -> bytes:
    """What no format can make small: every pixel by chance."""
    out = io.BytesIO()
    Image.merge("RGB", [Image.effect_noise((width, height), 120) for _ in range(3)]).save(out, "PNG")
    return out.getvalue()
