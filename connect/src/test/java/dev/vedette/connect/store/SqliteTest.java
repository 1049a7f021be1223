package dev.vedette.connect.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vedette.connect.store.Store.Batch;
import dev.vedette.connect.store.Store.DecisionQuery;
import dev.vedette.connect.store.Store.PipelineRow;
import dev.vedette.pipeline.EventDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
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
  void whatIsKeptSurvivesTheEndOfTheProcess() throws IOException {
    List<EventDecision> given = new Odd(30).decisions(1, 50);
    Path file = folder.resolve("running.db");
    Path copy = folder.resolve("killed.db");
    try (Store store = Stores.open(file.toString())) {
      store.save(new PipelineRow("a", "", false, 0));
      store.commit("a", new Batch(given, List.of(), List.of(), List.of(), List.of()));
      // What a killed process leaves behind: the files as they are while the store is open.
      Files.copy(file, copy);
      Files.copy(folder.resolve("running.db-wal"), folder.resolve("killed.db-wal"));
    }
    try (Store store = Stores.open(copy.toString())) {
      var all = new DecisionQuery("a", null, null, null, null, null, null, 100);
      assertThat(store.decisions(all).reversed()).isEqualTo(given);
    }
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
            url + " was written by a newer Vedette (schema 99, known is 1.3); run that version");
  }
}
