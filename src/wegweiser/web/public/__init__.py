"""The site for everybody: the question, the answer, the way to a person, and a page per offer."""
