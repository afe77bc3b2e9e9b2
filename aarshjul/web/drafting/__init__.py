"""The draft in the browser: written in forms, submitted, brought together with what others wrote, compared."""
