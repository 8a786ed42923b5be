"""What a build tells of itself: record, log, figures, health."""
