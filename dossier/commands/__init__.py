"""What a person types, and what it does: build, check, serve, archive, verify, new, intake."""
