"""What the answers of respondents carry: leads with their intervals."""
