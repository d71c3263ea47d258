-- One day of one district is closed: :place is the district's leading digits. All statements of a close run in one
-- transaction under an exclusive lock, so that a payment is booked before it or after it.

-- name: standing
-- What each loan stood at when the day ended, also when later payments are already booked.
CREATE TEMPORARY TABLE standing ON COMMIT DROP AS
WITH later AS (
    SELECT loan_id, sum(principal_fen) AS fen FROM loans_repayment
    WHERE district = %(place)s AND deleted_at IS NULL AND reversed_by_id IS NULL AND value_on > %(day)s
    GROUP BY loan_id
), settled AS (
    SELECT loan_id, min(due) AS due FROM loans_instalment
    WHERE %(catching_up)s AND district = %(place)s AND deleted_at IS NULL AND retired_id IS NULL
      AND settled_on > %(day)s AND due < %(day)s
    GROUP BY loan_id
), late AS (
    SELECT loan_id, sum(principal_fen - paid_principal_fen) AS fen FROM loans_instalment
    WHERE district = %(place)s AND deleted_at IS NULL AND retired_id IS NULL AND settled_on IS NULL AND due < %(day)s
    GROUP BY loan_id
)
SELECT l.id, l.region_id, l.bank_id, l.rate, l.counted, l.period_start, l.loan_class, l.found_class,
       l.balance_fen + coalesce(later.fen, 0) AS balance, coalesce(late.fen, 0) AS overdue,
       greatest(0, %(day)s - least(l.oldest_unpaid, settled.due)) AS days
FROM loans_loan AS l
LEFT JOIN later ON later.loan_id = l.id
LEFT JOIN settled ON settled.loan_id = l.id
LEFT JOIN late ON late.loan_id = l.id
WHERE l.district = %(place)s AND l.deleted_at IS NULL AND l.lent_on <= %(day)s
  AND (l.balance_fen > 0 OR l.oldest_unpaid IS NOT NULL OR l.loan_class > 0 OR later.fen > 0);

-- name: classes
WITH found AS (
    SELECT id, region_id, loan_class, coalesce(days, 0) AS days, greatest(coalesce(found_class, 0), CASE
        WHEN days > %(loss)s THEN 4 WHEN days > %(doubtful)s THEN 3 WHEN days > %(substandard)s THEN 2
        WHEN days > %(attention)s THEN 1 ELSE 0 END) AS class
    FROM standing
), changed AS (
    UPDATE loans_loan AS l SET loan_class = f.class, changed_at = now()
    FROM found AS f WHERE l.id = f.id AND f.class <> f.loan_class
    RETURNING l.id, f.region_id, f.loan_class, f.class, f.days
)
INSERT INTO loans_classchange (region_id, created_at, changed_at, loan_id, "on", before, after, days_overdue)
SELECT region_id, now(), now(), id, %(day)s, loan_class, class, days FROM changed ORDER BY id;

-- name: periods
UPDATE loans_loan AS l SET period_start = i.due
FROM loans_instalment AS i
WHERE i.loan_id = l.id AND i.district = %(place)s AND i.due = %(day)s AND i.deleted_at IS NULL AND i.retired_id IS NULL
  AND l.period_start < i.due;

-- name: totals
WITH stood AS (
    SELECT s.*, greatest(coalesce(s.found_class, 0), CASE
        WHEN days > %(loss)s THEN 4 WHEN days > %(doubtful)s THEN 3 WHEN days > %(substandard)s THEN 2
        WHEN days > %(attention)s THEN 1 ELSE 0 END) AS class,
        (%(day)s - s.period_start) AS run, CASE WHEN s.counted = 'ACT/365' THEN 365 ELSE 360 END AS basis
    FROM standing AS s WHERE s.balance > 0
), by_class AS (
    SELECT class, count(*) AS loans, sum(balance) AS fen, sum(overdue) AS overdue,
        sum((2 * (balance - overdue) * rate * greatest(run, 0) + 1000000::bigint * basis)
            / (2 * 1000000::bigint * basis)) AS accrued
    FROM stood GROUP BY class
)
SELECT coalesce(sum(loans), 0), coalesce(sum(fen), 0), coalesce(sum(overdue), 0), coalesce(sum(accrued), 0),
       coalesce(jsonb_object_agg(class, jsonb_build_object('loans', loans, 'fen', fen)), '{}'),
       (SELECT coalesce(sum(principal_fen + interest_fen - paid_principal_fen - paid_interest_fen), 0)
        FROM loans_instalment WHERE district = %(place)s AND due = %(day)s AND deleted_at IS NULL AND retired_id IS NULL
          AND settled_on IS NULL)
FROM by_class;

-- name: stop
UPDATE loans_bank AS b SET stopped_on = %(day)s, changed_at = now()
FROM (
    SELECT bank_id, sum(balance) AS outstanding, sum(balance) FILTER (WHERE days > %(substandard)s OR found_class >= 2) AS bad
    FROM standing WHERE balance > 0 GROUP BY bank_id
) AS n
WHERE b.id = n.bank_id AND b.stopped_on IS NULL AND n.bad >= n.outstanding * %(line)s::numeric;

-- name: chain
SELECT count(*), coalesce(sum(total_fen), 0),
    encode(sha256(convert_to(%(before)s || coalesce(string_agg(told, E'\n' ORDER BY id), ''), 'UTF8')), 'hex')
FROM (
    SELECT e.id, e.total_fen, concat_ws('|', e.id, e.kind, e.key, e.booked_on, e.value_on, e.made_by_id, e.checked_by_id,
        e.reverses_id, (SELECT string_agg(concat_ws(':', l.debit, l.credit, l.fen, l.loan_id, l.fund_id), ',' ORDER BY l.id)
                        FROM loans_line AS l WHERE l.entry_id = e.id)) AS told
    FROM loans_entry AS e WHERE e.district = %(place)s AND e.booked_on = %(day)s
) AS entries;
