"""Texts of articles: encodings, paragraphs, noise, the names, dates and leads found in them."""
