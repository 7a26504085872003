// All kernels of digitlab.engine.cuda; build.sh compiles them.
#include "grid.cuh"
#include "resident.cuh"
