drop table removals;
drop table outputs;
drop table events;
drop table attempts;
drop table pages;
drop table documents;
drop table owners;
