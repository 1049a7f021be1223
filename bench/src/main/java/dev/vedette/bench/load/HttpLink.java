package dev.vedette.bench.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is kept alive, for one request after the other. Does so little that it costs
 * the machine next to nothing beside the server that is measured. Not thread-safe.
 */
final class HttpLink implements AutoCloseable {
  /** What came back. */
  record Answer(int status, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }

  private static final int TIMEOUT_MILLIS = 30_000;

  private final int port;
  private @Nullable Socket socket;
  private @Nullable InputStream in;

  HttpLink(int port) {
    this.port = port;
  }

  Answer get(String path) throws IOException {
    return call("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n", new byte[0]);
  }

  Answer post(String path, byte[] json) throws IOException {
    String head =
        "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"
            .formatted(path, json.length);
    return call(head, json);
  }

  private Answer call(String head, byte[] body) throws IOException {
    try {
      Socket open = socket;
      if (open == null) {
        open = new Socket(InetAddress.getLoopbackAddress(), port);
        open.setTcpNoDelay(true);
        open.setSoTimeout(TIMEOUT_MILLIS);
        socket = open;
        in = new BufferedInputStream(open.getInputStream(), 1 << 16);
      }
      byte[] start = head.getBytes(StandardCharsets.US_ASCII);
      byte[] all = new byte[start.length + body.length];
      System.arraycopy(start, 0, all, 0, start.length);
      System.arraycopy(body, 0, all, start.length, body.length);
      open.getOutputStream().write(all);
      return answer();
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  private Answer answer() throws IOException {
    int status = Integer.parseInt(line().substring(9, 12));
    int length = 0;
    boolean chunked = false;
    boolean last = false;
    for (String header = line(); !header.isEmpty(); header = line()) {
      String lower = header.toLowerCase(Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(lower.substring(15).strip());
      } else if (lower.startsWith("transfer-encoding:")) {
        chunked = lower.contains("chunked");
      } else if (lower.startsWith("connection:")) {
        last = lower.contains("close");
      }
    }
    byte[] body = chunked ? chunks() : exactly(length);
    if (last) {
      close();
    }
    return new Answer(status, body);
  }

  private byte[] chunks() throws IOException {
    var body = new java.io.ByteArrayOutputStream();
    while (true) {
      int size = Integer.parseInt(line(), 16);
      body.writeBytes(exactly(size));
      line();
      if (size == 0) {
        return body.toByteArray();
      }
    }
  }

  private InputStream in() throws IOException {
    if (in == null) {
      throw new IOException("the connection is closed");
    }
    return in;
  }

  private byte[] exactly(int length) throws IOException {
    byte[] body = in().readNBytes(length);
    if (body.length < length) {
      throw new EOFException("the server closed the connection");
    }
    return body;
  }

  private String line() throws IOException {
    InputStream from = in();
    var line = new StringBuilder();
    for (int next = from.read(); next != '\n'; next = from.read()) {
      if (next < 0) {
        throw new EOFException("the server closed the connection");
      }
      if (next != '\r') {
        line.append((char) next);
      }
    }
    return line.toString();
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException e) {
      // Nothing more can be done with it.
    }
    socket = null;
    in = null;
  }
}
