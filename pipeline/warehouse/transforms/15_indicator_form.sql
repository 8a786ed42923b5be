SELECT *
FROM declared_indicator_form
