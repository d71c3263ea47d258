-- A new open spell is the present status. What was written says so by itself: looked up in the table of spells, it
-- would be walked once per person while the planner takes that table for empty, as in a first large import.
CREATE OR REPLACE FUNCTION people_spell_added() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    UPDATE people_resident AS r
    SET state = w.state, state_since = w.since, registered = w.registered, current_spell = w.id
    FROM (SELECT id, resident_id, state, since, registered_on IS NOT NULL AND cancelled_on IS NULL AS registered
          FROM written WHERE until IS NULL AND deleted_at IS NULL) AS w
    WHERE r.id = w.resident_id
      AND (r.state, r.state_since, r.registered, r.current_spell) IS DISTINCT FROM (w.state, w.since, w.registered, w.id);
    RETURN NULL;
END $$;

CREATE OR REPLACE TRIGGER people_spell_inserted AFTER INSERT ON people_spell
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION people_spell_added();
