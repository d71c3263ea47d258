CREATE OR REPLACE FUNCTION vacancies_placement_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_count_filled(ARRAY(SELECT DISTINCT post_id FROM written WHERE post_id IS NOT NULL));
    RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION vacancies_placement_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM vacancies_count_filled(ARRAY(
        SELECT unnest(ARRAY[b.post_id, w.post_id]) FROM before AS b JOIN written AS w USING (id)
        WHERE (b.post_id, b.deleted_at) IS DISTINCT FROM (w.post_id, w.deleted_at)));
    RETURN NULL;
END $$;

CREATE TRIGGER vacancies_placement_inserted AFTER INSERT ON vacancies_placement
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION vacancies_placement_written();
CREATE TRIGGER vacancies_placement_deleted AFTER DELETE ON vacancies_placement
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION vacancies_placement_written();
CREATE TRIGGER vacancies_placement_updated AFTER UPDATE ON vacancies_placement
    REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT
    EXECUTE FUNCTION vacancies_placement_changed();

-- Work ends with the status: a placement does not outlast it. A move to another community ends no work.
CREATE OR REPLACE FUNCTION vacancies_work_ended() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF COALESCE(current_setting('qiao.moving', true), '') <> 'on' THEN
        UPDATE vacancies_placement AS p
        SET ended_on = w.until, changed_at = now()
        FROM before AS b JOIN written AS w USING (id)
        WHERE p.resident_id = w.resident_id AND w.state = 'employed' AND b.until IS NULL AND w.until IS NOT NULL
          AND p.ended_on IS NULL AND p.deleted_at IS NULL AND p.started_on <= w.until;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER vacancies_work_ended AFTER UPDATE ON people_spell
    REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT
    EXECUTE FUNCTION vacancies_work_ended();

-- A post is offered by an employer of the same district: another district keeps its own.
CREATE OR REPLACE FUNCTION vacancies_employer_is_here() RETURNS trigger LANGUAGE plpgsql
SECURITY DEFINER SET search_path = public AS $$
BEGIN
    IF EXISTS (SELECT FROM employers_employer AS e
               WHERE e.id = NEW.employer_id AND e.district <> NEW.region_id / 1000000) THEN
        RAISE EXCEPTION 'This employer is registered in another district. Enter it here first, then its post.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'post_employer_is_of_the_district';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER vacancies_employer_is_here BEFORE INSERT OR UPDATE OF employer_id, region_id ON vacancies_post
    FOR EACH ROW EXECUTE FUNCTION vacancies_employer_is_here();
