"""How two bodies come to one text: votes, decisions and signatures on exactly what the page shows, and conditions."""
