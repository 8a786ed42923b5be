SELECT *
FROM declared_form
