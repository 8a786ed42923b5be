-- Why each of them changed; $other says whether another version of the program read it.
INSERT INTO revision BY NAME
WITH reported AS (
    SELECT DISTINCT agency_id, year FROM old.dim_report WHERE doc_type = 'annual_report'
),
still_there AS (
    SELECT document_id FROM gongkai.dim_report
    UNION SELECT document_id FROM gongkai.quarantine
),
known AS (
    SELECT document_id FROM old.dim_report
    UNION SELECT document_id FROM old.quarantine WHERE $other
),
-- Paths that have another content now, which does not say that it corrects the one before.
overwritten AS (
    SELECT n.source_path
    FROM gongkai.dim_report AS n
    ANTI JOIN old.dim_report AS o USING (document_id)
    SEMI JOIN old.dim_report AS p USING (source_path)
    WHERE NOT n.is_correction AND n.source_path IS NOT NULL
    UNION
    -- A copy of what is known under another path, which is the one that is named.
    SELECT o.source_path
    FROM old.dim_report AS o
    ANTI JOIN still_there USING (document_id)
    SEMI JOIN lying ON lying.source_path = split_part(o.source_path, '!/', 1)
),
-- Years of which another report came: its tables take the place of those of any before it.
added AS (
    SELECT DISTINCT n.agency_id, n.year
    FROM gongkai.dim_report AS n
    ANTI JOIN old.dim_report AS o USING (report_id)
    WHERE n.doc_type = 'annual_report'
),
judged AS (
    SELECT
        r.*,
        -- The report of the old value as it was and as it is, that of the new one likewise.
        o_was.document_id AS old_document,
        o_is.report_id IS NULL AS is_old_gone,
        o_was.parser_version IS DISTINCT FROM o_is.parser_version
            AND o_is.report_id IS NOT NULL AS is_old_read_anew,
        a.agency_id IS NOT NULL OR o_was.superseded_by IS DISTINCT FROM o_is.superseded_by
            AS is_old_replaced,
        n_was.report_id IS NULL AS is_new,
        n_was.parser_version IS DISTINCT FROM n_is.parser_version AS is_new_read_anew,
        (n_was.agency_id, n_was.year, n_was.doc_type)
            IS DISTINCT FROM (n_is.agency_id, n_is.year, n_is.doc_type) AS is_new_placed_anew,
        n_is.document_id IN (SELECT document_id FROM known WHERE document_id IS NOT NULL)
            AS is_new_known,
        o_was.document_id IN (SELECT document_id FROM still_there WHERE document_id IS NOT NULL)
            AS is_old_there,
        o_was.source_path IN (FROM overwritten) AS is_old_overwritten,
        n_is.source_path IN (FROM overwritten) AS is_new_overwritten,
        p.agency_id IS NOT NULL AS was_reported,
        c.report_id IS NOT NULL AS is_withheld,
        f.report_id IS NOT NULL AS is_freed
    FROM revised AS r
    LEFT JOIN old.dim_report AS o_was ON o_was.report_id = r.old_report_id
    LEFT JOIN gongkai.dim_report AS o_is ON o_is.report_id = r.old_report_id
    LEFT JOIN old.dim_report AS n_was ON n_was.report_id = r.new_report_id
    LEFT JOIN gongkai.dim_report AS n_is ON n_is.report_id = r.new_report_id
    LEFT JOIN reported AS p ON p.agency_id = r.agency_id AND p.year = r.year
    LEFT JOIN added AS a ON a.agency_id = r.agency_id AND a.year = r.year
    LEFT JOIN gongkai.correction AS c
        ON c.is_applied AND c.report_id = r.old_report_id AND c.indicator_id = r.indicator_id
    LEFT JOIN old.correction AS f
        ON f.is_applied AND f.report_id = r.new_report_id AND f.indicator_id = r.indicator_id
)
SELECT
    j.agency_id,
    j.year,
    j.indicator_id,
    j.old_value,
    j.new_value,
    j.old_report_id,
    j.new_report_id,
    CASE
        WHEN j.is_withheld THEN 'withheld'
        WHEN j.is_freed OR j.old_report_id = j.new_report_id THEN 'program changed'
        WHEN j.new_value IS NOT NULL AND j.is_new THEN CASE
            WHEN j.is_new_known THEN 'program changed'
            WHEN j.is_new_overwritten THEN 'file changed'
            WHEN j.was_reported THEN 'corrected report'
            ELSE 'new report'
        END
        WHEN j.new_value IS NULL AND j.is_old_overwritten THEN 'file changed'
        WHEN j.old_value IS NOT NULL AND j.is_old_gone THEN
            CASE WHEN j.is_old_there THEN 'program changed' ELSE 'file gone' END
        WHEN $other OR j.is_old_read_anew THEN 'program changed'
        WHEN j.new_value IS NOT NULL THEN
            CASE WHEN j.is_new_read_anew OR j.is_new_placed_anew THEN 'program changed'
                ELSE 'corrected report' END
        WHEN j.is_old_replaced THEN 'corrected report'
        ELSE 'program changed'
    END AS cause,
    v.vintage,
    v.publication,
    v.published_at
FROM judged AS j, vintage AS v
WHERE v.vintage = $number
ORDER BY j.indicator_id, j.year, j.agency_id
