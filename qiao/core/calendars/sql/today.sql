-- The business date: the day the instance is set to, or today in China. The same as qiao.core.calendars.clock.today.
CREATE FUNCTION qiao_today() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public AS $$
    SELECT COALESCE((SELECT fixed_on FROM calendars_businessday LIMIT 1), (now() AT TIME ZONE 'Asia/Shanghai')::date)
$$;
