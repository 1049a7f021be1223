package dev.vedette.pipeline.feature;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/**
<<<<<<< HEAD
 * The last three places of a key: times and unit vectors from the middle of the earth.
=======
 * The last places of a key: time, latitude, longitude.
>>>>>>> 5f503dd995ee5ef00a9a6ade0a2eef14b287d398
 *
 * @param latitude which number of the event, in degrees
 * @param longitude which number of the event, in degrees
 * @param size how many places
 */
record Places(int latitude, int longitude, int size) implements Trace {
  private static final double EARTH_KM = 6_371.0088;
  private static final double HOUR = 3_600_000;
  private static final long MINUTE = 60_000;

  @Override
  public int header() {
    return 1;
  }

  @Override
  public int width() {
    return 4;
  }

  @Override
  public int most() {
    return size;
  }

  @Override
  public long[] learn(long[] state, Moment moment) {
    double north = moment.number(latitude);
    double east = moment.number(longitude);
    if (!onEarth(north, east)) {
      return state;
    }
    int count = Trace.entries(state);
    long[] changed = count < most() ? fit(state, count + 1) : moveToEnd(state, 0);
    int last = entry(Trace.entries(changed) - 1);
    changed[last] = moment.at();
    double flat = StrictMath.cos(Math.toRadians(north));
    changed[last + 1] = doubleToRawLongBits(flat * StrictMath.cos(Math.toRadians(east)));
    changed[last + 2] = doubleToRawLongBits(flat * StrictMath.sin(Math.toRadians(east)));
    changed[last + 3] = doubleToRawLongBits(StrictMath.sin(Math.toRadians(north)));
    return changed;
  }

  /** NaN is nowhere. */
  private static boolean onEarth(double latitude, double longitude) {
    return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
  }

  /** The lowest speed, in km/h, that brings the key from one of its places here. */
  double speed(long[] state, Moment moment) {
    double north = moment.number(latitude);
    double east = moment.number(longitude);
    int count = Trace.entries(state);
    if (count == 0 || !onEarth(north, east)) {
      return Double.NaN;
    }
    double flat = StrictMath.cos(Math.toRadians(north));
    double x = flat * StrictMath.cos(Math.toRadians(east));
    double y = flat * StrictMath.sin(Math.toRadians(east));
    double z = StrictMath.sin(Math.toRadians(north));
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      int from = entry(i);
      double km =
          distance(
              x - longBitsToDouble(state[from + 1]),
              y - longBitsToDouble(state[from + 2]),
              z - longBitsToDouble(state[from + 3]));
      double hours = Math.max(Math.abs(moment.at() - state[from]), MINUTE) / HOUR;
      lowest = Math.min(lowest, km < 1 ? 0 : km / hours);
    }
    return lowest;
  }

  /** The great-circle distance in km of two unit vectors that differ by so much (haversine). */
  private static double distance(double x, double y, double z) {
    double half = Math.sqrt(x * x + y * y + z * z) / 2;
    return 2 * EARTH_KM * StrictMath.asin(Math.min(1, half));
  }
}
