"""What a browser says it takes."""


def takes_gzip(header: str) -> bool:
    """Whether `gzip` stands in Accept-Encoding and is not refused with a weight of 0."""
    for part in header.split(","):
        name, _, weight = part.partition(";")
        if name.strip().lower() in {"gzip", "x-gzip"}:
            return weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return False
