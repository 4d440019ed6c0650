"""What is measured: `make bench` runs all and writes RESULTS.md. Ratios in one run; never part of the tests."""
