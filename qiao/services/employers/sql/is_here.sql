-- Whatever names an employer of the register names one of the same district: another district keeps its own.
-- For triggers on tables with `employer_id` and `region_id`. A re-code moves whole registers, one after the other.
CREATE FUNCTION employers_employer_is_here() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF COALESCE(current_setting('qiao.moving', true), '') <> 'on'
       AND EXISTS (SELECT FROM employers_employer AS e
                   WHERE e.id = NEW.employer_id AND e.district <> NEW.region_id / 1000000) THEN
        RAISE EXCEPTION 'This employer is registered in another district. Enter it in this district first.'
            USING ERRCODE = 'check_violation', CONSTRAINT = TG_TABLE_NAME || '_employer_is_of_the_district';
    END IF;
    RETURN NEW;
END $$;
