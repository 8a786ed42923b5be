SELECT
    agency_id,
    coalesce(
        max_by(name_zh, (coalesce(year, 0), length(name_zh))) FILTER (agency_stated = name_zh),
        max_by(name_zh, (coalesce(year, 0), length(name_zh))) FILTER (
            ends_with(name_zh, regexp_replace(agency_stated, '^[省市县区旗州盟]', ''))
        ),
        max_by(name_zh, coalesce(year, 0))
    ) AS name_zh,
    max_by(region_code, coalesce(year, 0)) AS region_code,
    max_by(region_name, coalesce(year, 0)) AS region_name,
    max_by(province, coalesce(year, 0)) AS province,
    max_by(level, coalesce(year, 0)) AS level,
    max_by(function, coalesce(year, 0)) AS function,
    max_by(valid_from, coalesce(year, 0)) AS valid_from,
    max_by(valid_to, coalesce(year, 0)) AS valid_to,
    1 AS vintage
FROM ranked_report
WHERE agency_id IS NOT NULL
GROUP BY agency_id
ORDER BY agency_id
