"""The beam "what happened": one append-only table of steps that timelines, indicators and reports read."""
