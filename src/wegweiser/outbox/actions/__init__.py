"""Every write of the room outbox."""
