package dev.vedette.server.azure;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Moments in requests: ISO 8601 with or without a time of day and an offset; without one UTC. */
public final class Moments {
  private Moments() {}

  /**
   * Milliseconds since 1970-01-01T00:00Z.
   *
   * @throws AzureException with {@code InvalidTimestampFormat} where it is no moment
   */
  public static long parse(String text) {
    String moment = text.strip().replace(' ', 'T');
    try {
      int time = moment.indexOf('T');
      if (time < 0) {
        return LocalDate.parse(moment).atStartOfDay().toInstant(ZoneOffset.UTC).toEpochMilli();
      }
      boolean offset =
          moment.endsWith("Z") || moment.indexOf('+') > 0 || moment.indexOf('-', time) > 0;
      return offset
          ? OffsetDateTime.parse(moment).toInstant().toEpochMilli()
          : LocalDateTime.parse(moment).toInstant(ZoneOffset.UTC).toEpochMilli();
    } catch (DateTimeException | ArithmeticException e) {
      throw AzureException.bad(
          "InvalidTimestampFormat",
          "Invalid timestamp format. The %s format is not a valid format."
              .formatted(text.length() > 40 ? text.substring(0, 40) + "..." : text));
    }
  }
}
