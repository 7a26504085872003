package digitlab.math;

/**
 * The directions in which points differ most (principal component analysis; Pearson 1901), found by
 * orthogonal iteration on the points themselves, so that the covariance matrix is never made.
 *
 * @param coordinates (points, axes): each point along the axes, from the mean
 * @param variance (axes): the share of all variance that lies along each axis
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record PrincipalAxes(double[] coordinates, double[] variance) {
  private static final int MOST_ROUNDS = 200;
  private static final double STILL = 1e-7;

  /**
   * Finds them.
   *
   * @param points (count, dimensions)
   * @param axes how many, the most important first
   */
  public static PrincipalAxes of(float[] points, int dimensions, int axes, long seed) {
    int count = points.length / dimensions;
    double[] centred = centre(points, count, dimensions);
    double[] directions = new double[axes * dimensions]; // (axes, dimensions)
    Rng rng = Rng.named(seed, "principal axes");
    for (int i = 0; i < directions.length; i++) {
      directions[i] = rng.nextGaussian();
    }
    orthonormalise(directions, axes, dimensions);
    double[] coordinates = new double[count * axes];
    double[] before = new double[axes];
    for (int round = 0; round < MOST_ROUNDS; round++) {
      project(centred, directions, count, dimensions, axes, coordinates);
      double[] sizes = sizes(coordinates, count, axes);
      if (change(sizes, before) < STILL) {
        break;
      }
      before = sizes;
      gather(centred, coordinates, count, dimensions, axes, directions);
      orthonormalise(directions, axes, dimensions);
    }
    project(centred, directions, count, dimensions, axes, coordinates);
    return new PrincipalAxes(coordinates, shares(coordinates, centred, count, axes));
  }

  private static double[] centre(float[] points, int count, int dimensions) {
    double[] centred = new double[points.length];
    for (int d = 0; d < dimensions; d++) {
      double sum = 0;
      for (int p = 0; p < count; p++) {
        sum += points[p * dimensions + d];
      }
      for (int p = 0; p < count; p++) {
        centred[p * dimensions + d] = points[p * dimensions + d] - sum / count;
      }
    }
    return centred;
  }

  /** coordinates = points · directionsᵀ. */
  private static void project(
      double[] points, double[] directions, int count, int dimensions, int axes, double[] to) {
    for (int p = 0; p < count; p++) {
      for (int a = 0; a < axes; a++) {
        double sum = 0;
        for (int d = 0; d < dimensions; d++) {
          sum += points[p * dimensions + d] * directions[a * dimensions + d];
        }
        to[p * axes + a] = sum;
      }
    }
  }

  /** directions = coordinatesᵀ · points: one multiplication with the covariance is done. */
  private static void gather(
      double[] points, double[] coordinates, int count, int dimensions, int axes, double[] to) {
    for (int i = 0; i < axes * dimensions; i++) {
      to[i] = 0;
    }
    for (int p = 0; p < count; p++) {
      for (int a = 0; a < axes; a++) {
        double factor = coordinates[p * axes + a];
        for (int d = 0; d < dimensions; d++) {
          to[a * dimensions + d] += factor * points[p * dimensions + d];
        }
      }
    }
  }

  /** Gram and Schmidt: each direction loses what it shares with those before it. */
  private static void orthonormalise(double[] directions, int axes, int dimensions) {
    for (int a = 0; a < axes; a++) {
      for (int b = 0; b < a; b++) {
        double shared = dot(directions, a, b, dimensions);
        for (int d = 0; d < dimensions; d++) {
          directions[a * dimensions + d] -= shared * directions[b * dimensions + d];
        }
      }
      double length = Math.sqrt(dot(directions, a, a, dimensions));
      for (int d = 0; d < dimensions; d++) {
        directions[a * dimensions + d] = length > 0 ? directions[a * dimensions + d] / length : 0;
      }
    }
  }

  private static double dot(double[] directions, int a, int b, int dimensions) {
    double sum = 0;
    for (int d = 0; d < dimensions; d++) {
      sum += directions[a * dimensions + d] * directions[b * dimensions + d];
    }
    return sum;
  }

  private static double[] sizes(double[] coordinates, int count, int axes) {
    double[] sizes = new double[axes];
    for (int p = 0; p < count; p++) {
      for (int a = 0; a < axes; a++) {
        sizes[a] += coordinates[p * axes + a] * coordinates[p * axes + a];
      }
    }
    return sizes;
  }

  private static double change(double[] now, double[] before) {
    double most = 0;
    for (int a = 0; a < now.length; a++) {
      double change = Math.abs(now[a] - before[a]) / (now[a] > 0 ? now[a] : 1);
      most = change > most ? change : most;
    }
    return most;
  }

  private static double[] shares(double[] coordinates, double[] points, int count, int axes) {
    double all = 0;
    for (double value : points) {
      all += value * value;
    }
    double[] shares = sizes(coordinates, count, axes);
    for (int a = 0; a < axes; a++) {
      shares[a] = all > 0 ? shares[a] / all : 0;
    }
    return shares;
  }
}
