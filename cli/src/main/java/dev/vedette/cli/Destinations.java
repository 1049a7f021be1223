package dev.vedette.cli;

import dev.vedette.data.Draft;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks where results are to go, before the work whose results would be lost. */
final class Destinations {
  private Destinations() {}

  /**
   * A file to be written.
   *
   * @param option that names it
   */
  record Destination(String option, Path path) {}

  /** The file that {@code option} names; null where the option is not given. */
  static @Nullable Destination of(String option, @Nullable Path path) {
    return path == null ? null : new Destination(option, path);
  }

  /**
   * Refuses a destination that cannot be written, and one that is also read or written otherwise.
   *
   * @param read files that the command reads; null for one that it does not
   * @param written files that it writes; null for one that it does not
   */
  static void check(List<@Nullable Path> read, @Nullable Destination... written) {
    List<Path> sources = read.stream().filter(Objects::nonNull).toList();
    List<Destination> targets = Stream.of(written).filter(Objects::nonNull).toList();
    for (int i = 0; i < targets.size(); i++) {
      Destination target = targets.get(i);
      for (Path source : sources) {
        if (same(source, target.path())) {
          throw new IllegalArgumentException(
              "%s would overwrite %s, which is read; name another file"
                  .formatted(target.option(), source));
        }
      }
      for (Destination other : targets.subList(0, i)) {
        if (same(other.path(), target.path())) {
          throw new IllegalArgumentException(
              "%s and %s are the same file; name another one"
                  .formatted(other.option(), target.option()));
        }
      }
      Draft.of(target.path()).close();
    }
  }

  private static boolean same(Path a, Path b) {
    try {
      if (Files.isRegularFile(a) && Files.isRegularFile(b)) {
        return Files.isSameFile(a, b);
      }
      return a.toAbsolutePath().normalize().equals(b.toAbsolutePath().normalize());
    } catch (IOException e) {
      return false;
    }
  }
}
