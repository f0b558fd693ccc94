"""One module a report: from what was worked out to a `Report`, before any format."""
