/**
 * Handing networks over to other tools and taking them back: ONNX, safetensors, Keras, JSON, and
 * scripts for PyTorch, Keras, NumPy and scikit-learn. Works on bytes and streams: it knows no
 * folders, no stores and no screen.
 */
@NullMarked
package digitlab.interop;

import org.jspecify.annotations.NullMarked;
