package digitlab.engine.cuda;

import digitlab.math.Rng;
import digitlab.net.EngineSettings;
import digitlab.net.Parameters;
import org.jspecify.annotations.Nullable;

/**
 * What the kernels are told of a network and what to do with it: struct Job in job.cuh, field by
 * field.
 */
record Description(
    EngineSettings settings, Parameters shape, Formula formula, NetworkMemory network, Kind kind) {
  /** What a launch does. */
  enum Kind {
    TRAIN,
    PREDICT,
    DIFFERENTIATE
  }

  /** The same network, with which something else is done. */
  Description with(Kind other) {
    return new Description(settings, shape, formula, network, other);
  }

  /** Whether it is of the same network. */
  boolean isOf(Description other) {
    return network == other.network;
  }

  /** Bytes from one image to the next. */
  int imageStride() {
    return ImageMemory.stride(settings.network().inputs());
  }

  /** Where the numbers lie if one block of this card trains; null if all blocks do. */
  @Nullable Room room(Placement placement, int rows, Card card) {
    return placement.room(shape, formula.slots(), rows, imageStride(), card.sharedMemory());
  }

  /** The job of a launch; {@code room} is null where all blocks work together. */
  Group.Job job(@Nullable Room room) {
    return (struct, steps, numbersEnd, results, stepCount) -> {
      network.describe(struct, kind == Kind.DIFFERENTIATE);
      struct
          .wide(steps)
          .wide(numbersEnd)
          .wide(results)
          .wide(Rng.key(settings.seed(), "dropout"))
          .integer(Codes.of(kind))
          .integer(stepCount)
          .integer(shape.layerCount())
          .integer(imageStride())
          .integer(Codes.of(settings.loss()))
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
