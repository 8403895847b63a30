"""How sure a sentence may be: degrees of certainty and what they rest on."""
