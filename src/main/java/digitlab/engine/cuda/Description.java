package digitlab.engine.cuda;

import digitlab.math.Rng;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import org.jspecify.annotations.Nullable;

/** What the kernels are told of a training: struct Job in job.cuh, field by field. */
record Description(
    EngineSettings settings,
    Parameters shape,
    Formula formula,
    NetworkMemory network,
    ImageMemory images) {
  /** What a launch does, in the order of enum Kind. */
  enum Kind {
    TRAIN,
    PREDICT,
    DIFFERENTIATE
  }

  /** The job of a launch; {@code room} is null where all blocks work together. */
  Group.Job job(Kind kind, @Nullable Room room) {
    return (struct, steps, numbersEnd, results, stepCount) -> {
      network.describe(struct, kind == Kind.DIFFERENTIATE);
      struct
          .wide(steps)
          .wide(numbersEnd)
          .wide(results)
          .wide(Rng.key(settings.seed(), "dropout"))
          .integer(kind.ordinal())
          .integer(stepCount)
          .integer(shape.layerCount())
          .integer(images.stride())
          .integer(settings.loss().ordinal())
          .real(formula.l2())
          .real(formula.straight())
          .real(formula.moving())
          .real(formula.decay1())
          .real(formula.rest1())
          .real(formula.decay2())
          .real(formula.rest2())
          .integer(shape.values().length)
          .integer(room == null ? 0 : room.pixels())
          .integer(room == null ? 0 : room.sumsAt())
          .integer(room == null ? 0 : room.sums())
          .integer(room == null ? 0 : room.slots())
          .integer(room == null ? 0 : room.all())
          .integer(0) // barrier
          .integer(room == null ? 0 : room.paddedRows());
      network.describeLayers(struct, room);
    };
  }
}
