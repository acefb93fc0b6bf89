"""The workspace of a firm: what it asked, agreed on and gave us, by a login without a password or by a link."""
