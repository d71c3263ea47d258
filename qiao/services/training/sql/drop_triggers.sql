DROP TRIGGER training_enrolment_inserted ON training_enrolment;
DROP TRIGGER training_enrolment_deleted ON training_enrolment;
DROP TRIGGER training_enrolment_updated ON training_enrolment;
DROP FUNCTION training_enrolment_written();
DROP FUNCTION training_enrolment_changed();
DROP FUNCTION training_count_seats(bigint[]);
