"""How coordinators log in: the page, the links by mail, and the sessions that hold."""
