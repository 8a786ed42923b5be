-- What the look brought, in the words of `Survey`.
WITH missing AS (
    SELECT DISTINCT
        k.source_path,
        k.file_id IN (SELECT file_id FROM merged WHERE retired_at IS NULL AND file_id IS NOT NULL)
            AS lies_elsewhere
    FROM known k ANTI JOIN seen s USING (source_path)
    WHERE k.retired_at IS NULL
)
SELECT
    count(*) FILTER (retired_at IS NULL) AS files,
    count(*) FILTER (retired_at IS NULL AND first_seen = $now) AS added,
    count(*) FILTER (retired_at = $now) AS retired,
    (SELECT count(DISTINCT source_path) FROM known WHERE retired_at IS NULL) AS known,
    (SELECT count(*) FROM missing WHERE lies_elsewhere IS NOT TRUE) AS gone,
    (SELECT count(*) FROM missing WHERE lies_elsewhere) AS moved
FROM merged
