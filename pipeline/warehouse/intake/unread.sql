-- Files that neither reports nor documents are kept of, whole.
WITH {parts}
SELECT
    i.file_id,
    min(i.source_path) AS first_path,
    min_by(i.name, i.source_path) AS name,
    any_value(i.size) AS size,
    arg_min_null(i.mtime_ns, i.source_path) AS mtime_ns,
    any_value(p.parts) AS parsed
FROM {inventory} AS i
LEFT JOIN parsed AS p USING (file_id)
LEFT JOIN kept AS k USING (file_id)
WHERE i.retired_at IS NULL AND i.file_id IS NOT NULL
    AND p.is_whole IS NOT TRUE AND k.is_whole IS NOT TRUE AND {sizes}
GROUP BY i.file_id
ORDER BY first_path
