"""How days and times are written, where it differs from what Django does."""
