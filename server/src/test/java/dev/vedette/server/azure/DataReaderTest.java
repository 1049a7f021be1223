package dev.vedette.server.azure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.AzureSettings.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data that look small and are large, or are no data at all. */
class DataReaderTest {
  private static final int ROWS = 1_000;

  @TempDir private Path folder;
  private final DataReader reader = new DataReader(new Quota(), 1 << 20, 10_000);

  private static void refused(String code, String why, Runnable what) {
    assertThatThrownBy(what::run)
        .isInstanceOfSatisfying(AzureException.class, e -> assertThat(e.code()).isEqualTo(code))
        .hasMessageContaining(why);
  }

  private static String rows(String row) {
    return row.repeat(ROWS);
  }

  /** A comma is a byte in the file and eight in memory. */
  @Test
  void moreValuesThanThereIsMemoryForAreNotRead() throws IOException {
    Path wide = folder.resolve("wide.csv");
    String header = "timestamp,a,b,c,d,e,f,g,h,i,j";
    Files.writeString(wide, header + "\n" + rows("2021-01-01T00:00:00Z,,,,,,,,,,\n"));
    refused(
        "TooManyData",
        "Too many data points. Maximum number is 1000 per variable.",
        () -> reader.read(wide, "data", null, folder));
    Path old = folder.resolve("old.csv");
    Files.writeString(old, header + "\r" + rows("2021-01-01T00:00:00Z,,,,,,,,,,\r"));
    refused("TooManyData", "1000 per variable", () -> reader.read(old, "data", null, folder));
  }

  @Test
  void filesAreCountedTogether() throws IOException {
    for (String name : List.of("a", "b", "c", "d", "e")) {
      Files.writeString(
          folder.resolve(name + ".csv"), "timestamp,value\n" + rows("2021-01-01T00:00:00Z,1\n"));
    }
    refused("TooManyData", "1000 per variable", () -> reader.read(folder, "data", null, folder));
    Files.delete(folder.resolve("e.csv"));
    assertThat(reader.read(folder, "data", null, folder).variables()).hasSize(4);
    Files.writeString(folder.resolve("a.CSV"), "timestamp,value\n");
    assumeTrue(Files.exists(folder.resolve("a.csv")));
    refused(
        "DuplicatedVariables",
        "multiple variables with the same name",
        () -> reader.read(folder, "data", null, folder));
  }

  @Test
  void aDeviceIsNoData() throws IOException {
    Path endless = Path.of("/dev/zero");
    assumeTrue(Files.exists(endless));
    try (var source =
        new DataSource(
            new Sources().folders(List.of(Path.of("/dev"))),
            new Uploads(folder.resolve("uploads"), 1_000))) {
      refused("StorageReadError", "cannot be read", () -> source.check("file:///dev/zero"));
      refused("FileNotExist", "does not exist", () -> source.check("file:///dev/nothing"));
    }
  }

  /** Whatever the folder is called in the settings, a file that is not in it is told so. */
  @Test
  void foldersMayBeRelative() {
    assertThat(new Sources().folders(List.of(Path.of("data/../pumps"))).folders())
        .containsExactly(Path.of("pumps").toAbsolutePath());
  }

  @Test
  void signaturesAreNotShown() {
    assertThat(DataSource.shown("HTTPS://host/a.zip?sv=1&sig=x")).isEqualTo("HTTPS://host/a.zip");
    assertThat(DataSource.shown("upload:a")).isEqualTo("upload:a");
  }
}
