-- Reports that moved, and all others about the same agencies and years.
SELECT report_id
FROM moved_report
UNION
SELECT report_id
FROM ranked_report
SEMI JOIN touched_line USING (agency_id, year)
UNION
SELECT report_id
FROM before_ranked_report
SEMI JOIN touched_line USING (agency_id, year)
