-- what looks into a training saw: a row for each look, and one for each layer of it
create table run_probe (
  run_id bigint not null references run (id) on delete cascade,
  step bigint not null,
  loss double precision not null,
  accuracy double precision not null,
  primary key (run_id, step)
);

create table run_probe_layer (
  run_id bigint not null,
  step bigint not null,
  layer int not null,
  gradient double precision not null,
  update_share double precision not null,
  dead double precision not null,
  saturated double precision not null,
  finite boolean not null,
  low double precision not null,
  high double precision not null,
  -- of the histogram of its outputs, little-endian int32
  counts bytea not null,
  primary key (run_id, step, layer),
  foreign key (run_id, step) references run_probe (run_id, step) on delete cascade
);
