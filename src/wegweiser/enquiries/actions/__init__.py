"""Every write of the room enquiries."""
