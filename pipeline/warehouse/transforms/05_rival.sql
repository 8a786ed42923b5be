-- Of two reports on one agency and year the one that counts before the other although nothing
-- tells that it is the later one: two days of publication, the word that one corrects, or that one
-- took the other's place. They are equals unless the other's year or agency alone is in doubt.
SELECT
    one.report_id,
    other.report_id AS rival_id,
    one.is_doubted OR NOT other.is_doubted AS are_equals
FROM ranked_report AS one
JOIN ranked_report AS other USING (agency_id, year)
WHERE one.feeds_facts
    AND other.feeds_facts
    AND one.is_live
    AND other.is_live
    AND one.position > other.position
    AND NOT CASE
        WHEN one.dated_on <> other.dated_on THEN one.dated_on > other.dated_on
        WHEN one.is_correction <> other.is_correction THEN one.is_correction
        ELSE other.is_outlived AND NOT one.is_outlived
    END
