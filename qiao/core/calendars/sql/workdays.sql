-- Counts working days anew after any change of the calendar; writes only the days whose count changed.
CREATE FUNCTION qiao_number_days() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO calendars_numberedday AS kept (day, number, working)
    SELECT day, (count(*) FILTER (WHERE working) OVER (ORDER BY day))::int, working
    FROM (
        SELECT series::date AS day,
               CASE special.kind
                   WHEN 'holiday' THEN false
                   WHEN 'make_up' THEN true
                   ELSE extract(isodow FROM series) < 6
               END AS working
        FROM generate_series('1990-01-01'::timestamp, '2060-12-31'::timestamp, '1 day') AS series
        LEFT JOIN calendars_calendarday special ON special.day = series::date
    ) AS days
    ON CONFLICT (day) DO UPDATE SET number = excluded.number, working = excluded.working
    WHERE (kept.number, kept.working) IS DISTINCT FROM (excluded.number, excluded.working);
    RETURN NULL;
END $$;

CREATE TRIGGER number_days AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON calendars_calendarday
    FOR EACH STATEMENT EXECUTE FUNCTION qiao_number_days();

-- The n-th working day after a day that is itself not counted; before it when n is negative.
-- With n = 0: the day itself when it is worked, else the next one that is. NULL outside 1990 to 2060.
CREATE FUNCTION qiao_add_workdays(start date, n int) RETURNS date LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT found.day
    FROM calendars_numberedday origin
    JOIN calendars_numberedday found
        ON found.working
        AND found.number = origin.number + n + CASE WHEN n <= 0 AND NOT origin.working THEN 1 ELSE 0 END
    WHERE origin.day = start
$$;

-- How many working days lie after the first day, up to and including the second; negative when it lies before.
CREATE FUNCTION qiao_workdays_between(first date, last date) RETURNS int LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (SELECT number FROM calendars_numberedday WHERE day = last)
         - (SELECT number FROM calendars_numberedday WHERE day = first)
$$;
