"""Arabic as it is written, and the dates and Markdown that people write in it. Pure: text in, text out."""
