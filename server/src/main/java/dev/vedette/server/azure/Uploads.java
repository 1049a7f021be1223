package dev.vedette.server.azure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Data that came in by requests, a file each, to train and detect with: {@code upload:name}. */
public final class Uploads {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final String DRAFT = ".draft";

  /** A file that is kept. */
  public record Upload(String name, long bytes, long modified) {}

  private final Path folder;
  private final int most;

  /**
   * @param folder for the files; need not exist
   * @param most bytes of a file
   */
  Uploads(Path folder, int most) {
    this.folder = folder;
    this.most = most;
  }

  /** The most bytes of a file. */
  public int most() {
    return most;
  }

  /** Whether {@code name} can be one. */
  public static boolean named(String name) {
    return NAME.matcher(name).matches() && !name.endsWith(DRAFT);
  }

  @Nullable Path find(String name) {
    Path file = folder.resolve(named(name) ? name : "-");
    return Files.isRegularFile(file) ? file : null;
  }

  /** All that are kept, by name. */
  public List<Upload> all() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> named(name(file)) && Files.isRegularFile(file))
          .sorted()
          .map(Uploads::upload)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  private static Upload upload(Path file) {
    try {
      return new Upload(name(file), Files.size(file), Files.getLastModifiedTime(file).toMillis());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A file to write an upload to before it is {@link #keep kept}. */
  public Path draft() throws IOException {
    Files.createDirectories(folder);
    return Files.createTempFile(folder, "upload", DRAFT);
  }

  /** Keeps {@code draft} under {@code name}, in place of what was there. */
  public Upload keep(String name, Path draft) throws IOException {
    Path file = folder.resolve(name);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    return upload(file);
  }

  /** Removes the file of {@code name}; whether there was one. */
  public boolean delete(String name) throws IOException {
    Path file = find(name);
    return file != null && Files.deleteIfExists(file);
  }
}
