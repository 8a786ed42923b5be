-- What people decided, of whatever reports; one that fits no more changes nothing.
SELECT * FROM declared_decision ORDER BY decision_id
