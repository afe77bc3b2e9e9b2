"""The page of one's own by a link: what stands there, what a press does, what a link is worth."""
