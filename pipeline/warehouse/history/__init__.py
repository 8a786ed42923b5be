"""What was published when: vintages, what changed between two, the warehouse of an earlier day."""
