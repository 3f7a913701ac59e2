"""Decide what a page shows: each module turns the linked dossier into one frozen view for a page, which its template is given."""
