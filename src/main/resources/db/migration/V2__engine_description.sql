-- what a run trains on: "vector units of the CPU, 16 numbers at a time"; before this there was plain Java alone
alter table run add column engine_description text;
