"""Grants, targets and reports."""
