-- The present status on the resident's row follows the open spell, whoever wrote it and however many at once.
CREATE OR REPLACE FUNCTION people_present_status(people bigint[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = public AS $$
    UPDATE people_resident AS r
    SET state = COALESCE(s.state, ''),
        state_since = s.since,
        registered = COALESCE(s.registered_on IS NOT NULL AND s.cancelled_on IS NULL, false),
        current_spell = s.id
    FROM unnest(people) AS touched(id)
    LEFT JOIN people_spell AS s ON s.resident_id = touched.id AND s.until IS NULL AND s.deleted_at IS NULL
    WHERE r.id = touched.id
      AND (r.state, r.state_since, r.registered, r.current_spell) IS DISTINCT FROM
          (COALESCE(s.state, ''), s.since,
           COALESCE(s.registered_on IS NOT NULL AND s.cancelled_on IS NULL, false), s.id)
$$;

CREATE OR REPLACE FUNCTION people_spell_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_present_status(ARRAY(SELECT DISTINCT resident_id FROM written));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION people_spell_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM people_present_status(ARRAY(SELECT resident_id FROM written UNION SELECT resident_id FROM before));
    RETURN NULL;
END $$;

CREATE TRIGGER people_spell_inserted AFTER INSERT ON people_spell
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_spell_written();
CREATE TRIGGER people_spell_deleted AFTER DELETE ON people_spell
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_spell_written();
CREATE TRIGGER people_spell_updated AFTER UPDATE ON people_spell
    REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_spell_changed();

-- A resident changes community by a transfer or a new code, never by an ordinary save.
CREATE OR REPLACE FUNCTION people_stays_in_region() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF COALESCE(current_setting('qiao.moving', true), '') <> 'on' THEN
        RAISE EXCEPTION 'A resident changes community through a transfer.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'resident_moves_by_transfer';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_resident_stays BEFORE UPDATE ON people_resident
    FOR EACH ROW WHEN (OLD.region_id <> NEW.region_id) EXECUTE FUNCTION people_stays_in_region();

-- Leaving the denominator of the rates takes a reason and a second person.
CREATE OR REPLACE FUNCTION people_leaves_by_agreement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF COALESCE(current_setting('qiao.agreed', true), '') <> 'on' THEN
        RAISE EXCEPTION 'Becoming unwilling or unable to work needs a reason and a second person.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'resident_leaves_by_agreement';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER people_resident_leaves BEFORE UPDATE ON people_resident
    FOR EACH ROW WHEN ((OLD.willing IS TRUE AND NEW.willing IS FALSE) OR (OLD.able AND NOT NEW.able))
    EXECUTE FUNCTION people_leaves_by_agreement();
