"""What subscribers get: the page of a calendar, its feed and files, and where its process stands."""
