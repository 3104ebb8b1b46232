drop table corrections;
alter table pages drop column confidences;
