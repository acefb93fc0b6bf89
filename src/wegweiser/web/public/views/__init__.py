"""What answers at the public addresses: HTTP only, no rules."""
