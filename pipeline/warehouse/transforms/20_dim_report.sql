SELECT
    report_id,
    document_id,
    part,
    source_path,
    media_type,
    encoding,
    title,
    agency_id,
    agency_stated,
    year,
    period_start,
    period_end,
    template,
    doc_type,
    scope,
    published_on,
    superseded_by IS NULL AS is_current,
    superseded_by,
    parser_version,
    first_seen,
    notices
FROM publication
ORDER BY document_id, part
