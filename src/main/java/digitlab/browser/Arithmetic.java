package digitlab.browser;

import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.JavaEngine;
import digitlab.net.PlainKernels;

/** With what networks are trained: both kinds give the same bits. */
enum Arithmetic {
  /** Java alone: for the fallback in JavaScript, and on the JVM. */
  PLAIN {
    @Override
    Engine engine(EngineSettings settings) {
      return new JavaEngine(settings, new PlainKernels());
    }
  },
  /** WebAssembly's vector instructions, where they can do all that is asked for. */
  VECTOR {
    @Override
    Engine engine(EngineSettings settings) {
      return VectorEngine.canTrain(settings) ? new VectorEngine(settings) : PLAIN.engine(settings);
    }
  };

  abstract Engine engine(EngineSettings settings);
}
