-- A phrase is looked for in the vectors of every page that has its words. Kept with their rows they are read in half the
-- time that it takes to fetch them from where Postgres would put rows beyond 2 kB.
alter table page_search set (toast_tuple_target = 8160);
