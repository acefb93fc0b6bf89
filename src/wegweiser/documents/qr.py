"""QR codes as a drawing in a page or a paper: black squares, no picture file, no style of their own."""

from django.utils.safestring import SafeString, mark_safe

MASK = 2


def svg(text: str, *, label: str = "") -> SafeString:
    """`text` as a QR code that a camera reads from paper, too; `label` is what a screen reader says instead."""
    import segno  # when it is needed: a server starts without it

    # Which of the eight masks is best takes four times as long as the rest, and readers take any.
    drawn = segno.make(text, error="m", mask=MASK, micro=False).svg_inline(
        border=4, omitsize=True, svgclass=None, lineclass=None, title=label or None
    )
    return mark_safe(drawn.replace("<svg ", '<svg role="img" ', 1))  # noqa: S308 - segno escapes the title


def drawing(text: str) -> str:
    """`text` as a QR code in an SVG file, to be set in a paper."""
    import segno  # when it is needed: a server starts without it

    drawn = segno.make(text, error="m", mask=MASK, micro=False).svg_inline(border=2)
    return str(drawn).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
