package digitlab.browser;

import digitlab.net.Engine;
import digitlab.net.EngineSettings;
import digitlab.net.JavaEngine;
import digitlab.net.Kernels;
import digitlab.net.Parameters;
import digitlab.net.PlainKernels;

/** With what networks are computed: both kinds give the same bits. */
enum Arithmetic {
  /** Java alone: for the fallback in JavaScript, and on the JVM. */
  PLAIN {
    @Override
    Kernels kernels(Parameters parameters) {
      return new PlainKernels();
    }

    @Override
    Engine engine(EngineSettings settings) {
      return new JavaEngine(settings, new PlainKernels());
    }
  },
  /** WebAssembly's vector instructions, where they can do all that is asked for. */
  VECTOR {
    @Override
    Kernels kernels(Parameters parameters) {
      return new VectorKernels(parameters);
    }

    @Override
    Engine engine(EngineSettings settings) {
      return VectorEngine.canTrain(settings) ? new VectorEngine(settings) : PLAIN.engine(settings);
    }
  };

  /** For looking with these parameters, which do not change. */
  abstract Kernels kernels(Parameters parameters);

  /** For training. */
  abstract Engine engine(EngineSettings settings);
}
