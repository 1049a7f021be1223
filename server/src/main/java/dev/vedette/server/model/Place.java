package dev.vedette.server.model;

import dev.vedette.DataException;
import dev.vedette.Decider;
import dev.vedette.ModelFileException;
import dev.vedette.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Where a model lives, and the version of it that answers now. Changed by {@link HostedModels}
 * only, one thread at a time; {@link #model} may be asked by any.
 */
final class Place {
  /** What tells one content of a file from another without reading it. */
  record Stamp(long bytes, FileTime modified, @Nullable Object key) {
    /** Of the file there now; null where there is none. */
    static @Nullable Stamp of(Path file) {
      try {
        var attributes = Files.readAttributes(file, BasicFileAttributes.class);
        return new Stamp(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey());
      } catch (IOException e) {
        return null;
      }
    }
  }

  /**
   * What a file holds.
   *
   * @param decider null for a model of bare matrix rows, which knows no columns and no threshold
   */
  record Loaded(@Nullable Decider decider, String sha256) {
    /**
     * Reads {@code file}.
     *
     * @throws ModelFileException when it cannot be used
     */
    static Loaded of(Path file) {
      return new Loaded(decider(file), digest(file));
    }

    private static @Nullable Decider decider(Path file) {
      try {
        return Models.loadDecider(file);
      } catch (ModelFileException e) {
        // It is a bare one, or cannot be used: then this says why.
        Models.load(file);
        return null;
      }
    }

    private static String digest(Path file) {
      try (InputStream in =
          new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
        in.transferTo(OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
      } catch (IOException | NoSuchAlgorithmException e) {
        throw new ModelFileException("cannot read " + file + ": " + e.getMessage(), e);
      }
    }
  }

  final String name;
  final Path file;

  /** Whether the command line or the settings named it, so that it is not removed by a request. */
  final boolean given;

  private final ModelMeters meters;
  private @Nullable Stamp stamp;
  private @Nullable String trouble;
  private long version;
  private volatile @Nullable HostedModel model;

  Place(String name, Path file, boolean given, ModelMeters meters) {
    this.name = name;
    this.file = file;
    this.given = given;
    this.meters = meters;
  }

  /** The version that answers now; null where the file holds none that can. */
  @Nullable HostedModel model() {
    return model;
  }

  ModelMeters meters() {
    return meters;
  }

  @Nullable Stamp stamp() {
    return stamp;
  }

  @Nullable String trouble() {
    return trouble;
  }

  void trouble(@Nullable String what) {
    trouble = what;
  }

  /** Passes over the content that was seen at {@code seen}. */
  void passOver(@Nullable Stamp seen, String why) {
    stamp = seen;
    trouble = why;
  }

  /** Whether {@code loaded} may take the place of what answers now. */
  void admit(Loaded loaded) {
    if (loaded.decider() == null && model != null) {
      throw new DataException(
          "it holds a model of bare matrix rows, which cannot answer for tables as the one before"
              + " did; save a fitted table model (vedette fit does)");
    }
  }

  /** Answers by {@code loaded}, the content that was seen at {@code seen}, from now on. */
  void take(Loaded loaded, @Nullable Stamp seen) {
    stamp = seen;
    trouble = null;
    version++;
    Decider decider = loaded.decider();
    model = decider == null ? null : new HostedModel(name, version, loaded.sha256(), decider);
    if (version > 1) {
      meters.replaced();
    }
  }
}
