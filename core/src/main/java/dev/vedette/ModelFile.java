package dev.vedette;

import dev.vedette.data.Draft;
import dev.vedette.data.Encoding;
import dev.vedette.threshold.Calibration;
import dev.vedette.threshold.Threshold;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The file a model is kept in, version {@value #VERSION}, all numbers big-endian:
 *
 * <pre>
 *   8 bytes   magic: 89 'V' 'D' 'T' 0D 0A 1A 0A
 *   4 bytes   format version
 *   8 bytes   length of the payload
 *  32 bytes   SHA-256 of the payload
 *   n bytes   payload: {@link Contents}, as {@link Codec} writes it
 * </pre>
 *
 * The magic holds a byte above 127 and both kinds of line end, so that a transfer as text is
 * noticed at once, as PNG does.
 *
 * <p>Version 1 loads for ever. A component that is added to a record is marked nullable, so that
 * older files may lack it.
 */
final class ModelFile {
  static final int VERSION = 1;
  static final int HEADER = 8 + Integer.BYTES + Long.BYTES + 32;

  /** A larger file is refused unread. */
  static final long MOST_BYTES = 4L << 30;

  private static final byte[] MAGIC = {(byte) 0x89, 'V', 'D', 'T', '\r', '\n', 0x1a, '\n'};

  private ModelFile() {}

  /**
   * What a file holds. Encoding, calibration and threshold make a {@link Decider} of the model;
   * they are absent for a model of bare matrix rows.
   */
  record Contents(
      Provenance provenance,
      RowModel model,
      Golden golden,
      @Nullable Encoding encoding,
      @Nullable Calibration calibration,
      @Nullable Threshold threshold) {
    Contents {
      Require.that(
          encoding == null || encoding.names().size() == model.columns(),
          "the encoding and the model differ in width");
    }
  }

  /** Whether {@code bytes} begin as a model of rows does. */
  static boolean begins(byte[] bytes) {
    return bytes.length >= MAGIC.length && Arrays.equals(MAGIC, Arrays.copyOf(bytes, MAGIC.length));
  }

  static void write(Contents contents, Path path, Detectors detectors) {
    try (Draft draft = Draft.of(path)) {
      try {
        writeDraft(contents, draft.path(), detectors);
      } catch (IOException e) {
        throw draft.failed(e);
      }
      draft.commit();
    }
  }

  private static void writeDraft(Contents contents, Path draft, Detectors detectors)
      throws IOException {
    MessageDigest digest = Provenance.sha256();
    try (OutputStream file = Files.newOutputStream(draft)) {
      file.write(new byte[HEADER]);
      var out =
          new DataOutputStream(
              new BufferedOutputStream(new DigestOutputStream(file, digest), 1 << 16));
      new ModelWriter(out, detectors).write(contents, Contents.class);
      out.flush();
    }
    try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      header.put(MAGIC).putInt(VERSION).putLong(channel.size() - HEADER).put(digest.digest());
      channel.write(header.flip(), 0);
      channel.force(true);
    }
  }

  static Contents read(Path path, Detectors detectors) {
    try {
      return verified(path, detectors);
    } catch (NoSuchFileException e) {
      throw new ModelFileException("there is no file " + path, e);
    } catch (EOFException e) {
      throw new ModelFileException(path + " is cut off", e);
    } catch (IOException e) {
      throw new ModelFileException("cannot read " + path + ": " + reason(e), e);
    } catch (RuntimeException e) {
      // The bytes are not what Vedette writes, whatever the first thing was that noticed.
      throw new ModelFileException(path + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static Contents verified(Path path, Detectors detectors) throws IOException {
    if (Files.isDirectory(path)) {
      throw new ModelFileException("it is a folder");
    }
    long size = Files.size(path);
    if (size > MOST_BYTES) {
      throw new ModelFileException(
          "it has %s bytes, more than the %s a model may have".formatted(size, MOST_BYTES));
    }
    if (size > Runtime.getRuntime().maxMemory() / 2) {
      throw new ModelFileException(
          "it has %s bytes, too many for the memory of this program; give it more (-Xmx)"
              .formatted(size));
    }
    long length = checkHeader(path, size);
    try (InputStream file = Files.newInputStream(path)) {
      file.skipNBytes(HEADER);
      var in = new DataInputStream(new BufferedInputStream(file, 1 << 16));
      var reader = new ModelReader(in, length, detectors);
      Contents contents = (Contents) reader.read(Contents.class);
      Require.that(reader.left() == 0, reader.left() + " bytes follow the model");
      contents.golden().verify(contents.model());
      return contents;
    }
  }

  private static long checkHeader(Path path, long size) throws IOException {
    try (InputStream file = Files.newInputStream(path)) {
      ByteBuffer header = ByteBuffer.wrap(file.readNBytes(HEADER));
      byte[] magic = new byte[MAGIC.length];
      if (header.remaining() == HEADER) {
        header.get(magic);
      }
      if (SeriesFile.begins(magic)) {
        throw new ModelFileException(
            "it holds models of series over time, not of rows; 'vedette score' and"
                + " Models.loadSeriesDeciders read it");
      }
      if (!Arrays.equals(magic, MAGIC)) {
        throw new ModelFileException("it is not a Vedette model");
      }
      int version = header.getInt();
      if (version < 1 || version > VERSION) {
        throw new ModelFileException(
            "it has format version %s, this library reads 1 to %s".formatted(version, VERSION));
      }
      long length = header.getLong();
      if (length != size - HEADER) {
        throw new ModelFileException(
            "its header announces %s bytes, %s are there".formatted(length, size - HEADER));
      }
      byte[] expected = new byte[32];
      header.get(expected);
      if (!Arrays.equals(digest(file), expected)) {
        throw new ModelFileException("its checksum is wrong: the file was damaged");
      }
      return length;
    }
  }

  private static byte[] digest(InputStream file) throws IOException {
    MessageDigest digest = Provenance.sha256();
    byte[] buffer = new byte[1 << 16];
    for (int read = file.read(buffer); read >= 0; read = file.read(buffer)) {
      digest.update(buffer, 0, read);
    }
    return digest.digest();
  }

  private static String reason(IOException e) {
    return e.getClass().getSimpleName() + ": " + e.getMessage();
  }
}
