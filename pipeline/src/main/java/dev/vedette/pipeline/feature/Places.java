package dev.vedette.pipeline.feature;

import static java.lang.Double.doubleToRawLongBits;
import static java.lang.Double.longBitsToDouble;

/**
 * The last places of a key: time, latitude, longitude.
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
    return 3;
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
    changed[last + 1] = doubleToRawLongBits(north);
    changed[last + 2] = doubleToRawLongBits(east);
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
    double lowest = Double.POSITIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      int from = entry(i);
      double km =
          distance(
              longBitsToDouble(state[from + 1]), longBitsToDouble(state[from + 2]), north, east);
      double hours = Math.max(Math.abs(moment.at() - state[from]), MINUTE) / HOUR;
      lowest = Math.min(lowest, km < 1 ? 0 : km / hours);
    }
    return lowest;
  }

  /** The great-circle distance in km (haversine). */
  static double distance(double north1, double east1, double north2, double east2) {
    double up = StrictMath.sin(Math.toRadians(north2 - north1) / 2);
    double along = StrictMath.sin(Math.toRadians(east2 - east1) / 2);
    double flat = StrictMath.cos(Math.toRadians(north1)) * StrictMath.cos(Math.toRadians(north2));
    double chord = up * up + flat * along * along;
    return 2 * EARTH_KM * StrictMath.asin(Math.min(1, Math.sqrt(chord)));
  }
}
