-- Parts of files whose documents are kept whole, and not their reports.
WITH {parts}
SELECT
    r.file_id,
    min(i.source_path) AS first_path,
    min_by(i.name, i.source_path) AS name,
    r.filename,
    r.part,
    r.parts,
    r.pages_skipped
FROM {read_file} AS r
JOIN kept AS k ON k.file_id = r.file_id AND k.is_whole
JOIN {inventory} AS i ON i.file_id = r.file_id AND i.retired_at IS NULL
LEFT JOIN parsed AS p ON p.file_id = r.file_id
WHERE NOT coalesce(list_contains(p.parts, r.part), false)
GROUP BY ALL
ORDER BY r.filename, r.file_id, r.part
