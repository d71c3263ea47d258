DROP TRIGGER support_reclaim_updated ON support_reclaim;
DROP TRIGGER support_reclaim_inserted ON support_reclaim;
DROP TRIGGER support_line_updated ON support_line;
DROP TRIGGER support_line_deleted ON support_line;
DROP TRIGGER support_line_inserted ON support_line;
DROP FUNCTION support_changed();
DROP FUNCTION support_written();
DROP FUNCTION support_count(bigint[]);
