DROP TRIGGER vacancies_employer_is_here ON vacancies_post;
DROP FUNCTION vacancies_employer_is_here();
DROP TRIGGER vacancies_work_ended ON people_spell;
DROP TRIGGER vacancies_placement_updated ON vacancies_placement;
DROP TRIGGER vacancies_placement_deleted ON vacancies_placement;
DROP TRIGGER vacancies_placement_inserted ON vacancies_placement;
DROP FUNCTION vacancies_work_ended();
DROP FUNCTION vacancies_placement_changed();
DROP FUNCTION vacancies_placement_written();
