-- What is known of each path and content, after a look at the raw folder.
CREATE TEMP TABLE merged AS
WITH present AS (
    SELECT s.source_path, s.name, s.size, CASE WHEN s.mtime_ns < $fresh THEN s.mtime_ns END
               AS mtime_ns,
           h.file_id, coalesce(h.reason, s.reason) AS reason, coalesce(h.detail, s.detail) AS detail
    FROM seen s LEFT JOIN hashed h USING (source_path)
    WHERE s.reason IS NOT NULL OR h.source_path IS NOT NULL
    UNION ALL
    SELECT s.source_path, s.name, s.size, s.mtime_ns, k.file_id, NULL, NULL
    FROM seen s JOIN known k ON k.source_path = s.source_path AND k.size = s.size
        AND k.mtime_ns = s.mtime_ns AND k.retired_at IS NULL AND k.file_id IS NOT NULL
)
SELECT p.source_path, p.name, p.size, p.mtime_ns, p.file_id,
       coalesce(k.first_seen, $now) AS first_seen, NULL::TIMESTAMP AS retired_at,
       p.reason, p.detail
FROM present p LEFT JOIN known k
    ON k.source_path = p.source_path AND k.file_id IS NOT DISTINCT FROM p.file_id
UNION ALL
SELECT k.source_path, k.name, k.size, k.mtime_ns, k.file_id, k.first_seen,
       coalesce(k.retired_at, $now), k.reason, k.detail
FROM known k ANTI JOIN present p
    ON k.source_path = p.source_path AND k.file_id IS NOT DISTINCT FROM p.file_id
WHERE k.file_id IS NOT NULL
