-- Every document that lies in the raw folder now, or lay there until another content took
-- its place. One row a content: of several copies the one seen first, then the first path. A content
-- that lies somewhere still, and whose place another one took elsewhere, is the earlier of the two.
WITH place AS (
    SELECT
        file_id,
        source_path,
        first_seen,
        retired_at IS NULL AS is_live,
        bool_or(retired_at IS NOT NULL) OVER (PARTITION BY file_id) AS is_outlived
    FROM inventory AS i
    WHERE file_id IS NOT NULL
        AND (
            retired_at IS NULL
            OR EXISTS (
                FROM inventory AS n
                WHERE n.source_path = i.source_path
                    AND n.file_id IS NOT NULL
                    AND n.first_seen > i.first_seen
            )
        )
)
SELECT
    d.origin,
    d.document_id,
    d.reason,
    d.detail,
    p.source_path || CASE WHEN d.member = '' THEN '' ELSE '!/' || d.member END AS source_path,
    p.is_live,
    p.is_outlived,
    p.first_seen
FROM store_document AS d
JOIN place AS p USING (file_id)
QUALIFY row_number() OVER (
    PARTITION BY d.document_id
    ORDER BY p.is_live DESC, p.first_seen, p.source_path, d.member
) = 1
