"""Pictures made at build time: plain SVG, links within, no styles of its own, the same bytes every time."""
