"""The coordinators' board and the pages of one cycle: people, messages, history, and what starts and ends it."""
