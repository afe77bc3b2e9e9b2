"""What is said of the draft: comments, where members stand, the minutes of meetings and the changes that they want."""
