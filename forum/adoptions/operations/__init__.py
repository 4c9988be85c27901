"""What changes the ledger: entries and their steps, differences, confirmed degrees, alarms seen, the known pairs."""
