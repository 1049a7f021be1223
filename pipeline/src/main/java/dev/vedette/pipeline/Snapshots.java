package dev.vedette.pipeline;

import dev.vedette.ModelFileException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.CRC32C;

/**
 * The frame around the state of a partition: magic number, format version, the fingerprint of its
 * pipeline and, at the end, a checksum.
 */
final class Snapshots {
  private static final int MAGIC = 0x56445450; // "VDTP"
  private static final int VERSION = 1;

  private Snapshots() {}

  /** Writes state. */
  interface Writing {
    void to(DataOutputStream out) throws IOException;
  }

  /** Reads state. */
  interface Reading {
    void from(DataInputStream in) throws IOException;
  }

  static byte[] write(String fingerprint, Writing state) {
    var bytes = new ByteArrayOutputStream(1 << 20);
    try (var out = new DataOutputStream(bytes)) {
      out.writeInt(MAGIC);
      out.writeInt(VERSION);
      out.writeUTF(fingerprint);
      state.to(out);
      out.writeLong(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Checks the frame of {@code snapshot} and reads what is in it.
   *
   * @throws ModelFileException when it is damaged, or of another pipeline
   */
  static void read(byte[] snapshot, String fingerprint, Reading state) {
    int length = snapshot.length - Long.BYTES;
    if (length <= 0) {
      throw new ModelFileException("the snapshot is cut off");
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(snapshot))) {
      var end = new DataInputStream(new ByteArrayInputStream(snapshot, length, Long.BYTES));
      if (in.readInt() != MAGIC || end.readLong() != checksum(snapshot, length)) {
        throw new ModelFileException("the snapshot is damaged: its checksum is wrong");
      }
      int version = in.readInt();
      if (version != VERSION) {
        throw new ModelFileException(
            "the snapshot has format version " + version + ", this program reads " + VERSION);
      }
      String of = in.readUTF();
      if (!of.equals(fingerprint)) {
        throw new ModelFileException(
            "the snapshot is of pipeline file %s, this is %s".formatted(of, fingerprint));
      }
      state.from(in);
    } catch (IOException e) {
      throw new ModelFileException("the snapshot is damaged: " + e.getMessage(), e);
    }
  }

  private static long checksum(byte[] bytes, int length) {
    var checksum = new CRC32C();
    checksum.update(bytes, 0, length);
    return checksum.getValue();
  }
}
