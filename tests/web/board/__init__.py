"""The board and the pages of one cycle."""
