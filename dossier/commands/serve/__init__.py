"""The preview: the dossier served while it is edited, always as a cold build would write it."""
