package dev.vedette.data;

import dev.vedette.DataException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that can be read more than once, under a name for messages. Data that comes as gzip,
 * recognised by its first bytes, is unpacked; formats that are no text are refused by name.
 */
final class Source implements AutoCloseable {
  private static final int BUFFER = 1 << 16;
  private static final int LONGEST_MAGIC = 16;

  /** First bytes (ISO-8859-1) of formats that people mistake for tables. */
  private static final Map<String, String> MAGIC = magic();

  private interface Opener {
    InputStream open() throws IOException;
  }

  private final String name;
  private final Opener opener;
  private final @Nullable Path spooled;

  private Source(String name, Opener opener, @Nullable Path spooled) {
    this.name = name;
    this.opener = opener;
    this.spooled = spooled;
  }

  /**
   * The bytes of a file. Standard input ({@code -}) and everything else that can be read only once,
   * such as a pipe, is first copied to a temporary file.
   */
  static Source of(Path path) {
    if (path.toString().equals("-")) {
      return spool("standard input", () -> System.in);
    }
    if (!Files.exists(path)) {
      throw new DataException(path + " does not exist");
    }
    if (Files.isDirectory(path)) {
      throw new DataException(path + " is a folder; name a file in it");
    }
    if (!Files.isReadable(path)) {
      throw new DataException(path + " cannot be read; check its permissions");
    }
    Opener opener = () -> Files.newInputStream(path);
    return Files.isRegularFile(path)
        ? new Source(path.toString(), opener, null)
        : spool(path.toString(), opener);
  }

  /** Bytes in memory. */
  static Source of(String name, byte[] bytes) {
    return new Source(name, () -> new ByteArrayInputStream(bytes), null);
  }

  private static Source spool(String name, Opener once) {
    try (InputStream in = once.open()) {
      Path copy = Files.createTempFile("vedette", ".input");
      copy.toFile().deleteOnExit();
      Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
      return new Source(name, () -> Files.newInputStream(copy), copy);
    } catch (IOException e) {
      throw new DataException(name + " cannot be copied to a temporary file: " + e.getMessage(), e);
    }
  }

  String name() {
    return name;
  }

  /** The unpacked bytes, from the start. */
  InputStream open() throws IOException {
    var in = new BufferedInputStream(opener.open(), BUFFER);
    try {
      if (!peek(in).startsWith("\u001f\u008b")) {
        refuseBinary(peek(in));
        return in;
      }
      var unpacked = new BufferedInputStream(new GZIPInputStream(in, BUFFER), BUFFER);
      refuseBinary(peek(unpacked));
      return unpacked;
    } catch (IOException | DataException e) {
      in.close();
      throw e;
    }
  }

  /** The error to show when the bytes of {@code name} cannot be had. */
  static DataException unreadable(String name, IOException e) {
    String reason =
        switch (e) {
          case EOFException end -> "its gzip data ends too early; the file is cut off";
          case ZipException zip -> "its gzip data is damaged (" + zip.getMessage() + ")";
          default -> e.toString();
        };
    return new DataException(name + " cannot be read: " + reason, e);
  }

  private static String peek(InputStream in) throws IOException {
    in.mark(LONGEST_MAGIC);
    byte[] start = in.readNBytes(LONGEST_MAGIC);
    in.reset();
    return new String(start, StandardCharsets.ISO_8859_1);
  }

  private void refuseBinary(String start) {
    for (Map.Entry<String, String> magic : MAGIC.entrySet()) {
      if (start.startsWith(magic.getKey())) {
        throw new DataException(
            "%s is %s, not a text table; export it as CSV or JSON Lines"
                .formatted(name, magic.getValue()));
      }
    }
  }

  private static Map<String, String> magic() {
    var magic = new LinkedHashMap<String, String>();
    magic.put("PK\u0003\u0004", "a zip archive or spreadsheet");
    magic.put("\u00d0\u00cf\u0011\u00e0", "an old spreadsheet");
    magic.put("PAR1", "a Parquet file");
    magic.put("Obj\u0001", "an Avro file");
    magic.put("ORC", "an ORC file");
    magic.put("ARROW1", "an Arrow file");
    magic.put("SQLite format 3", "an SQLite database");
    magic.put("\u0089HDF", "an HDF5 file");
    magic.put("\u0089PNG", "a PNG image");
    magic.put("\u00ff\u00d8\u00ff", "a JPEG image");
    magic.put("GIF8", "a GIF image");
    magic.put("%PDF", "a PDF document");
    magic.put("BZh", "bzip2 data");
    magic.put("(\u00b5/\u00fd", "zstd data");
    magic.put("\u00fd7zXZ", "xz data");
    magic.put("7z\u00bc\u00af", "a 7z archive");
    magic.put("\u001f\u008b", "gzip inside gzip");
    magic.put("\u007fELF", "a program");
    return magic;
  }

  /** Deletes the temporary copy, if there is one. */
  @Override
  public void close() {
    if (spooled != null) {
      try {
        Files.deleteIfExists(spooled);
      } catch (IOException e) {
        throw new DataException(spooled + " cannot be deleted: " + e.getMessage(), e);
      }
    }
  }
}
