alter table documents drop column file_page_count;
