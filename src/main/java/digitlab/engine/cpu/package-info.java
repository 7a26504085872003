/**
 * The vectorised engine: the network of {@code digitlab.net} on the CPU's vector units and several
 * threads, by the JDK's Vector API.
 *
 * <p>What carries its speed, one idea a class: {@link digitlab.engine.cpu.Panels} lays weights out
 * so that a kernel reads them in one stream; {@link digitlab.engine.cpu.Product} keeps a block of
 * sums in registers; {@link digitlab.engine.cpu.SparseProduct} passes over the four of five pixels
 * that are zero; {@link digitlab.engine.cpu.Member} cuts a step so that no weight is written by two
 * threads and they meet once.
 */
@NullMarked
package digitlab.engine.cpu;

import org.jspecify.annotations.NullMarked;
