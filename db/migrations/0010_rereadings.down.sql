drop table rereadings;
