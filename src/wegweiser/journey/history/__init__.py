"""Lists of past contacts, events and attendances, read so that each row becomes a step. Pure but for `finding`."""
