/**
 * The inner loops of a dense layer with WebAssembly's vector instructions, which Java has no words
 * for in the browser: a small module, written at build time, that works in the memory of the
 * application's module. Called from {@code digitlab.browser}.
 */
@NullMarked
package digitlab.simd;

import org.jspecify.annotations.NullMarked;
