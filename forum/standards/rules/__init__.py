"""What follows from the stages of a deliverable: progress, time, clocks."""
