"""Every write of the contact point."""
