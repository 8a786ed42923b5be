WITH live AS (
    SELECT
        d.*,
        i.first_seen,
        i.source_path || CASE WHEN d.member = '' THEN '' ELSE '!/' || d.member END AS path
    FROM store_document AS d
    JOIN inventory AS i USING (file_id)
    WHERE i.retired_at IS NULL
)
SELECT
    NULL AS document_id,
    source_path,
    reason,
    detail,
    first_seen
FROM inventory
WHERE file_id IS NULL
UNION ALL
SELECT
    document_id,
    path,
    coalesce(reason, 'not_a_report'),
    coalesce(detail, 'no report was recognised in it; it may be another kind of paper'),
    first_seen
FROM live
WHERE reason IS NOT NULL OR origin NOT IN (SELECT origin FROM store_report)
ORDER BY source_path
