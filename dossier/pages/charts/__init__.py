"""Draw pictures at build time: plain SVG with links, no styles of its own, the same bytes every time."""
