package dev.vedette.data;

import dev.vedette.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * A file that appears only when it is complete: it is written beside its place and then moved
 * there. Closed without {@link #commit} it leaves nothing, and an older file as it was.
 */
public final class Draft implements AutoCloseable {
  private final Path target;
  private final Path place;
  private final Path part;

  private Draft(Path target, Path place, Path part) {
    this.target = target;
    this.place = place;
    this.part = part;
    if (!part.equals(place)) {
      part.toFile().deleteOnExit(); // for a program that is interrupted while it writes
    }
  }

  /**
   * A draft of {@code target}.
   *
   * @throws DataException when {@code target} is a folder, or in a folder that does not exist or
   *     cannot be written
   */
  public static Draft of(Path target) {
    Path place = resolved(target);
    if (Files.exists(place) && !Files.isRegularFile(place) && !Files.isDirectory(place)) {
      return new Draft(target, place, place); // a pipe or device: there is nothing to replace
    }
    Path folder = place.getParent();
    if (folder == null || Files.isDirectory(place)) {
      throw new DataException("cannot write " + target + ": it is a folder; name a file in it");
    }
    if (!Files.isDirectory(folder)) {
      throw new DataException(
          "cannot write " + target + ": the folder " + folder + " does not exist");
    }
    if (!Files.isWritable(folder)) {
      throw new DataException(
          "cannot write " + target + ": no permission to write in the folder " + folder);
    }
    Path part = folder.resolve("." + place.getFileName() + "." + UUID.randomUUID() + ".part");
    return new Draft(target, place, part);
  }

  /** Where a symbolic link leads; else {@code target} itself. */
  private static Path resolved(Path target) {
    try {
      return Files.isSymbolicLink(target) ? target.toRealPath() : target.toAbsolutePath();
    } catch (IOException e) {
      throw new DataException("cannot write " + target + ": it is a link that leads nowhere", e);
    }
  }

  /** Where to write. */
  public Path path() {
    return part;
  }

  /** Puts the file, which must have been closed, in its place. */
  public void commit() {
    try {
      if (!part.equals(place)) {
        Files.move(
            part, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }

  /** What to throw when writing fails. */
  public DataException failed(IOException e) {
    return new DataException(
        "cannot write " + target + ": " + e.getClass().getSimpleName() + ": " + e.getMessage(), e);
  }

  @Override
  public void close() {
    try {
      if (!part.equals(place)) {
        Files.deleteIfExists(part);
      }
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
