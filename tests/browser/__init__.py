"""The pages in a real browser: clicked, looked at in every size, and judged by axe-core."""
