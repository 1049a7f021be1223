package dev.vedette.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Standard output in UTF-8, which knows whether its reader went away, as {@code head} does. */
final class StandardOutput extends PrintWriter {
  private final Pipe pipe;

  StandardOutput() {
    this(new Pipe(new FileOutputStream(FileDescriptor.out)));
  }

  /** As {@link #StandardOutput()}, to {@code out}. */
  StandardOutput(OutputStream out) {
    this(new Pipe(out));
  }

  private StandardOutput(Pipe pipe) {
    super(pipe, false, StandardCharsets.UTF_8);
    this.pipe = pipe;
  }

  /** Whether nobody reads any more. */
  boolean unread() {
    return pipe.closed;
  }

  private static final class Pipe extends FilterOutputStream {
    private volatile boolean closed;

    Pipe(OutputStream out) {
      super(out);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      try {
        out.write(bytes, offset, count);
      } catch (IOException e) {
        // "Broken pipe" or "The pipe is being closed".
        closed |= String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
        throw e;
      }
    }
  }
}
