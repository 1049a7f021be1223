package dev.vedette.connect.sink;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that grows by whole lines, each on the disk before {@link #append} returns. */
final class LineFile {
  private final Path path;

  LineFile(Path path) {
    this.path = path;
  }

  /** Opens anew each time, so that the file may be moved away while it is in use. */
  synchronized void append(String line) throws IOException {
    Path folder = path.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    String start = endsWithinALine() ? "\n" : "";
    byte[] bytes = (start + line + "\n").getBytes(StandardCharsets.UTF_8);
    // Not a channel: an interruption would close it in the middle of a line.
    try (var out = new FileOutputStream(path.toFile(), true)) {
      long size = Files.size(path);
      try {
        out.write(bytes);
        out.getFD().sync();
      } catch (IOException e) {
        cut(size, e);
        throw e;
      }
    }
  }

  /** Whether the last line is not finished, as after a loss of power. */
  private boolean endsWithinALine() throws IOException {
    if (!Files.exists(path) || Files.size(path) == 0) {
      return false;
    }
    try (var in = new RandomAccessFile(path.toFile(), "r")) {
      in.seek(in.length() - 1);
      return in.read() != '\n';
    }
  }

  private void cut(long size, IOException cause) {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.setLength(size);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }
}
