"""What happened, by whom, when: events that outlive what they speak of."""
