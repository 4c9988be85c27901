"""What changes the glossary: concepts and words, their judgement, merging, files taken in, answers to findings."""
