package dev.vedette.server.azure;

import dev.vedette.azure.MultivariateVariable;
import dev.vedette.server.azure.AzureSettings.Quota;
import dev.vedette.server.azure.TrainingInfo.Layout;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the variables of multivariate data that may be hostile: a CSV file of all variables, or a
 * zip or folder with a CSV file each. What a zip unpacks to is bounded in bytes and in files.
 */
final class DataReader {
  private static final int MOST_ENTRIES = 10_000;
  private static final String ENDING = ".csv";

  /**
   * Variables as they were read.
   *
   * @param oneTable whether they lay in one file
   */
  record Data(List<MultivariateVariable> variables, boolean oneTable) {}

  private final Quota quota;
  private final long most;
  private final long values;

  /**
   * @param most bytes that are read, unpacked
   * @param values the most that there is memory for: a short file may hold many
   */
  DataReader(Quota quota, long most, long values) {
    this.quota = quota;
    this.most = most;
    this.values = values;
  }

  /**
   * The variables in {@code path}.
   *
   * @param name of the data, for people
   * @param layout how they lie there; null to see by what they are
   * @param work an empty folder of our own to unpack into
   * @throws AzureException saying what cannot be read
   */
  Data read(Path path, String name, @Nullable Layout layout, Path work) {
    try {
      if (Files.isDirectory(path)) {
        return several(folder(path), layout);
      }
      if (zipped(path)) {
        return several(unzipped(path, name, work), layout);
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw unreadable(name, "It is not a zip archive that can be read.");
    } catch (IOException e) {
      throw unreadable(name, "It cannot be read.");
    }
    if (layout == Layout.MULTI_TABLE) {
      throw noVariables();
    }
    return one(path, name);
  }

  static AzureException unreadable(String name, String why) {
    return AzureException.bad(
        "ReadingFileError", "Errors occurred when reading %s. %s".formatted(name, why));
  }

  private static AzureException noVariables() {
    return AzureException.bad(
        "NoVariablesFound",
        "No variables found. Check that your files are organized as per instruction.");
  }

  private Data one(Path path, String name) {
    return new Data(new VariableTable(path, name, quota).all(values), true);
  }

  /** Of each variable its file. */
  private Data several(Map<String, Path> files, @Nullable Layout layout) {
    if (files.isEmpty()) {
      throw noVariables();
    }
    if (layout == Layout.ONE_TABLE) {
      if (files.size() > 1) {
        throw noVariables();
      }
      Map.Entry<String, Path> only = files.entrySet().iterator().next();
      return one(only.getValue(), only.getKey() + ENDING);
    }
    VariableTable.checkCount(files.size(), quota);
    checkSizes(files.values());
    checkRows(files);
    var variables = new ArrayList<MultivariateVariable>();
    files.forEach(
        (variable, file) ->
            variables.add(new VariableTable(file, variable + ENDING, quota).only(variable)));
    return new Data(variables, false);
  }

  private void checkSizes(Collection<Path> files) {
    long total = 0;
    try {
      for (Path file : files) {
        total += Files.size(file);
        if (total > most) {
          throw tooLarge(String.valueOf(file.getFileName()));
        }
      }
    } catch (IOException e) {
      throw unreadable("the folder", "It changed meanwhile.");
    }
  }

  /** Each row of each file is a value and a time. */
  private void checkRows(Map<String, Path> files) {
    long rows = 0;
    for (Map.Entry<String, Path> file : files.entrySet()) {
      rows += new VariableTable(file.getValue(), file.getKey() + ENDING, quota).lines();
      if (2 * rows > values) {
        throw VariableTable.tooMany(values / 2 / files.size());
      }
    }
  }

  private static AzureException tooLarge(String name) {
    return AzureException.bad(
        "FileSizeTooLarge", "The size of file %s is too large.".formatted(name));
  }

  private static Map<String, Path> folder(Path folder) throws IOException {
    var files = new TreeMap<String, Path>();
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.sorted().toList()) {
        String name = String.valueOf(file.getFileName());
        // A link could lead out of the folders that may be read.
        if (isCsv(name) && Files.isRegularFile(file.toRealPath()) && !Files.isSymbolicLink(file)) {
          if (files.putIfAbsent(variable(name), file) != null) {
            throw VariableTable.duplicated();
          }
        }
      }
    }
    return files;
  }

  private static boolean isCsv(String name) {
    return !name.startsWith(".") && name.toLowerCase(Locale.ROOT).endsWith(ENDING);
  }

  private static String variable(String name) {
    return name.substring(0, name.length() - ENDING.length());
  }

  private static boolean zipped(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] start = in.readNBytes(4);
      return start.length == 4 && start[0] == 'P' && start[1] == 'K' && start[2] <= 8;
    }
  }

  /** Names in the archive are names of variables only, never of files. */
  private Map<String, Path> unzipped(Path path, String name, Path work) throws IOException {
    var files = new TreeMap<String, Path>();
    long total = 0;
    int entries = 0;
    try (var zip = new ZipInputStream(Files.newInputStream(path), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        if (++entries > MOST_ENTRIES) {
          throw unreadable(name, "It holds more than " + MOST_ENTRIES + " files.");
        }
        String file = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        boolean wanted = !entry.isDirectory() && isCsv(file) && !entry.getName().contains("__MAC");
        Path copy = work.resolve(entries + ENDING);
        if (wanted && files.putIfAbsent(variable(file), copy) != null) {
          throw VariableTable.duplicated();
        }
        try (OutputStream out = wanted ? Files.newOutputStream(copy) : discarding()) {
          total += DataSource.copied(zip, out, most - total);
        }
        if (total > most) {
          throw tooLarge(file);
        }
      }
    }
    return files;
  }

  private static OutputStream discarding() {
    return OutputStream.nullOutputStream();
  }
}
