-- The service ledger of a fair that was held is kept for the time the law asks: until then nothing of it is deleted,
-- whoever asks. What an import brought in by mistake is taken back all the same: it was never true.
CREATE FUNCTION fairs_record_is_kept() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
DECLARE
    fair fairs_fair;
BEGIN
    IF TG_OP = 'UPDATE' AND (OLD.deleted_at IS NOT NULL OR NEW.deleted_at IS NULL)
       OR COALESCE(current_setting('qiao.taking_back', true), '') = 'on' THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    CASE TG_TABLE_NAME
        WHEN 'fairs_fair' THEN
            fair := OLD;
        WHEN 'fairs_offer' THEN
            SELECT f.* INTO fair FROM fairs_fair AS f JOIN fairs_booth AS b ON b.fair_id = f.id WHERE b.id = OLD.booth_id;
        WHEN 'fairs_intention' THEN
            SELECT f.* INTO fair FROM fairs_fair AS f JOIN fairs_visitor AS v ON v.fair_id = f.id WHERE v.id = OLD.visitor_id;
        ELSE
            SELECT f.* INTO fair FROM fairs_fair AS f WHERE f.id = OLD.fair_id;
    END CASE;
    IF fair.stage IN ('held', 'closed')
       AND qiao_today() <= fair.held_on
           + make_interval(years => qiao_parameter('ledger_keep_years', fair.region_id, fair.held_on)::int) THEN
        RAISE EXCEPTION 'The records of a fair are kept for the time the law asks; none of them is deleted before.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'fair_records_are_kept';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
