"""What is published of a linked dossier: views, templates, charts, feeds, tables, what is searched."""
