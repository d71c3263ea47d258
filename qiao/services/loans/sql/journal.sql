-- The journal is written once. Rights keep the program from changing it; these triggers keep everybody else.
CREATE FUNCTION loans_written_once() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The journal is never changed; book a reversal.' USING ERRCODE = 'restrict_violation';
END $$;

CREATE FUNCTION loans_not_emptied() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT FROM loans_entry) THEN
        RAISE EXCEPTION 'The journal is never emptied.' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER loans_entry_written_once BEFORE UPDATE OR DELETE ON loans_entry
    FOR EACH STATEMENT EXECUTE FUNCTION loans_written_once();
CREATE TRIGGER loans_entry_not_emptied BEFORE TRUNCATE ON loans_entry
    FOR EACH STATEMENT EXECUTE FUNCTION loans_not_emptied();
CREATE TRIGGER loans_line_written_once BEFORE UPDATE OR DELETE ON loans_line
    FOR EACH STATEMENT EXECUTE FUNCTION loans_written_once();
CREATE TRIGGER loans_line_not_emptied BEFORE TRUNCATE ON loans_line
    FOR EACH STATEMENT EXECUTE FUNCTION loans_not_emptied();
CREATE TRIGGER loans_closedday_written_once BEFORE UPDATE OR DELETE ON loans_closedday
    FOR EACH STATEMENT EXECUTE FUNCTION loans_written_once();
CREATE TRIGGER loans_closedmonth_written_once BEFORE UPDATE OR DELETE ON loans_closedmonth
    FOR EACH STATEMENT EXECUTE FUNCTION loans_written_once();

-- Nothing is booked into a day or a month that is closed for its district. A close holds the same lock exclusively,
-- so that no entry slips into a day while it is being closed.
CREATE FUNCTION loans_day_is_open() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    place bigint := NEW.region_id / 1000000;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(20060831, place::int);
    IF EXISTS (SELECT FROM loans_closedday WHERE district = place AND day >= NEW.booked_on)
       OR EXISTS (SELECT FROM loans_closedmonth WHERE district = place AND month >= date_trunc('month', NEW.booked_on)) THEN
        RAISE EXCEPTION 'The day % is closed; book on an open day.', NEW.booked_on USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER loans_entry_day_is_open BEFORE INSERT ON loans_entry
    FOR EACH ROW EXECUTE FUNCTION loans_day_is_open();

-- When the transaction ends, each entry has the lines it says, and they add up to its amount.
CREATE FUNCTION loans_entry_is_whole() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE
    header bigint := CASE TG_TABLE_NAME WHEN 'loans_entry' THEN (to_jsonb(NEW)->>'id')::bigint
                     ELSE (to_jsonb(NEW)->>'entry_id')::bigint END;
BEGIN
    IF EXISTS (
        SELECT FROM loans_entry AS e
        LEFT JOIN LATERAL (SELECT count(*) AS n, sum(l.fen) AS fen FROM loans_line AS l WHERE l.entry_id = e.id) AS l ON true
        WHERE e.id = header AND (l.n <> e.line_count OR l.fen IS DISTINCT FROM e.total_fen)
    ) THEN
        RAISE EXCEPTION 'Entry % does not have the lines it says.', header USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER loans_entry_is_whole AFTER INSERT ON loans_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION loans_entry_is_whole();
CREATE CONSTRAINT TRIGGER loans_line_is_of_its_entry AFTER INSERT ON loans_line
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION loans_entry_is_whole();

-- What a claim left above the multiple can only sink, and is gone once there is room again.
CREATE FUNCTION loans_tolerated_sinks() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.liability_fen <= NEW.deposit_fen * NEW.multiple THEN
        NEW.tolerated_fen := 0;
    ELSIF NEW.deposit_fen < OLD.deposit_fen OR NEW.multiple < OLD.multiple THEN
        NEW.tolerated_fen := least(NEW.liability_fen, OLD.liability_fen);
    ELSE
        NEW.tolerated_fen := least(OLD.tolerated_fen, NEW.liability_fen);
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER loans_fund_tolerated_sinks BEFORE UPDATE ON loans_fund
    FOR EACH ROW EXECUTE FUNCTION loans_tolerated_sinks();
