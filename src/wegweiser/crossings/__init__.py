"""What joins two or more duties in one transaction. No models, no rules of its own."""
