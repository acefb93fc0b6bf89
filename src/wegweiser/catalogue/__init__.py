"""The beam "what we offer": every offer as one entry, and the matching of questions to entries."""
