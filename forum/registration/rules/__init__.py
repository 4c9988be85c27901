"""Pure rules of the registration: fields, documents, windows, offers, completeness."""
