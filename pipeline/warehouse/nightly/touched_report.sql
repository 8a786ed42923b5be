-- Reports that moved, and all others about the same agencies and years.
SELECT report_id
FROM moved_publication
UNION
SELECT report_id
FROM publication
SEMI JOIN touched_line USING (agency_id, year)
UNION
SELECT report_id
FROM before_publication
SEMI JOIN touched_line USING (agency_id, year)
