-- Files by the parts that reports and documents are kept of, and whether that is all of them.
parsed AS (
    SELECT file_id, list(part) AS parts, count(DISTINCT part) >= max(parts) AS is_whole
    FROM {file} GROUP BY file_id
),
kept AS (
    SELECT file_id, count(DISTINCT part) >= max(parts) AS is_whole
    FROM {read_file} GROUP BY file_id
)
