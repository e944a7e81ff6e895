-- A timeline of a person asks from either side of a decision.
CREATE INDEX likeness_decision_higher ON likeness_decision (higher);
