"""What a working day is, how working days are counted across places, and which hours of two zones overlap."""
