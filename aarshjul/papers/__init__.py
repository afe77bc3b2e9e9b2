"""Papers: the draft, its differences, agendas and minutes as pages to read, print and send."""
