-- The value of a parameter that holds in a region on a day, as text: the most specific place up the tree wins.
CREATE FUNCTION qiao_parameter(wanted text, region bigint, day date) RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT value #>> '{}'
    FROM standards_parametervalue
    WHERE code = wanted
        AND place IN (
            0, region - region % 10000000000, region - region % 100000000,
            region - region % 1000000, region - region % 1000, region
        )
        AND withdrawn_at IS NULL
        AND (valid_from IS NULL OR valid_from <= day)
        AND (valid_to IS NULL OR valid_to > day)
    ORDER BY place DESC
    LIMIT 1
$$;
