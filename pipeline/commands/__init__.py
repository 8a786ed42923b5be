"""What the commands of ``gongkai`` print; the work is done in the other rooms."""
