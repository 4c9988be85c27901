"""Agreement texts: rules, operations, copies and pages."""
