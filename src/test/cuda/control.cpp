// What tests ask of the simulation, beside the driver's own interface.
#include <cstdio>

#include "driver.h"
#include "launch.h"
#include "sites.h"
#include "waits.h"

using namespace simulation;

/** As if the program had just begun: no faults, no findings, nothing left out. What is taken stays taken. */
CUDA simulationReset() {
  std::lock_guard lock(driver().one_at_a_time);
  faults().clear();
  card().broken = {};
  driver().last = {};
  sites().leave_out("");
  leave_out_wait(0);
  return SUCCESS;
}

/** "sm=86 multiprocessors=4 memory=1000000 driver=12000 devices=0 order=7"; 1 if that can't be read. */
CUDA simulationConfigure(const char* words) {
  std::lock_guard lock(driver().one_at_a_time);
  return card().configure(words) ? SUCCESS : INVALID_VALUE;
}

/** "cuMemAlloc_v2@3=2 cuInit=100 kernel@5=719"; 1 if that can't be read. */
CUDA simulationFail(const char* rules) {
  std::lock_guard lock(driver().one_at_a_time);
  return faults().add(rules) ? SUCCESS : INVALID_VALUE;
}

/** Memory, streams, events, modules, contexts that were taken and not given back. */
CUDA simulationLiveAllocations() {
  std::lock_guard lock(driver().one_at_a_time);
  return static_cast<int>(driver().live());
}

/** Lines "place barrier passes": where threads have waited for each other. Returns how long the text is. */
CUDA simulationBarriers(char* text, int room) {
  std::lock_guard lock(driver().one_at_a_time);
  return std::snprintf(text, static_cast<size_t>(room), "%s", sites().list().c_str());
}

/** Leaves out the barrier at this place ("grid.cuh:120:5"), and no other; "" for none. */
CUDA simulationLeaveOutBarrier(const char* place) {
  std::lock_guard lock(driver().one_at_a_time);
  sites().leave_out(place);
  return SUCCESS;
}

/** Leaves out the program's n-th wait for the card from now on; 0 for none. */
CUDA simulationLeaveOutWait(int number) {
  std::lock_guard lock(driver().one_at_a_time);
  leave_out_wait(number);
  return SUCCESS;
}

/** How many waits there were since then. */
CUDA simulationWaits() {
  std::lock_guard lock(driver().one_at_a_time);
  return static_cast<int>(waits());
}

/** How many kernels have run, ever. */
CUDA simulationKernels() {
  std::lock_guard lock(driver().one_at_a_time);
  return static_cast<int>(driver().kernels_run);
}
