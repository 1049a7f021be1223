package dev.vedette.connect.store;

import java.util.Arrays;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.logging.Log;
import org.flywaydb.core.api.logging.LogCreator;

/** Brings the tables of a database to what this program expects. */
final class Schema {
  private static final String FOLDER = "classpath:dev/vedette/connect/store/";

  private Schema() {}

  /** A configuration that is to be told the database. */
  static FluentConfiguration configure() {
    return Flyway.configure(Schema.class.getClassLoader());
  }

  /**
   * Applies what was not applied yet.
   *
   * @param connected knows the database
   * @param name of the database, for messages
   * @param vendor a folder of further migrations, or empty
   * @param placeholders what differs between databases
   */
  static void migrate(
      FluentConfiguration connected, String name, String vendor, Map<String, String> placeholders) {
    FluentConfiguration configuration =
        connected
            .loggers(Quiet.class.getName())
            .locations(FOLDER + "migrations")
            .placeholders(placeholders)
            .table("vedette_schema")
            .cleanDisabled(true);
    if (!vendor.isEmpty()) {
      configuration.locations(FOLDER + "migrations", FOLDER + vendor);
    }
    Flyway flyway = configuration.load();
    for (MigrationInfo info : flyway.info().all()) {
      if (info.getState() == MigrationState.FUTURE_SUCCESS
          || info.getState() == MigrationState.FUTURE_FAILED) {
        throw new StoreException(
            "%s was written by a newer Vedette (schema %s, known is %s); run that version"
                .formatted(name, info.getVersion(), newest(flyway)));
      }
    }
    flyway.migrate();
  }

  private static String newest(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .filter(info -> info.getState().isResolved())
        .map(info -> String.valueOf(info.getVersion()))
        .reduce("none", (first, second) -> second);
  }

  /** Says nothing: what fails is thrown. Public because Flyway makes it by its name. */
  public static final class Quiet implements LogCreator, Log {
    public Quiet() {}

    @Override
    public Log createLogger(Class<?> type) {
      return this;
    }

    @Override
    public void debug(String message) {}

    @Override
    public void info(String message) {}

    @Override
    public void warn(String message) {}

    @Override
    public void error(String message) {}

    @Override
    public void error(String message, Exception cause) {}

    @Override
    public void notice(String message) {}
  }
}
