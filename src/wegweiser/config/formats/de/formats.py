"""German, with a comma between day and time."""

DATETIME_FORMAT = "j. F Y, G:i"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
