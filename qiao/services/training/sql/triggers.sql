-- The seats of a class follow its enrolments. The class is locked first and counted then, so that the last seat
-- is never given twice; residents of every community share the seats, hence the owner's rights.
CREATE FUNCTION training_count_seats(classes bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM id FROM training_trainingclass WHERE id = ANY(classes) ORDER BY id FOR UPDATE;
    UPDATE training_trainingclass AS c SET taken = n.taken
    FROM (
        SELECT k.id, count(e.id) AS taken
        FROM unnest(classes) AS k(id)
        LEFT JOIN training_enrolment AS e ON e.training_class_id = k.id AND e.deleted_at IS NULL
            AND e.stage IN ('enrolled', 'finished')
        GROUP BY k.id
    ) AS n
    WHERE c.id = n.id AND c.taken <> n.taken;
END $$;

CREATE FUNCTION training_enrolment_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM training_count_seats(ARRAY(SELECT DISTINCT training_class_id FROM written));
    RETURN NULL;
END $$;

CREATE FUNCTION training_enrolment_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM training_count_seats(
        ARRAY(SELECT training_class_id FROM written UNION SELECT training_class_id FROM before));
    RETURN NULL;
END $$;

CREATE TRIGGER training_enrolment_inserted AFTER INSERT ON training_enrolment
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION training_enrolment_written();
CREATE TRIGGER training_enrolment_deleted AFTER DELETE ON training_enrolment
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION training_enrolment_written();
CREATE TRIGGER training_enrolment_updated AFTER UPDATE ON training_enrolment
    REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION training_enrolment_changed();
