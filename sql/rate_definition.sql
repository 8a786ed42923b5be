-- zh: 比率的定义：每一种比率在每一代表式中由哪些指标组成
-- en: How rates are defined: which indicators each is made of on each form
-- grain: one row for each rate and form
-- columns:
--   topic
--   rate_id = 比率标识；在各表式中含义相同 | Id of the rate; it means one thing on all forms
--   template
--   label_zh = 比率名称 | Chinese name
--   label_en = 比率英文名称 | English name
--   is_outcome = 是否为该表式办理结果之一 | Whether it is an outcome on that form
--   least = 分母小于此数则无比率 | A smaller denominator gives no rate
--   relation, note_zh, note_en
--   numerators = 分子的指标数，为空者该表式无此项 | How many indicators the numerator has; NULL where the form does not count it
--   denominators = 分母的指标数 | How many indicators the denominator has
--   numerator_ids = 分子指标（相加） | Indicators that add up to the numerator
--   instead_ids = 报告有时代各项而列的一行 | The one row that some reports print in the place of the form's
--   denominator_ids = 分母指标（相加） | Indicators that add up to the denominator
-- example:
--   SELECT rate_id, template, label_en, numerator_ids, denominator_ids
--   FROM rate_definition
--   WHERE topic = 'outcomes'
--   ORDER BY rate_id, template
SELECT
    topic,
    rate_id,
    template,
    any_value(label_zh) AS label_zh,
    any_value(label_en) AS label_en,
    any_value(is_outcome) AS is_outcome,
    any_value(least) AS least,
    any_value(relation) AS relation,
    any_value(note_zh) AS note_zh,
    any_value(note_en) AS note_en,
    any_value(numerators) AS numerators,
    any_value(denominators) AS denominators,
    list(indicator_id ORDER BY place) FILTER (role = 'numerator') AS numerator_ids,
    list(indicator_id) FILTER (role = 'instead') AS instead_ids,
    list(indicator_id ORDER BY place) FILTER (role = 'denominator') AS denominator_ids
FROM rate_term
GROUP BY topic, rate_id, template
