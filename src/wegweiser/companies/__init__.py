"""Whom we serve: companies and persons, with dated facts."""
