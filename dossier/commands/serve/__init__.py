"""Serve the dossier while it is edited, always as a cold build would write it. Begin reading with `preview`."""
