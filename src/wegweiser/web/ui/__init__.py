"""Components and layout that all surfaces share."""
