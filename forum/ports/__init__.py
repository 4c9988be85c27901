"""The outside world: mail, files, jobs, documents, logs and figures."""
