"""Decide what a page shows: each module turns the linked dossier into one frozen view for a page, which its template is given.

Begin with `frame` (what every page has) and `reports`; `outline`, one folder up, says which page has which view.
"""
