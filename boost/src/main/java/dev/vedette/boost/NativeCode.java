package dev.vedette.boost;

import io.github.metarank.lightgbm4j.LGBMBooster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Loads LightGBM's native code from a folder only this process writes to. Left alone, lightgbm4j
 * unpacks it to the same file in the temporary folder in each process: a second process overwrites
 * what the first runs, which crashes it, and whoever may write there chooses what is run.
 */
final class NativeCode {
  private static final String FOLDER = "java.io.tmpdir";

  private NativeCode() {}

  /** Loads it, once. To be called before any class of lightgbm4j is used. */
  static void load() {
    if (!Once.FAILURE.isEmpty()) {
      throw new IllegalArgumentException(
          "boosted-trees need LightGBM's native code, which cannot be loaded: "
              + Once.FAILURE
              + "; it needs the OpenMP runtime (Debian: apt install libgomp1)");
    }
  }

  private static final class Once {
    static final String FAILURE = unpack();

    private static String unpack() {
      String usual = System.getProperty(FOLDER);
      try {
        Path own = Files.createTempDirectory("vedette-boost-");
        try {
          System.setProperty(FOLDER, own.toString());
          LGBMBooster.loadNative();
          return LGBMBooster.isNativeLoaded() ? "" : "it is not there for this platform";
        } finally {
          System.setProperty(FOLDER, usual);
          delete(own);
        }
      } catch (IOException | UnsatisfiedLinkError e) {
        return String.valueOf(e.getMessage());
      }
    }

    /** What is loaded stays in memory; Windows keeps the files until the process ends. */
    private static void delete(Path folder) throws IOException {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          if (!file.toFile().delete()) {
            file.toFile().deleteOnExit();
          }
        }
      }
      if (!folder.toFile().delete()) {
        folder.toFile().deleteOnExit();
      }
    }
  }
}
