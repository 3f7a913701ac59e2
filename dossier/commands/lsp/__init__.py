"""A language server: editors complete, explain, follow and rename ids with it. `server` speaks the protocol; nothing else here knows it."""
