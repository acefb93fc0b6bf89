"""The contact point: intake, routing, conversation, follow-ups."""
