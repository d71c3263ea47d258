-- What a benefit has used follows from its lines, what it owes from its reclaims. The benefit is locked first and
-- counted then, so that no month and no fen of a year is given twice; the cap is that of the latest month of the year.
CREATE FUNCTION support_count(wanted bigint[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
BEGIN
    PERFORM id FROM support_benefit WHERE id = ANY(wanted) ORDER BY id FOR UPDATE;
    UPDATE support_benefit AS b
    SET months_used = n.used, paid_fen = n.paid, reclaimed_fen = n.reclaimed
    FROM (
        SELECT k.id,
            (SELECT count(DISTINCT l.month + make_interval(months => m))
             FROM support_line AS l CROSS JOIN generate_series(0, l.months - 1) AS m
             WHERE l.benefit_id = k.id AND l.deleted_at IS NULL) AS used,
            (SELECT COALESCE(sum(l.amount_fen), 0) FROM support_line AS l
             WHERE l.benefit_id = k.id AND l.deleted_at IS NULL) AS paid,
            (SELECT COALESCE(sum(r.amount_fen), 0) FROM support_reclaim AS r
             WHERE r.benefit_id = k.id AND r.deleted_at IS NULL) AS reclaimed
        FROM unnest(wanted) AS k(id)
    ) AS n
    WHERE b.id = n.id AND (b.months_used, b.paid_fen, b.reclaimed_fen) IS DISTINCT FROM (n.used, n.paid, n.reclaimed);
    INSERT INTO support_yearuse (region_id, kind, resident_id, outlet_id, employer_id, year, used_fen, cap_fen)
    SELECT min(b.region_id), b.kind, b.resident_id, b.outlet_id, b.employer_id, extract(year FROM l.month),
        COALESCE(sum(l.amount_fen) FILTER (WHERE l.deleted_at IS NULL), 0),
        max(b.heads * qiao_parameter(
            CASE b.kind WHEN 'tax' THEN 'relief_cap_self_employed' WHEN 'hire' THEN 'relief_cap_hire' END,
            b.region_id, l.month)::bigint)
    FROM (
        SELECT DISTINCT kind, resident_id, outlet_id, employer_id FROM support_benefit WHERE id = ANY(wanted)
    ) AS h
    JOIN support_benefit AS b ON (b.kind, COALESCE(b.resident_id, 0), COALESCE(b.outlet_id, 0), COALESCE(b.employer_id, 0))
        = (h.kind, COALESCE(h.resident_id, 0), COALESCE(h.outlet_id, 0), COALESCE(h.employer_id, 0))
        AND b.deleted_at IS NULL
        AND (b.resident_id = h.resident_id OR b.outlet_id = h.outlet_id OR b.employer_id = h.employer_id)
    JOIN support_line AS l ON l.benefit_id = b.id
    GROUP BY b.kind, b.resident_id, b.outlet_id, b.employer_id, extract(year FROM l.month)
    ON CONFLICT (kind, resident_id, outlet_id, employer_id, year)
    DO UPDATE SET used_fen = EXCLUDED.used_fen, cap_fen = EXCLUDED.cap_fen, changed_at = now();
END $$;

CREATE FUNCTION support_written() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM support_count(ARRAY(SELECT DISTINCT benefit_id FROM written));
    RETURN NULL;
END $$;

CREATE FUNCTION support_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM support_count(ARRAY(SELECT benefit_id FROM written UNION SELECT benefit_id FROM before));
    RETURN NULL;
END $$;

CREATE TRIGGER support_line_inserted AFTER INSERT ON support_line
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION support_written();
CREATE TRIGGER support_line_deleted AFTER DELETE ON support_line
    REFERENCING OLD TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION support_written();
CREATE TRIGGER support_line_updated AFTER UPDATE ON support_line
    REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION support_changed();
CREATE TRIGGER support_reclaim_inserted AFTER INSERT ON support_reclaim
    REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION support_written();
CREATE TRIGGER support_reclaim_updated AFTER UPDATE ON support_reclaim
    REFERENCING OLD TABLE AS before NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION support_changed();
