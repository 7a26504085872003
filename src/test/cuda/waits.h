// The program's own waits for the card, numbered as they come; one that finds nothing to wait for doesn't count. Any one of them can be left out.
#pragma once

namespace simulation {

enum class Wait { FOR_WORK, LEFT_OUT };

/** Counts a wait and says whether it is the one that is to be left out. */
Wait next_wait();

/** Numbers them from 1 again and leaves out the one of that number; 0 for none. */
void leave_out_wait(long number);

/** How many there have been. */
long waits();

}  // namespace simulation
