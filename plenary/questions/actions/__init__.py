"""What people do with a question: put it, answer it, extend it, end it."""
