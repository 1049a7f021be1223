package dev.vedette.connect.store;

import java.sql.SQLException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

final class Postgres implements Database {
  static Postgres open(String url) {
    throw new UnsupportedOperationException(url);
  }

  @Override
  public <T extends @Nullable Object> T read(Work<T> work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <T extends @Nullable Object> T write(Work<T> work) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void expect(Collection<Long> times) {}

  @Override
  public void drop(Sql sql, long pipeline, long before, long upTo) throws SQLException {}

  @Override
  public StoreException failure(Exception cause) {
    return new StoreException("");
  }

  @Override
  public String name() {
    return "";
  }

  @Override
  public void close() {}
}
