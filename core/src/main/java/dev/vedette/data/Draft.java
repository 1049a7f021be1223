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
  private final Path part;

  private Draft(Path target, Path part) {
    this.target = target;
    this.part = part;
    // For a program that is interrupted while it writes.
    part.toFile().deleteOnExit();
  }

  /**
   * A draft of {@code target}.
   *
   * @throws DataException when {@code target} is a folder, or in a folder that does not exist or
   *     cannot be written
   */
  public static Draft of(Path target) {
    Path place = target.toAbsolutePath();
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
    return new Draft(target, part);
  }

  /** Where to write. */
  public Path path() {
    return part;
  }

  /** Puts the file, which must have been closed, in its place. */
  public void commit() {
    try {
      Files.move(part, target.toAbsolutePath(), StandardCopyOption.REPLACE_EXISTING);
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
      Files.deleteIfExists(part);
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
