package dev.vedette.pipeline.simulate;

import java.util.List;

/**
 * Where people live and travel to.
 *
 * @param number its index in {@link #ALL}
 * @param country as ISO 3166-1 alpha-2
 * @param latitude of its centre in degrees
 * @param offset of its time from UTC in milliseconds, the same all year
 */
record City(
    int number, String name, String country, double latitude, double longitude, long offset) {
  private static final double EARTH_RADIUS_KM = 6_371;

  /** Name, country, latitude, longitude, hours from UTC. */
  private static final String TABLE =
      """
      berlin DE 52.52 13.40 1
      hamburg DE 53.55 9.99 1
      munich DE 48.14 11.58 1
      cologne DE 50.94 6.96 1
      frankfurt DE 50.11 8.68 1
      leipzig DE 51.34 12.37 1
      vienna AT 48.21 16.37 1
      graz AT 47.07 15.44 1
      zurich CH 47.37 8.54 1
      geneva CH 46.20 6.14 1
      paris FR 48.86 2.35 1
      lyon FR 45.76 4.84 1
      marseille FR 43.30 5.37 1
      toulouse FR 43.60 1.44 1
      lille FR 50.63 3.07 1
      amsterdam NL 52.37 4.90 1
      rotterdam NL 51.92 4.48 1
      brussels BE 50.85 4.35 1
      antwerp BE 51.22 4.40 1
      london GB 51.51 -0.13 0
      manchester GB 53.48 -2.24 0
      edinburgh GB 55.95 -3.19 0
      dublin IE 53.35 -6.26 0
      madrid ES 40.42 -3.70 1
      barcelona ES 41.39 2.17 1
      valencia ES 39.47 -0.38 1
      seville ES 37.39 -5.98 1
      lisbon PT 38.72 -9.14 0
      porto PT 41.15 -8.61 0
      rome IT 41.90 12.50 1
      milan IT 45.46 9.19 1
      naples IT 40.85 14.27 1
      turin IT 45.07 7.69 1
      warsaw PL 52.23 21.01 1
      krakow PL 50.06 19.94 1
      gdansk PL 54.35 18.65 1
      prague CZ 50.08 14.44 1
      budapest HU 47.50 19.04 1
      bucharest RO 44.43 26.10 2
      athens GR 37.98 23.73 2
      copenhagen DK 55.68 12.57 1
      stockholm SE 59.33 18.07 1
      gothenburg SE 57.71 11.97 1
      oslo NO 59.91 10.75 1
      helsinki FI 60.17 24.94 2
      istanbul TR 41.01 28.98 3
      new-york US 40.71 -74.01 -5
      boston US 42.36 -71.06 -5
      chicago US 41.88 -87.63 -6
      los-angeles US 34.05 -118.24 -8
      miami US 25.76 -80.19 -5
      toronto CA 43.65 -79.38 -5
      mexico-city MX 19.43 -99.13 -6
      sao-paulo BR -23.55 -46.63 -3
      cairo EG 30.04 31.24 2
      lagos NG 6.52 3.38 1
      johannesburg ZA -26.20 28.05 2
      dubai AE 25.20 55.27 4
      bangkok TH 13.76 100.50 7
      singapore SG 1.35 103.82 8
      tokyo JP 35.68 139.69 9
      sydney AU -33.87 151.21 10
      """;

  static final List<City> ALL = read();

  /** Those in which most holders live: the first of the table. */
  static final int EUROPEAN = 46;

  private static List<City> read() {
    List<String> lines = TABLE.lines().toList();
    City[] cities = new City[lines.size()];
    for (int i = 0; i < cities.length; i++) {
      String[] parts = lines.get(i).split(" ", -1);
      cities[i] =
          new City(
              i,
              parts[0],
              parts[1],
              Double.parseDouble(parts[2]),
              Double.parseDouble(parts[3]),
              Long.parseLong(parts[4]) * 3_600_000);
    }
    return List.of(cities);
  }

  double kilometresTo(City other) {
    return kilometres(latitude, longitude, other.latitude, other.longitude);
  }

  /** On the great circle, by the haversine formula. */
  static double kilometres(double lat1, double lon1, double lat2, double lon2) {
    double north = StrictMath.sin(Math.toRadians(lat2 - lat1) / 2);
    double east = StrictMath.sin(Math.toRadians(lon2 - lon1) / 2);
    double cosines = StrictMath.cos(Math.toRadians(lat1)) * StrictMath.cos(Math.toRadians(lat2));
    double chord = Math.min(1, north * north + cosines * east * east);
    return 2 * EARTH_RADIUS_KM * StrictMath.asin(Math.sqrt(chord));
  }

  /** The time of day at {@code at}, in hours from 0 to below 24, in hundredths. */
  double localHour(long at) {
    long minutes = Math.floorMod(at + offset, Rhythm.DAY) / 60_000;
    return Math.round(minutes / 0.6) / 100.0;
  }
}
