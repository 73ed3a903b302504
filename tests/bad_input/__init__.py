"""Bad input: each case with the message it gets, crashes at random moments, documents mutated at random."""
