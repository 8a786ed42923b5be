SELECT *
FROM declared_channel
