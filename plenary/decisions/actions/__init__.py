"""What makes a decision, and what is done beside it; and what the clock does."""
