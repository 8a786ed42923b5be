-- What a person could settle, ordered by the facts that settling it would add.
-- A row that ran together is one thing to settle, however many numbers it holds.
WITH unread AS (
    SELECT
        'reading' AS kind,
        count(*) AS adds,
        g.report_id,
        o.quote,
        arg_min(g.observation_id, o.char_start * 1000 + coalesce(o.col_no, 0)) AS observation_id,
        list(g.indicator_id ORDER BY o.char_start, o.col_no,
            string_split(g.observation_id, '.')[-1]::INTEGER) AS indicators,
        any_value(g.candidates) AS candidates,
        NULL AS printed,
        g.status AS why
    FROM fact_gap AS g JOIN observation AS o USING (observation_id)
    WHERE g.status IN ('unreadable', 'disagreeing', 'masked') AND trim(o.quote) <> ''
    GROUP BY g.report_id, o.quote, g.status
),
nobody AS (
    SELECT
        'agency' AS kind,
        count(DISTINCT o.indicator_id) AS adds,
        r.report_id,
        coalesce(r.title, r.agency_stated, arg_min(o.quote, o.char_start)) AS quote,
        NULL AS observation_id,
        [] AS indicators,
        [] AS candidates,
        r.agency_stated AS printed,
        {why_nobody} AS why
    FROM dim_report AS r
    JOIN observation AS o ON o.report_id = r.report_id AND o.value IS NOT NULL
    WHERE ({nobody}) AND r.is_current AND r.doc_type = 'annual_report' AND r.year IS NOT NULL
    GROUP BY r.report_id, r.title, r.agency_stated
),
unmapped AS (
    SELECT
        'label' AS kind,
        1 AS adds,
        o.report_id,
        CASE WHEN contains(o.quote, o.label_raw) THEN o.quote
            ELSE o.label_raw || chr(9) || o.quote END AS quote,
        o.observation_id,
        [] AS indicators,
        [] AS candidates,
        o.value_raw AS printed,
        o.label_raw AS why
    FROM observation AS o JOIN dim_report AS r USING (report_id)
    WHERE o.indicator_id IS NULL AND o.source = 'table' AND o.value_status = 'reported'
        AND r.is_current AND r.doc_type = 'annual_report' AND r.year IS NOT NULL
),
disputed AS (
    SELECT
        'confirm' AS kind,
        0 AS adds,
        f.report_id,
        o.quote,
        f.observation_id,
        [f.indicator_id] AS indicators,
        [] AS candidates,
        o.value_raw AS printed,
        f.errors_failing::VARCHAR AS why
    FROM fact_indicator AS f JOIN observation AS o USING (observation_id)
    WHERE f.standing = 'disputed' AND f.source IN ('table', 'narrative', 'reconstructed')
)
SELECT
    q.*,
    r.document_id,
    r.part,
    r.media_type,
    r.source_path,
    r.year,
    r.agency_id,
    coalesce(a.name_zh, r.agency_stated) AS name_zh
FROM (
    FROM unread UNION ALL BY NAME FROM nobody UNION ALL BY NAME
    FROM unmapped UNION ALL BY NAME FROM disputed
) AS q
JOIN dim_report AS r USING (report_id)
LEFT JOIN dim_agency AS a ON a.agency_id = r.agency_id
ORDER BY q.adds DESC, q.kind, r.source_path, q.quote
LIMIT $most
