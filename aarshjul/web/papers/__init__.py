"""Papers as pages of the web: what is handed out at meetings, drafts and their versions, results."""
