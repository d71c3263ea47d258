-- The openings of a post are given under a lock on the post, whoever writes placements and however many at once:
-- the second of two who want the last one waits, counts again and breaks the rule post_openings_are_given_once.
CREATE OR REPLACE FUNCTION vacancies_count_filled(posts bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM 1 FROM vacancies_post WHERE id = ANY (posts) ORDER BY id FOR UPDATE;
    UPDATE vacancies_post AS p
    SET filled = counted.number
    FROM (SELECT touched.id, count(f.id) AS number
          FROM unnest(posts) AS touched(id)
          LEFT JOIN vacancies_placement AS f ON f.post_id = touched.id AND f.deleted_at IS NULL
              AND f.continues_id IS NULL
          GROUP BY touched.id) AS counted
    WHERE p.id = counted.id AND p.filled <> counted.number;
END $$;
