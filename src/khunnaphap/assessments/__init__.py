"""Rounds, assessments, answers, verification, classification."""
