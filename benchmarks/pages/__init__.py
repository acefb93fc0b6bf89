"""How fast public pages are, against nginx with a file and a bare Django page, measured in one run on loopback."""
