package dev.vedette.connect.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The contract on a SQLite file, and what is SQLite's own. */
class SqliteTest extends StoreContract {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  Path folder;

  @Override
  String url() {
    return folder.resolve("a folder/vedette.db").toString();
  }

  @Test
  void synchronousIsAnOption() {
    String full = "jdbc:sqlite:" + folder.resolve("full.db") + "?synchronous=";
    Stores.open(full + "FULL").close();
    assertThatThrownBy(() -> Stores.open(full + "OFF"))
        .hasMessage(
            "a SQLite store has no option [synchronous=OFF]; it has [synchronous=NORMAL,"
                + " synchronous=FULL]");
  }

  @Test
  void whatIsNoStoreIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("text.db"), "not a database ".repeat(100));
    assertThatThrownBy(() -> Stores.open(text.toString()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is not a SQLite file; give another path");
    assertThat(Files.readString(text)).startsWith("not a database");
    assertThatThrownBy(() -> Stores.open(folder.toString()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("cannot be opened; check the folder");
    assertThatThrownBy(() -> Stores.open(text + "/below/a.db"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("check the folder");
    assertThatThrownBy(() -> Stores.open("jdbc:sqlite::memory:"))
        .hasMessageContaining("names no file; give a path");
    assertThatThrownBy(() -> Stores.open("jdbc:mysql://host/db?password=secret"))
        .hasMessage(
            "there is no store for 'jdbc:mysql:'; give a path, jdbc:sqlite:... or"
                + " jdbc:postgresql:...");
  }

  @Test
  void aNewerSchemaIsRefused() throws SQLException {
    String url = folder.resolve("newer.db").toString();
    Stores.open(url).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + url);
        var statement = connection.createStatement()) {
      statement.execute(
          "INSERT INTO vedette_schema SELECT installed_rank + 100, '99', 'later', type,"
              + " 'V99__later.sql', 1, installed_by, installed_on, 1, 1 FROM vedette_schema");
    }
    assertThatThrownBy(() -> Stores.open(url))
        .hasMessage(
            url + " was written by a newer Vedette (schema 99, known is 1); run that version");
  }
}
