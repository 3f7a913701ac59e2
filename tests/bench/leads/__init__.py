"""Leads measured on newspaper articles that were annotated by hand; kept are places alone, never a text."""
