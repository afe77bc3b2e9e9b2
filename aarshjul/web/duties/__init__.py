"""What a public body owes whoever uses its pages: an accessibility statement, and what is kept about people."""
