"""Serve the dossier while it is edited, always as a cold build would write it.

Begin reading with `preview`: it reads inputs, has them taken up in `last_good`, the last good site, and tells open pages the `news`.
"""
