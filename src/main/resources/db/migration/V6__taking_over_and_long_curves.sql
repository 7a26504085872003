-- how often a run was taken over from a server that ended, since it got on last
alter table run add column takeovers int default 0 not null;

-- loss and accuracy of a run's steps up to last_step, thinned out for drawing: buckets of equal width;
-- in turn all means, all leasts and all mosts, little-endian float32
create table run_curve (
  run_id bigint primary key references run (id) on delete cascade,
  last_step bigint not null,
  width int not null,
  loss bytea not null,
  accuracy bytea not null
);
