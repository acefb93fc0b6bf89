"""Users, sessions, second factor and tokens."""
