"""Uploads: pictures with the words that stand for them, stored by their content."""
