-- Of the agencies that are here: where others come, they are looked at anew.
SELECT s.* EXCLUDE (first_year)
FROM declared_succession AS s
SEMI JOIN dim_agency AS a ON a.agency_id = s.agency_id
