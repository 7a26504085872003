// All kernels of digitlab.engine.cuda; build.sh compiles them.
#include "altering.cuh"
#include "grid.cuh"
#include "resident.cuh"
