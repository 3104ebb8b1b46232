drop table vision_answers;
alter table pages drop column usage;
alter table pages drop column engine;
