"""The linked dossier: actors found in texts, origins of claims, links both ways, checks and advice."""
